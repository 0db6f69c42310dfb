"""What a budget comes to: allocated, committed, spent and left; for each pupil, encounter and benchmark."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from dekaan.budget.models import STANDING, Allocation, Budget, BudgetLine, Spend
from dekaan.budget.money import Money, shared
from dekaan.budget.queries.spending import Part, Row, lines_of, parts_on, rows_of, total
from dekaan.core.academic_year import roll_date, today, year_end, year_start
from dekaan.frameworks.queries import benchmarks_in_force, ids_of
from dekaan.measures.queries import is_small
from dekaan.participation.queries import live
from dekaan.people.models import Pupil
from dekaan.people.queries import on_roll
from dekaan.schools.models import School

State = Spend.State


@dataclass(frozen=True)
class Share:
    """What it comes to for each of so many people or encounters; hidden where so few must not be told."""

    spent: Money
    among: int
    of: str  # "pupil", "encounter"
    is_hidden: bool = False

    @property
    def each(self) -> Money | None:
        """For each; None where there is nobody, or it is hidden."""
        return None if self.is_hidden else shared(self.spent.pence, self.among)

    @property
    def words(self) -> str:
        """Of how many, or why there is no figure."""
        if self.is_hidden:
            return f"fewer than 6 {self.of}s: hidden"
        if not self.among:
            return f"no {self.of} yet, so nothing is divided"
        return f"{self.spent} among {self.among} {self.of}{'' if self.among == 1 else 's'}"


@dataclass(frozen=True)
class LineFigures:
    """A line: planned, committed, spent and what is left of the plan."""

    line: BudgetLine
    committed: Money
    spent: Money

    @property
    def planned(self) -> Money:
        """What was meant for it."""
        return Money(self.line.planned)

    @property
    def left(self) -> Money:
        """Of the plan; below nothing where more went."""
        return Money(self.line.planned - self.committed.pence - self.spent.pence)


@dataclass(frozen=True)
class BenchmarkFigures:
    """What was spent on what serves a benchmark, and how many encounters counted towards it."""

    part: Part
    spent: Money
    rows: int
    share: Share


@dataclass(frozen=True)
class Figures:
    """All of a budget's figures as on a day."""

    budget: Budget
    on: date
    allocations: list[Allocation]
    lines: list[LineFigures]
    committed: Money
    spent: Money
    per_pupil: Share
    per_encounter: Share
    benchmarks: list[BenchmarkFigures]
    not_said: Money  # spent, and nobody said on what
    not_said_rows: int
    rows: list[Row]

    @property
    def allocated(self) -> Money:
        """The sum that was given."""
        return Money(sum(each.pence for each in self.allocations))

    @property
    def planned(self) -> Money:
        """The lines together."""
        return Money(sum(each.line.planned for each in self.lines))

    @property
    def not_planned(self) -> Money:
        """Allocated and on no line yet; below nothing where more is planned than was given."""
        return Money(self.allocated.pence - self.planned.pence)

    @property
    def left(self) -> Money:
        """Left to commit; below nothing where it is overspent."""
        return Money(self.allocated.pence - self.committed.pence - self.spent.pence)

    @property
    def bars(self) -> tuple[int, int, int]:
        """Spent, committed and the whole, in pounds, for a picture: never longer than the whole."""
        whole = max(self.allocated.pence, self.committed.pence + self.spent.pence, 0)
        return max(self.spent.pence, 0) // 100, max(self.committed.pence, 0) // 100, whole // 100


def figures(budget: Budget, *, exactly: bool = True) -> Figures:
    """The budget's figures as of today; not `exactly`, numbers from 1 to 5 of people or encounters are hidden.

    What is spent is what was paid, less refunds. A pupil on roll is one on the day on which a year's cohort is read: today
    or the year's last, whichever is earlier. An encounter is a part taken that counts towards the benchmarks in force.
    """
    day = min(today(), _roll_day(budget))
    rows = rows_of(budget)
    paid = [each for each in rows if each.spend.state == State.PAID]
    promised = [each for each in rows if each.spend.state == State.COMMITTED]
    spent = total(paid)
    roll = Pupil.objects.filter(on_roll(day)).count()
    by_part, encounters = _encounters(budget)
    return Figures(
        budget=budget,
        on=today(),
        allocations=list(budget.allocations.filter(STANDING)),
        lines=[
            LineFigures(line, *(total(row for row in of if row.spend.line_id == line.pk) for of in (promised, paid)))
            for line in lines_of(budget)
        ],
        committed=total(promised),
        spent=spent,
        per_pupil=_share(spent, roll, "pupil", exactly=exactly),
        per_encounter=_share(spent, encounters, "encounter", exactly=exactly),
        benchmarks=_benchmarks(budget, paid, by_part, exactly=exactly),
        not_said=total(row for row in paid if not row.parts),
        not_said_rows=sum(not row.parts for row in paid),
        rows=rows,
    )


