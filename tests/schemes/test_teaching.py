"""Schemes and their lessons: order, owners, planning, and what of them is planned and taught, counted from the programme."""

from datetime import timedelta

import pytest

from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import today, year_start
from dekaan.frameworks.queries import ids_of, mask_of
from dekaan.programme.changes import (
    add_outcome,
    cancel_session,
    change_session,
    it_happened,
    retire_outcome,
    roll_forward,
)
from dekaan.programme.models import Activity, LearningOutcome, Session
from dekaan.programme.queries import propose, sessions, taught_by
from dekaan.schemes import changes
from dekaan.schemes.models import Scheme
from dekaan.schemes.queries import lesson_lines, lessons_of, scheme_lines, schemes_changed_by
from dekaan.schools.queries import usual_breaks
from tests.schemes.given import colleague, lesson, scheme
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db


def lines(of: Scheme, year: int = THIS_YEAR):
    return lesson_lines(lessons_of(of), year, sessions())


def standing(of: Scheme, year: int = THIS_YEAR):
    """Of each lesson its title, its state, what was said to whom, and for whom it is not planned."""
    return [
        (
            line.lesson.title,
            line.state,
            [(each.years, "taught" if each.is_taught else "planned") for each in line.occasions],
            line.left,
        )
        for line in lines(of, year)
    ]


def test_a_lesson_comes_after_the_others_and_moves_up_and_goes(in_ashdown):
    ours = scheme()
    _, second, third = (lesson(ours, name) for name in ("One", "Two", "Three"))
    changes.move_lesson_up(third, by=in_ashdown.priya)
    assert [each.title for each in lessons_of(ours)] == ["One", "Three", "Two"]
    first = lessons_of(ours)[0]
    changes.move_lesson_up(first, by=in_ashdown.priya)
    changes.remove_lesson(second, by=in_ashdown.priya)
    assert [each.title for each in lessons_of(ours)] == ["One", "Three"]
    assert lesson(ours, "Four").place > lessons_of(ours)[1].place


def test_planning_makes_an_activity_with_a_session_for_each_year_group_and_all_that_the_lesson_says(in_ashdown):
    outcome = add_outcome(words="can name three jobs", first_year=7, last_year=9, by=None)
    ours = scheme("Next", 8, 9)
    jobs = lesson(ours, taught="Pay near us", resources="Slides", learning_areas=["explore"], outcomes=[outcome])
    days = {8: today() + timedelta(days=3), 9: today() + timedelta(days=5)}
    activity = changes.plan_lesson(jobs, days=days, led_by=colleague(), by=in_ashdown.priya)
    assert (activity.title, activity.activity_type, activity.description) == (
        "Jobs near us", "LESSON", "Pay near us\n\nSlides",
    )  # fmt: skip
    assert ids_of(activity.criteria) == ("GB24.2.1",)
    taught = taught_by(activity)
    assert ([each.key for each in taught.areas], taught.outcomes) == (["explore"], (outcome,))
    planned = [(each.held_on, each.minutes, each.led_by.surname) for each in activity.sessions.all()]
    assert planned == [(days[8], 50, "Adeyemi"), (days[9], 50, "Adeyemi")]
    assert standing(ours) == [("Jobs near us", "planned", [("Year 8", "planned"), ("Year 9", "planned")], "")]


def test_nobody_to_teach_is_refused_and_plans_nothing(in_ashdown):
    with pytest.raises(changes.NobodyToTeach):
        changes.plan_lesson(lesson(scheme()), days={}, by=None)
    assert not Activity.objects.exists()


def test_what_was_tagged_to_repealed_benchmarks_counts_as_its_kind_usually_does(in_ashdown):
    old = lesson(scheme(), criteria=["GB14.5.1"])
    activity = changes.plan_lesson(old, days={9: today()}, by=None)
    assert ids_of(activity.criteria) == ("GB24.2.1",)


def test_the_scheme_says_what_the_programme_has_and_nothing_is_typed_again(in_ashdown):
    """Year 8 had it yesterday, Year 9 is to have it, and nobody of Year 7 is planned for."""
    pupil("Ada", year_group=8)
    ours = scheme("Next", 7, 8, 9)
    jobs = lesson(ours)
    lesson(ours, "Interviews")
    changes.plan_lesson(jobs, days={8: today() - timedelta(days=1), 9: today() + timedelta(days=1)}, by=None)
    assert standing(ours) == [
        ("Jobs near us", "open", [("Year 8", "planned"), ("Year 9", "planned")], "Year 7"),
        ("Interviews", "open", [], ""),
    ]
    it_happened(Session.objects.order_by("held_on").first(), by=in_ashdown.priya)
    changes.plan_lesson(jobs, days={7: today() + timedelta(days=1)}, by=None)
    assert standing(ours)[0] == (
        "Jobs near us",
        "planned",
        [("Year 8", "taught"), ("Year 9", "planned"), ("Year 7", "planned")],
        "",
    )
    counted = [(each.lessons, each.taught, each.planned, each.to_plan) for each in scheme_lines(THIS_YEAR, sessions())]
    assert counted == [(2, 0, 1, 1)]


