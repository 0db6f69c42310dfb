"""The three phases at a school: whom the duty binds, until when, who has had what, and what is planned before it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dekaan.core.academic_year import academic_year_of, today, year_end
from dekaan.frameworks.queries import ACCESS, Criterion, bit_of, framework, judged_access, year_groups_of
from dekaan.measures.queries import places_to_hide
from dekaan.programme.models import Session
from dekaan.programme.queries import invited_ids
from dekaan.provider_access.queries.counting import HAD, TWO, UNKNOWN, PupilHad, attended_in_each, offered
from dekaan.provider_access.queries.encounters import YearOfAccess
from dekaan.schools.models import School


@dataclass(frozen=True)
class Phase:
    """One phase: two year groups, the second of them until a day; `number` is 1, 2 or 3."""

    number: int
    criterion: Criterion

    @property
    def first_year(self) -> int:
        """Its first year group, in which the whole year counts."""
        return self.criterion.expectations[0].from_year

    @property
    def last_year(self) -> int:
        """Its last year group, which counts until the phase's last day."""
        return self.criterion.expectations[0].to_year

    @property
    def is_optional(self) -> bool:
        """Whether pupils may decline, so that the duty is to offer."""
        return self.number == OPTIONAL

    @property
    def name(self) -> str:
        """ "First phase: Years 8 and 9"."""
        return f"{NAMES[self.number]} phase: Years {self.first_year} and {self.last_year}"

    def last_day(self, academic_year: int) -> date:
        """The last day that counts for the upper of its year groups in that year: 28 February, also in leap years."""
        return self.criterion.expectations[0].last_day(academic_year)

    def last_day_of(self, year_group: int, academic_year: int) -> date:
        """The last day on which the phase ends for those who are in that year group in that year."""
        return self.last_day(academic_year + self.last_year - year_group)

    def years_at(self, school: School) -> list[int]:
        """The year groups of the phase that the school has, by its ages and type."""
        return [each for each in year_groups_of(school) if self.first_year <= each <= self.last_year]

    def until(self, year_group: int, academic_year: int, last_here: int | None) -> date:
        """The last day on which the phase ends for them here: where they leave inside it, the last of their years here."""
        if last_here is None or not year_group <= last_here < self.last_year:
            return self.last_day_of(year_group, academic_year)
        return year_end(academic_year + last_here - year_group)


NAMES = {1: "First", 2: "Second", 3: "Third"}
OPTIONAL = 3


def phases() -> list[Phase]:
    """The phases in order."""
    law = framework(ACCESS)
    assert law is not None
    return [Phase(place, each) for place, each in enumerate(law.counted, start=1)]


def phase(number: int) -> Phase | None:
    """The phase of that number, or None."""
    return next((each for each in phases() if each.number == number), None)


@dataclass(frozen=True)
class Line:
    """The pupils of one year group of a phase: how many have had two, one, none, or it is not known.

    Of those with two `shown` by encounters that are shown to be all that the law asks; `offered` counts what they were
    offered in the same way, where pupils may decline. `will_have` are those who would have two if all that is planned
    happens, and `hidden` says that a number under six stands in it.
    """

    year_group: int
    pupils: int
    had: dict[str, int]
    shown: int
    offered: dict[str, int]
    until: date
    planned: int = 0
    will_have: int = 0
    hidden: bool = False

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """What they have had, in the order of the table: key, words, how many."""
        return [(key, words, self.had[key]) for key, words in HAD.items()]

    @property
    def offers(self) -> list[tuple[str, str, int]]:
        """What they were offered, in the same order."""
        return [(key, words, self.offered[key]) for key, words in HAD.items()]

    @property
    def short(self) -> int:
        """How many are known to have fewer than two; of the duty to offer, to have been offered fewer."""
        counted = self.offered or self.had
        return counted["one"] + counted["none"]

    @property
    def is_over(self) -> bool:
        """Whether the phase has ended for them."""
        return self.until < today()


@dataclass(frozen=True)
class PhasePage:
    """A phase at the school in a year, with a line for each of its year groups that has pupils or belongs to the school."""

    phase: Phase
    lines: list[Line]
    is_here: bool  # whether the school's age range reaches into it

    @property
    def words(self) -> str:
        """Where only a part of the phase is here, which one."""
        first, last = self.phase.first_year, self.phase.last_year
        groups = {each.year_group for each in self.lines}
        if groups == {first}:
            return f"Pupils leave after Year {first}: what they had here should go with them to their next school."
        if groups == {last}:
            return (
                f"Pupils come in Year {last}: what they had in Year {first} counts where it came with them, "
                "and is not known otherwise."
            )
        return ""


def phase_pages(school: School, of: YearOfAccess, *, exactly: bool) -> list[PhasePage]:
    """Each phase with its year groups; numbers under six are hidden unless `exactly`."""
    found = _pages(school, of.academic_year, planned(of))
    return found if exactly else [replace(each, lines=_released(each.lines)) for each in found]


