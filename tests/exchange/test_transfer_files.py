"""What a Common Transfer File holds besides what careers work needs is written down nowhere."""

import hashlib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from dekaan.exchange.changes import Upload, start_import
from dekaan.exchange.tasks import read_import
from tests.exchange.test_reading import CTF

PRIVATE = CTF.replace("<Contacts>", "<Medical><Note>Asthma since the age of five</Note></Medical><Contacts>").replace(
    "SECRET", "Ashworth-Contact"
)


def kept_anywhere(words):
    """The files and tables that hold these words in any encoding."""
    places = [
        path.name
        for path in Path(settings.MEDIA_ROOT).rglob("*")
        if path.is_file()
        and any(words.encode(each) in path.read_bytes() for each in ("utf-8", "utf-16-le", "utf-16-be"))
    ]
    for model in apps.get_models():
        if words in str(list(model._base_manager.values())):
            places.append(model.__name__)
    return places


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("kind", ["pupils", "staff"])
def test_contacts_and_medical_data_of_a_transfer_file_are_kept_nowhere(school, leader, encoding, kind):
    content = PRIVATE.replace("utf-8", encoding).encode(encoding)
    run = start_import(
        Upload("ctf.xml", len(content), [content[:30], content[30:]]), kind=kind, coverage="some", by=leader
    )
    assert run.sha256 == hashlib.sha256(content).hexdigest()
    for _ in ("uploaded", "read"):
        assert (kept_anywhere("Ashworth-Contact"), kept_anywhere("Asthma")) == ([], [])
        read_import.func(school.pk, run.pk)
    run.refresh_from_db()
    found = kept_anywhere("SMITH")  # what is needed is there, so the looking would find the rest
    assert (run.state, sorted(found)) == (
        ("preview", sorted([Path(run.stored_as).name, "ImportLine", "ImportRun"]))
        if kind == "pupils"
        else ("refused", [])
    ), run.problem


@pytest.mark.parametrize("broken", [PRIVATE[:-30], PRIVATE.replace("CTfile", "ATfile"), " " * 5000 + PRIVATE])
def test_nothing_is_kept_of_a_transfer_file_that_cannot_be_read(school, leader, broken):
    content = broken.encode()
    run = start_import(Upload("ctf.xml", len(content), [content]), kind="pupils", coverage="some", by=leader)
    assert kept_anywhere("Ashworth-Contact") == []
    read_import.func(school.pk, run.pk)
    run.refresh_from_db()
    assert (run.state, run.stored_as) == ("refused", "")
    assert (kept_anywhere("Ashworth-Contact"), kept_anywhere("Asthma")) == ([], [])
