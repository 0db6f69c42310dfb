"""Briefings in the school's own words, what pupils learn, a timetable, and what clashes."""

from collections.abc import Iterable
from datetime import time, timedelta

from dekaan.access.models import User
from dekaan.programme.changes import (
    Invited,
    add_outcome,
    load_timetable,
    plan_activity,
    plan_session,
    retire_outcome,
    write_briefing,
)
from dekaan.programme.models import Activity, Learning, Lesson, Session

BRIEFINGS = {
    "Engineering at Millworks": {
        "purpose": "To hear from two engineers what their week is like, and how each of them got there.",
        "before": "Ask Year 10 in tutor time what they think an engineer does all day.\nSet up the screen and two microphones.",
        "to_return": "Names of those who were not there, by the end of the day.\nOne question that pupils asked.",
    },
    "Solicitors' talk": {
        "purpose": "To see that a law firm needs more than lawyers.",
        "during": "Let pupils guess each visitor's job before they say it.",
    },
}


def write_briefings(*, by: User) -> None:
    """Some activities say on their sheet what is special; the others say the usual."""
    for activity in Activity.objects.filter(title__in=BRIEFINGS).order_by("pk"):
        write_briefing(activity, by=by, **BRIEFINGS[activity.title])


# Kind of activity → the learning areas that such a one is tagged to.
AREAS = {
    "ASSEM": ("explore",),
    "TALK": ("explore",),
    "ALUM": ("explore", "create"),
    "FAIR": ("explore", "manage"),
    "MOCK": ("manage", "create"),
    "NETW": ("create",),
    "ENTR": ("create", "balance"),
    "LMI": ("picture", "explore"),
    "OPTEVE": ("manage",),
    "LESSON": ("picture",),
    "WEX_B": ("explore", "grow"),
    "WVISIT": ("explore",),
    "SHADOW": ("explore",),
    "FEVISIT": ("explore", "manage"),
    "HEVISIT": ("explore", "manage"),
    "SFVISIT": ("manage",),
    "APPR": ("explore",),
    "ITPTALK": ("explore",),
    "GUID": ("grow", "manage"),
}
# What the school wants to have been learnt: words, year groups, and the title of the activity that teaches it.
OUTCOMES = (
    ("can name three jobs that use what they learn in science", 7, 9, "Engineers in maths and science lessons"),
    ("know what each route after Year 11 leads to", 10, 11, "Apprenticeship ambassadors"),
    ("have talked to somebody about a setback at work", 8, 8, "A day at work: alumni talk"),
    ("can read a payslip", 11, 13, ""),
    ("have practised an interview with somebody they do not know", 11, 11, "Mock interviews"),
)
OF_BEFORE_2021 = ("Enterprise day", "personal-finance")
RETIRED = ("can fill in a paper application form", 10, 11, "Work experience week")


def write_learning(*, by: User) -> None:
    """Most activities say what pupils learn; one still says it by the framework of before 2021."""
    activities = list(Activity.objects.order_by("pk"))
    rows = [Learning(activity=each, area=area) for each in activities for area in AREAS.get(each.activity_type, ())]
    title, area = OF_BEFORE_2021
    rows += [Learning(activity=each, area=area) for each in activities if each.title == title]
    retired = None
    for words, first_year, last_year, title in (*OUTCOMES, RETIRED):
        retired = add_outcome(words=words, first_year=first_year, last_year=last_year, by=by)
        rows += [Learning(activity=each, outcome=retired) for each in activities if each.title == title]
    Learning.objects.bulk_create(rows)
    if retired is not None:
        retire_outcome(retired, by=by)


# A week of lessons for each year group: when they are, and what is taught in which.
LESSONS = (("1", 8, 50), ("2", 9, 50), ("3", 11, 10), ("4", 12, 10), ("5", 14, 0))
SUBJECTS = ("English", "maths", "science", "history", "geography", "French", "art", "PE", "computing", "music")


def write_timetable(year_groups: Iterable[int], *, academic_year: int, by: User) -> None:
    """Each year group's five lessons a day; a subject returns every other day."""
    lessons = [
        Lesson(
            academic_year=academic_year,
            weekday=weekday,
            period=period,
            starts_at=time(hour, minute),
            ends_at=time(hour + (minute + 55) // 60, (minute + 55) % 60),
            subject=SUBJECTS[(weekday * 3 + number * 2 + year_group) % len(SUBJECTS)],
            year_group=year_group,
        )
        for year_group in year_groups
        for weekday in range(1, 6)
        for number, (period, hour, minute) in enumerate(LESSONS)
    ]
    load_timetable(lessons, academic_year=academic_year, by=by)


# Days after the first, title, partner, year group, hour, minutes and place of what gets in the way.
IN_THE_WAY = (
    (0, "Jobs behind the stage: workshop", "Riverside Theatre", 9, time(9, 20), 50, "Drama studio"),
    (7, "A nurse's day", "Northgate Hospital", 9, time(9, 0), 40, "Library"),
    (7, "An author's day", "Calder Books", 7, time(9, 15), 40, "Library"),
)


def plan_clashes(beside: Session, *, by: User) -> None:
    """What wants the same pupils as the session at once, takes them out of the same lesson again, and wants one room."""
    for days, title, partner, year_group, starts_at, minutes, place in IN_THE_WAY:
        activity = plan_activity(
            title=title, activity_type="TALK", partner_name=partner, partner_kind="employer", by=by
        )
        plan_session(
            activity,
            held_on=beside.held_on + timedelta(days=days),
            starts_at=starts_at,
            minutes=minutes,
            place=place,
            invited=Invited(year_groups=(year_group,)),
            by=by,
        )
