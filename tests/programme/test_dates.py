"""The school's calendar: its own term dates, and days that something takes up."""

from datetime import date, timedelta

import pytest

from dekaan.core.scope import working_in
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.schools.models import CalendarEntry
from dekaan.schools.queries import calendar, half_terms, next_school_day, usual_breaks
from tests.programme.test_views import at, counter, questions  # noqa: F401 a fixture
from tests.stock import THIS_YEAR, pupil

EXAMS = {
    "kind": "exams",
    "title": "GCSE exams",
    "starts_on": f"{THIS_YEAR + 1}-05-10",
    "ends_on": f"{THIS_YEAR + 1}-06-18",
}


def test_exams_of_a_year_group_are_put_on_changed_and_taken_off(in_ashdown, client):
    pupil("Ada", year_group=11, tutor_group="11A")
    client.force_login(in_ashdown.priya)
    page = client.post(at("calendar-entry-new"), EXAMS | {"year_groups": ["11"]}, follow=True).content.decode()
    assert "On the calendar: GCSE exams (Year 11), 10 May." in page
    entry = CalendarEntry.objects.get()
    assert (entry.words, entry.ends_on) == ("GCSE exams (Year 11)", date(THIS_YEAR + 1, 6, 18))
    client.post(at("calendar-entry-change", entry.pk), EXAMS | {"ends_on": "", "title": "", "kind": "inset"})
    entry.refresh_from_db()
    assert (entry.words, entry.ends_on, entry.year_groups) == ("INSET day", entry.starts_on, [])
    page = client.post(at("calendar-entry-remove", entry.pk), follow=True).content.decode()
    assert "Off the calendar: INSET day, 10 May." in page
    assert not CalendarEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": ""}, "Choose what it is."),
        ({"kind": "holiday"}, "Choose one of those on the list."),
        ({"kind": "other", "title": ""}, "Say what it is called."),
        ({"starts_on": ""}, "Give the first day."),
        ({"starts_on": "soon"}, "Give the date as day, month and year"),
        ({"ends_on": f"{THIS_YEAR}-05-10"}, "The last day is before the first."),
        ({"ends_on": f"{THIS_YEAR + 2}-05-10"}, "That is longer than four months"),
        ({"year_groups": ["40"]}, "Choose from the year groups on the list."),
    ],
)
def test_what_cannot_be_on_a_calendar_is_said_and_what_was_typed_stays(in_ashdown, client, typed, words):
    client.force_login(in_ashdown.priya)
    page = client.post(at("calendar-entry-new"), EXAMS | typed)
    assert words in page.content.decode()
    assert not CalendarEntry.objects.exists()


def as_sent(breaks) -> dict[str, str]:
    numbered = enumerate(breaks, start=1)
    return {
        f"{name}_{number}": f"{each}"
        for number, pair in numbered
        for name, each in zip(("first", "last"), pair, strict=True)
    }


def test_the_school_sets_its_own_term_dates(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    assert "These are the usual dates" in client.get(at("school-calendar")).content.decode()
    first, *others = usual_breaks(THIS_YEAR)
    longer = (first[0], first[1] + timedelta(days=7))
    page = client.post(at("term-dates-change", THIS_YEAR), as_sent([longer, *others]), follow=True).content.decode()
    assert "These are the usual dates" not in page
    assert calendar(THIS_YEAR).breaks == (longer, *others)
    assert half_terms(THIS_YEAR)[1].starts_on == longer[1] + timedelta(days=1)
    assert not calendar(THIS_YEAR + 1).are_entered
    client.post(at("term-dates-change", THIS_YEAR), as_sent(usual_breaks(THIS_YEAR)))
    assert CalendarEntry.objects.count() == 6


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"last_1": ""}, "Give both days of the break, or neither."),
        ({"last_1": f"{THIS_YEAR}-09-02"}, "The last day is before the first."),
        ({"first_1": f"{THIS_YEAR - 1}-10-20"}, "That is not in "),
        ({"last_1": f"{THIS_YEAR}-12-24"}, "Two of the breaks overlap."),
        ({"first_6": "", "last_6": ""}, "The last break is the summer holiday: it lasts to 31 August"),
        ({"first_1": "soon"}, "Give the date as day, month and year"),
    ],
)
def test_term_dates_that_cannot_be_are_refused_in_words(in_ashdown, client, changed, words):
    client.force_login(in_ashdown.priya)
    page = client.post(at("term-dates-change", THIS_YEAR), as_sent(usual_breaks(THIS_YEAR)) | changed)
    assert words in page.content.decode()
    assert not CalendarEntry.objects.exists()


