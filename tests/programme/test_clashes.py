"""What gets in the way of what, as sentences and never as a refusal; and the timetable that a school pastes."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.people.models import Group, StaffMember
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Lesson
from dekaan.programme.queries import clashes_between, clashes_of, has_timetable, timetable_pasted
from tests.stock import THIS_YEAR, pupil

YEAR_10, YEAR_9 = Invited(year_groups=(10,)), Invited(year_groups=(9,))
SOON = today() + timedelta(days=1)


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def planned(stock, title, start="09:00", minutes=40, *, invited=YEAR_10, held_on=SOON, of=(), **more):
    activity = changes.plan_activity(
        title=title, by=stock.priya, **{"activity_type": "TALK", "partner_kind": "employer"} | dict(of)
    )
    when = {"starts_at": time.fromisoformat(start) if start else None, "minutes": minutes}
    return changes.plan_session(activity, held_on=held_on, invited=invited, by=stock.priya, **when, **more)


def told(found) -> list[str]:
    return [clash.words for clash in found]


def words(answer) -> str:
    return " ".join(answer.content.decode().partition("<main")[2].split())


def both(one, other, how, tail=".") -> str:
    return f"{SOON:%a %-d %B}: {one} and {other}: {how}{tail}"


def test_the_same_pupils_in_two_sessions_at_once(in_ashdown):
    pupil("Ada"), pupil("Ben"), pupil("Cy", year_group=9, tutor_group="9A")
    one = planned(in_ashdown, "Engineers")
    other = planned(in_ashdown, "Bakers", "09:30", invited=Invited(groups=(Group.objects.get(name="10A"),)))
    planned(in_ashdown, "After", "10:10")
    planned(in_ashdown, "Just after", "09:40", 0, invited=YEAR_9)
    planned(in_ashdown, "Another day", held_on=SOON + timedelta(days=1))
    off = planned(in_ashdown, "Off")
    changes.cancel_session(off, because="cancelled by us", by=in_ashdown.priya)
    said = [both("Engineers (09:00 to 09:40)", "Bakers (09:30 to 10:10)", "2 pupils are asked to both")]
    assert told(clashes_between(SOON, SOON)) == said
    assert told(clashes_of(one)) == told(clashes_of(other)) == said
    off.refresh_from_db()
    assert clashes_of(off) == []


def test_whoever_is_off_the_roll_or_of_another_group_by_then_is_asked_to_nothing(in_ashdown):
    pupil("Ada", year_group=11, tutor_group="11A")
    planned(in_ashdown, "Engineers")
    planned(in_ashdown, "Bakers", invited=YEAR_9)
    assert clashes_between(SOON, SOON) == []


def test_the_same_place_partner_and_colleague(in_ashdown):
    grace = StaffMember.objects.create(surname="Bell", forename="Grace")
    planned(in_ashdown, "Engineers", place="Main hall", of={"partner_name": "Millworks"}, led_by=grace)
    planned(
        in_ashdown, "Bakers", "09:39", invited=YEAR_9, place=" main  Hall ", of={"partner_name": "millworks"}, adviser=grace
    )  # fmt: skip
    pair = ("Engineers (09:00 to 09:40)", "Bakers (09:39 to 10:19)")
    assert told(clashes_between(SOON, SOON)) == [
        both(*pair, "both in Main hall"),
        both(*pair, "Millworks is at both"),
        both(*pair, "Grace Bell is wanted at both"),
    ]


def test_two_groups_at_one_fair_are_no_clash_and_neither_is_a_hall_elsewhere(in_ashdown):
    fair = planned(in_ashdown, "Fair", place="Hall", of={"partner_name": "Millworks"})
    more = {"held_on": SOON, "starts_at": time(9), "place": "Hall", "by": in_ashdown.priya}
    changes.plan_session(fair.activity, invited=YEAR_9, **more)
    planned(in_ashdown, "Visit", place="Hall", invited=YEAR_9, of={"mode": "workplace"})
    assert clashes_between(SOON, SOON) == []


def test_without_a_time_it_may_clash_and_without_minutes_it_takes_an_hour(in_ashdown):
    pupil("Ada")
    planned(in_ashdown, "Engineers", "09:00", None)
    planned(in_ashdown, "Bakers", "09:59", 10)
    planned(in_ashdown, "Someday", None, None, place="Hall")
    engineers, bakers = "Engineers (09:00)", "Bakers (09:59 to 10:09)"
    perhaps = ", if they are at the same time."
    assert told(clashes_between(SOON, SOON)) == [
        both(engineers, bakers, "1 pupil is asked to both"),
        both(engineers, "Someday (time not set)", "1 pupil is asked to both", perhaps),
        both(bakers, "Someday (time not set)", "1 pupil is asked to both", perhaps),
    ]


def test_a_session_of_many_hours_ends_with_the_day(in_ashdown):
    pupil("Ada")
    planned(in_ashdown, "Work experience", "09:00", 1500)
    planned(in_ashdown, "Evening", "23:30", 30)
    assert len(clashes_between(SOON, SOON)) == 1


def test_planning_and_changing_say_so_and_refuse_nothing(in_ashdown, client):
    pupil("Ada")
    planned(in_ashdown, "Engineers")
    client.force_login(in_ashdown.priya)
    form = {
        "title": "Bakers",
        "activity_type": "TALK",
        "partner_kind": "employer",
        "held_on": str(SOON),
        "year_groups": ["10"],
    }
    page = client.post(at("activity-new"), form | {"starts_at": "09:10", "minutes": "30"}, follow=True)
    assert "1 pupil is asked to both." in words(page)
    bakers = page.context["session"]
    page = client.post(
        at("session-change", bakers.pk),
        {"held_on": str(SOON), "starts_at": "11:00", "year_groups": ["10"]},
        follow=True,
    )
    assert "asked to both" not in words(page)
    client.force_login(in_ashdown.moira)
    assert "asked to both" not in words(client.get(at("session-detail", bakers.pk)))
    assert client.get(at("clash-list")).status_code == 403


def a_term_day(weekday: int, week: int) -> date:
    """A weekday in the autumn term of this year."""
    first = date(THIS_YEAR, 9, 7)
    monday = first - timedelta(days=first.weekday())
    return monday + timedelta(days=weekday - 1, weeks=week)


def maths(**of) -> Lesson:
    given = {"academic_year": THIS_YEAR, "weekday": 2, "period": "3", "subject": "maths"}
    whose = {} if "group" in of else {"year_group": 10}
    return Lesson(**given | {"starts_at": time(11), "ends_at": time(12)} | whose | of)


def test_the_same_lesson_lost_twice_in_a_term(in_ashdown):
    pupil("Ada"), pupil("Nia", year_group=9, tutor_group="9A")
    changes.load_timetable([maths(), maths(year_group=9)], academic_year=THIS_YEAR, by=in_ashdown.priya)
    days = [a_term_day(2, week) for week in (1, 3)]
    first = planned(in_ashdown, "Engineers", "11:30", held_on=days[0])
    second = planned(in_ashdown, "Bakers", "10:30", 31, held_on=days[1])
    planned(in_ashdown, "Before the lesson", "10:20", held_on=a_term_day(2, 2))
    changes.cancel_session(
        planned(in_ashdown, "Off", "11:00", held_on=a_term_day(2, 2)), because="postponed", by=in_ashdown.priya
    )
    planned(in_ashdown, "On Wednesday", "11:00", held_on=a_term_day(3, 2))
    planned(in_ashdown, "Year 9 once", "11:00", invited=YEAR_9, held_on=a_term_day(2, 2))
    planned(
        in_ashdown,
        "In spring",
        "11:00",
        held_on=date(THIS_YEAR + 1, 2, 2) + timedelta(days=(1 - date(THIS_YEAR + 1, 2, 2).weekday()) % 7),
    )
    said = [
        f"Year 10 maths on Tuesday period 3 is lost twice in a term: Engineers, {days[0]:%-d %B}; Bakers, {days[1]:%-d %B}."
    ]
    assert told(clashes_between(days[0], days[1])) == said
    assert told(clashes_of(first)) == told(clashes_of(second)) == said
    assert told(clashes_between(days[0], days[0])) == said
    assert clashes_between(a_term_day(1, 2), a_term_day(1, 2)) == []


def test_a_lesson_lost_by_two_halves_of_a_group_is_lost_once_by_each(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben")
    changes.load_timetable([maths()], academic_year=THIS_YEAR, by=in_ashdown.priya)
    for week, who in ((1, ada), (2, ben)):
        planned(in_ashdown, f"Week {week}", "11:00", invited=Invited(pupils=(who,)), held_on=a_term_day(2, week))
    assert clashes_between(a_term_day(2, 1), a_term_day(2, 2)) == []


def test_two_sessions_of_one_day_lose_a_lesson_once(in_ashdown):
    pupil("Ada")
    changes.load_timetable([maths()], academic_year=THIS_YEAR, by=in_ashdown.priya)
    day = a_term_day(2, 1)
    planned(in_ashdown, "Engineers", "11:00", 20, held_on=day)
    planned(in_ashdown, "Bakers", "11:30", 20, held_on=day)
    assert clashes_between(day, day) == []


def test_meetings_of_single_pupils_take_no_lesson_from_the_group(in_ashdown):
    pupils = [pupil(f"P{number}") for number in range(3)]
    changes.load_timetable([maths()], academic_year=THIS_YEAR, by=in_ashdown.priya)
    planned(in_ashdown, "Engineers", "11:00", held_on=a_term_day(2, 1))
    planned(in_ashdown, "Guidance", "11:00", invited=Invited(pupils=(pupils[0],)), held_on=a_term_day(2, 2))
    assert clashes_between(a_term_day(2, 1), a_term_day(2, 2)) == []


def test_an_evening_for_parents_asks_no_pupil(in_ashdown):
    pupil("Ada")
    planned(in_ashdown, "Engineers")
    planned(in_ashdown, "Evening for parents", of={"activity_type": "PARENT"})
    assert clashes_between(SOON, SOON) == []


def test_a_teaching_groups_lesson_is_lost_by_its_own_pupils(in_ashdown):
    ada, _ben = pupil("Ada"), pupil("Ben")
    group = Group.objects.create(
        kind="teaching", name="10x/Ma1", academic_year=THIS_YEAR, year_group=10, subject="maths"
    )
    group.memberships.create(pupil=ada, starts_on=date(THIS_YEAR, 9, 1))
    changes.load_timetable([maths(group=group)], academic_year=THIS_YEAR, by=in_ashdown.priya)
    for week in (1, 2, 3):
        planned(in_ashdown, f"Week {week}", "11:00", held_on=a_term_day(2, week))
    (clash,) = clashes_between(a_term_day(2, 1), a_term_day(2, 1))
    assert clash.words.startswith("10x/Ma1 maths on Tuesday period 3 is lost three times in a term: Week 1, ")


def test_without_a_timetable_the_page_says_that_it_does_not_know(in_ashdown, client):
    pupil("Ada")
    client.force_login(in_ashdown.priya)
    assert "No timetable is loaded, so nothing is known about lessons" in words(client.get(at("clash-list")))
    changes.load_timetable([maths()], academic_year=THIS_YEAR, by=in_ashdown.priya)
    page = words(client.get(at("clash-list")))
    assert ("nothing is known about lessons" in page, "no group loses the same lesson twice" in page) == (False, True)


def pasted(text, times=""):
    found, wrong = timetable_pasted(text, times)
    return [(str(each), each.starts_at, each.ends_at) for each in found.lessons], found.refused, wrong


def test_a_timetable_is_read_by_the_clock_or_by_number_with_any_separator(in_ashdown):
    pupil("Ada"), pupil("Ben", year_group=9, tutor_group="9A")
    text = 'Day,Start,End,Subject,Group\nMonday,08:50,09:50,maths,Year 10\nTue\t2\tEnglish\t10a\nwed;9.50;10.50;"Art, design";9\n\n'
    assert pasted(text, "1 08:50-09:50\n2, 09:50 to 10:50") == (
        [
            ("Year 10 maths on Monday 08:50", time(8, 50), time(9, 50)),
            ("10A English on Tuesday period 2", time(9, 50), time(10, 50)),
            ("Year 9 Art, design on Wednesday 09:50", time(9, 50), time(10, 50)),
        ],
        [],
        [],
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Monday,08:50,maths", "Give day, start, end, subject and group; or day, lesson, subject and group."),
        ("Someday,08:50,09:50,maths,10", "“Someday” is no weekday: write Monday or Mon."),
        ("Mon,8,09:50,maths,10", "Give start and end as hours and minutes, such as 09:05."),
        ("Mon,25:00,26:00,maths,10", "Give start and end as hours and minutes, such as 09:05."),
        ("Mon,10:00,10:00,maths,10", "It ends before it begins."),
        ("Mon,7,maths,10", "Say in the times of lessons when lesson 7 is."),
        ("Mon,10:00,11:00,,10", "Give the subject in 60 letters or fewer."),
        (
            "Mon,10:00,11:00,maths,10x/Ma9",
            "“10x/Ma9” is no year group, tutor group or teaching group here: import the group, or write the year.",
        ),
        (
            "Mon,10:00,11:00,maths,Year 12",
            "“Year 12” is no year group, tutor group or teaching group here: import the group, or write the year.",
        ),
    ],
)
def test_a_line_that_cannot_be_understood_says_what_to_do(in_ashdown, line, why):
    pupil("Ada")
    lessons, refused, _ = pasted(f"Mon,09:00,10:00,maths,10\n{line}")
    assert (len(lessons), refused) == (1, [(2, line, why)])


def test_priya_looks_at_a_timetable_and_loads_it_and_takes_it_away(in_ashdown, client):
    pupil("Ada")
    client.force_login(in_ashdown.priya)
    text = "Mon,09:00,10:00,maths,10\nMon,10:00,11:00,art,Nobody"
    page = client.post(at("timetable-load"), {"lessons": text, "step": "look"})
    said = words(page)
    assert "1 lessons understood, 1 lines left out" in said
    assert "Line 2, “Mon,10:00,11:00,art,Nobody”:" in said
    assert (has_timetable(today()), "Mon,09:00,10:00,maths,10" in said) == (False, True)
    wrong = client.post(at("timetable-load"), {"lessons": text, "times": "first", "step": "load"})
    assert "These times say no lesson and hours: “first”" in words(wrong)
    assert not has_timetable(today())
    client.post(at("timetable-load"), {"lessons": text, "step": "load"})
    assert [str(each) for each in Lesson.objects.all()] == ["Year 10 maths on Monday 09:00"]
    client.post(at("timetable-load"), {"lessons": "Tue,09:00,10:00,art,10", "step": "load"})
    assert [str(each) for each in Lesson.objects.all()] == ["Year 10 art on Tuesday 09:00"]
    assert "Paste the lessons first." in words(client.post(at("timetable-load"), {"lessons": "", "step": "look"}))
    client.post(at("timetable-load"), {"step": "end"})
    assert not Lesson.objects.exists()


def test_clashes_ask_as_much_of_thirty_sessions_as_of_one(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    pupil("Ada")
    changes.load_timetable([maths(), maths(weekday=SOON.isoweekday())], academic_year=THIS_YEAR, by=in_ashdown.priya)
    asked = []
    for number in (1, 3, 30):
        for each in range(number):
            session = planned(in_ashdown, f"{number} {each}", "11:00")
        counted = []
        for address in (at("clash-list"), at("session-detail", session.pk)):
            client.get(address)
            with CaptureQueriesContext(connection) as questions:
                assert client.get(address).status_code == 200
            counted.append(len(questions))
        asked.append(counted)
    assert asked[1] == asked[2], asked
    assert max(asked[2]) <= 32