def _pages(school: School, academic_year: int, to_come: "Planned") -> list[PhasePage]:
    found = []
    attended = attended_in_each(school.pk, academic_year, [each.criterion for each in phases()])
    for each in phases():
        had = attended[each.criterion.id]
        may_decline = offered(school.pk, academic_year, each.criterion) if each.is_optional and had else []
        groups = sorted({pupil.year_group for pupil in had} | set(each.years_at(school)))
        last_here = max(groups, default=None)
        lines = [
            _line(each, group, academic_year, had, may_decline, to_come, each.until(group, academic_year, last_here))
            for group in groups
        ]
        lines = [line for line in lines if line.pupils]
        is_here = bool(each.years_at(school)) or bool(lines)
        found.append(PhasePage(each, lines, is_here))
    return found


def _line(
    of: Phase,
    year_group: int,
    academic_year: int,
    had: Iterable[PupilHad],
    may_decline: Iterable[PupilHad],
    to_come: "Planned",
    until: date,
) -> Line:
    here = [each for each in had if each.year_group == year_group]
    asked = [each for each in may_decline if each.year_group == year_group]
    coming = to_come.of(of.criterion, min(until, year_end(academic_year)))
    duty = asked or here
    would = [sum(each.pupil_id in invited for invited in coming.values()) for each in duty]
    return Line(
        year_group=year_group,
        pupils=len(here),
        had=_by_number(here),
        shown=sum(each.is_shown for each in here if each.had == TWO),
        offered=_by_number(asked) if of.is_optional else {},
        until=until,
        planned=sum(any(each.pupil_id in invited for each in here) for invited in coming.values()),
        will_have=sum(
            each.had in {"one", "none"} and each.times + more >= of.criterion.expectations[0].at_least
            for each, more in zip(duty, would, strict=True)
        ),
    )


@dataclass(frozen=True)
class Short:
    """How many pupils of a year group are short of an encounter, or in the third phase of the offer of one.

    The numbers are None where they may not be told; `is_any` says whether there are such pupils at all, and no number.
    """

    year_group: int
    phase: Phase
    pupils: int | None
    short: int | None
    unknown: int | None
    is_any: bool
    until: date

    @property
    def is_over(self) -> bool:
        """Whether the phase has ended for them, so that nothing more counts."""
        return self.until < today()


def short_by_year_group(school: School, academic_year: int, *, exactly: bool) -> list[Short]:
    """Each year group of the three phases with those who are short so far: the same count as the duty's own page has."""
    found = []
    for page in _pages(school, academic_year, Planned([], {})):
        shown = page.lines if exactly else _released(page.lines)
        found += [_short(page.phase, line, is_hidden=each.hidden) for line, each in zip(page.lines, shown, strict=True)]
    return found


def _short(of: Phase, line: Line, *, is_hidden: bool) -> Short:
    numbers = (line.pupils, line.short, (line.offered or line.had)[UNKNOWN])
    pupils, short, unknown = (None, None, None) if is_hidden else numbers
    return Short(line.year_group, of, pupils, short, unknown, line.short > 0, line.until)


def too_late_for(day: date, year_groups: Iterable[int]) -> list[int]:
    """Of these year groups those whose phase has ended before that day, so that an encounter on it does not count."""
    ends = {each.last_year: each.last_day(academic_year_of(day)) for each in phases()}
    return [each for each in year_groups if each in ends and day > ends[each]]


def _by_number(pupils: Iterable[PupilHad]) -> dict[str, int]:
    said = [each.had for each in pupils]
    return {key: said.count(key) for key in HAD}


def _released(lines: Sequence[Line]) -> list[Line]:
    """The lines fit to leave the careers team: none that tells a number from 1 to 5, nor lets it be worked out."""
    numbers = [
        (
            each.pupils,
            *each.had.values(),
            *(each.offered.values() if each.offered else ()),
            each.shown,
            each.will_have,
        )
        for each in lines
    ]
    hidden = places_to_hide([str(each.year_group) for each in lines], numbers)
    return [replace(each, hidden=place in hidden) for place, each in enumerate(lines)]


@dataclass(frozen=True)
class Planned:
    """Sessions to come that would count towards provider access, with whom they invite."""

    sessions: list[tuple[Session, int]]  # with what each would count for
    invited: dict[int, set[int]]

    def of(self, asked: Criterion, until: date) -> dict[int, set[int]]:
        """Session → whom it invites, of those that would count for the phase until that day."""
        bit = bit_of(asked.id)
        return {each.pk: self.invited[each.pk] for each, mask in self.sessions if mask & bit and each.held_on <= until}


def planned(of: YearOfAccess) -> Planned:
    """What is planned from today on and fails none of the law's tests as it is planned."""
    to_come = [
        (each, judged_access(each.activity.criteria, of.tests[each.pk])[0])
        for each in of.sessions
        if each.held_on >= today() and not each.has_happened
    ]
    return Planned(to_come, invited_ids([each for each, _ in to_come]) if to_come else {})
