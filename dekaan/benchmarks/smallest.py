"""The smallest set of sessions that closes a gap, why fewer cannot be enough, and both in words.

Nothing of Django and nothing of benchmarks: pupils are numbers, needs are words. A pupil may need the same thing more
than once, and a session may count for several needs. The optimiser minimises the sessions first and then, among the
smallest choices, the invitations to pupils who need nothing of the session; each step is an integer programme that is
solved until its gap is nothing. Where the seconds run out first, the answer says so.
"""

import math
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

SECONDS = 5.0
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ROUNDING = 1e-6  # the optimiser reckons in fractions


@dataclass(frozen=True)
class Lack:
    """What a pupil needs and how many times more; `of` is whom the words count the pupil with, such as a year group."""

    pupil: int
    need: str
    times: int = 1
    of: str = ""


@dataclass(frozen=True)
class Candidate:
    """A session that could be put on, once or several times: what it is, whom it invites, and the needs it counts for."""

    key: str
    what: str
    whom: str
    invites: frozenset[int]
    needs: frozenset[str]

    def serves(self, lack: Lack) -> bool:
        """Whether it counts for that pupil's need."""
        return lack.need in self.needs and lack.pupil in self.invites


@dataclass(frozen=True)
class Chosen:
    """A candidate that is put on so many times, and the pupils of the gap for whom it counts."""

    candidate: Candidate
    times: int
    closes: frozenset[int]

    @property
    def idle(self) -> int:
        """The pupils whom it invites although they need nothing of it."""
        return len(self.candidate.invites) - len(self.closes)


@dataclass(frozen=True)
class Held:
    """One leg of a reason: these pupils have this need so many times, and no session serves two legs."""

    need: str
    times: int
    of: str
    pupils: frozenset[int]


@dataclass(frozen=True)
class Answer:
    """The smallest choice, what nothing here can close, and how it is known that there is no smaller one.

    `at_least` is what is proven: with `is_proven` it is the number of sessions chosen. `reason` is empty where there is
    none that is short; then every smaller choice was ruled out by the optimiser.
    """

    lacks: tuple[Lack, ...]
    chosen: tuple[Chosen, ...]
    beyond: tuple[Lack, ...]
    is_proven: bool
    at_least: int
    is_least_idle: bool
    reason: tuple[Held, ...]
    seconds: float
    limit: float = SECONDS

    @cached_property
    def pupils(self) -> frozenset[int]:
        """Everybody in the gap."""
        return frozenset(each.pupil for each in self.lacks)

    @property
    def sessions(self) -> int:
        """How many sessions there are."""
        return sum(each.times for each in self.chosen)

    @property
    def idle(self) -> int:
        """How many invitations go to pupils who need nothing of the session."""
        return sum(each.times * each.idle for each in self.chosen)


@dataclass(frozen=True)
class _Row:
    """Pupils alike: the same need, as often, which the same candidates serve."""

    need: str
    times: int
    of: str
    by: tuple[int, ...]
    pupils: frozenset[int]


@dataclass(frozen=True)
class _Least:
    """What the optimiser came to: the values, whether they are proven the least, and the bound that is."""

    values: tuple[int, ...]
    is_proven: bool
    bound: float


