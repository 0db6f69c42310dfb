"""Which facts about the whole school are shown by evidence on a day: what the Compass twin reads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dekaan.core.scope import schools_in_scope
from dekaan.evidence.asked import Fact, facts
from dekaan.evidence.models import Evidence, FactTerm
from dekaan.evidence.queries.observed import Observed


@dataclass(frozen=True)
class FactShown:
    """Whether a fact is shown by evidence in force on a day, and by which piece.

    `state` is "shown", "expired" (there was evidence, and its time is over) or "none". The piece is the one that holds
    longest; of expired ones the one that expired last. `owner` is a colleague's name, "" where it is nobody's.
    """

    fact: Fact
    state: str
    evidence_id: int | None = None
    title: str = ""
    owner: str = ""
    dated_on: date | None = None
    valid_until: date | None = None  # None where it does not run out
    is_checked: bool = False  # somebody has looked at it and said so

    @property
    def is_shown(self) -> bool:
        """Whether evidence in force that day shows it."""
        return self.state == "shown"


def facts_shown(on: date) -> dict[str, FactShown]:
    """For every fact of the data file whether it is shown on that day in the school in scope, in the file's order.

    One statement. A piece that was set aside later was still in force before that day; one that is dated later was not.
    """
    (found,) = facts_by_school(on).values()
    return found


def facts_by_school(on: date) -> dict[int, dict[str, FactShown]]:
    """The same of each school in scope, in one statement for all of them."""
    pieces: dict[int, list[Evidence]] = defaultdict(list)
    for each in kept_on(on).exclude(facts=[]).select_related("owner"):
        pieces[each.school_id].append(each)
    return {school_id: shown_by(pieces[school_id], on) for school_id in schools_in_scope()}


def facts_on_days(days: Sequence[date]) -> list[dict[str, FactShown]]:
    """The same as of each of several days, in one statement."""
    pieces = list(Evidence.objects.exclude(facts=[]).select_related("owner"))
    return [shown_by([each for each in pieces if _lay_there(each, day)], day) for day in days]


def shown_and_expired(on: date) -> tuple[dict[str, FactShown], int]:
    """The same with how many pieces that are still used have expired by then, in one statement."""
    kept = list(kept_on(on).select_related("owner"))
    return shown_by(kept, on), sum(each.valid_until is not None and each.valid_until < on for each in kept)


def shown_by(among: Iterable[Evidence], on: date) -> dict[str, FactShown]:
    """The same of pieces that are at hand, with their owners."""
    pieces: dict[str, list[Evidence]] = {key: [] for key in facts()}
    for piece in among:
        for key in piece.facts:
            if key in pieces:
                pieces[key].append(piece)
    return {key: _shown(fact, pieces[key], on) for key, fact in facts().items()}


def kept_on(on: date) -> QuerySet[Evidence]:
    """What lay in the cabinet that day, expired or not."""
    return Evidence.objects.filter(Q(set_aside_on=None) | Q(set_aside_on__gt=on), dated_on__lte=on)


def _lay_there(piece: Evidence, on: date) -> bool:
    """`kept_on`, of a piece that is at hand."""
    return piece.dated_on <= on and (piece.set_aside_on is None or piece.set_aside_on > on)


def _shown(fact: Fact, pieces: Iterable[Evidence], on: date) -> FactShown:
    best = max(pieces, key=lambda each: (each.valid_until or date.max, each.dated_on, each.pk), default=None)
    if best is None:
        return FactShown(fact, "none")
    return FactShown(
        fact,
        state="shown" if best.valid_until is None or best.valid_until >= on else "expired",
        evidence_id=best.pk,
        title=best.title,
        owner=str(best.owner or ""),
        dated_on=best.dated_on,
        valid_until=best.valid_until,
        is_checked=best.review == Evidence.Review.CHECKED,
    )


def serves(piece: Evidence | Observed) -> set[str]:
    """The ids of the criteria that a piece serves: those chosen for it, and those of its facts."""
    of_facts = {each for key in piece.facts if key in facts() for each in facts()[key].criteria}
    return set(piece.criteria) | of_facts


def holds_months() -> dict[str, int]:
    """For how many months evidence of each fact holds at the school in scope; 0 where it does not run out."""
    said = dict(FactTerm.objects.values_list("fact", "months"))
    return {key: said.get(key, fact.holds_months) for key, fact in facts().items()}
