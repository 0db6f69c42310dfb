"""The page of provider access and the names behind its numbers."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.core.academic_year import today, year_start
from dekaan.frameworks.queries import Answers, flags
from dekaan.participation.models import State
from dekaan.participation.queries import live
from dekaan.people.models import Group, Pupil, StaffMember
from dekaan.programme.changes import Invited, correct_mark, it_happened, plan_activity, plan_session, say_of_activity
from dekaan.schools.changes import set_term_dates
from dekaan.schools.queries import next_school_day, usual_breaks
from tests.databases import ON_POSTGRES
from tests.stock import THIS_YEAR, pupil

PHASES = ("PA.1", "PA.2", "PA.3")
FOUR = sum(flags()[key].bit for key in ("offer", "careers-it-leads-to", "what-learning-is-like", "two-way"))


@pytest.fixture(autouse=True)
def _term_dates(in_ashdown):
    set_term_dates(THIS_YEAR, breaks=usual_breaks(THIS_YEAR), by=in_ashdown.priya)


@pytest.fixture
def seen(client: Client, in_ashdown):
    """What a person of the stock is shown at an address."""

    def look(name: str, address: str = "provider-access", query: str = "", **arguments) -> str:
        client.force_login(getattr(in_ashdown, name))
        answer = client.get(reverse(address, args=["ashdown", *arguments.values()]) + query)
        assert answer.status_code == 200, (address, answer.status_code)
        return " ".join(answer.content.decode().split())

    return look


def encounter(by, *, kind="fe-college", group=10, days=30, starts_at=time(10), title="College talk", **said):
    """A provider's session for a year group, so many days ago, recorded."""
    activity = plan_activity(title=title, activity_type="PROVTALK", criteria=PHASES, partner_kind=kind, by=by)
    say_of_activity(activity, Answers(**{"yes": FOUR} | said), by=by)
    held_on = _school_day(today() - timedelta(days=days))
    session = plan_session(
        activity, held_on=held_on, starts_at=starts_at, minutes=60, invited=Invited(year_groups=(group,)), by=by
    )
    if held_on <= today():
        it_happened(session, by=by)
    return session


def _school_day(day: date) -> date:
    return next_school_day(max(day, year_start(THIS_YEAR) + timedelta(days=1)))


