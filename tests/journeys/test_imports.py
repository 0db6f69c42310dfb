"""The pupil list from the information system: four clicks from the home page to the receipt, at both widths."""

import pytest

from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from tests.exchange.lists import as_csv, faulty, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def priya(settings, tmp_path):
    """The Careers Leader, with a worker that works at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return make_stock()


def upload(visit, user, path, width):
    person = visit(user, width=width)
    person.open("/ashdown/")
    person.press("Imports")
    assert person.violations() == []
    assert not person.is_too_wide()
    person.choose_file("The file", path)
    person.press("Upload")
    return person


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_pupil_list_takes_four_clicks_and_undo_one(visit, priya, tmp_path, width):
    path = tmp_path / "pupils.csv"
    path.write_text(as_csv(pupils(40)), encoding="utf-8")
    with working_in(priya.ashdown):
        before = Pupil.objects.count()
    person = upload(visit, priya.priya, path, width)
    assert "/columns/" in person.page.url, person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    person.press("See what will change")
    assert "/preview/" in person.page.url, person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    clicks = person.clicks
    if "I have looked" in person.words:  # the stock's few pupils are not in the file
        person.tick("I have looked")
    person.press("Confirm")
    assert "Recorded on" in person.words
    assert clicks + 1 == 4
    assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Undo")
    assert "Undone on" in person.words
    with working_in(priya.ashdown):
        assert Pupil.objects.count() == before
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_faulty_list_says_what_is_wrong_with_each_row(visit, priya, tmp_path, width):
    path = tmp_path / "faulty.csv"
    path.write_bytes(faulty(pupils(80))[0])
    person = upload(visit, priya.priya, path, width)
    person.press("See what will change")
    assert "repeats row" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()


def test_a_picture_is_refused_in_a_sentence(visit, priya, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    person = upload(visit, priya.priya, path, WIDE)
    assert "This is a picture" in person.words
    assert "Nothing has changed" in person.words
    assert person.violations() == []
