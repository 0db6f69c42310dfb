"""From the frameworks' expectations to counters and rules. Code knows the shapes; the files say what counts.

A counter is a number a pupil has in a year: rows that count, with any of some criterion bits, perhaps of some kinds of
partner, perhaps up to a day of the year. A rule says which counters, over which year groups, must reach how many.
"""

from dataclasses import dataclass
from functools import cache

from dekaan.frameworks.queries import Criterion, Expectation, counted_criteria, mask_of, registry


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
    is_cohort_known: bool

    @property
    def year_groups(self) -> tuple[int, ...]:
        """Every year group in which a pupil has met, missed or *so far* of this rule."""
        return tuple(range(self.from_year, max(self.judged) + 1))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of every framework."""
    return tuple(
        _rule(criterion, expectation) for criterion in counted_criteria() for expectation in criterion.expectations
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
        is_cohort_known=not expectation.cohort_unknown,
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
