"""The grid of intentions: by tutor group, only what is different is written, and consent before they go."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.destinations.changes import correct_statement, withdraw_statement
from dekaan.destinations.models import Statement, Wish
from dekaan.destinations.queries import followed_until, in_force, intents
from dekaan.people.models import Group, Pupil
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
    assert (
        "2 recorded. Carys Abbot : Apprenticeship, Rowan Motors, Level 3 (not in the directory of partners; "
        in words(page)
    )
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
        ("Carys", True, followed_until(THIS_YEAR), "carys@mail.example", "pupil"),
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


@pytest.fixture
def last_term(eleven_a):
    """Carys and Dev said five weeks ago what they mean to do; of Eve, who is in 11A too, nothing is recorded."""
    eleven_a.before = today() - timedelta(days=35)
    eleven_a.eve = pupil("Eve", "Crane", year_group=11, tutor_group="11A")
    say(
        eleven_a.carys,
        "intention",
        provider_name="Alder College",
        course="Plumbing",
        words="With my cousin",
        said_on=eleven_a.before,
    )
    say(eleven_a.carys, "intention", route="looking", is_backup=True, said_on=eleven_a.before)
    say(eleven_a.dev, "intention", route="apprenticeship", level=3, confidence="high", said_on=eleven_a.before)
    return eleven_a


def everybody(of, **carys) -> dict:
    return filled((of.carys, carys), (of.dev, {}), (of.eve, {}))


def said_since(of) -> list[tuple]:
    said = Statement.objects.filter(said_on__gt=of.before).order_by("pk")
    return [(each.pupil.forename, each.route, each.level, each.said_on, each.confidence) for each in said]


def test_one_key_says_that_what_was_meant_last_term_still_holds_and_nothing_is_overwritten(last_term):
    page = browser(last_term.priya).get(grid())
    assert words(page).count("Still the same") == 2  # of Eve nothing is recorded that could be
    sent = everybody(last_term) | {f"{last_term.carys.pk}-same": "on"}
    page = browser(last_term.priya).post(grid(), sent, follow=True)
    assert said_since(last_term) == [("Carys", "college-technical", None, today(), "some")]
    new, old = Statement.objects.latest("pk"), Statement.objects.earliest("pk")
    for name in ("route", "provider_name", "course", "words", "source"):
        assert getattr(new, name) == getattr(old, name) != ""
    assert (old.said_on, new.as_of, new.verified_on) == (last_term.before, today(), None)
    assert [each.pk for each in in_force(Statement.objects.all())][-1] == new.pk
    assert "1 recorded." in words(page)
    assert words(page).count("Still the same") == 1  # Dev’s is the only one of before today


def test_the_rest_of_a_group_still_mean_the_same_by_one_press_and_undo_takes_all_of_it_back(last_term):
    priya = browser(last_term.priya)
    sent = everybody(last_term, route="t lev", provider_name="Mereside College") | {"rest": "same"}
    page = priya.post(grid(), sent, follow=True)
    told = [
        ("Carys", "t-level", None, today(), "some"),
        ("Dev", "apprenticeship", 3, today(), "high"),
    ]
    assert said_since(last_term) == told
    assert "2 recorded. Carys Abbot : T Level, Mereside College" in words(page)
    assert "Undo: take all of it back" in words(page)
    priya.post(grid(), everybody(last_term) | {"rest": "same"})  # pressed again: they said so today
    assert said_since(last_term) == told
    batch = Statement.objects.latest("pk").batch
    page = priya.post(at("intention-undo"), {"batch": batch, "group": "x"}, follow=True)
    assert "Undone: 2 taken back." in words(page)
    assert [each.route for each in in_force(Statement.objects.filter(is_backup=False))] == [
        "college-technical",
        "apprenticeship",
    ]
    page = priya.post(at("intention-undo"), {"batch": batch}, follow=True)
    assert "There is nothing to undo" in words(page)


def test_undo_also_gives_back_a_backup_that_was_emptied_and_leaves_what_was_corrected_since(last_term):
    priya = browser(last_term.priya)
    page = priya.post(grid(), everybody(last_term, route="t lev", backup="") | {"rest": "same"}, follow=True)
    assert "no longer Looking for work" in words(page)
    carys, _, dev = Statement.objects.filter(said_on=today()) | Statement.objects.filter(is_withdrawal=True)
    correct_statement(dev, by=None, level=2)
    page = priya.post(at("intention-undo"), {"batch": carys.batch}, follow=True)
    assert "Undone: 2 taken back." in words(page)
    assert "What was corrected, checked, said to hold or taken back since stays: Dev Bell." in words(page)
    assert [(each.route, each.level) for each in in_force(Statement.objects.all())] == [
        ("college-technical", None),
        ("apprenticeship", 3),
        ("looking", None),
        ("apprenticeship", 2),
    ]


def test_only_whoever_pressed_takes_it_back_and_only_of_pupils_whom_they_may_change(last_term):
    tutor = User.objects.create(email="tutor@new.example", name="T")
    role = give_role(user=tutor, role="tutor", school=last_term.stock.ashdown, scope={"tutor_groups": ["11A"]}, by=None)
    browser(tutor).post(grid(), everybody(last_term) | {"rest": "same"})
    batch = Statement.objects.latest("pk").batch
    page = browser(last_term.priya).post(at("intention-undo"), {"batch": batch}, follow=True)
    assert "There is nothing to undo" in words(page)
    role.scope = {"tutor_groups": ["11B"]}
    role.save()
    assert "There is nothing to undo" in words(browser(tutor).post(at("intention-undo"), {"batch": batch}, follow=True))
    assert len(said_since(last_term)) == 2
    assert not Statement.objects.filter(is_withdrawal=True).exists()


def test_still_the_same_is_refused_in_words_where_it_is_not(last_term):
    priya, pk = browser(last_term.priya), last_term.carys.pk
    sent = everybody(last_term, route="app 2") | {f"{pk}-same": "on"}
    assert "“Still the same” is ticked, and the line says something else than before." in words(
        priya.post(grid(), sent)
    )
    opened = everybody(last_term) | {f"{pk}-same": "on"}
    early = opened | {"said_on": str(last_term.before)}
    page = priya.post(grid(), early)
    assert f"They said so on {last_term.before:%-d %B %Y} already." in words(page)
    assert f'name="{pk}-same" checked' in page.content.decode()
    say(last_term.carys, "intention", route="university", said_on=last_term.before + timedelta(days=1))
    page = priya.post(grid(), opened)
    assert "A colleague recorded meanwhile: University" in words(page)
    assert Statement.objects.filter(said_on=today()).count() == 0
    # And a route that has ended is not said again with the rest of the group.
    say(last_term.dev, "intention", route="traineeship", said_on=date(2023, 3, 1))
    withdraw_statement(Statement.objects.get(pupil=last_term.dev, level=3), by=None)
    page = priya.post(grid(), everybody(last_term) | {"rest": "same"})
    assert "Dev Bell: “Traineeship” ended on 31 July 2023." in words(page)
    assert [each[:2] for each in said_since(last_term)][-1] == ("Carys", "university")


def test_whoever_joined_the_group_after_the_page_was_opened_is_left_alone(last_term):
    sent = filled((last_term.dev, {})) | {"rest": "same"}
    page = browser(last_term.priya).post(grid(), sent, follow=True)
    assert "1 recorded. Dev Bell" in words(page)
    assert "could not be recorded" not in words(page)


def test_still_the_same_of_a_full_group_asks_the_ledger_once(last_term):
    def asked() -> int:
        sent = filled(*((each, {}) for each in Pupil.objects.filter(surname__startswith="Young")))
        with CaptureQueriesContext(connection) as found:
            browser(last_term.priya).post(grid(), sent | {"rest": "same"})
        return sum("considering" in each["sql"] for each in found)

    def young(numbers) -> None:
        for number in numbers:
            say(
                pupil("Zoe", f"Young{number}", year_group=11, tutor_group="11A"),
                "intention",
                said_on=last_term.before,
            )

    young(range(2))
    few = asked()
    young(range(2, 12))
    assert 0 < asked() <= few
    assert len(said_since(last_term)) == 12
