"""Where somebody went: what is known of 1 November, or what stands in for it."""

from collections.abc import Iterable
from datetime import date

from dekaan.destinations.models import Kind
from dekaan.destinations.queries.cohorts import Leaver
from dekaan.destinations.queries.following import is_known, outcomes
from dekaan.destinations.queries.ledger import Moment, agree, leaving_year
from dekaan.frameworks.queries import moments


def settled_by(left_on: date) -> date:
    """The 1 November of whoever left then."""
    return moments()[Kind.POSITION].day_after_leaving(leaving_year(left_on))


def first_known(leaver: Leaver) -> Moment | None:
    """Where they went: on 1 November where somebody knows, else the last before it, another day after it, or the end of March.

    A place that they had left by 1 November does not stand in for it, nor does what is said of the same place before.
    """
    settled = settled_by(leaver.left_on)
    known = [each for each in outcomes(leaver) if is_known(each)]
    first = _of(known, Kind.POSITION) or _before(known, settled)
    if first:
        return first
    later = [each for each in known if each.kind == Kind.CHANGE and each.as_of > settled]
    return later[0] if later else _of(known, Kind.SIX_MONTHS)


def _of(known: Iterable[Moment], kind: str) -> Moment | None:
    return next((each for each in known if each.kind == kind), None)


def _before(known: list[Moment], settled: date) -> Moment | None:
    """The latest before that day which had not ended by then."""
    left: list[Moment] = []
    for each in reversed(known):
        if each.kind not in {Kind.ENROLMENT, Kind.CHANGE} or each.as_of > settled:
            continue
        if each.stopped_on and each.stopped_on < settled:
            left.append(each)
        elif not any(agree(other.said, each.said) for other in left):
            return each
    return None


def has_stopped(leaver: Leaver, by: date) -> bool:
    """Whether the last that is known of before that day is a place that they had left by then."""
    known = [each for each in outcomes(leaver) if is_known(each) and each.as_of < by]
    return bool(known and known[-1].stopped_on and known[-1].stopped_on < by)
