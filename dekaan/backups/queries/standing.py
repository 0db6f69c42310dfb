"""How sure the installation may be of its backups today."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from dekaan.backups.models import BackupRun

SHOWN = 30  # runs on the page


@dataclass(frozen=True)
class Line:
    """The last good run of one kind, whether it is too old, and whether the newest one failed."""

    last_good: datetime | None
    limit: timedelta
    is_old: bool
    has_failed: bool

    @property
    def is_well(self) -> bool:
        """Nothing is to be done."""
        return not (self.is_old or self.has_failed)

    @property
    def days(self) -> int:
        """The limit in days, for words."""
        return self.limit.days


@dataclass(frozen=True)
class Standing:
    """Backups and drills."""

    backup: Line
    drill: Line

    @property
    def is_well(self) -> bool:
        """The last backup and the last drill are good and recent."""
        return self.backup.is_well and self.drill.is_well


def standing() -> Standing:
    """When the last good backup and drill were, measured against DEKAAN_BACKUP_DAYS and DEKAAN_DRILL_DAYS."""
    found = {
        row["kind"]: row
        for row in BackupRun.objects.order_by()
        .values("kind")
        .annotate(newest=Max("ended_at"), good=Max("ended_at", filter=Q(is_good=True)))
    }
    limits = {BackupRun.Kind.BACKUP: settings.BACKUP_LIMIT, BackupRun.Kind.DRILL: settings.DRILL_LIMIT}
    lines = {}
    for kind, limit in limits.items():
        row = found.get(kind, {"newest": None, "good": None})
        lines[kind] = Line(
            last_good=row["good"],
            limit=limit,
            is_old=row["good"] is None or timezone.now() - row["good"] > limit,
            has_failed=row["newest"] is not None and row["newest"] != row["good"],
        )
    return Standing(backup=lines[BackupRun.Kind.BACKUP], drill=lines[BackupRun.Kind.DRILL])


def backups_in_doubt() -> Standing | None:
    """The standing, where somebody should do something about it; None where all is well or nothing could be lost.

    The demonstration holds invented people only.
    """
    if not settings.PRODUCTION:
        return None
    now = standing()
    return None if now.is_well else now


def latest_runs() -> list[BackupRun]:
    """What was done lately, newest first."""
    return list(BackupRun.objects.all()[:SHOWN])
