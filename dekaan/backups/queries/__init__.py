"""Reads, for screens, reports and the floors above."""

from dekaan.backups.queries.canonical import canonical_lines, checksums
from dekaan.backups.queries.remaining import Remaining, backups_from_before
from dekaan.backups.queries.standing import Line, Standing, backups_in_doubt, latest_runs, standing

__all__ = [
    "Line",
    "Remaining",
    "Standing",
    "backups_from_before",
    "backups_in_doubt",
    "canonical_lines",
    "checksums",
    "latest_runs",
    "standing",
]
