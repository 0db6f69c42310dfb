"""The pupil list from the information system: four clicks at most from the home page to the receipt, at both widths."""

import pytest

from dekaan.core.scope import working_in
from dekaan.exchange.changes import Upload, import_at_once
from dekaan.exchange.models import ImportRun, Mapping
from dekaan.people.models import Pupil
from tests.exchange.lists import HEADINGS, as_csv, faulty, pupils
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
    seen(person)
    person.choose_file("The file", path)
    person.press("Upload")
    return person


@pytest.fixture
def roll(priya):
    """Ashdown's roll: sixty pupils, whose list came in once."""
    with working_in(priya.ashdown):
        import_at_once(listed(pupils(60)), kind="pupils", by=priya.priya)
        Mapping.objects.all().delete()  # the next file's columns are nobody's yet
    return priya


def listed(rows, headings=HEADINGS):
    content = as_csv(rows, headings).encode()
    return Upload("pupils.csv", len(content), [content])


def seen(person):
    """The page is fit for everybody, at this width."""
    assert person.violations() == []
    assert not person.is_too_wide()


def imported(visit, user, tmp_path, width, rows, headings):
    """From home to the receipt, looking at every page; answers with the person and the clicks that it took."""
    path = tmp_path / "pupils.csv"
    path.write_text(as_csv(rows, headings), encoding="utf-8")
    person = upload(visit, user, path, width)
    if "/columns/" in person.page.url:
        seen(person)
        person.press("See what will change")
    assert "/preview/" in person.page.url, person.words
    seen(person)
    assert "I have looked" not in person.words
    person.press("Confirm")
    assert "Recorded on" in person.words
    seen(person)
    return person, person.clicks


PLAIN = [heading for heading in HEADINGS if heading not in {"SEN Status", "Pupil Premium"}]
NEW_YEAR_7 = [
    {**row, "Year": "Year 7", "Reg Group": f"7{'ABC'[place % 3]}"} for place, row in enumerate(pupils(90)[60:])
]


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize(("headings", "clicks"), [(HEADINGS, 4), (PLAIN, 3)], ids=["sensitive columns", "plain"])
def test_the_new_year_7_takes_four_clicks_at_most_and_undo_one(visit, roll, tmp_path, width, headings, clicks):
    """Columns never seen before. Where sensitive ones are among them, a page asks about these; else none does."""
    person, taken = imported(visit, roll.priya, tmp_path, width, NEW_YEAR_7, headings)
    assert taken == clicks
    with working_in(roll.ashdown):
        assert Pupil.objects.count() == 90
    person.press("Undo")
    assert "Undone on" in person.words
    with working_in(roll.ashdown):
        assert Pupil.objects.count() == 60
    assert person.failures == []


def test_the_whole_roll_takes_four_clicks_at_most(visit, roll, tmp_path):
    everyone = [{**row, "Reg Group": "8Z"} if place == 0 else row for place, row in enumerate(pupils(61))]
    person, taken = imported(visit, roll.priya, tmp_path, WIDE, everyone[:59] + everyone[60:], HEADINGS)
    assert taken == 4
    with working_in(roll.ashdown):
        assert ImportRun.objects.first().counts == {"unchanged": 58, "changes": 1, "joins": 1, "leaves": 1}
    assert person.failures == []


def test_the_same_list_again_is_done_with_one_button(visit, roll, tmp_path):
    path = tmp_path / "pupils.csv"
    path.write_text(as_csv(pupils(60), PLAIN), encoding="utf-8")
    person = upload(visit, roll.priya, path, NARROW)
    assert "Nothing to change" in person.words
    seen(person)
    person.press("Done")
    assert person.clicks == 3
    seen(person)


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
