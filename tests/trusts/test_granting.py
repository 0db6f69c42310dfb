"""Visits without line management; and names, which the trust reads only where and while a school grants it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.audit.queries import of_chain
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.models import Pupil, StaffMember
from dekaan.trusts.changes import NobodyOfTheTrust, TooLong, finish_step, grant_names, log_visit, take_grant_back
from dekaan.trusts.models import NamesGrant, SupportVisit, VisitStep
from dekaan.trusts.queries import open_grants, visits
from tests.stock import Stock, pupil
from tests.trusts.test_comparing import at_the_browser
from tests.trusts.test_offering import pressed, words

pytestmark = pytest.mark.django_db
EMPLOYER = "GB24.5.1"


@pytest.fixture
def known(stock: Stock) -> Stock:
    """A pupil at each school of the trust who has met no employer."""
    for school, forename, surname in ((stock.ashdown, "Ada", "Lovell"), (stock.beckford, "Ben", "Carver")):
        with working_in(school):
            pupil(forename, surname, sen="K", pupil_premium=True)
    return stock


def granted(stock: Stock, school=None, **days: int) -> NamesGrant:
    first, last = today() + timedelta(days=days.get("since", 0)), today() + timedelta(days=days.get("until", 30))
    with working_in(at := school or stock.ashdown):
        return grant_names(at, to=stock.anna, purpose="A shared visit", starts_on=first, ends_on=last, by=stock.priya)


def names(client, school: str = "ashdown", criterion: str = EMPLOYER):
    return client.get(reverse("trust-names", args=[school, criterion]))


def test_without_a_grant_the_adviser_finds_no_list_of_names_anywhere(known):
    anna = at_the_browser(known.anna)
    for school in ("ashdown", "beckford"):
        assert names(anna, school).status_code == 404
        for name in ("criterion-missing", "provider-access-pupils", "sentence-list", "pupil-list"):
            arguments = {"criterion-missing": [EMPLOYER], "provider-access-pupils": [1]}.get(name, [])
            assert anna.get(reverse(name, args=[school, *arguments])).status_code == 403


def test_a_grant_opens_the_names_of_that_school_alone_and_nothing_else(known):
    granted(known)
    anna = at_the_browser(known.anna)
    seen = names(anna).content.decode()
    assert "Lovell, Ada" in seen
    assert "10A" in seen
    assert "Carver" not in seen
    assert "SEN" not in seen
    assert names(anna, "beckford").status_code == 404
    assert anna.get(reverse("criterion-missing", args=["ashdown", EMPLOYER])).status_code == 403
    with working_in(known.ashdown):
        ada = Pupil.objects.get()
    assert anna.get(reverse("pupil-record", args=["ashdown", ada.pk])).status_code == 403


def test_a_grant_taken_back_opens_nothing_from_the_next_request_on(known):
    granted(known)
    anna, priya = at_the_browser(known.anna), at_the_browser(known.priya)
    assert names(anna).status_code == 200
    with working_in(known.ashdown):
        grant = NamesGrant.objects.get()
    assert "reads no names here any more" in pressed(priya, "names-grant-end", grant.pk)
    assert names(anna).status_code == 404
    with working_in(known.ashdown):
        grant.refresh_from_db()
        when = grant.ended_at
        take_grant_back(grant, by=None)
        grant.refresh_from_db()
        assert (grant.ended_at, grant.ended_by) == (when, known.priya)


@pytest.mark.parametrize(("since", "until", "opens"), [(0, 0, True), (-9, -1, False), (1, 9, False)])
def test_a_grant_holds_from_its_first_day_to_its_last(known, since, until, opens):
    granted(known, since=since, until=until)
    assert (names(at_the_browser(known.anna)).status_code == 200) is opens


def test_a_grant_is_to_one_person(known):
    granted(known)
    assert names(at_the_browser(known.priya)).status_code == 403  # who has the school's own lists
    assert names(at_the_browser(known.moira)).status_code == 403


def test_each_reading_is_on_record_at_the_school(known):
    grant = granted(known)
    names(at_the_browser(known.anna))
    (event,) = of_chain(known.ashdown.pk).filter(action="names read by the trust")
    assert (event.actor_id, event.detail) == (known.anna.pk, {"criterion": EMPLOYER, "grant": grant.pk})
    trail = words(at_the_browser(known.priya), "audit-trail")
    assert "Anna Weir of the trust read who misses GB24.5.1" in trail
    assert "Priya Raman let Anna Weir of the trust read names here" in trail


def test_the_schools_own_page_of_roles_tells_of_a_grant_while_it_is_open(known):
    grant = granted(known)
    told = words(at_the_browser(known.olive), "role-list")
    assert "Names granted to the trust" in told
    assert "Anna Weir</strong> may read who misses a criterion here" in told
    with working_in(known.ashdown):
        take_grant_back(grant, by=known.priya)
        assert not open_grants(today())
    assert "Names granted to the trust" not in words(at_the_browser(known.olive), "role-list")


def test_only_somebody_of_the_trust_is_granted_names_and_for_a_year_at_most(known):
    day = today()
    with working_in(known.ashdown):
        said = {"purpose": "x", "starts_on": day, "by": known.priya}
        with pytest.raises(NobodyOfTheTrust):
            grant_names(known.ashdown, to=known.bea, ends_on=day, **said)
        with pytest.raises(TooLong):
            grant_names(known.ashdown, to=known.anna, ends_on=day + timedelta(days=400), **said)
        assert not NamesGrant.objects.exists()


def test_the_careers_leader_alone_grants_and_is_told_what_is_wrong(known):
    priya, day = at_the_browser(known.priya), today()
    sent = {"to": known.anna.pk, "purpose": "A visit", "starts_on": day, "ends_on": day + timedelta(days=30)}
    for wrong, said in (
        ({"to": ""}, "Choose who may read names."),
        ({"to": known.bea.pk}, "Choose somebody who holds a role of the trust."),
        ({"purpose": ""}, "Say what they need the names for."),
        ({"ends_on": day + timedelta(days=500)}, "within a year"),
        ({"ends_on": day - timedelta(days=1)}, "It ends before it begins"),
    ):
        assert said in words(priya, "names-grant-new", **sent | wrong)
    assert "Anna Weir may read names here until" in words(priya, "names-grant-new", **sent)
    for who in (known.tom, known.david, known.anna):
        assert at_the_browser(who).get(reverse("names-grant-new", args=["ashdown"])).status_code == 403
    assert "Lists that are open to you" in words(at_the_browser(known.anna), "names-grant-list")


def test_a_criterion_that_is_none_or_not_counted_is_no_list(known):
    granted(known)
    anna = at_the_browser(known.anna)
    assert [names(anna, criterion=each).status_code for each in ("GB24.1.1", "nothing", "GB24.7.1")] == [404, 404, 200]


def test_a_visit_is_read_by_both_sides_and_its_steps_are_done_by_the_school(known):
    with working_in(known.ashdown):
        owner = StaffMember.objects.create(surname="Raman", forename="Priya", user=known.priya)
    anna, priya, day = at_the_browser(known.anna), at_the_browser(known.priya), today()
    sent = {
        "visited_on": day,
        "looked_at": "Years 8 and 9.",
        "what_1": "Plan a catch-up",
        "owner_1": owner.pk,
        "due_on_1": day,
    }
    assert "Ashdown School reads it too" in words(anna, "support-visit-new", **sent)
    for client in (anna, priya, at_the_browser(known.ellen)):
        seen = words(client, "support-visit-list")
        assert "Years 8 and 9." in seen
        assert "Plan a catch-up: Priya Raman" in seen
    with working_in(known.ashdown):
        step = VisitStep.objects.get()
    assert "Done: Plan a catch-up" in pressed(priya, "visit-step-done", step.pk)
    assert "To be done: Plan a catch-up" in pressed(priya, "visit-step-open", step.pk)
    assert anna.post(reverse("visit-step-done", args=["ashdown", step.pk])).status_code == 403
    assert priya.get(reverse("support-visit-new", args=["ashdown"])).status_code == 403
    assert at_the_browser(known.bea).get(reverse("support-visit-list", args=["ashdown"])).status_code == 404


def test_a_visit_names_no_pupil_is_made_before_it_is_logged_and_a_step_has_its_day(known):
    anna, day = at_the_browser(known.anna), today()
    sent = {"visited_on": day, "looked_at": "Years 8 and 9."}
    for wrong, said in (
        ({"looked_at": "We spoke with Ada Lovell."}, "Leave the name out"),
        ({"what_1": "Ask Lovell, Ada", "due_on_1": day}, "Leave the name out"),
        ({"visited_on": day + timedelta(days=1)}, "That day has not come yet"),
        ({"what_2": "Plan"}, "Give the day by which it is done."),
        ({"due_on_2": day}, "Say what will be done"),
        ({"looked_at": ""}, "Say what you looked at together."),
    ):
        refused = words(anna, "support-visit-new", **sent | wrong)
        assert said in refused
        assert "is the name of" not in refused
    with working_in(known.ashdown):
        assert not SupportVisit.objects.exists()


def test_a_visit_is_corrected_and_steps_come_besides(known):
    day = today()
    with working_in(known.ashdown):
        visit = log_visit(visited_on=day, looked_at="Year 8.", went_well="", steps=[("One", None, day)], by=known.anna)
        finish_step(visit.steps.get(), by=known.priya)
    sent = {"visited_on": day, "looked_at": "Year 9.", "what_1": "Two", "due_on_1": day}
    assert "Saved" in words(at_the_browser(known.anna), "support-visit-change", visit.pk, **sent)
    with working_in(known.ashdown):
        (found,) = visits()
        assert (found.looked_at, sorted(each.what for each in found.steps.all())) == ("Year 9.", ["One", "Two"])
