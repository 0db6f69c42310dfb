"""The archive: whole, safe in its names, the same each time, and with nothing of a pupil that nobody chose."""

import io
import json
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.evidence import changes
from dekaan.evidence.archive import archive_of, pieces_of_zip
from dekaan.evidence.files import Checked
from dekaan.evidence.models import Evidence
from dekaan.frameworks.queries import benchmarks_in_force, framework
from dekaan.people.models import StaffMember
from tests.evidence.given import PDF
from tests.stock import pupil

CANARY = "Zephyrine"  # a pupil's forename
IN_FORCE = benchmarks_in_force(today())


def add(stock, title: str, *, content: bytes = b"", ending: str = "txt", **details) -> Evidence:
    given = {"kind": "file" if content else "statement", "may_name_pupils": False, "by": stock.priya}
    piece = changes.add_evidence(title=title, **given | details)
    if content:
        changes.add_version(piece, Checked(f"{title}.{ending}"[-100:], ending, content), by=stock.priya)
    return piece


def filled(stock) -> dict[str, Evidence]:
    """A cabinet with a piece of each kind, and a pupil's name in all of three pieces that may name pupils."""
    grace = StaffMember.objects.create(surname="Bell", forename="Grace", post="Careers adviser")
    return {
        "policy": add(stock, "Policy: 2026/27?", content=PDF, ending="pdf", facts=["programme-written"], owner=grace),
        "page": add(stock, "Our page", kind="address", address="https://ashdown.example/careers", facts=["published"]),
        "words": add(stock, "Backing", statement="The head said so.", facts=["headteacher-backs"], shows="Backed"),
        "voice": add(
            stock,
            f"{CANARY} speaks",
            content=f"{CANARY} liked it".encode(),
            may_name_pupils=True,
            facts=["feedback-pupils"],
        ),
        "said": add(stock, "Praise", statement=f"{CANARY} was glad", may_name_pupils=True, themes=["quality-impact"]),
        "shown": add(stock, "Prize", shows=f"{CANARY} won it", may_name_pupils=True, statement="x"),
    }


def zip_of(stock, **how) -> bytes:
    return b"".join(pieces_of_zip(archive_of(stock.ashdown, **{"on": today(), "frameworks": [IN_FORCE], **how})))


