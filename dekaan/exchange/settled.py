"""Who a doubtful row of leavers is, as a person said of the same row in an earlier file; and who is still asked after."""

from collections.abc import Iterable, Sequence
from typing import Any

from dekaan.core.academic_year import today
from dekaan.core.folding import folded
from dekaan.destinations.models import Kind, Statement
from dekaan.destinations.queries import come_by, in_force, leaving_days, leaving_year, says_nothing
from dekaan.exchange.deciding_destinations import says_of
from dekaan.exchange.fields import LEAVERS_BY
from dekaan.exchange.matching import Match
from dekaan.exchange.models import Decision, ImportLine, ImportRun
from dekaan.exchange.staging import Line, revived

AS_BEFORE = "Somebody said in an earlier file who this row is"


def settle_as_before(run: ImportRun, lines: Sequence[Line], matches: Sequence[Match]) -> None:
    """A row that names somebody in the same way as one that a person settled is the same pupil's, if it may be theirs."""
    settled = ImportLine.objects.filter(run__kind="destinations", choice__regex=r"^[0-9]+$").exclude(run=run)
    earlier = {
        _named(revived(values)): choice for values, choice in settled.order_by("pk").values_list("values", "choice")
    }
    if not earlier:
        return
    for line, match in zip(lines, matches, strict=True):
        choice = earlier.get(_named(line.values), "")
        among = {str(each.pk) for each in (match.pupil, *match.candidates) if each}
        if choice in among and not line.choice and not line.decision:
            line.choice = choice
            line.note(AS_BEFORE)


def _named(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((each.key, folded(str(values[each.key]))) for each in LEAVERS_BY if values.get(each.key))


def still_asked_after(lines: Iterable[Line], asked: dict[str, Any]) -> int:
    """How many of those whom the file says to be enrolled are still asked after for 1 November, which has come."""
    recorded = [each for each in lines if each.decision == Decision.CHANGES and each.pupil_id]
    left = leaving_days({each.pupil_id for each in recorded if each.pupil_id})
    ids = set()
    for line in recorded:
        left_on = left.get(line.pupil_id or 0)
        said = says_of(line.values, asked, left_on)
        if left_on and isinstance(said, dict) and said["kind"] == Kind.ENROLMENT:
            ids.add(line.pupil_id)
    due = {pk for pk in ids if pk and Kind.POSITION in come_by(leaving_year(left[pk]), today())}
    there = in_force(Statement.objects.filter(pupil_id__in=due, kind=Kind.POSITION))
    return len(due - {each.pupil_id for each in there if not says_nothing(each)})