def smallest(lacks: Sequence[Lack], candidates: Sequence[Candidate], *, seconds: float = SECONDS) -> Answer:
    """The fewest sessions that close all that can be closed, and among these the fewest needless invitations."""
    began = time.monotonic()
    lacks = tuple(each for each in lacks if each.times > 0)
    rows, beyond = _rows(lacks, candidates)
    if not rows:
        return Answer(lacks, (), beyond, True, 0, True, (), time.monotonic() - began, seconds)
    used = sorted({number for row in rows for number in row.by})
    place = {number: at for at, number in enumerate(used)}
    most = [max(row.times for row in rows if number in row.by) for number in used]
    asked = [_Bound([place[number] for number in row.by], lower=row.times) for row in rows]
    closes = [_closes(candidates[number], lacks) for number in used]
    idle = [len(candidates[number].invites - closed) for number, closed in zip(used, closes, strict=True)]

    fewest = _least([1] * len(used), most, asked, seconds)
    if not fewest.values:  # not even one choice was found: everything, as often as anybody needs it, is one
        fewest = _Least(tuple(most), is_proven=False, bound=max(row.times for row in rows))
    values, is_least_idle = fewest.values, False
    if fewest.is_proven:
        left = max(0.1, seconds - (time.monotonic() - began))
        as_many = _Bound(range(len(used)), lower=sum(values), upper=sum(values))
        tidiest = _least(idle, most, [*asked, as_many], left)
        values, is_least_idle = tidiest.values or values, tidiest.is_proven
    chosen = tuple(
        Chosen(candidates[number], times, closed)
        for number, times, closed in zip(used, values, closes, strict=True)
        if times
    )
    count = sum(each.times for each in chosen)
    at_least = count if fewest.is_proven else min(count, max(1, math.ceil(fewest.bound - ROUNDING)))
    reason = _reason(rows, count, max(0.1, seconds - (time.monotonic() - began))) if fewest.is_proven else ()
    return Answer(
        lacks, chosen, beyond, fewest.is_proven, at_least, is_least_idle, reason, time.monotonic() - began, seconds
    )


