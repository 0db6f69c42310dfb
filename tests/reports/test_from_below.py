"""What a paper says of the plan and of time, people and money: as the areas that hold them say it, on the paper's day."""

from datetime import timedelta
from decimal import Decimal

import pytest

from dekaan.plan import changes
from dekaan.plan.changes import approve_plan, end_action
from dekaan.reports.queries.from_below import means_on, plan_on
from dekaan.reports.queries.leading import Means, Objective, Plan, Risk, plan_section
from dekaan.reports.queries.paper import gather
from dekaan.reports.queries.terms import terms_of
from dekaan.team.models import Training
from tests.budget import given as money
from tests.plan.conftest import NOW
from tests.plan.given import CHAIR, action, objective, plan
from tests.stock import THIS_YEAR
from tests.team import given as team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november(settings):
    settings.TODAY = NOW.isoformat()


def test_a_school_that_holds_nothing_of_them_has_neither_part(in_ashdown):
    assert plan_on(in_ashdown.ashdown, NOW) is None
    assert means_on(in_ashdown.ashdown, NOW) is None


def test_the_plan_is_told_as_it_stood_on_the_papers_day(in_ashdown):
    of = objective(plan(), "Every pupil meets an employer")
    done, late = action(of, "Book Millworks", days=-3), action(of, "Ask Harbour", days=-5, owner_name="Head of Year 10")
    action(of, "Thank them", days=20)
    end_action(done, ending="done", outcome="Sixty came.", on=NOW - timedelta(days=1), by=None)
    approve_plan(of.plan, approved_on=NOW - timedelta(days=8), by=None, **CHAIR)
    since = f"{late.due_on:%-d %B %Y}"
    assert plan_on(in_ashdown.ashdown, NOW) == Plan(
        title=of.plan.title,
        objectives=[Objective("Every pupil meets an employer", 3, 1, 1, "")],
        risks=[Risk(f"Ask Harbour: overdue since {since}", "Head of Year 10")],
        asked=[],
        decided=[],
        approved=f"approved by the governing body (P. Aldous, chair of governors), {NOW - timedelta(days=8):%-d %B %Y}",
    )
    before = plan_on(in_ashdown.ashdown, NOW - timedelta(days=2))
    assert before.objectives == [Objective("Every pupil meets an employer", 3, 0, 2, "")]


def test_a_paper_about_last_summer_tells_of_last_years_plan_and_asks_no_more_to_approve_it(in_ashdown):
    """In September the summer term's paper is written: the plan of the new year is not what it is about."""
    last = plan(year=THIS_YEAR - 1, title="Last year's plan")
    action(objective(last, "Every pupil meets an employer"), days=-200)
    objective(plan(title="This year's plan"), "Visits")
    year = THIS_YEAR - 1
    told = plan_on(in_ashdown.ashdown, NOW, year=year)
    assert (told.title, told.asked, [each.title for each in told.objectives]) == (
        "Last year's plan",
        [],
        ["Every pupil meets an employer"],
    )
    assert {each.academic_year for each in told.figures} == {year}
    assert plan_on(in_ashdown.ashdown, NOW).title == "This year's plan"
    in_print = {
        of: gather(in_ashdown.ashdown, terms_of(of)[-1], on=NOW, boxes={}).content["sections"]["plan"]["says"][0]
        for of in (year, THIS_YEAR)
    }
    assert [words.split(":")[0] for words in in_print.values()] == ["Last year's plan", "This year's plan"]


def test_what_came_of_decisions_is_told_since_the_last_report(in_ashdown):
    meeting = changes.plan_meeting(kind="group", held_on=NOW - timedelta(days=60), by=None)
    task = {"title": "Ask Moira", "due_on": NOW - timedelta(days=50)}
    decided = changes.decide(meeting, words="A link governor", task=task, by=None)
    ended = {"ending": "done", "outcome": "Moira visits.", "by": None}
    changes.end_task(decided.tasks.get(), on=NOW - timedelta(days=40), **ended)
    plan()
    told = {since: plan_on(in_ashdown.ashdown, NOW, since) for since in (None, NOW - timedelta(days=45), NOW)}
    assert [[each.came_of_it for each in found.decided] for found in told.values()] == [
        ["Moira visits."],
        ["Moira visits."],
        [],
    ]
    tables = [table for found in told.values() for table in plan_section(found).tables]
    titles = [each.caption for each in tables if each.caption.startswith("What came")]
    assert titles == [
        "What came of decisions in the last four months",
        f"What came of decisions since the last report, of {NOW - timedelta(days=45):%-d %B %Y}",
    ]


def test_time_people_and_money_stand_a_line_each(in_ashdown):
    team.at_work()
    team.led("middle", since=NOW - timedelta(days=10), days_a_week=Decimal("1.5"), admin_hours=Decimal(6))
    priya = team.colleague("Priya", "Two")
    Training.objects.create(staff=priya, done_on=NOW - timedelta(days=20), title="Labour market", hours=Decimal("2.5"))
    budget = money.budget()
    money.spend(money.line(budget), 12_000)
    begun = f"{NOW - team.LONG_AGO:%-d %B %Y}"
    assert means_on(in_ashdown.ashdown, NOW) == Means(
        [
            ("Careers Leader", f"Priya Raman, since {begun}"),
            ("Senior line manager", f"Ellen Frost, since {begun}"),
            ("Link governor", f"Moira Lunt, since {begun}"),
            ("Training for the role", "Nothing is said of it"),
            (
                "Time",
                f"1.5 days a week to lead careers, 6 hours a week of administrative help; since {NOW - timedelta(days=10):%-d %B %Y}",
            ),
            ("Training of the team", "2.5 hours in the last twelve months"),
            ("Budget", f"£5,000 given, £120 spent, £0 promised, £4,880 left ({budget.dates})"),
        ]
    )


def test_who_is_missing_is_told_where_anything_is(in_ashdown):
    assert means_on(in_ashdown.ashdown, NOW) is None
    team.held("leader", team.colleague())
    lines = dict(means_on(in_ashdown.ashdown, NOW).lines)
    assert [lines[each] for each in ("Senior line manager", "Link governor")] == ["Nobody is named"] * 2