def _share(spent: Money, among: int, of: str, *, exactly: bool) -> Share:
    return Share(spent, among, of, not exactly and is_small(among))


def _roll_day(budget: Budget) -> date:
    if budget.kind == Budget.Kind.ACADEMIC:
        return max(budget.starts_on, roll_date(budget.starts_on.year, budget.ends_on))
    return budget.ends_on


def _encounters(budget: Budget) -> tuple[dict[str, int], int]:
    """How many encounters of pupils counted in the budget's year: by benchmark, and in all. One statement."""
    counted = live().filter(
        counts=1,
        pupil__isnull=False,
        criteria__gt=0,
        happened_on__gte=budget.starts_on,
        happened_on__lte=budget.ends_on,
    )
    by_part: dict[str, int] = {}
    every = 0
    rows = counted.order_by().values_list("criteria", "happened_on").annotate(number=Count("pk"))
    known: dict[tuple[int, str], list[str]] = {}
    for mask, happened_on, number in rows:
        asked = (mask, benchmarks_in_force(happened_on).key)
        if asked not in known:
            known[asked] = [each.key for each in parts_on(ids_of(mask), happened_on)]
        found = known[asked]
        every += number if found else 0
        for key in found:
            by_part[key] = by_part.get(key, 0) + number
    return by_part, every


def _benchmarks(
    budget: Budget, paid: list[Row], encounters: dict[str, int], *, exactly: bool
) -> list[BenchmarkFigures]:
    """A line for each benchmark of the versions in force in the budget's year; what serves two counts in full for each."""
    versions = {each.key: each for each in map(benchmarks_in_force, (budget.starts_on, budget.ends_on))}
    found = []
    for version in versions.values():
        for benchmark in version.benchmarks:
            part = Part(version, benchmark)
            rows = [row for row in paid if part.key in {each.key for each in row.parts}]
            spent = total(rows)
            share = _share(spent, encounters.get(part.key, 0), "encounter", exactly=exactly)
            found.append(BenchmarkFigures(part, spent, len(rows), share))
    return found


def budgets() -> list[Budget]:
    """Every budget of the school, the newest year first."""
    return list(Budget.objects.all())


def current(found: list[Budget]) -> Budget | None:
    """The one of today; else the next to come or the last that was."""
    if now := next((each for each in found if each.holds(today())), None):
        return now
    to_come = [each for each in found if each.starts_on > today()]
    return to_come[-1] if to_come else next(iter(found), None)


@dataclass(frozen=True)
class Summary:
    """A budget in six figures, for other pages: dated, and said of which year."""

    budget: Budget
    on: date
    allocated: Money
    committed: Money
    spent: Money
    left: Money
    per_pupil: Money | None
    roll: int

    @property
    def source(self) -> str:
        """Where the figures come from, in words."""
        return f"{self.budget} ({self.budget.dates}), as entered by {self.on:%-d %B %Y}"


def summary(school: School, academic_year: int) -> Summary | None:
    """The budget of the academic year, or the financial one that has most days of it; None where there is none.

    Within the scope of the school. The roll is of the day on which the cohort is read, for whoever shows it to hide.
    """
    first, last = year_start(academic_year), year_end(academic_year)
    found = list(Budget.objects.filter(school=school, starts_on__lte=last, ends_on__gte=first))
    if not found:
        return None
    budget = max(found, key=lambda each: (min(each.ends_on, last) - max(each.starts_on, first), -each.pk))
    made = figures(budget)
    return Summary(
        budget,
        made.on,
        made.allocated,
        made.committed,
        made.spent,
        made.left,
        made.per_pupil.each,
        made.per_pupil.among,
    )