def opened(zipped: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_what_names_nobody_and_says_what_it_left_out(in_ashdown):
    filled(in_ashdown)
    found = opened(zip_of(in_ashdown))
    assert list(found) == ["index.html", "files/003-policy-202627.pdf"]
    assert found["files/003-policy-202627.pdf"] == PDF
    index = found["index.html"].decode()
    assert "3 pieces that may name pupils are left out." in index
    assert "The head said so." in index
    assert "On the web: https://ashdown.example/careers" in index


def test_a_pupils_word_in_an_unticked_piece_is_in_no_byte(in_ashdown):
    filled(in_ashdown)
    zipped = zip_of(in_ashdown)
    assert CANARY.encode() not in zipped
    assert not any(CANARY.encode() in content or CANARY.lower() in name for name, content in opened(zipped).items())


def test_a_ticked_piece_is_in_it_and_is_counted(in_ashdown):
    pieces = filled(in_ashdown)
    found = opened(zip_of(in_ashdown, chosen={pieces["voice"].pk}))
    assert found["files/004-zephyrine-speaks.txt"] == b"Zephyrine liked it"
    index = found["index.html"].decode()
    assert "1 piece in it may name pupils." in index
    assert "2 pieces that may name pupils are left out." in index
    assert "was glad" not in index


def test_every_link_of_the_index_leads_to_a_part_of_it_and_nothing_leads_outside(in_ashdown):
    pieces = filled(in_ashdown)
    found = opened(zip_of(in_ashdown, chosen={each.pk for each in pieces.values()}))
    index = found["index.html"].decode()
    links = re.findall(r'(?:href|src)="([^"]*)"', index)
    assert {each for each in links if not each.startswith("#")} == set(found) - {"index.html"}
    assert {each[1:] for each in links if each.startswith("#")} <= set(re.findall(r'id="([^"]+)"', index))
    assert not re.search(r"<script|<link|<img|@import|url\(|\son\w+=", index)


def test_pieces_stand_under_their_criteria_and_themes_with_whose_post_it_is(in_ashdown):
    filled(in_ashdown)
    archive = archive_of(in_ashdown.ashdown, on=today(), frameworks=[IN_FORCE, framework("gatsby-2014")])
    parts = {
        (chapter.title, part.title.split()[0]): [entry.piece.title for entry in part.entries]
        for chapter in archive.chapters
        for part in chapter.parts
        if part.entries
    }
    assert parts == {
        (IN_FORCE.title, "1.1"): ["Backing", "Policy: 2026/27?"],
        (IN_FORCE.title, "1.3"): ["Our page"],
        ("Gatsby Benchmarks, 2014 text", "1.1"): ["Policy: 2026/27?"],
        ("Gatsby Benchmarks, 2014 text", "1.2"): ["Our page"],
    }
    assert [entry.whose for entry in archive.entries] == ["nobody’s", "nobody’s", "Careers adviser"]
    named = archive_of(in_ashdown.ashdown, on=today(), frameworks=[IN_FORCE], with_owners=True)
    assert named.entries[-1].whose == "Grace Bell, Careers adviser"


def test_the_same_cabinet_gives_the_same_bytes(in_ashdown):
    filled(in_ashdown)
    assert zip_of(in_ashdown) == zip_of(in_ashdown)


@pytest.mark.parametrize("title", ["../../evil", "CON", "a" * 200, "a\\b:c*?<>|", "Ünïcödé ✓", ".", "نص"])
def test_names_in_it_are_such_as_any_disk_takes_and_none_is_there_twice(in_ashdown, title):
    for _ in range(2):
        add(in_ashdown, title, content=b"one")
    names = [name for name in opened(zip_of(in_ashdown)) if name != "index.html"]
    assert len({name.casefold() for name in names}) == 2
    assert all(re.fullmatch(r"files/\d{3}-[a-z0-9_-]+\.txt", name) and len(name) < 80 for name in names)


def test_what_expired_or_was_set_aside_stays_out(in_ashdown):
    yesterday = today() - timedelta(days=1)
    add(in_ashdown, "Expired", dated_on=yesterday, valid_until=yesterday)
    add(in_ashdown, "Aside", review="set-aside")
    add(in_ashdown, "To come", dated_on=today() + timedelta(days=3))
    add(in_ashdown, "Good")
    archive = archive_of(in_ashdown.ashdown, on=today(), frameworks=[IN_FORCE])
    assert [entry.piece.title for entry in archive.entries] == ["Good"]


def test_small_figures_are_hidden_in_it(in_ashdown):
    for number in range(3):
        pupil(f"Ada{number}")
    archive = archive_of(in_ashdown.ashdown, on=today(), frameworks=[IN_FORCE])
    figures = {part.figure for chapter in archive.chapters for part in chapter.parts if part.figure}
    assert figures
    assert not any(re.search(r"\b[1-5] of|of [1-5] pupils", each) for each in figures)
    none = archive_of(in_ashdown.ashdown, on=today(), frameworks=[IN_FORCE], with_figures=False)
    assert not any(part.figure for chapter in none.chapters for part in chapter.parts)


def test_a_file_that_is_gone_is_said_and_the_archive_is_whole(in_ashdown, settings):
    piece = add(in_ashdown, "Gone", content=b"gone")
    sealed = add(in_ashdown, "Sealed elsewhere", content=b"else")
    (settings.MEDIA_ROOT / piece.files.get().stored_as).unlink()
    (settings.MEDIA_ROOT / sealed.files.get().stored_as).write_bytes(b"not ours")
    found = opened(zip_of(in_ashdown))
    assert "The file is not there any more." in found["index.html"].decode()
    assert found["files/002-sealed-elsewhere.txt"] == b"This file could not be opened when the archive was made.\n"


def test_no_more_than_one_file_is_in_memory(in_ashdown):
    for number in range(4):
        add(in_ashdown, f"Noise {number}", content=json.dumps([hash((number, each)) for each in range(9000)]).encode())
    sizes = [len(piece) for piece in pieces_of_zip(archive_of(in_ashdown.ashdown, on=today(), frameworks=[IN_FORCE]))]
    assert len(sizes) == 6
    assert max(sizes) < sum(sizes) / 3


def at(name: str) -> str:
    return reverse(name, args=["ashdown"])


ASKED = {"frameworks": [IN_FORCE.key], "figures": "on"}


def test_priya_takes_the_archive_and_it_is_on_record(in_ashdown, client):
    filled(in_ashdown)
    client.force_login(in_ashdown.priya)
    page = client.get(at("evidence-archive")).content.decode()
    assert "<strong>3</strong> pieces go in" in " ".join(page.split())
    answer = client.post(at("evidence-archive"), ASKED)
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-ashdown-{today()}.zip"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/zip", "nosniff")
    assert len(opened(b"".join(answer.streaming_content))) == 2
    line = Event.objects.get(action="evidence archive taken")
    assert (line.actor_id, line.detail) == (in_ashdown.priya.pk, {"pieces": 3})