def _rows(lacks: Sequence[Lack], candidates: Sequence[Candidate]) -> tuple[list[_Row], tuple[Lack, ...]]:
    """The lacks that something serves, alike ones together, and those that nothing does."""
    serving: dict[str, list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        for need in candidate.needs:
            serving[need].append(number)
    alike: dict[tuple[str, int, str, tuple[int, ...]], set[int]] = defaultdict(set)
    beyond = []
    for lack in lacks:
        by = tuple(number for number in serving[lack.need] if lack.pupil in candidates[number].invites)
        if by:
            alike[lack.need, lack.times, lack.of, by].add(lack.pupil)
        else:
            beyond.append(lack)
    return [_Row(*key, frozenset(pupils)) for key, pupils in alike.items()], tuple(beyond)


def _closes(candidate: Candidate, lacks: Sequence[Lack]) -> frozenset[int]:
    return frozenset(each.pupil for each in lacks if candidate.serves(each))


@dataclass(frozen=True)
class _Bound:
    """What some of the numbers add up to, each as often as its weight says."""

    of: Sequence[int]
    lower: float = -math.inf
    upper: float = math.inf
    weights: Sequence[int] = ()


def _least(costs: Sequence[int], most: Sequence[int], bounds: Sequence[_Bound], seconds: float) -> _Least:
    """Whole numbers from nothing up to `most`, of the least cost within the bounds."""
    import highspy  # slow to load, and few pages ask for it

    class Quiet(highspy.Highs):
        """Says nothing: the library prints a banner while it is made, unless it has been silenced before that."""

        def enableCallbacks(self) -> None:  # noqa: N802 the library named it
            self.silent()
            super().enableCallbacks()

    solver, size = Quiet(), len(costs)
    for option, value in (("threads", 1), ("time_limit", seconds), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
        solver.setOptionValue(option, value)
    for cost, upper in zip(costs, most, strict=True):
        solver.addCol(cost, 0, upper, 0, [], [])
    for column in range(size):
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for each in bounds:
        solver.addRow(each.lower, each.upper, len(each.of), list(each.of), list(each.weights or [1] * len(each.of)))
    solver.run()
    info = solver.getInfo()
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    is_proven = is_found and solver.getModelStatus() == highspy.HighsModelStatus.kOptimal and info.mip_gap <= ROUNDING
    values = tuple(round(each) for each in solver.getSolution().col_value) if is_found else ()
    return _Least(values, is_proven, info.mip_dual_bound)


def _reason(rows: list[_Row], sessions: int, seconds: float) -> tuple[Held, ...]:
    """Rows that no candidate serves two of and that need so many sessions together; as few of them as will do.

    A session serves at most one of them, so whatever is chosen is at least as much as they need added up.
    """
    served = defaultdict(list)
    for at, row in enumerate(rows):
        for number in row.by:
            served[number].append(at)
    apart = [_Bound(each, upper=1) for each in served.values() if len(each) > 1]
    enough = _Bound(range(len(rows)), lower=sessions, weights=[row.times for row in rows])
    legs = _least([1] * len(rows), [1] * len(rows), [enough, *apart], seconds).values
    return tuple(
        Held(row.need, row.times, row.of, row.pupils) for row, is_leg in zip(rows, legs, strict=False) if is_leg
    )


def in_words(answer: Answer) -> list[str]:
    """The answer in sentences: what is enough, why no less is, what is left over."""
    if not answer.lacks:
        return ["Nobody misses it: there is nothing to close."]
    said = []
    if answer.chosen:
        said += [_enough(answer), *_why(answer), _idle(answer)]
    return [*(_beyond(need, len(lacks)) for need, lacks in _by_need(answer.beyond).items()), *said]


def _beyond(need: str, number: int) -> str:
    return f"Nothing that could be put on counts for {need}: {_pupils(number)} cannot be helped to it by a session."


def _enough(answer: Answer) -> str:
    of = len({each.pupil for each in answer.lacks if each not in set(answer.beyond)})
    parts = [
        f"{each.candidate.what} for {each.candidate.whom}{_often(each.times)} ({len(each.closes)} of {of})"
        for each in answer.chosen
    ]
    number = answer.sessions
    is_enough = f"{number_word(number).capitalize()} session{' is' if number == 1 else 's are'} enough"
    return f"{is_enough}{' for the rest' if answer.beyond else ''}: {listed(parts)}."


def _why(answer: Answer) -> list[str]:
    number = answer.sessions
    if not answer.is_proven:
        least = f"at least {number_word(answer.at_least)} {'is' if answer.at_least == 1 else 'are'} needed"
        return [f"Whether fewer would do was not settled in {answer.limit:g} seconds: {least}."]
    if number == 1:
        return []
    if not answer.reason:
        return [
            "Fewer cannot be enough: every smaller choice was ruled out by the optimiser, and no reason is shorter."
        ]
    if len(answer.reason) == 1:
        (leg,) = answer.reason
        needs = "needs" if len(leg.pupils) == 1 else "need"
        return [f"Fewer cannot be enough: {_who(leg)} {needs} {number_word(leg.times)} sessions for {leg.need}."]
    legs = "; ".join(f"{leg.need} for {_who(leg)}{_often(leg.times)}" for leg in answer.reason)
    return [f"Fewer cannot be enough, because no single session counts for two of these: {legs}."]


def _who(leg: Held) -> str:
    return f"{_pupils(len(leg.pupils))}{f' of {leg.of}' if leg.of else ''}"


def _idle(answer: Answer) -> str:
    if not answer.idle:
        return "Everybody invited needs what it counts for."
    goes = "invitation goes" if answer.idle == 1 else "invitations go"
    said = f"{answer.idle} {goes} to pupils who need nothing of it"
    least = f"; no other choice of {number_word(answer.sessions)} has fewer" if answer.is_least_idle else ""
    return f"{said}{least}."


def _by_need(lacks: Sequence[Lack]) -> dict[str, list[Lack]]:
    found: dict[str, list[Lack]] = defaultdict(list)
    for each in lacks:
        found[each.need].append(each)
    return found


def _often(times: int) -> str:
    return {1: "", 2: ", twice"}.get(times, f", {number_word(times)} times")


def _pupils(number: int) -> str:
    return f"{number} pupil{'' if number == 1 else 's'}"


def number_word(number: int) -> str:
    """ "two", up to twelve; then in figures."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def listed(parts: Sequence[str]) -> str:
    """ "one, two and three"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
