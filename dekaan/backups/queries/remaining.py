"""Which backups still hold somebody who was erased after they were made, and when the last of them goes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from dekaan.backups.models import BackupRun


@dataclass(frozen=True)
class Remaining:
    """Backups that were begun before a moment and are there yet, as far as the installation knows, newest first.

    `keep` is how many the newest run leaves in its folder; none where it deletes nothing. Each with the day on which it
    goes, if backups go on as often as lately; none where that cannot be known.
    """

    keep: int | None
    backups: list[tuple[date, date | None]]

    @property
    def last_goes(self) -> date | None:
        """The day on which none of them is left."""
        return self.backups[0][1] if self.backups else None


def backups_from_before(moment: datetime) -> Remaining:
    """The good backups begun before the moment that the newest run has not tidied away."""
    good = list(BackupRun.objects.filter(kind=BackupRun.Kind.BACKUP, is_good=True))
    keep = good[0].keep if good else None
    there = good[:keep]
    every = (there[0].ended_at - there[-1].ended_at) / (len(there) - 1) if len(there) > 1 else None
    found = []
    for newer, run in enumerate(there):
        if run.ended_at - timedelta(seconds=run.seconds) < moment:
            goes = there[0].ended_at + every * (keep - newer) if keep and every else None
            found.append((_day(run.ended_at), _day(goes) if goes else None))
    return Remaining(keep, found)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