def test_the_second_of_two_who_set_term_dates_is_shown_the_first_ones(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    form = client.get(at("term-dates-change", THIS_YEAR)).context["form"]
    read = str(form.as_read()).split('value="')[1].split('"')[0]
    first, *others = usual_breaks(THIS_YEAR)
    client.post(at("term-dates-change", THIS_YEAR), as_sent([(first[0], first[1] + timedelta(days=7)), *others]))
    mine = as_sent([(first[0], first[1] + timedelta(days=1)), *others]) | {"as_read": read}
    page = client.post(at("term-dates-change", THIS_YEAR), mine).content.decode()
    assert "Saved meanwhile" in page
    assert calendar(THIS_YEAR).breaks[0][1] == first[1] + timedelta(days=7)


def test_a_year_that_is_none_of_ours_is_not_found(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    assert client.get(at("term-dates-change", 99999999999999999999)).status_code == 404


def test_a_session_on_such_a_day_says_so_and_is_not_refused(in_ashdown, client):
    pupil("Ada")
    day = date(THIS_YEAR + 1, 5, 12)
    CalendarEntry.objects.create(starts_on=day, ends_on=day, kind="exams", title="Mocks", year_groups=[10])
    CalendarEntry.objects.create(starts_on=day, ends_on=day, kind="trip", title="Coast", year_groups=[8])
    activity = changes.plan_activity(title="Talk", activity_type="TALK", by=in_ashdown.priya)
    session = changes.plan_session(activity, held_on=day, invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    client.force_login(in_ashdown.priya)
    page = client.get(at("session-detail", session.pk)).content.decode()
    assert ("On that day: Mocks (Year 10)" in page, "Coast" in page) == (True, False)
    changes.change_session(session, held_on=date(THIS_YEAR + 1, 8, 10), by=in_ashdown.priya)
    assert "On that day: Holiday" in client.get(at("session-detail", session.pk)).content.decode()


def test_an_inset_day_of_some_year_groups_closes_no_school(in_ashdown):
    monday = date(2026, 11, 23)
    CalendarEntry.objects.create(starts_on=monday, ends_on=monday, kind="inset", year_groups=[12])
    assert next_school_day(monday) == monday
    CalendarEntry.objects.create(starts_on=monday, ends_on=monday, kind="inset")
    assert next_school_day(monday) == date(2026, 11, 24)


def test_a_break_is_changed_with_the_term_dates_and_not_by_itself(in_ashdown, client):
    entry = CalendarEntry.objects.create(starts_on=date(2026, 10, 26), ends_on=date(2026, 10, 30), kind="half-term")
    client.force_login(in_ashdown.priya)
    assert client.get(at("calendar-entry-change", entry.pk)).status_code == 404
    assert client.post(at("calendar-entry-remove", entry.pk)).status_code == 404


def test_a_governor_sees_the_calendar_and_no_button(in_ashdown, client):
    CalendarEntry.objects.create(
        starts_on=date(THIS_YEAR, 11, 2), ends_on=date(THIS_YEAR, 11, 2), kind="trip", title="Coast"
    )
    client.force_login(in_ashdown.moira)
    page = client.get(at("school-calendar")).content.decode()
    assert ("Coast" in page, "Take off" in page) == (True, False)


def test_the_calendar_asks_as_much_of_three_entries_as_of_one(in_ashdown, client, counter):  # noqa: F811
    client.force_login(in_ashdown.priya)
    asked = []
    for number in (1, 3):
        for _ in range(number):
            CalendarEntry.objects.create(starts_on=date(THIS_YEAR, 11, 2), ends_on=date(THIS_YEAR, 11, 2), kind="trip")
        asked.append(questions(client, at("school-calendar"), counter))
    assert asked[0] == asked[1]
    assert asked[0] <= 7


def test_another_schools_calendar_is_not_ours(stock):
    with working_in(stock.beckford):
        CalendarEntry.objects.create(starts_on=date(THIS_YEAR, 11, 2), ends_on=date(THIS_YEAR, 11, 2), kind="trip")
    with working_in(stock.ashdown):
        assert calendar(THIS_YEAR).entries == ()
