"""A file of a public register is taken whole or refused in a sentence."""

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.cli.commands import dekaan
from dekaan.partners.changes import NotARegister, load_register
from dekaan.partners.models import RegisterEntry
from dekaan.partners.queries import looked_up, registers_loaded
from tests.isolation.world import BACKEND

pytestmark = pytest.mark.django_db

SCHOOLS = (
    "URN,LA (code),EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code),Town,Postcode,SchoolWebsite,"
    "UKPRN,HeadLastName\r\n"
    "130101,201,Weir Valley College,18,1,Weirbrook,wb1 1aa,www.weirvalley.example,10990001,Canary\r\n"
    "130102,201,St Anne’s School,01,1,Weirbrook,WB1 1AB,,,Canary\r\n"
    "130103,201,Old School,1,2,Weirbrook,WB1 1AC,,,Canary\r\n"
    "20301,201,A children's centre,47,1,Weirbrook,WB1 1AD,,,Canary\r\n"
)
PROVIDERS = "UKPRN,name\n10990002,Keystone Training\n10990003,University of Weirdale\n"


def test_the_register_of_schools_is_read_as_it_is_published(db):
    loaded = load_register(SCHOOLS.encode("cp1252"), by=None)
    assert (loaded.entries, loaded.left_out) == (2, 2)
    names = ("number", "name", "kind", "town", "postcode", "website", "ukprn")
    assert sorted(RegisterEntry.objects.values_list(*names)) == [
        ("130101", "Weir Valley College", "fe-college", "Weirbrook", "WB1 1AA", "www.weirvalley.example", "10990001"),
        ("130102", "St Anne’s School", "", "Weirbrook", "WB1 1AB", "", ""),
    ]
    assert not RegisterEntry.objects.filter(name__contains="Canary").exists()
    event = Event.objects.get(action="register loaded")
    assert (event.school_id, event.detail) == (0, {"register": "schools", "entries": 2})


def test_a_newer_file_takes_the_place_of_its_own_register_and_of_no_other(db):
    load_register(SCHOOLS.encode("cp1252"), by=None)
    load_register(PROVIDERS.encode(), by=None)
    load_register(b"\xef\xbb\xbfUKPRN,name\n10990002,Keystone Group\n", by=None)
    assert [count for _, count, _ in registers_loaded()] == [2, 1]
    assert [each.name for each in looked_up("keystone")] == ["Keystone Group"]


def test_a_name_is_looked_up_by_any_part_of_its_words_those_that_begin_with_it_first(db):
    load_register(b"UKPRN,name\n10990001,North Weir\n10990002,Weir Valley College\n10990003,Other\n", by=None)
    assert [each.name for each in looked_up("weir")] == ["Weir Valley College", "North Weir"]
    assert [each.name for each in looked_up("coll vall")] == ["Weir Valley College"]
    assert looked_up("’ -") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "none of the headings"),
        (b"Name,Town\nA,B\n", "none of the headings"),
        (b"UKPRN,name\n", "no row"),
        (b"UKPRN,name\n10990001,A\n123,B\n", "Line 3: “123” does not look like a UKPRN"),
        (b"UKPRN,name\n10990001,A\n10990001,B\n", "Line 3: 10990001 stands in the file twice"),
        (b"UKPRN,name\n10990001,\n", "Line 2: 10990001 has no name"),
        (b"PK\x03\x04\x00\x00", "no CSV file"),
        (b'UKPRN,name\n10990001,"' + b"x" * 200_000 + b'"\n', "cannot be read as CSV"),
        (b"URN,EstablishmentName\n12,A\n", "Line 2: “12” does not look like a URN"),
    ],
)
def test_a_file_that_is_none_or_has_a_fault_is_refused_whole(db, content, said):
    load_register(PROVIDERS.encode(), by=None)
    before = list(RegisterEntry.objects.values_list("number", "name"))
    with pytest.raises(NotARegister, match=said.replace("(", r"\(")):
        load_register(content, by=None)
    assert list(RegisterEntry.objects.values_list("number", "name")) == before


def test_whoever_keeps_the_service_loads_it_on_a_page_and_nobody_else(in_ashdown, client):
    address = reverse("partner-register", args=["ashdown"])
    client.force_login(in_ashdown.priya, backend=BACKEND)
    assert client.get(address).status_code == 403
    client.force_login(in_ashdown.kit, backend=BACKEND)
    bad = client.post(address, {"file": SimpleUploadedFile("r.csv", b"Name\nA\n")}).content.decode()
    assert "none of the headings" in bad
    good = client.post(address, {"file": SimpleUploadedFile("r.csv", PROVIDERS.encode())}, follow=True).content.decode()
    assert "Loaded: 2 entries of the register of learning providers." in good


def test_a_technician_loads_it_on_the_command_line(db, tmp_path):
    file = tmp_path / "register.csv"
    file.write_bytes(SCHOOLS.encode("cp1252"))
    told = CliRunner().invoke(dekaan, ["partners", "load", str(file)])
    assert (told.exit_code, told.output) == (
        0,
        "Loaded 2 entries of the register of schools. 2 closed schools and children's centres are left out.\n",
    )
    file.write_text("Name\nA\n")
    refused = CliRunner().invoke(dekaan, ["partners", "load", str(file)])
    assert (refused.exit_code, "none of the headings" in refused.output) == (1, True)
    missing = CliRunner().invoke(dekaan, ["partners", "load", str(tmp_path / "no.csv")])
    assert (missing.exit_code, "There is no file" in missing.output) == (1, True)
    assert RegisterEntry.objects.count() == 2