def test_taught_is_said_once_everybody_had_it_and_a_cancelled_one_is_not_planned(in_ashdown):
    pupil("Ada", year_group=9)
    ours = scheme()
    changes.plan_lesson(lesson(ours), days={9: today()}, by=None)
    session = Session.objects.get()
    cancel_session(session, because="postponed", by=None)
    assert standing(ours)[0][1:] == ("open", [], "")
    changes.plan_lesson(lessons_of(ours)[0], days={9: today()}, by=None)
    it_happened(Session.objects.get(cancelled_at=None), by=in_ashdown.priya)
    assert standing(ours)[0][1:] == ("taught", [("Year 9", "taught")], "")


def test_each_year_stands_by_itself(in_ashdown):
    ours = scheme()
    last_year = year_start(THIS_YEAR) - timedelta(days=100)
    changes.plan_lesson(lesson(ours), days={9: last_year}, by=None)
    assert [standing(ours, year)[0][1] for year in (THIS_YEAR - 1, THIS_YEAR)] == ["planned", "open"]
    change_session(Session.objects.get(), held_on=today(), by=None)
    assert [standing(ours, year)[0][1] for year in (THIS_YEAR - 1, THIS_YEAR)] == ["open", "planned"]


def test_an_activity_that_rolling_forward_has_to_copy_is_of_its_lesson_yet(in_ashdown):
    ours = scheme("What comes next", 9)
    jobs = lesson(ours)
    last_year = usual_breaks(THIS_YEAR - 1)[1][1] + timedelta(days=1)
    activity = changes.plan_lesson(jobs, days={9: last_year}, by=None)
    Activity.objects.filter(pk=activity.pk).update(criteria=mask_of(["GB14.2.1"]))
    changed = {each.pk: each.day for each in propose(THIS_YEAR)}
    roll_forward(THIS_YEAR, days=changed, by=in_ashdown.priya)
    copy = Activity.objects.exclude(pk=activity.pk).get()
    (line,) = lines(ours)
    assert [each.session.activity_id for each in line.occasions] == [copy.pk]
    assert (line.state, line.to_plan) == ("planned", ())


def test_an_outcome_that_a_lesson_reaches_is_retired_and_not_lost(in_ashdown):
    outcome = add_outcome(words="can name three jobs", first_year=7, last_year=9, by=None)
    jobs = lesson(scheme(), outcomes=[outcome])
    assert retire_outcome(outcome, by=None)
    assert [each.outcome for each in jobs.outcomes.all()] == [LearningOutcome.objects.get()]


def test_whoever_owns_a_scheme_changes_it_and_the_careers_team_changes_all(in_ashdown):
    """Ruth leads a subject and owns one of two; Sam is a tutor and owns none; Priya leads careers."""
    ruths = scheme("Ruth's", owners=[colleague(in_ashdown.ruth), colleague(None, "Marsh")])
    scheme("Nobody's")

    def may(user, role):
        return [each.title for each in schemes_changed_by(user, ROLES[role].may)]

    assert may(in_ashdown.ruth, "subject-lead") == ["Ruth's"]
    assert may(in_ashdown.sam, "tutor") == []
    assert may(in_ashdown.priya, "careers-leader") == ["Nobody's", "Ruth's"]
    assert may(in_ashdown.moira, "link-governor") == []
    changes.change_scheme(ruths, owners=[colleague(in_ashdown.sam, "Whitlock")], by=None)
    assert (may(in_ashdown.ruth, "subject-lead"), may(in_ashdown.sam, "tutor")) == ([], ["Ruth's"])


def test_only_who_works_at_the_school_may_own_one():
    holds = {key for key, role in ROLES.items() if Permission.SCHEMES_CHANGE in role.may}
    assert {"link-governor", "enterprise-adviser", "commissioned-adviser", "pupil", "carer"} & holds == set()
    assert {"tutor", "subject-lead", "session-teacher", "head-of-year", "careers-leader"} <= holds


def test_a_scheme_that_is_given_up_is_kept_and_comes_last(in_ashdown):
    old = scheme("A first scheme")
    scheme("Now")
    changes.change_scheme(old, given_up_on=today(), by=None)
    assert [each.scheme.title for each in scheme_lines(THIS_YEAR, sessions())] == ["Now", "A first scheme"]
