"""What is said is held to the day of its moment: of another day it is of the moment whose day that is, or a change."""

import pytest
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.destinations.changes import correct_statement, record_statement, try_statement, verify_statement
from dekaan.destinations.models import Statement
from dekaan.destinations.queries import call_list, judged, of_list
from dekaan.people.models import Pupil
from tests.destinations.given import LEFT_IN, LEFT_ON, day

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAYS = {"source": "pupil", "route": "college-technical"}
# What it is told as, the day of which it is said, what it is of.
CASES = {
    "September in September": ("enrolment", day(9, 2), "enrolment"),
    "September, and it is the half term": ("enrolment", day(10, 20), "position"),
    "1 November a fortnight before": ("position", day(10, 15), "position"),
    "1 November at the end of the month": ("position", day(11, 30), "position"),
    "1 November, and it is early October": ("position", day(10, 14), "change"),
    "1 November, and it is January": ("position", day(1, 15), "change"),
    "1 November of the year after": ("position", day(11, 1, years_on=1), "change"),
    "the end of March on 1 March": ("six-months", day(3, 1), "six-months"),
    "the end of March, and it is September": ("six-months", day(9, 20), "enrolment"),
    "the end of March, and it is April": ("six-months", day(4, 1), "change"),
    "1 November, and it is a year on": ("position", day(9, 12, years_on=1), "year-1"),
    "a change stays one on whatever day": ("change", day(11, 1), "change"),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_of_the_moment_whose_day_it_is(left, case):
    kind, of, becomes = CASES[case]
    told = record_statement(left.ada, by=None, kind=kind, as_of=of, **SAYS)
    assert (told.statement.kind, told.statement.as_of) == (becomes, of)
    assert told.told_of == ("" if kind == becomes else kind)
    assert try_statement(left.ada, kind=kind, as_of=of, **SAYS).statement.kind == becomes
    assert verify_statement(told.statement, by=left.priya).statement.kind == becomes


def test_a_day_in_january_does_not_answer_where_they_were_on_1_november(left):
    record_statement(left.ada, by=None, kind="position", as_of=day(1, 15), **SAYS)
    found = call_list(LEFT_IN, "position", Pupil.objects.filter(pk=left.ada.pk), on=day(4, 20))
    assert [each.leaver.pupil for each in found.calls] == [left.ada]


def test_what_is_corrected_to_another_day_is_of_that_day(left):
    said = record_statement(left.ada, by=None, kind="position", **SAYS).statement
    moved = correct_statement(said, by=left.priya, as_of=day(3, 20))
    assert (moved.statement.kind, moved.told_of) == ("six-months", "position")


def test_the_page_says_that_it_stands_under_another_moment(left, client):
    client.force_login(left.priya, backend=BACKEND)
    sent = {"kind": "position", "as_of": str(day(1, 15)), "said_on": str(day(1, 16)), "confidence": "some"} | SAYS
    page = client.post(reverse("statement-new", args=["ashdown", left.ada.pk]), sent, follow=True).text
    assert f"{day(1, 15):%-d %B %Y} is no day of “On 1 November”, so it stands under “A change on another day”." in page
    assert judged(Statement.objects.all(), [], LEFT_IN).council.outcome == "unknown"


def test_some_days_off_is_as_good_as_the_day_itself_unless_it_says_since_when(left):
    record_statement(left.ada, by=None, kind="position", as_of=day(11, 20), **SAYS)
    record_statement(left.ada, by=None, kind="six-months", as_of=day(3, 12), **SAYS)
    assert judged(Statement.objects.all(), [], LEFT_IN).council.outcome == "sustained"
    late = {"as_of": day(11, 20), "starts_on": day(11, 16)}
    record_statement(left.ben, by=None, kind="position", **late, **SAYS)
    record_statement(left.ben, by=None, kind="six-months", **SAYS)
    assert judged(Statement.objects.filter(pupil=left.ben), [], LEFT_IN).council.outcome == "unknown"


LISTS = {
    "a survey of 1 November that is drawn up in December": ("position", day(12, 5), "position", day(11, 1), day(12, 5)),
    "or on the day itself": ("position", day(11, 1), "position", day(11, 1), day(11, 1)),
    "a list from before it": ("position", day(10, 20), "position", day(10, 20), None),
    "a list of February is none of November": ("position", day(2, 1), "change", day(2, 1), None),
    "nor is the next survey": ("position", day(11, 1, years_on=1), "change", day(11, 1, years_on=1), None),
    "March, told in May": ("six-months", day(5, 31), "six-months", day(3, 31), day(5, 31)),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_that_is_told_of_a_moment_is_said_on_its_own_day(left, case):
    kind, listed_on, becomes, of, said_on = LISTS[case]
    says = of_list({"kind": kind, **SAYS}, listed_on, LEFT_ON)
    said = record_statement(left.ada, by=None, **says).statement
    assert (said.kind, said.as_of, said.said_on) == (becomes, of, said_on or today())


def test_a_row_with_a_day_of_its_own_is_of_that_day_and_a_plan_of_the_list_s(left):
    assert of_list({"kind": "position", "as_of": day(1, 15)}, day(12, 5), LEFT_ON)["kind"] == "change"
    assert of_list({"kind": "position"}, None, LEFT_ON) == {"kind": "position"}
    assert of_list({"kind": "intention"}, day(12, 5), None) == {"kind": "intention", "as_of": day(12, 5)}
