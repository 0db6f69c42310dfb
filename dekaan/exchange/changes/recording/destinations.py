"""What a file says of leavers becomes statements of the ledger of destinations, in batches."""

from collections import Counter

from dekaan.access.models import User
from dekaan.destinations import changes as destinations
from dekaan.destinations.queries import leaving_days
from dekaan.exchange.deciding_destinations import says_of
from dekaan.exchange.models import RECORDED, Decision, ImportLine, ImportRun
from dekaan.exchange.staging import revived

DESTINATIONS_BATCH = 100


def record_destinations(run: ImportRun, by: User | None) -> int:
    """One batch of statements; answers with the lines still to come. What can no longer be said is refused in words."""
    waiting = ImportLine.objects.filter(run=run, decision__in=RECORDED, recorded=False)
    rows = list(waiting.select_related("pupil").order_by("pk")[:DESTINATIONS_BATCH])
    left = leaving_days([row.pupil_id for row in rows if row.pupil_id])
    for row in rows:
        try:
            said = says_of(revived(row.values), run.occasions, left.get(row.pupil_id or 0))
            row.target_id = destinations.record_statement(row.pupil, by=by, batch=run.batch, **said).statement.pk  # type: ignore[arg-type]
            row.recorded = True
        except destinations.Refused as refusal:
            row.decision, row.reason, row.changes = Decision.REFUSED, str(refusal)[:500], []
    ImportLine.objects.bulk_update(rows, ["target_id", "recorded", "decision", "reason", "changes"])
    left = waiting.count()
    run.counts = dict(Counter(run.lines.order_by().values_list("decision", flat=True)))
    run.percent_done = max(5, 99 - left * 95 // max(run.counts.get(Decision.CHANGES, 0), 1))
    return left
