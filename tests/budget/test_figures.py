"""What a budget comes to: exact, never divided by nothing, and small numbers hidden outside the careers team."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.budget import changes, queries
from dekaan.budget.models import Agreement
from dekaan.budget.money import Money
from dekaan.budget.queries.costs import LAST_YEAR, OWN, CostLine, Costs, Known, costs_by_kind, in_hours
from dekaan.core.academic_year import today, year_end, year_start
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import benchmarks_in_force, mask_of
from dekaan.partners.changes import add_organisation
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from tests.budget.given import FIRST, agreement, budget, colleague, in_days, line, spend
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db
EMPLOYER = "GB24.5.1"


def held(stock, *, days_ago: int = 1, invited=(), title="Engineers", minutes=60, adviser=None, kind="ASSEM", **said):
    """A session that everybody invited took part in."""
    activity = plan_activity(title=title, activity_type=kind, by=stock.priya, **{"partner_kind": "employer"} | said)
    session = plan_session(
        activity,
        held_on=today() - timedelta(days=days_ago),
        minutes=minutes,
        adviser=adviser,
        invited=Invited(pupils=tuple(invited)) if invited else Invited(year_groups=(10,)),
        by=stock.priya,
    )
    it_happened(session, by=stock.priya)
    return session


def by_number(made: queries.Figures) -> dict[str, tuple[str, int, int]]:
    """Benchmark → spent, rows, encounters; of those of which there is any."""
    return {
        each.part.benchmark.number: (str(each.spent), each.rows, each.share.among)
        for each in made.benchmarks
        if each.rows or each.share.among
    }


def test_with_nobody_and_nothing_no_figure_is_divided(in_ashdown):
    made = queries.figures(budget(0))
    assert (str(made.allocated), str(made.left), made.per_pupil.each, made.per_encounter.each) == (
        "£0",
        "£0",
        None,
        None,
    )
    assert made.per_pupil.words == "no pupil yet, so nothing is divided"
    assert {each.share.each for each in made.benchmarks} == {None}
    assert made.bars == (0, 0, 0)


def test_spent_for_each_pupil_encounter_and_benchmark(in_ashdown):
    pupils = [pupil("Ada"), pupil("Ben"), pupil("Cy", year_group=11)]
    session = held(in_ashdown, invited=pupils[:2])
    assert session.activity.criteria & mask_of([EMPLOYER])
    ours = budget()
    coaches = line(ours)
    on = session.held_on
    spend(coaches, 9_000, session=session, on=on)
    spend(coaches, 3_000, activity=session.activity, on=on)
    spend(coaches, 2_000, criteria=["GB24.6.1"], on=on)
    spend(coaches, 1_000, what="Biscuits", on=on)
    spend(coaches, 50_000, state="committed", session=session, on=on)
    made = queries.figures(ours)
    assert (str(made.spent), str(made.committed), str(made.left)) == ("£150", "£500", "£4,350")
    assert (made.per_pupil.each, made.per_pupil.words) == (Money(5_000), "£150 among 3 pupils")
    assert (made.per_encounter.each, made.per_encounter.words) == (Money(7_500), "£150 among 2 encounters")
    assert by_number(made) == {"5": ("£120", 2, 2), "6": ("£20", 1, 0)}
    assert (str(made.not_said), made.not_said_rows) == ("£10", 1)


def test_a_list_behind_a_figure_has_the_rows_of_the_figure(in_ashdown):
    pupil("Ada")
    session = held(in_ashdown)
    ours = budget()
    coaches, fees = line(ours), line(ours, "Fees")
    spend(coaches, 900, session=session, what="Coach", on=session.held_on)
    spend(fees, 300, what="Fee", on=session.held_on)
    spend(fees, 200, what="To come", state="committed", on=session.held_on)

    def found(*asked: str) -> set[str]:
        return {each.spend.what for each in queries.rows_of(ours) if queries.Asked(*asked).fits(each)}

    key = f"{benchmarks_in_force(session.held_on).key}.5"
    assert found() == {"Coach", "Fee", "To come"}
    assert found(str(fees.pk)) == {"Fee", "To come"}
    assert found("", "spent") == {"Coach", "Fee"}
    assert found("", "committed") == {"To come"}
    assert found("", "", key) == {"Coach"}
    assert found("", "spent", "not-said") == {"Fee"}


def test_small_numbers_are_hidden_outside_the_careers_team(in_ashdown):
    session = held(in_ashdown, invited=[pupil("Ada")])
    ours = budget()
    spend(line(ours), 9_000, session=session, on=session.held_on)
    made = queries.figures(ours, exactly=False)
    assert (made.per_pupil.each, made.per_pupil.words) == (None, "fewer than 6 pupils: hidden")
    (five,) = [each for each in made.benchmarks if each.rows]
    assert (five.share.is_hidden, five.share.each, str(five.spent)) == (True, None, "£90")


def test_figures_take_as_many_statements_with_three_rows_as_with_one(in_ashdown):
    ours, counted = budget(), []
    coaches = line(ours)
    for number in (1, 2):
        for _ in range(number):
            session = held(in_ashdown, invited=[pupil("Ada")])
            spend(coaches, 100, session=session, on=session.held_on)
        with CaptureQueriesContext(connection) as captured:
            queries.figures(ours)
        counted.append(len(captured))
    assert counted == [5, 5]


def test_the_summary_is_of_the_academic_year_or_of_the_financial_one_with_most_of_it(in_ashdown):
    school = in_ashdown.ashdown
    assert queries.summary(school, THIS_YEAR) is None
    april = year_start(THIS_YEAR).replace(month=4)
    for number, pence in enumerate((1_000, 2_000)):
        first = april.replace(year=april.year + number)
        made = changes.open_budget(
            kind="financial", starts_on=first, ends_on=first.replace(year=first.year + 1) - timedelta(days=1), by=None
        )
        changes.allocate(made, pence=pence, source="trust", agreed_by="The trust", agreed_on=first, by=None)
    found = queries.summary(school, THIS_YEAR)
    assert (str(found.allocated), str(found.left), found.per_pupil, found.on) == ("£10", "£10", None, today())
    assert f"April {THIS_YEAR} to March {THIS_YEAR + 1}" in found.source
    with working_in(in_ashdown.beckford):
        assert queries.summary(in_ashdown.beckford, THIS_YEAR) is None


# --- agreements -----------------------------------------------------------------------------------


def due(on) -> list[str]:
    return [each.words for each in queries.needs_attention(on)]


def test_what_is_due_is_told_in_one_statement(in_ashdown):
    day = today()
    agreement("Quiet", starts_on=in_days(-10), renewal_on=in_days(300), checks_seen_on=day)
    agreement(
        "Advice",
        starts_on=in_days(-200),
        renewal_on=in_days(50),
        notice_on=in_days(20),
        quality_mark="The matrix Standard",
        quality_mark_until=in_days(-1),
        review_on=in_days(3),
    )
    agreement("Over", starts_on=in_days(-400), renewal_on=in_days(-5), checks_seen_on=in_days(-400))
    agreement("Ended", starts_on=in_days(-400), renewal_on=in_days(5), ended_on=in_days(-3))
    with CaptureQueriesContext(connection) as captured:
        found = queries.needs_attention(day)
    assert len(captured) == 1
    assert [(each.agreement.title, each.is_late, each.what.split(" ")[0]) for each in found] == [
        ("Advice", True, "nobody"),
        ("Over", True, "it"),
        ("Advice", True, "The"),
        ("Advice", False, "review"),
        ("Advice", False, "say"),
        ("Advice", False, "renew"),
    ]
    assert f"Over: it ended on {in_days(-5):%-d %B %Y}" in due(day)


def test_a_renewed_agreement_asks_for_no_renewal(in_ashdown):
    ours = agreement(starts_on=in_days(-300), renewal_on=in_days(10), checks_seen_on=today())
    assert len(due(today())) == 1
    changes.renew(ours, starts_on=in_days(11), renewal_on=in_days(370), by=None)
    assert due(today()) == []


def test_agreements_in_force_and_by_the_name_of_the_organisation_that_was_kept(in_ashdown):
    one, two = (add_organisation(name=each, kind="itp", by=None) for each in ("Ridge", "Ridge Ltd"))
    ours = agreement(organisation=one, with_whom="")
    agreement("Past", starts_on=in_days(-50), renewal_on=in_days(-1))
    one.merged_into = two
    one.save()
    (found,) = queries.agreements(in_ashdown.ashdown)
    assert (found, found.partner) == (ours, "Ridge Ltd")


def test_the_meter_counts_what_was_entered_and_what_the_programme_knows(in_ashdown):
    idris = colleague(guidance_qualified_from=FIRST)
    ours = agreement(adviser=idris, starts_on=in_days(-30), renewal_on=in_days(100), days_bought=Decimal(5))
    for ago in (1, 1, 2, 3):
        held(in_ashdown, days_ago=ago, invited=[pupil("Ada")], kind="PG", adviser=idris, partner_kind="")
    held(in_ashdown, days_ago=31, invited=[pupil("Ada")], kind="PG", adviser=idris, partner_kind="")
    changes.enter_day(ours, kind="used", on=in_days(-2), days=Decimal("0.5"), by=None)
    changes.enter_day(ours, kind="lost", on=in_days(-5), days=Decimal(1), reason="closed", note="Snow", by=None)
    found = queries.meter(ours)
    assert found.from_programme == [in_days(-3), in_days(-1)]
    assert [(name, days) for name, days, _ in found.table] == [
        ("Bought", "5"),
        ("Used", "2.5"),
        ("Lost", "1"),
        ("Left", "1.5"),
    ]
    assert found.lost_by_reason == [("The school was closed", "1")]
    assert (found.quarters, found.words) == ((10, 4, 20), "bought 5, used 2.5, lost 1, left 1.5")


def test_more_days_than_were_bought_are_shown_and_none_bought_leaves_nothing_known(in_ashdown):
    ours = agreement(days_bought=Decimal(1))
    changes.enter_day(ours, kind="used", on=FIRST, days=Decimal(2), by=None)
    assert queries.meter(ours).table[-1] == ("Left", "-1", "more than were bought")
    Agreement.objects.update(days_bought=None)
    ours.refresh_from_db()
    assert queries.meter(ours).table[-1] == ("Left", "not known", "")
    assert queries.meter(ours).table[1][2] == "the adviser is not named, so the programme knows none"


# --- the cost of closing a gap --------------------------------------------------------------------


def test_a_cost_is_the_schools_own_or_last_years_or_not_said(in_ashdown):
    last = THIS_YEAR - 1
    before = budget(academic_year=last)
    with time_machine.travel(f"{year_start(last) + timedelta(days=60)}T12:00:00Z"):
        session = held(in_ashdown, minutes=50)
        spend(line(before), 12_000, session=session, on=session.held_on)
        other = held(in_ashdown, days_ago=2, minutes=70)
        spend(line(before), 4_000, session=other, on=other.held_on)
    assert year_start(last) <= session.held_on <= year_end(last)
    assert costs_by_kind()["ASSEM"] == Costs(Known(8_000, LAST_YEAR), Known(60, LAST_YEAR), Known(None))
    assert costs_by_kind()["PG"] == Costs(Known(None), Known(None), Known(None))
    changes.say_usual_costs({"ASSEM": {"pence": 0, "minutes": None, "cover": 2}}, by=None)
    assert costs_by_kind()["ASSEM"] == Costs(Known(0, OWN), Known(60, LAST_YEAR), Known(2, OWN))


def test_sums_say_what_is_not_in_them(in_ashdown):
    known = Costs(Known(10_000, OWN), Known(50, OWN), Known(2, OWN))
    found = queries.CostOfGap(
        [CostLine("A talk", "Year 10", 2, 30, known), CostLine("A visit", "Year 9", 1, 20, Costs(*[Known(None)] * 3))]
    )
    assert (str(found.money), found.lesson_time, found.cover) == ("£200", "50 hours", 4)
    assert found.not_said == ["money of A visit", "lesson time of A visit", "cover of A visit"]
    assert [in_hours(each) for each in (0, 59, 60, 150)] == ["0 minutes", "59 minutes", "1 hour", "2 hours 30 minutes"]


def test_a_meeting_of_ones_own_takes_each_pupil_one_of_them(in_ashdown):
    known = Costs(Known(4_000, OWN), Known(45, OWN), Known(0, OWN))
    line_of = CostLine("Personal guidance meeting", "one each", 8, 8, known)
    assert (str(line_of.money), line_of.lesson_time, line_of.cover) == ("£320", "6 hours", 0)
