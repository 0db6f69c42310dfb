"""The pages: what is entered, each refusal in a sentence with nothing lost, and what a governor sees."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.budget import changes, queries
from dekaan.budget.models import AdviserDay, Agreement, Allocation, Budget, BudgetLine, Spend, UsualCost
from dekaan.core.academic_year import year_end, year_start
from dekaan.partners.changes import add_organisation
from tests.budget.given import FIRST, LAST, agreement, budget, in_days, line, spend
from tests.budget.test_figures import held
from tests.isolation.world import BACKEND
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db


def at(name, *args, query=""):
    return reverse(name, args=["ashdown", *args]) + query


@pytest.fixture
def priya(in_ashdown, client) -> Client:
    client.force_login(in_ashdown.priya, backend=BACKEND)
    return client


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def read(answer) -> str:
    return answer.content.decode()


OPENED = {
    "kind": "academic",
    "starts_on": f"{FIRST}",
    "ends_on": f"{LAST}",
    "pence": "5,000",
    "source": "school",
    "agreed_by": "M. Lunt, governors",
    "agreed_on": f"{FIRST}",
}


def test_priya_opens_a_budget_and_gives_it_a_line_and_a_spend(in_ashdown, priya):
    pupil("Ada")
    assert "No budget yet" in read(priya.get(at("budget-list")))
    page = read(priya.post(at("budget-new"), OPENED, follow=True))
    assert "Opened: Budget" in page
    ours = Budget.objects.get()
    told = {"what_for": "transport", "title": "Coaches", "planned": "£900"}
    assert "Added: Coaches." in read(priya.post(at("budget-line-new", ours.pk), told, follow=True))
    made = BudgetLine.objects.get()
    told = {"kind": "spend", "pence": "120.50", "what": "Coach", "line": made.pk, "on": f"{FIRST}", "state": "paid"}
    page = read(priya.post(at("spend-new", ours.pk), told, follow=True))
    assert ("Entered: paid, £120.50." in page, "£4,879.50" in page) == (True, True)
    assert Spend.objects.get().recorded_by == in_ashdown.priya


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pence": "-5"}, "An amount cannot be below nothing."),
        ({"pence": "0"}, "An amount of nothing is not entered."),
        ({"pence": "five"}, "Give the amount in pounds, such as 250 or 1,249.50."),
        ({"pence": "99999999999"}, "Give an amount up to £10,000,000."),
        ({"pence": ""}, "Give the amount that is allocated."),
        ({"ends_on": f"{FIRST.replace(year=FIRST.year - 1)}"}, "It cannot end before it begins."),
        ({"ends_on": f"{LAST.replace(year=LAST.year + 1)}"}, "That is more than a year."),
        (
            {"starts_on": f"{FIRST.replace(month=4)}", "ends_on": f"{LAST.replace(month=3)}"},
            "choose the financial year",
        ),
        ({"agreed_on": "2999-01-01"}, "Give a year between 2000 and 2100."),
        ({"agreed_by": ""}, "Say who agreed it."),
    ],
)
def test_a_budget_that_cannot_be_is_refused_in_a_sentence(in_ashdown, priya, typed, said):
    page = read(priya.post(at("budget-new"), OPENED | typed))
    assert said in page
    assert not Budget.objects.exists()


def test_two_budgets_of_one_year_are_refused_and_nothing_is_lost(in_ashdown, priya):
    budget()
    page = read(priya.post(at("budget-new"), OPENED | {"agreed_by": "Somebody else"}))
    assert f"Budget {THIS_YEAR}/" in page
    assert "has some of these days. A day belongs to one budget." in page
    assert 'value="Somebody else"' in page
    assert (Budget.objects.count(), Allocation.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": f"{year_start(THIS_YEAR - 1)}"}, "enter it on the budget of its own year."),
        ({"on": f"{in_days(3000)}"}, "enter it on the budget of its own year."),
        ({"on": f"{LAST}"}, "It cannot have been paid on a day to come."),
        ({"kind": "refund", "pence": "1"}, "More would come back than was paid on that line."),
        ({"pence": "-1"}, "Money that came back is entered as a refund."),
        ({"line": "999999"}, "Choose the line that it belongs to."),
        ({"session": "999999"}, "Choose a session of this budget’s year."),
        ({"criteria": "GB99.1"}, "Choose among those on the list."),
        ({"state": "cancelled"}, "Say how far it is."),
        ({"what": ""}, "Say what for."),
        ({"what": "x" * 201}, "Say it in 200 letters or fewer."),
    ],
)
def test_a_spend_that_cannot_be_is_refused_in_a_sentence(in_ashdown, priya, typed, said):
    ours = budget()
    told = {"kind": "spend", "pence": "5", "what": "Coach", "line": line(ours).pk, "on": f"{FIRST}", "state": "paid"}
    page = read(priya.post(at("spend-new", ours.pk), told | {"supplier": "Harte’s coaches"} | typed))
    assert said in page
    assert "Harte’s coaches" in page
    assert not Spend.objects.exists()


def test_money_is_entered_on_a_line_so_a_budget_without_one_asks_for_it(in_ashdown, priya):
    ours = budget()
    page = read(priya.get(at("spend-new", ours.pk), follow=True))
    assert "Give the budget a line first" in page


def test_a_spend_on_a_session_is_seen_beside_its_benchmark_and_opens_to_its_list(in_ashdown, priya):
    session = held(in_ashdown, invited=[pupil("Ada")])
    ours = budget()
    told = {"kind": "spend", "pence": "90", "what": "Coach", "line": line(ours).pk, "on": f"{session.held_on}"}
    page = read(priya.post(at("spend-new", ours.pk), told | {"state": "paid", "session": session.pk}, follow=True))
    lists = re.findall(r'href="([^"]+benchmark=[^"]+)">1 row', page)
    assert len(lists) == 1
    page = read(priya.get(f"{at('spend-list', ours.pk)}{lists[0][lists[0].index('?') :]}"))
    assert ("Coach" in page, "1 row, £90" in page, "Engineers" in page) == (True, True, True)


def test_one_link_alone_says_what_it_was_for(in_ashdown, priya):
    session = held(in_ashdown, invited=[pupil("Ada")])
    ours = budget()
    told = {"kind": "spend", "pence": "5", "what": "Coach", "line": line(ours).pk, "on": f"{FIRST}", "state": "paid"}
    page = read(priya.post(at("spend-new", ours.pk), told | {"session": session.pk, "activity": session.activity_id}))
    assert "Give one of them: a session, an activity, or criteria." in page


def test_a_commitment_is_paid_corrected_and_taken_back_and_each_line_before_is_kept(in_ashdown, priya):
    ours = budget()
    first = spend(line(ours), 5_000, state="committed", what="Coach")
    page = read(priya.post(at("spend-paid", first.pk), {"on": "tomorrow"}))
    assert "Give the date as day, month and year" in page
    assert "Paid: £50." in read(priya.post(at("spend-paid", first.pk), {"on": f"{FIRST}"}, follow=True))
    paid = Spend.objects.get(state="paid")
    told = {"kind": "spend", "pence": "60", "what": "Coach", "line": paid.line_id, "on": f"{FIRST}", "state": "paid"}
    page = read(priya.post(at("spend-correct", paid.pk), told, follow=True))
    assert ("Corrected. The line before is kept." in page, "What stood here before" in page) == (True, True)
    assert "Another line took the place of this one" in read(priya.get(at("spend-detail", first.pk)))
    now = Spend.objects.get(pence=6_000)
    page = read(priya.post(at("spend-undo", now.pk), follow=True))
    assert ("Taken back." in page, "£50" in page) == (True, True)
    assert [each.spend.pence for each in queries.rows_of(ours)] == [5_000]
    assert "does not stand any more" in read(priya.post(at("spend-undo", now.pk), follow=True))
    assert "does not stand any more" in read(priya.post(at("spend-cancel", paid.pk), follow=True))


def test_a_sum_is_allocated_corrected_and_taken_back(in_ashdown, priya):
    ours = budget()
    told = {"pence": "250", "source": "grant", "agreed_by": "The hub", "agreed_on": f"{FIRST}"}
    assert "Allocated: £250." in read(priya.post(at("allocation-new", ours.pk), told, follow=True))
    first = Allocation.objects.get(source="grant")
    priya.post(at("allocation-correct", first.pk), told | {"pence": "300"})
    assert str(queries.figures(ours).allocated) == "£5,300"
    priya.post(at("allocation-undo", Allocation.objects.get(pence=30_000).pk))
    assert str(queries.figures(ours).allocated) == "£5,250"


def test_the_table_names_no_pupil_and_nobody_runs_it(in_ashdown, priya):
    pupil("Ada", "Lovell")
    ours = budget()
    spend(line(ours, "=Coaches"), 1_250, what="Taxi for Ada Lovell", supplier="Ada Lovell’s dad")
    text = priya.get(at("budget-export", ours.pk)).content.decode("utf-8-sig")
    assert "Lovell" not in text
    assert text.count("(left out: it may name a pupil)") == 2
    assert "'=Coaches" in text
    assert "12.50" in text


def test_a_governor_sees_totals_and_neither_rows_nor_whom_they_went_to(in_ashdown):
    ours = budget()
    row = spend(line(ours), 60_000, what="Rowwords", supplier="Zed Supplier")
    told = agreement(with_whom="Zed Partner", checks_said="Zed Checks", checks_seen_on=FIRST)
    moira = signed_in(in_ashdown.moira)
    page = read(moira.get(at("budget-list")))
    assert ("£600" in page, "Zed" in page, "Rowwords" in page) == (True, False, False)
    for address in (at("spend-list", ours.pk), at("spend-detail", row.pk), at("budget-export", ours.pk)):
        answer = moira.get(address, follow=True)
        assert ("are for the careers team" in read(answer), "Zed" in read(answer)) == (True, False)
    for address in (at("agreement-list"), at("agreement-detail", told.pk)):
        page = read(moira.get(address))
        assert ("Careers advice" in page, "Zed" in page) == (True, False)
    assert moira.get(at("budget-new")).status_code == 403
    ellen = read(signed_in(in_ashdown.ellen).get(at("agreement-detail", told.pk)))
    assert ("Zed Partner" in ellen, "Zed Checks" in ellen) == (True, True)


# --- agreements -----------------------------------------------------------------------------------


def said(**more):
    return {"title": "Advice", "partner": "Ridge", "starts_on": f"{FIRST}", "renewal_on": f"{LAST}"} | more


def test_priya_adds_an_agreement_enters_a_lost_day_and_renews_it(in_ashdown, priya):
    page = read(priya.post(at("agreement-new"), said(days_bought="12.5", cost="4,200"), follow=True))
    assert ("Added: Advice." in page, "Nobody has said that the safeguarding checks were seen" in page) == (True, True)
    ours = Agreement.objects.get()
    assert (ours.with_whom, ours.organisation, ours.cost) == ("Ridge", None, 420_000)
    told = {"kind": "lost", "on": f"{FIRST}", "days": "1"}
    assert "Say why it was lost." in read(priya.post(at("adviser-day-new", ours.pk), told))
    page = read(priya.post(at("adviser-day-new", ours.pk), told | {"reason": "room"}, follow=True))
    assert ("There was no room: 1" in page, "<title>bought 12.5, used 0, lost 1, left 11.5</title>" in page) == (
        True,
        True,
    )
    offered = read(priya.get(at("agreement-renew", ours.pk)))
    assert f'value="{year_start(THIS_YEAR + 1)}"' in offered
    assert f'value="{year_end(THIS_YEAR + 1)}"' in offered
    told = {
        "starts_on": f"{year_start(THIS_YEAR + 1)}",
        "renewal_on": f"{year_end(THIS_YEAR + 1)}",
        "days_bought": "15",
    }
    page = read(priya.post(at("agreement-renew", ours.pk), told, follow=True))
    assert f"Renewed until 31 August {THIS_YEAR + 2}." in page
    assert "It was renewed already" in read(priya.get(at("agreement-renew", ours.pk), follow=True))
    fresh = Agreement.objects.get(renews=ours)
    assert "The renewal is taken back" in read(priya.post(at("agreement-renewal-undo", fresh.pk), follow=True))
    assert "This agreement renews none." in read(priya.post(at("agreement-renewal-undo", ours.pk), follow=True))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"renewal_on": f"{year_start(THIS_YEAR - 1)}"}, "It cannot end before it begins."),
        ({"notice_on": f"{year_end(THIS_YEAR + 1)}"}, "Notice is given before it ends."),
        ({"is_free": "on", "cost": "5"}, "It is free and costs something: leave out one of them."),
        ({"cost": "-5"}, "An amount cannot be below nothing."),
        ({"days_bought": "-1"}, "Give days from 0 to 366, such as 12 or 12.5."),
        ({"days_bought": "1.333"}, "Give days from 0 to 366, such as 12 or 12.5."),
        ({"checks_seen_on": f"{FIRST}"}, "Say who saw the checks and on which day, or neither."),
        ({"partner": ""}, "Say with whom it is."),
        ({"owner": "999999"}, "Choose somebody of the staff on the list."),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_in_a_sentence(in_ashdown, priya, typed, words):
    page = read(priya.post(at("agreement-new"), said(scope="Kept words") | typed))
    assert (words in page, "Kept words" in page) == (True, True)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("days", ["0", "-1", "0.3", "6", "many", ""])
def test_a_part_of_a_day_is_a_quarter_at_the_least(in_ashdown, priya, days):
    ours = agreement()
    page = read(priya.post(at("adviser-day-new", ours.pk), {"kind": "used", "on": f"{FIRST}", "days": days}))
    assert "Give 0.25, 0.5, 0.75, 1 or more, up to 5." in page
    assert not AdviserDay.objects.exists()


def test_a_day_outside_the_agreement_is_refused_and_one_inside_is_corrected_and_taken_back(in_ashdown, priya):
    ours = agreement()
    told = {"kind": "used", "on": f"{year_start(THIS_YEAR - 1)}", "days": "1"}
    assert "Give a day of it." in read(priya.post(at("adviser-day-new", ours.pk), told))
    priya.post(at("adviser-day-new", ours.pk), told | {"on": f"{FIRST}"})
    entered = AdviserDay.objects.get()
    priya.post(at("adviser-day-correct", entered.pk), told | {"on": f"{FIRST}", "days": "0.5"})
    assert queries.meter(ours).table[1][1] == "0.5"
    priya.post(at("adviser-day-undo", AdviserDay.objects.latest("pk").pk))
    assert queries.meter(ours).table[1][1] == "1"


def test_a_name_of_the_directory_is_that_organisation(in_ashdown, priya):
    ridge = add_organisation(name="Ridge", kind="itp", by=None)
    priya.post(at("agreement-new"), said(partner="ridge"))
    found = Agreement.objects.get()
    assert (found.organisation, found.with_whom) == (ridge, "")


# --- what closing a gap costs ---------------------------------------------------------------------


def test_the_cost_of_a_gap_says_what_it_rests_on(in_ashdown, priya):
    for name in ("Ada", "Ben"):
        pupil(name)
    address = at("gap-cost", query="?criterion=GB24.5.1")
    assert "Not in these sums, since nobody said: money of" in read(priya.get(address))
    page = read(priya.get(at("usual-costs-change")))
    fields = set(re.findall(r'name="([A-Z]+_pence)"', page))
    assert len(fields) > 15
    as_read = re.search(r'name="as_read" value="([^"]*)"', page).group(1)
    told = (
        {"as_read": as_read}
        | dict.fromkeys(fields, "100")
        | {each.replace("pence", "minutes"): "50" for each in fields}
    )
    assert "Saved." in read(priya.post(at("usual-costs-change"), told, follow=True))
    assert UsualCost.objects.count() == len(fields)
    page = read(priya.get(address))
    assert ('<span class="big">£100</span>' in page, "1 hour 40 minutes" in page) == (True, True)
    assert "as the school says" in page
    page = read(priya.post(at("usual-costs-change"), told | {"ASSEM_minutes": "-5", "ASSEM_pence": "lots"}))
    assert "Give a whole number from 0 to 1440." in page
    assert "Give the amount in pounds" in page


def test_what_is_due_in_a_year_to_come_is_priced_by_itself(in_ashdown, priya):
    """Ada of Year 10 has until February of Year 11 to meet providers, which no budget of this year has to pay for."""
    pupil("Ada")
    page = read(priya.get(at("gap-cost", query="?criterion=PA.2")))
    assert "nothing is to be paid for" in page
    later = re.search(r'href="(\?[^"]*state=not-yet[^"]*)"', page)
    assert later
    page = read(priya.get(at("gap-cost", query=later.group(1).replace("&amp;", "&"))))
    assert "what is due in a year to come" in page
    assert "1 pupil" in page


def test_a_year_that_is_over_costs_nothing_more(in_ashdown, priya):
    pupil("Ada")
    page = read(priya.get(at("gap-cost", query=f"?year={THIS_YEAR - 1}&criterion=nonsense&state=x")))
    assert "is over: nothing closes it any more" in page


def test_pages_ask_at_most_twenty_statements_whatever_is_on_them(in_ashdown, priya):
    ours = budget()
    for number in range(3):
        spend(
            line(ours, f"Line {number}"),
            100,
            session=held(in_ashdown, days_ago=number + 1, invited=[pupil("Ada")]),
            on=in_days(-1),
        )
        told = agreement(f"Agreement {number}")
    changes.enter_day(told, kind="used", on=FIRST, days=1, by=None)
    row = Spend.objects.first()
    for address in (
        at("budget-list"),
        at("spend-list", ours.pk),
        at("spend-detail", row.pk),
        at("spend-new", ours.pk),
        at("spend-correct", row.pk),
        at("budget-export", ours.pk),
        at("agreement-list"),
        at("agreement-detail", told.pk),
        at("agreement-new"),
        at("agreement-change", told.pk),
        at("usual-costs-change"),
    ):
        with CaptureQueriesContext(connection) as captured:
            assert priya.get(address).status_code == 200, address
        assert len(captured) <= 20, (address, len(captured))
