"""From the frameworks' expectations to counters and rules. Code knows the shapes; the files say what counts.

A counter is a number a pupil has in a year: rows that count, with any of some criterion bits, perhaps of some kinds of
partner, perhaps up to a day of the year. A rule says which counters, over which year groups, must reach how many.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from dekaan.frameworks.queries import Criterion, Expectation, judged_criteria, mask_of, registry


@dataclass(frozen=True)
class Counter:
    """What one counter column counts."""

    mask: int
    kinds: tuple[str, ...] = ()
    until_day: int | None = None


@dataclass(frozen=True)
class Term:
    """A counter, added up over a pupil's years in some year groups."""

    counter: Counter
    from_year: int
    to_year: int

    def covers(self, year_group: int) -> bool:
        """Whether what a pupil did in that year group is added up."""
        return self.from_year <= year_group <= self.to_year


@dataclass(frozen=True)
class Rule:
    """A criterion in the year groups in which it is judged; `needs` must each reach `at_least`."""

    criterion_id: str
    bit: int
    mask: int
    judged: tuple[int, ...]
    from_year: int
    to_year: int
    at_least: int
    needs: tuple[tuple[Term, ...], ...]
    this_year_only: bool
    cohort: str  # which pupils are asked; empty for all

    @property
    def year_groups(self) -> tuple[int, ...]:
        """Every year group in which a pupil has met, missed or *so far* of this rule."""
        return tuple(range(self.from_year, max(self.judged) + 1))

    def reached(self, years: Sequence[tuple[int, Callable[[Counter], int]]]) -> list[int]:
        """How often each need is met by what `years` hold: (year group, counter to number), this year first.

        A rule about this year looks at this one only; a repeated year group has two.
        """
        window = (
            years[:1] if self.this_year_only else [each for each in years if self.from_year <= each[0] <= self.to_year]
        )
        return [
            sum(number_of(term.counter) for term in need for group, number_of in window if term.covers(group))
            for need in self.needs
        ]


@dataclass(frozen=True)
class Progress:
    """How far a pupil has come on a rule: so many of so many, of times or of kinds, and the next year it is judged."""

    done: int
    needed: int
    is_of_kinds: bool
    judged_in: int


def progress(rule: Rule, year_group: int, years: Sequence[tuple[int, Callable[[Counter], int]]]) -> Progress:
    """How far, in `year_group`, a pupil has come by what `years` hold: this year first, then the earlier ones.

    More than is needed is as good as enough.
    """
    reached = rule.reached(years)
    judged_in = next(year for year in sorted(rule.judged) if year >= year_group)
    if len(rule.needs) > 1:
        return Progress(sum(each >= rule.at_least for each in reached), len(reached), True, judged_in)
    return Progress(min(reached[0], rule.at_least), rule.at_least, False, judged_in)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of every framework, and of the second counts of encounters shown to be meaningful."""
    return tuple(
        _rule(criterion, expectation) for criterion in judged_criteria() for expectation in criterion.expectations
    )


def _rule(criterion: Criterion, expectation: Expectation) -> Rule:
    mask = mask_of(expectation.tags)
    return Rule(
        criterion_id=criterion.id,
        bit=registry().bits[criterion.id],
        mask=mask,
        judged=expectation.judged,
        from_year=expectation.from_year,
        to_year=expectation.to_year,
        at_least=expectation.at_least,
        needs=_needs(expectation, mask),
        this_year_only=expectation.shape == "this_year",
        cohort=expectation.cohort,
    )


def _needs(expectation: Expectation, mask: int) -> tuple[tuple[Term, ...], ...]:
    first, last = expectation.from_year, expectation.to_year
    if expectation.kinds:
        return tuple((Term(Counter(mask, kinds), first, last),) for kinds in expectation.kinds)
    if expectation.until_day_in_last_year is not None:
        until = expectation.until_day_in_last_year
        return ((Term(Counter(mask), first, last - 1), Term(Counter(mask, until_day=until), last, last)),)
    return ((Term(Counter(mask), first, last),),)


@cache
def counters() -> dict[Counter, str]:
    """Every counter that a rule needs, with its column in the kept table, in a settled order."""
    found = {term.counter: None for rule in rules() for need in rule.needs for term in need}
    return {counter: f"n{number}" for number, counter in enumerate(found)}


@cache
def counted_bits() -> dict[str, int]:
    """Criterion id → bit, for the criteria that are counted."""
    return {rule.criterion_id: rule.bit for rule in rules()}
