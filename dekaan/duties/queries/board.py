"""The board of a school on a day: every duty in force, how the school stands to it, and what does not bind it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dekaan.duties.queries.judging import (
    AT_RISK,
    BROKEN,
    JUDGES,
    MET,
    UNKNOWN,
    WORST_FIRST,
    Judgement,
    Link,
    in_words,
)
from dekaan.duties.queries.records import AtHand, Records
from dekaan.frameworks.queries import FORCES, DutyInForce, duties_in_force
from dekaan.schools.models import School

LAW = "law"


@dataclass(frozen=True)
class Line:
    """One duty that binds the school, or may, with how the school stands to it."""

    in_force: DutyInForce
    judgement: Judgement

    @property
    def is_law(self) -> bool:
        """Whether it is law, so that a breach is one."""
        return self.in_force.version.force == LAW

    @property
    def is_whole(self) -> bool:
        """Whether it is made up of other lines, and says nothing that they do not."""
        return bool(self.in_force.version.parts)

    @property
    def words(self) -> str:
        """The state in a word: what is not law is not met, and never broken."""
        broken = "Broken" if self.is_law else "Not met"
        return {MET: "Met", AT_RISK: "At risk", BROKEN: broken, UNKNOWN: "Unknown"}[self.judgement.state]

    @property
    def mark(self) -> str:
        """The sign before the word, for whoever sees no colour."""
        return {MET: "✓", AT_RISK: "!", BROKEN: "✗", UNKNOWN: "?"}[self.judgement.state]

    @property
    def tag(self) -> str:
        """The tag's class: red only for what is broken in law (product paper, 6)."""
        broken = "broken" if self.is_law else "open"
        return {MET: "met", AT_RISK: "open", BROKEN: broken, UNKNOWN: "unknown"}[self.judgement.state]


@dataclass(frozen=True)
class Board:
    """All of it: lines by force, law first; and what does not bind the school, with why."""

    on: date
    groups: tuple[tuple[str, tuple[Line, ...]], ...]  # the force in words, and its lines
    elsewhere: tuple[DutyInForce, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in the order of the board."""
        return tuple(line for _, lines in self.groups for line in lines)

    def number(self, state: str, *, of_law: bool) -> int:
        """How many lines stand so, of law or of the rest; a duty made up of others is not counted besides."""
        return sum(each.judgement.state == state and each.is_law == of_law for each in self.lines if not each.is_whole)


def duty_board(school: School, on: date, *, exact: bool) -> Board:
    """The board of the school in scope on that day, by what its records say of it."""
    records = Records(school, on, exact=exact)
    in_force = duties_in_force(on, school, records.year_groups)
    lines = _judged(in_force, records)
    lines.sort(key=lambda each: WORST_FIRST.index(each.judgement.state))  # what needs somebody stands on top
    groups = ((force, tuple(each for each in lines if each.in_force.version.force == force)) for force in FORCES)
    return Board(
        on=on,
        groups=tuple((FORCES[force], found) for force, found in groups if found),
        elsewhere=tuple(each for each in in_force if each.binding.binds is False),
    )


def deadlines_in_law(school: School, on: date, at_hand: AtHand) -> list[Line]:
    """What is broken in law or at risk, the most urgent first; no number of pupils is told."""
    records = Records(school, on, exact=False, at_hand=at_hand)
    in_force = duties_in_force(on, school, records.year_groups)
    lines = _judged([each for each in in_force if each.version.force == LAW and not each.version.parts], records)
    urgent = [each for each in lines if each.judgement.state in {BROKEN, AT_RISK}]
    return sorted(urgent, key=lambda each: (each.judgement.state != BROKEN, each.judgement.next_on or date.min))


def _judged(in_force: list[DutyInForce], records: Records) -> list[Line]:
    binding = [each for each in in_force if each.binding.binds is not False]
    found = {each.duty.id: _judgement(each, records) for each in binding if not each.version.parts}
    for each in binding:
        if each.version.parts:
            found[each.duty.id] = _of_parts(each, found)
    return [Line(each, found[each.duty.id]) for each in binding]


def _judgement(line: DutyInForce, records: Records) -> Judgement:
    """What its judge says; of the days before records began nothing is known, and so nothing is broken."""
    if line.binding.binds is None:
        return _not_known(line)
    said = JUDGES[line.duty.evidence.judge](line, records)
    if said.state == BROKEN and not records.are_kept and records.school.records_begin:
        return replace(said, state=UNKNOWN, sentence=f"Records begin on {in_words(records.school.records_begin)}.")
    return said


def _not_known(line: DutyInForce) -> Judgement:
    return Judgement(UNKNOWN, line.binding.why)


def _of_parts(line: DutyInForce, found: dict[str, Judgement]) -> Judgement:
    """The worst of what it is made up of, and of which lines."""
    if line.binding.binds is None:
        return _not_known(line)
    parts = {each: found[each] for each in line.version.parts if each in found}
    state = next((each for each in WORST_FIRST if any(part.state == each for part in parts.values())), UNKNOWN)
    said = "; ".join(
        f"{words} {', '.join(named)}"
        for each, words in ((BROKEN, "broken:"), (AT_RISK, "at risk:"), (UNKNOWN, "unknown:"), (MET, "met:"))
        if (named := [part for part, judged in parts.items() if judged.state == each])
    )
    days = [each.next_on for each in parts.values() if each.next_on]
    return Judgement(state, f"{said[:1].upper()}{said[1:]}.", (), min(days, default=None))


def opened(links: Iterable[Link], permissions: frozenset[str]) -> list[Link]:
    """Those of the links that the person may follow."""
    return [each for each in links if each.needs in permissions]
