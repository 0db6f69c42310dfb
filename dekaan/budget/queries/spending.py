"""Rows of spend: which stand, what each was for, and the lists behind the figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from dekaan.budget.models import STANDING, Budget, BudgetLine, Spend
from dekaan.budget.money import Money
from dekaan.frameworks.queries import Benchmark, Criterion, Framework, benchmarks_in_force, criterion, ids_of

NOT_SAID = "not-said"
SPENT, COMMITTED = "spent", "committed"


@dataclass(frozen=True)
class Part:
    """A benchmark of the version in force on a day."""

    framework: Framework
    benchmark: Benchmark

    @property
    def key(self) -> str:
        """As an address says it: the framework, a point, the number."""
        return f"{self.framework.key}.{self.benchmark.number}"


def parts_on(criteria: Iterable[str], on: date) -> list[Part]:
    """The benchmarks to which the criteria belong, of the version that was in force on that day."""
    version = benchmarks_in_force(on)
    numbers = {each.benchmark for name in criteria if (each := criterion(name)) and each.framework == version.key}
    return [Part(version, each) for each in version.benchmarks if each.number in numbers]


@dataclass(frozen=True)
class Row:
    """A row of spend that stands, with what it serves."""

    spend: Spend

    @cached_property
    def serves(self) -> tuple[str, ...]:
        """Ids of criteria: those that its session or activity is put on towards, or that somebody chose."""
        activity = self.spend.session.activity if self.spend.session else self.spend.activity
        return ids_of(activity.criteria) if activity else tuple(self.spend.criteria)

    @cached_property
    def parts(self) -> list[Part]:
        """The benchmarks that it serves; none is not said."""
        return parts_on(self.serves, self.spend.on)

    @property
    def linked_to(self) -> str:
        """What it was for, by name: a session, an activity, or nothing."""
        if self.spend.session:
            return f"{self.spend.session.title}, {self.spend.session.held_on:%-d %B %Y}"
        return self.spend.activity.title if self.spend.activity else ""

    @property
    def criteria(self) -> list[Criterion]:
        """The criteria in force on its day that it serves."""
        version = benchmarks_in_force(self.spend.on)
        return [each for name in self.serves if (each := criterion(name)) and each.framework == version.key]


@dataclass(frozen=True)
class Asked:
    """By what a list of spend is narrowed: a line, a state, a benchmark ("not-said" for none), linked to something or not."""

    line: str = ""
    state: str = ""
    benchmark: str = ""

    def fits(self, row: Row) -> bool:
        """Whether the row is of the list."""
        if self.line and str(row.spend.line_id) != self.line:
            return False
        if self.state and row.spend.state != {SPENT: Spend.State.PAID}.get(self.state, self.state):
            return False
        if self.benchmark == NOT_SAID:
            return not row.parts
        return not self.benchmark or self.benchmark in {each.key for each in row.parts}


def standing() -> QuerySet[Spend]:
    """Rows that nothing took the place of and nobody took back, with what a list shows of them."""
    return Spend.objects.filter(STANDING).select_related(
        "line", "session__activity", "activity", "organisation__merged_into", "agreement"
    )


def rows_of(budget: Budget) -> list[Row]:
    """Every row of the budget that stands, newest first."""
    return [Row(each) for each in standing().filter(line__budget=budget)]


def total(rows: Iterable[Row]) -> Money:
    """What they come to: refunds take off, and what was cancelled is nothing."""
    return Money(sum(each.spend.signed for each in rows))


def lines_of(budget: Budget) -> list[BudgetLine]:
    """The budget's lines in the order in which they were added."""
    return list(budget.lines.all())


def history_of(spend: Spend) -> list[Spend]:
    """Every row that it took the place of, newest first, and what was taken back of it."""
    found, wanted = [], [spend.pk]
    while wanted:
        before = list(
            Spend.objects.filter(superseded_by__in=wanted)
            .select_related("recorded_by", "line", "organisation__merged_into")
            .order_by("-pk")
        )
        found += before
        wanted = [each.pk for each in before]
    return found
