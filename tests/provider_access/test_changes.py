"""What an encounter counts for follows when what it rests on changes beside it."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.benchmarks.changes import plan_for_missing
from dekaan.frameworks.queries import Answers, bit_of, criterion, flags
from dekaan.overview.changes import change_school_facts
from dekaan.participation.queries import live
from dekaan.partners.changes import add_organisation, change_organisation
from dekaan.people.models import Group
from dekaan.programme.changes import (
    Invited,
    Match,
    cancel_session,
    change_on_calendar,
    change_session,
    it_happened,
    match_names,
    merge_organisations,
    part_organisations,
    plan_activity,
    plan_session,
    put_on_calendar,
    say_of_activity,
    set_term_dates,
    take_off_calendar,
    unmatch_names,
)
from dekaan.programme.queries import occasions_of, sessions_by_law
from dekaan.schools.queries import usual_breaks
from tests.stock import pupil

PHASES = ("PA.1", "PA.2", "PA.3")
FOUR = sum(flags()[key].bit for key in ("offer", "careers-it-leads-to", "what-learning-is-like", "two-way"))
A_TUESDAY = date(2026, 10, 6)


@pytest.fixture(autouse=True)
def _in_november(settings, in_ashdown):
    settings.TODAY = "2026-11-24"
    set_term_dates(2026, breaks=usual_breaks(2026), by=in_ashdown.priya)


@pytest.fixture
def college(in_ashdown):
    """An activity with a college of which everything is said."""
    activity = plan_activity(
        title="College", activity_type="PROVTALK", criteria=PHASES, partner_kind="fe-college", by=in_ashdown.priya
    )
    say_of_activity(activity, Answers(yes=FOUR), by=in_ashdown.priya)
    return activity


def put_on(activity, by, *, invited, on=A_TUESDAY, starts_at=time(10)):
    """A session of it that was recorded."""
    session = plan_session(activity, held_on=on, starts_at=starts_at, minutes=60, invited=invited, by=by)
    it_happened(session, by=by)
    return session


def counts(session, who, criterion_id="PA.2") -> bool:
    """Whether the ledger counts the session for the pupil."""
    return bool(live().get(pupil=who, source_id=session.pk).criteria & bit_of(criterion_id))


def test_a_longer_school_day_is_judged_again(in_ashdown, college):
    ada = pupil("Ada")
    session = put_on(college, in_ashdown.priya, invited=Invited(year_groups=(10,)), starts_at=time(15, 30))
    assert not counts(session, ada)
    change_school_facts(in_ashdown.ashdown, by=in_ashdown.priya, day_ends=time(16, 30))
    assert counts(session, ada)


def test_term_dates_that_are_entered_later_are_judged_by(in_ashdown, college):
    ada = pupil("Ada")
    first, *others = usual_breaks(2026)
    session = put_on(college, in_ashdown.priya, invited=Invited(year_groups=(10,)))
    assert counts(session, ada, "PA.2.shown")
    earlier = (date(2026, 10, 5), date(2026, 10, 9))
    set_term_dates(2026, breaks=[earlier, *others], by=in_ashdown.priya)
    assert not counts(session, ada)
    set_term_dates(2026, breaks=[], by=in_ashdown.priya)
    assert (counts(session, ada), counts(session, ada, "PA.2.shown")) == (True, False)
    set_term_dates(2026, breaks=[first, *others], by=in_ashdown.priya)
    assert counts(session, ada, "PA.2.shown")


def test_an_inset_day_that_comes_moves_and_goes_is_judged_by(in_ashdown, college):
    ada = pupil("Ada")
    session = put_on(college, in_ashdown.priya, invited=Invited(year_groups=(10,)))
    entry = put_on_calendar(kind="inset", starts_on=A_TUESDAY, by=in_ashdown.priya)
    assert not counts(session, ada)
    change_on_calendar(entry, by=in_ashdown.priya, starts_on=date(2026, 10, 7), ends_on=date(2026, 10, 7))
    assert counts(session, ada)
    change_on_calendar(entry, by=in_ashdown.priya, starts_on=A_TUESDAY)
    assert not counts(session, ada)
    take_off_calendar(entry, by=in_ashdown.priya)
    assert counts(session, ada)


def test_another_time_is_judged_again(in_ashdown, college):
    ada = pupil("Ada")
    session = put_on(college, in_ashdown.priya, invited=Invited(year_groups=(10,)), starts_at=time(18))
    change_session(session, by=in_ashdown.priya, starts_at=time(11))
    assert counts(session, ada)
    change_session(session, by=in_ashdown.priya, starts_at=time(19))
    assert not counts(session, ada)


def test_a_session_that_is_called_off_leaves_its_tutor_group_without(in_ashdown, college):
    ada = pupil("Ada", tutor_group="10A")
    pupil("Ben", tutor_group="10B")
    groups = {each.name: each for each in Group.objects.filter(academic_year=2026)}
    first = put_on(college, in_ashdown.priya, invited=Invited(groups=(groups["10A"],)))
    second = plan_session(
        college, held_on=date(2026, 12, 1), invited=Invited(groups=(groups["10B"],)), by=in_ashdown.priya
    )
    assert counts(first, ada, "PA.2.shown")
    cancel_session(second, because="Snow", by=in_ashdown.priya)
    assert (counts(first, ada), counts(first, ada, "PA.2.shown")) == (True, False)
    (found,) = sessions_by_law([first]).values()
    assert [each.why for each in found if each.state == "unknown"] == ["This year it is not planned yet for 10B."]


@pytest.mark.parametrize(("are_all", "state"), [(True, "passed"), (False, "failed")])
def test_what_is_planned_from_a_gap_is_for_all_of_them_or_for_some(in_ashdown, are_all, state):
    ada, _ben = pupil("Ada"), pupil("Ben")
    session = plan_for_missing(
        [criterion("PA.2")],
        title="Training",
        activity_type="ITPTALK",
        held_on=date(2026, 12, 1),
        pupils=[ada],
        by=in_ashdown.priya,
        are_all=are_all,
    )
    session.refresh_from_db()
    (found,) = sessions_by_law([session]).values()
    assert {each.test.key: each.state for each in found}["cohort"] == state


def test_many_sessions_are_judged_in_as_many_statements_as_one(in_ashdown, college, django_assert_num_queries):
    ada, ben = pupil("Ada", tutor_group="10A"), pupil("Ben", tutor_group="10B")
    groups = list(Group.objects.filter(academic_year=2026).order_by("pk"))
    invited = [Invited(year_groups=(10,)), Invited(groups=(groups[0],)), Invited(pupils=(ada,)), Invited(pupils=(ben,))]
    sessions = [put_on(college, in_ashdown.priya, invited=each) for each in invited * 2]
    with django_assert_num_queries(6):
        occasions_of(sessions[:4])
    with django_assert_num_queries(6):
        occasions_of(sessions)


def test_a_session_that_is_not_for_provider_access_asks_for_nothing_but_its_catch_ups(
    in_ashdown, django_assert_num_queries
):
    talk = plan_activity(title="Talk", activity_type="TALK", by=in_ashdown.priya)
    session = plan_session(talk, held_on=A_TUESDAY, invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    with django_assert_num_queries(1):
        occasions_of([session])


OFFERS = {"apprenticeships": "yes", "apprenticeships_on": A_TUESDAY, "apprenticeships_source": "their website"}
OFFERS_NONE = {
    "technical": "no",
    "technical_on": A_TUESDAY,
    "technical_source": "their website",
    "apprenticeships": "no",
    "apprenticeships_on": A_TUESDAY,
    "apprenticeships_source": "their website",
}


@pytest.fixture
def builders(in_ashdown):
    """An activity with an employer, of which everything is said but whether it offers apprenticeships."""
    activity = plan_activity(
        title="Builders",
        activity_type="PROVTALK",
        criteria=PHASES,
        partner_name="Weir Builders",
        partner_kind="employer",
        by=in_ashdown.priya,
    )
    say_of_activity(activity, Answers(yes=FOUR), by=in_ashdown.priya)
    return activity


def test_an_employer_counts_once_the_directory_says_that_it_offers_apprenticeships(in_ashdown, builders):
    ada, by = pupil("Ada"), in_ashdown.priya
    session = put_on(builders, by, invited=Invited(year_groups=(10,)))
    assert not counts(session, ada)
    firm = add_organisation(name="Weir Builders", kind="employer", by=by)
    match_names({"Weir Builders": Match(firm)}, by=by)
    assert not counts(session, ada)  # nobody has said yet what it offers
    change_organisation(firm, by=by, **OFFERS)
    assert counts(session, ada)
    change_organisation(firm, by=by, **OFFERS_NONE)
    assert not counts(session, ada)


def test_a_name_that_is_matched_counts_by_the_directory_and_not_once_that_is_undone(in_ashdown, builders):
    ada, by = pupil("Ada"), in_ashdown.priya
    session = put_on(builders, by, invited=Invited(year_groups=(10,)))
    firm = add_organisation(name="Weir Builders Ltd", kind="employer", by=by, **OFFERS)
    matching = match_names({"Weir Builders": Match(firm)}, by=by)
    assert counts(session, ada)
    unmatch_names(matching, by=by)
    assert not counts(session, ada)


def test_two_that_are_one_count_by_what_is_said_of_the_one_that_stays(in_ashdown, builders):
    ada, by = pupil("Ada"), in_ashdown.priya
    session = put_on(builders, by, invited=Invited(year_groups=(10,)))
    firm = add_organisation(name="Weir Builders", kind="employer", by=by)
    match_names({"Weir Builders": Match(firm)}, by=by)
    kept = add_organisation(name="Weir Builders Ltd", kind="employer", by=by, **OFFERS)
    merge = merge_organisations(kept, firm, by=by)
    assert counts(session, ada)
    part_organisations(merge, by=by)
    assert not counts(session, ada)


def test_what_is_said_of_the_occasion_wins_over_the_directory(in_ashdown, builders):
    ada, by = pupil("Ada"), in_ashdown.priya
    firm = add_organisation(name="Weir Builders", kind="employer", by=by, **OFFERS)
    session = put_on(builders, by, invited=Invited(year_groups=(10,)))
    match_names({"Weir Builders": Match(firm)}, by=by)
    say_of_activity(builders, Answers(yes=FOUR, no=flags()["provider-offers"].bit), by=by)
    assert not counts(session, ada)


def test_sessions_of_many_organisations_are_judged_in_as_many_statements_as_one(in_ashdown, builders):
    """However they were fetched: the rows of an activity, each with an organisation of its own."""
    by = in_ashdown.priya
    for number in range(6):
        firm = add_organisation(name=f"Builders {number}", kind="employer", by=by, **OFFERS)
        plan_session(
            builders,
            held_on=A_TUESDAY,
            starts_at=time(10),
            minutes=60,
            invited=Invited(year_groups=(10,)),
            organisation=firm,
            by=by,
        )
    listed = list(builders.sessions.select_related("activity", "adviser").order_by("pk"))

    def asked(sessions):
        with CaptureQueriesContext(connection) as found:
            occasions_of(sessions)
        return len(found)

    fresh = list(builders.sessions.select_related("activity", "adviser").order_by("pk"))
    assert asked(listed) == asked(fresh[:1])