def test_names_leave_only_by_the_houses_way(in_ashdown, client):
    pieces = filled(in_ashdown)
    client.force_login(in_ashdown.priya)
    ticked = ASKED | {"pieces": [str(pieces["voice"].pk)]}
    refused = client.post(at("evidence-archive"), ticked)
    assert (refused.status_code, "Ticked pieces go into the archive by the button" in refused.content.decode()) == (
        400,
        True,
    )
    refused = client.post(at("evidence-archive-export"), ticked)
    assert "Choose what the file is for." in refused.content.decode()
    refused = client.post(at("evidence-archive-export"), ASKED | {"purpose": "review"})
    assert "Tick the pieces that are to go in." in refused.content.decode()
    answer = client.post(at("evidence-archive-export"), ticked | {"purpose": "review"})
    found = opened(b"".join(answer.streaming_content))
    assert "files/004-zephyrine-speaks.txt" in found
    assert (
        "1 piece of evidence that may name pupils, for an award, a review or an inspection"
        in found["index.html"].decode()
    )
    line = Event.objects.get(action="evidence exported")
    assert (line.detail["purpose"], line.detail["names"], line.detail["pieces"]) == ("review", 1, 4)
    told = {in_ashdown.david.email, in_ashdown.olive.email}
    assert {address for each in mail.outbox for address in each.to} == told
    client.force_login(in_ashdown.david)
    home = " ".join(client.get(at("home")).content.decode().split())
    assert "an archive of evidence, 1 piece of which may name pupils" in home


def test_a_piece_that_is_not_on_the_list_is_no_choice(in_ashdown, client):
    policy = filled(in_ashdown)["policy"]
    client.force_login(in_ashdown.priya)
    for chosen in (policy.pk, 999999, "x"):
        typed = ASKED | {"pieces": [str(chosen)], "purpose": "review"}
        assert client.post(at("evidence-archive-export"), typed).status_code == 400


def test_tom_who_exports_no_names_takes_the_archive_without_them(in_ashdown, client):
    filled(in_ashdown)
    client.force_login(in_ashdown.tom)
    assert "With pieces that may name pupils" not in client.get(at("evidence-archive")).content.decode()
    assert client.post(at("evidence-archive"), ASKED).status_code == 200
    assert client.post(at("evidence-archive-export"), ASKED).status_code == 403
    assert client.post(at("evidence-archive"), {"frameworks": ["moon"]}).status_code == 400


def test_a_day_of_long_ago_is_told_as_it_was(in_ashdown):
    add(in_ashdown, "Then", dated_on=date(2020, 9, 1), valid_until=date(2021, 8, 31))
    archive = archive_of(in_ashdown.ashdown, on=date(2021, 1, 1), frameworks=[IN_FORCE], with_figures=False)
    assert [entry.piece.title for entry in archive.entries] == ["Then"]
