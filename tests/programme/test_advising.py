"""A guidance meeting counts where the adviser was suitably qualified that day, whenever the school says so."""

from datetime import timedelta

from dekaan.core.academic_year import today
from dekaan.measures.changes import verify
from dekaan.measures.queries import states_of
from dekaan.people.changes import add_staff_member
from dekaan.programme.changes import (
    Invited,
    it_happened,
    note_unrecorded,
    plan_activity,
    plan_session,
    requalify_adviser,
)
from tests.stock import pupil


def meeting(adviser, someone, *, days_ago, by):
    activity = plan_activity(title="Guidance", activity_type="PG", by=by)
    held_on = today() - timedelta(days=days_ago)
    return plan_session(activity, held_on=held_on, invited=Invited(pupils=(someone,)), by=by, adviser=adviser)


def state(someone, criterion="GB24.8.1"):
    return next(each.state for each in states_of(someone.pk) if each.criterion == criterion)


def test_meetings_are_judged_again_when_the_qualification_is_entered_and_when_it_ends(in_ashdown):
    ada, ben, by = pupil("Ada", year_group=11), pupil("Ben", year_group=11), in_ashdown.priya
    grace = add_staff_member(surname="Bell", forename="Grace", by=by)
    other = add_staff_member(surname="Vaughan", forename="Idris", by=by)
    it_happened(meeting(grace, ada, days_ago=5, by=by), by=by)
    it_happened(meeting(other, ben, days_ago=5, by=by), by=by)
    assert (state(ada), state(ben)) == ("unknown", "unknown")

    since = today() - timedelta(days=400)
    requalify_adviser(grace, qualified_from=since, qualified_until=None, by=by)
    assert (state(ada), state(ben)) == ("met", "unknown")
    assert verify() == []

    requalify_adviser(grace, qualified_from=since, qualified_until=today() - timedelta(days=6), by=by)
    assert state(ada) == "unknown"
    assert verify() == []

    requalify_adviser(grace, qualified_from=since, qualified_until=today() - timedelta(days=5), by=by)
    assert state(ada) == "met"
    requalify_adviser(grace, qualified_from=None, qualified_until=None, by=by)
    assert state(ada) == "unknown"
    assert verify() == []


def test_a_meeting_that_nobody_recorded_stays_unknown_whoever_held_it(in_ashdown):
    ada, by = pupil("Ada", year_group=11), in_ashdown.priya
    grace = add_staff_member(surname="Bell", forename="Grace", by=by)
    meeting(grace, ada, days_ago=5, by=by)
    note_unrecorded(today())
    requalify_adviser(grace, qualified_from=today() - timedelta(days=400), qualified_until=None, by=by)
    assert state(ada) == "unknown"
    assert verify() == []


def test_many_meetings_are_judged_in_few_statements(in_ashdown, django_assert_max_num_queries):
    by = in_ashdown.priya
    grace = add_staff_member(surname="Bell", forename="Grace", by=by)
    for number in range(6):
        it_happened(meeting(grace, pupil(f"P{number}", year_group=11), days_ago=5, by=by), by=by)
    with django_assert_max_num_queries(30):
        requalify_adviser(grace, qualified_from=today() - timedelta(days=400), qualified_until=None, by=by)
    assert verify() == []