def test_each_number_opens_to_its_pupils_and_says_whom_it_lacks(seen, in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben")
    first = encounter(in_ashdown.priya, days=40)
    second = encounter(in_ashdown.priya, days=30, title="Training provider")
    correct_mark(second, pupil=ben, state=State.ABSENT, by=in_ashdown.priya)
    page = seen("priya")
    assert '1<span class="govuk-visually-hidden"> pupils of Year 10 had: two' in page
    assert '1<span class="govuk-visually-hidden"> pupils of Year 10 had: one' in page
    assert f"criterion=PA.2&amp;year={THIS_YEAR}&amp;by=year-group&amp;value=10" in page
    assert f'{reverse("catch-up-new", args=["ashdown", second.pk])}">1: plan a catch-up' in page
    assert f"{reverse('catch-up-new', args=['ashdown', first.pk])}" not in page
    two = seen("priya", "provider-access-pupils", "?had=two&year_group=10", phase_key=2)
    one = seen("priya", "provider-access-pupils", "?had=one&year_group=10", phase_key=2)
    assert (ada.surname in two, "Lovell, Ada" in two, "Lovell, Ben" in two) == (True, True, False)
    assert ("Lovell, Ada" in one, "Lovell, Ben" in one) == (False, True)


def test_an_evening_is_told_to_have_failed_and_a_blank_time_where_to_say_it(seen, in_ashdown):
    pupil("Ada")
    encounter(in_ashdown.priya, starts_at=time(18), title="Open evening")
    silent = encounter(in_ashdown.priya, starts_at=None, title="College visit")
    page = seen("priya")
    assert "It began at 18:00, after the school day (08:30 to 15:30)." in page
    assert f'{reverse("session-change", args=["ashdown", silent.pk])}">Say when it began' in page
    assert "Does not count" in page
    assert "Counts; not all is said yet" in page


def test_a_provider_of_whom_nobody_has_said_it_is_unknown_until_somebody_does(seen, in_ashdown):
    ada = pupil("Ada")
    session = encounter(in_ashdown.priya, kind="university", title="University visit")
    page = seen("priya")
    assert "Not known whether it counts" in page
    assert f'{reverse("session-meaning", args=["ashdown", session.pk])}">Say whether this provider offers' in page
    row = live().get(pupil=ada, source_id=session.pk)
    assert (row.criteria & 1 << 20, row.criteria_unknown & 1 << 20) == (0, 1 << 20)
    say_of_activity(session.activity, Answers(yes=FOUR | flags()["provider-offers"].bit), by=in_ashdown.priya)
    row.refresh_from_db()
    assert row.criteria & 1 << 20
    assert "Counts, with all that the law asks" in seen("priya")


def test_a_session_is_judged_again_when_others_of_its_activity_reach_the_rest(in_ashdown):
    ada = pupil("Ada", tutor_group="10A")
    pupil("Ben", tutor_group="10B")
    groups = {each.name: each for each in Group.objects.filter(academic_year=THIS_YEAR)}
    activity = plan_activity(
        title="College", activity_type="PROVTALK", criteria=PHASES, partner_kind="fe-college", by=in_ashdown.priya
    )
    say_of_activity(activity, Answers(yes=FOUR), by=in_ashdown.priya)
    held_on = _school_day(today() - timedelta(days=30))
    when = {"held_on": held_on, "starts_at": time(10), "minutes": 60, "by": in_ashdown.priya}
    first = plan_session(activity, invited=Invited(groups=(groups["10A"],)), **when)
    it_happened(first, by=in_ashdown.priya)
    shown = 1 << 29
    assert not live().get(pupil=ada, source_id=first.pk).criteria & shown
    plan_session(activity, invited=Invited(groups=(groups["10B"],)), **when)
    assert live().get(pupil=ada, source_id=first.pk).criteria & shown


def test_outside_the_careers_team_small_numbers_are_hidden_and_open_to_nobody(seen, in_ashdown):
    pupil("Ada")
    encounter(in_ashdown.priya)
    page = seen("david")
    assert "hidden" in page
    assert "of Year 10 had" not in page


def test_a_subject_lead_reads_the_tests_of_their_own_session_as_the_whole_year_has_them(seen, in_ashdown):
    pupil("Ada", tutor_group="10A")
    pupil("Ben", tutor_group="10B")
    groups = {each.name: each for each in Group.objects.filter(academic_year=THIS_YEAR)}
    ruth = StaffMember.objects.create(forename="Ruth", surname="Adeyemi", user=in_ashdown.ruth)
    activity = plan_activity(
        title="College", activity_type="PROVTALK", criteria=PHASES, partner_kind="fe-college", by=in_ashdown.priya
    )
    day = _school_day(today() + timedelta(days=7))
    for name, leader in (("10A", ruth), ("10B", None)):
        plan_session(activity, held_on=day, invited=Invited(groups=(groups[name],)), led_by=leader, by=in_ashdown.priya)
    other = plan_activity(title="Not theirs", activity_type="ITPTALK", by=in_ashdown.priya)
    plan_session(other, held_on=day, invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    page = seen("ruth")
    assert "College" in page
    assert "It invites everybody of the year group." in page
    assert "Not theirs" not in page
    assert "Not theirs" in seen("priya")


def test_what_might_count_leads_to_where_it_is_said(seen, in_ashdown):
    activity = plan_activity(title="Taster", activity_type="FEVISIT", partner_kind="fe-college", by=in_ashdown.priya)
    plan_session(activity, held_on=today(), invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    assert f'{reverse("activity-change", args=["ashdown", activity.pk])}">Taster' in seen("priya")


@pytest.mark.parametrize("query", ["?had=many", "?of=asked", "?of=offered"])
def test_a_number_that_there_is_not_is_not_found(client, in_ashdown, query):
    client.force_login(in_ashdown.priya)
    assert client.get(reverse("provider-access-pupils", args=["ashdown", 1]) + query).status_code == 404
    assert client.get(reverse("provider-access-pupils", args=["ashdown", 4])).status_code == 404


@pytest.mark.parametrize("sessions", [1, 6])
def test_the_page_asks_at_most_twenty_statements(client, in_ashdown, sessions, django_assert_max_num_queries):
    for name in ("Ada", "Ben", "Cy"):
        pupil(name)
        pupil(name, "Twelve", year_group=12, tutor_group="12A")
    for number in range(sessions):
        encounter(in_ashdown.priya, days=20 + number, title=f"Talk {number}", group=10 + 2 * (number % 2))
        encounter(in_ashdown.priya, days=-20 - number, title=f"To come {number}", group=10)
    groups = tuple(Group.objects.filter(academic_year=THIS_YEAR, kind=Group.Kind.TUTOR).order_by("pk"))
    for invited in (Invited(groups=groups[:1]), Invited(pupils=tuple(Pupil.objects.order_by("pk")[:2]))):
        activity = plan_activity(title=f"{invited}"[:60], activity_type="ITPTALK", by=in_ashdown.priya)
        plan_session(activity, held_on=today() + timedelta(days=9), invited=invited, by=in_ashdown.priya)
    client.force_login(in_ashdown.priya)
    client.get(reverse("provider-access", args=["ashdown"]))
    with django_assert_max_num_queries(20 + 2 * ON_POSTGRES):
        client.get(reverse("provider-access", args=["ashdown"]))


def test_every_row_leads_to_where_what_it_covers_is_said_planned_ones_too(seen, in_ashdown):
    pupil("Ada")
    held = encounter(in_ashdown.priya, days=40)
    activity = plan_activity(
        title="College next", activity_type="PROVTALK", criteria=PHASES, partner_kind="fe-college", by=in_ashdown.priya
    )
    held_on = today() + timedelta(days=7)
    coming = plan_session(activity, held_on=held_on, invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    page = seen("priya")
    for session, words in ((held, ""), (coming, "Say what it will cover, and with whom")):
        assert f'{reverse("session-meaning", args=["ashdown", session.pk])}">{words}' in page
