"""The grid of intentions: by tutor group, only what is different is written, and consent before they go."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.core.academic_year import today, year_end
from dekaan.destinations.models import Statement, Wish
from dekaan.destinations.queries import in_force, intents
from dekaan.people.models import Group
from tests.destinations.test_calling import lines_of
from tests.destinations.test_views import at, browser, say, words
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def eleven_a(left):
    """Carys and Dev, who are in 11A."""
    left.carys, left.dev = (
        pupil(forename, surname, year_group=11, tutor_group="11A")
        for forename, surname in (("Carys", "Abbot"), ("Dev", "Bell"))
    )
    return left


def grid(name="11A") -> str:
    return f"{at('intention-grid')}?group={Group.objects.get(name=name, academic_year=THIS_YEAR).pk}"


def filled(*changed) -> dict:
    """The grid as a browser sends it: every line as it stands, and what was typed over it."""
    told = {"source": "pupil", "said_on": str(today())}
    for person, typed in changed:
        (intent,) = intents([person])
        told |= {f"{person.pk}-{name}": value for name, value in (intent.shown | typed).items()}
        told[f"{person.pk}-stood"] = intent.stands
    return told


def recorded() -> list[tuple]:
    said = Statement.objects.order_by("pk")
    return [
        (each.pupil.forename, each.kind, each.route, each.level, each.provider_name, each.confidence, each.is_backup)
        for each in said
    ]


def test_what_is_different_is_recorded_and_a_line_that_reads_as_before_is_not_written_again(eleven_a):
    priya = browser(eleven_a.priya)
    page = priya.get(grid())
    assert lines_of(page) == ["Carys Abbot", "Dev Bell"]
    assert "2 pupils; of 2 nothing is recorded yet" in words(page)
    typed = {"route": "app 3", "provider_name": "Rowan Motors", "confidence": "high", "backup": "college tech"}
    page = priya.post(grid(), filled((eleven_a.carys, typed), (eleven_a.dev, {})), follow=True)
    told = [
        ("Carys", "intention", "apprenticeship", 3, "Rowan Motors", "high", False),
        ("Carys", "intention", "college-technical", None, "", "some", True),
    ]
    assert recorded() == told
    assert "2 recorded. Carys Abbot : Apprenticeship, Rowan Motors, Level 3 ·" in words(page)
    assert 'value="Apprenticeship 3"' in page.content.decode()
    priya.post(grid(), filled((eleven_a.carys, {}), (eleven_a.dev, {"route": "undec"})))
    assert recorded() == [*told, ("Dev", "intention", "undecided", None, "", "some", False)]


def test_a_course_is_kept_where_only_how_sure_they_are_has_changed(eleven_a):
    say(eleven_a.carys, "intention", provider_name="Alder College", course="Plumbing")
    browser(eleven_a.priya).post(grid(), filled((eleven_a.carys, {"confidence": "low"})))
    assert [each.course for each in Statement.objects.order_by("pk")] == ["Plumbing", "Plumbing"]
    browser(eleven_a.priya).post(grid(), filled((eleven_a.carys, {"provider_name": "Mereside College"})))
    assert Statement.objects.latest("pk").course == ""


def test_an_emptied_line_is_left_as_it_was_and_an_emptied_backup_is_taken_back(eleven_a):
    say(eleven_a.carys, "intention")
    say(eleven_a.carys, "intention", route="apprenticeship", is_backup=True)
    page = browser(eleven_a.priya).post(grid(), filled((eleven_a.carys, {"route": ""})))
    assert "Carys Abbot: Where they mean to go was left as it was." in words(page)
    browser(eleven_a.priya).post(grid(), filled((eleven_a.carys, {"backup": ""})))
    assert [each.route for each in in_force(Statement.objects.all())] == ["college-technical"]


def test_a_faulty_line_keeps_what_was_typed_and_the_others_are_recorded(eleven_a):
    page = browser(eleven_a.priya).post(
        grid(),
        filled((eleven_a.carys, {"route": "job w", "provider_name": "Rowan"}), (eleven_a.dev, {"route": "t lev"})),
    )
    assert page.status_code == 200
    assert "1 line could not be recorded" in words(page)
    assert 'value="job w"' in page.content.decode()
    assert 'value="Rowan"' in page.content.decode()
    assert [each[0] for each in recorded()] == ["Dev"]
    page = browser(eleven_a.priya).post(grid(), filled((eleven_a.carys, {"provider_name": "Rowan"})))
    assert "Type where they mean to go, or “undecided”." in words(page)
    page = browser(eleven_a.priya).post(
        grid(), filled((eleven_a.carys, {"route": "t lev"})) | {"said_on": "31/02/2026"}
    )
    assert "Give the date as day, month and year" in words(page)
    assert 'value="t lev"' in page.content.decode()
    late = str(today() + timedelta(days=2))
    page = browser(eleven_a.priya).post(grid(), filled((eleven_a.carys, {"route": "t lev"})) | {"said_on": late})
    assert "had not come yet when this was said" in words(page)


def test_two_tutors_of_one_line_are_told_and_neither_is_overwritten(eleven_a):
    mine = filled((eleven_a.carys, {"route": "apprenticeship"}))
    say(eleven_a.carys, "intention", provider_name="Alder College")
    page = browser(eleven_a.priya).post(grid(), mine)
    assert "A colleague recorded meanwhile: College: technical course, Alder College, fairly sure." in words(page)
    assert 'value="apprenticeship"' in page.content.decode()
    assert len(recorded()) == 1
    again = mine | {f"{eleven_a.carys.pk}-stood": intents([eleven_a.carys])[0].stands}
    browser(eleven_a.priya).post(grid(), again)
    assert [each[2] for each in recorded()] == ["college-technical", "apprenticeship"]


def test_those_who_leave_this_year_are_asked_whether_the_school_may_keep_in_touch(eleven_a):
    ten = pupil("Eve", "Crane", year_group=10, tutor_group="10A")
    priya = browser(eleven_a.priya)
    assert "keep in touch" not in words(priya.get(grid("10A")))
    assert ten
    yes = {"in_touch": "yes", "reached_at": "carys@mail.example"}
    page = priya.post(grid(), filled((eleven_a.carys, yes), (eleven_a.dev, {"in_touch": "no"})), follow=True)
    assert "May we keep in touch? Until" in words(page)
    said = Wish.objects.order_by("pk").values_list("pupil__forename", "allows", "until", "reached_at", "who")
    assert list(said) == [
        ("Carys", True, year_end(THIS_YEAR + 3), "carys@mail.example", "pupil"),
        ("Dev", False, None, "", "pupil"),
    ]
    priya.post(grid(), filled((eleven_a.carys, {}), (eleven_a.dev, {})))
    assert Wish.objects.count() == 2
    page = priya.post(grid(), filled((eleven_a.dev, {"in_touch": ""})))
    assert "Choose yes or no: may the school keep in touch?" in words(page)


def test_a_tutor_records_their_own_group_and_finds_no_other(eleven_a):
    pupil("Eve", "Crane", year_group=11, tutor_group="11B")
    tutor = User.objects.create(email="tutor@new.example", name="T")
    give_role(user=tutor, role="tutor", school=eleven_a.stock.ashdown, scope={"tutor_groups": ["11B"]}, by=None)
    assert lines_of(browser(tutor).get(grid("11A"))) == ["Eve Crane"]  # the only one on offer
    browser(tutor).post(grid("11A"), filled((eleven_a.carys, {"route": "looking"})))
    assert recorded() == []
    adviser = User.objects.create(email="adviser@new.example", name="A")
    give_role(user=adviser, role="careers-adviser", school=eleven_a.stock.ashdown, by=None)
    assert "No tutor group whose intentions you record" in words(browser(adviser).get(at("intention-grid")))


def test_it_asks_no_more_of_the_database_for_a_full_group_than_for_two(eleven_a):
    priya = browser(eleven_a.priya)
    priya.get(grid())
    with CaptureQueriesContext(connection) as few:
        priya.get(grid())
    for number in range(20):
        pupil("Zoe", f"Young{number}", year_group=11, tutor_group="11A")
    with CaptureQueriesContext(connection) as many:
        priya.get(grid())
    assert len(many) == len(few) <= 20
