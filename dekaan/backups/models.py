"""Rows: when a backup was last made, tried or put in place."""

from django.db import models


class BackupRun(models.Model):
    """One time that a backup was made, tried in a drill or restored, and whether it went well. About no person."""

    class Kind(models.TextChoices):
        BACKUP = "backup", "Backup"
        DRILL = "drill", "Drill"
        RESTORE = "restore", "Restore"

    kind = models.CharField(max_length=8, choices=Kind)
    ended_at = models.DateTimeField(db_index=True)
    seconds = models.PositiveIntegerField(default=0)
    is_good = models.BooleanField()
    file_name = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField(default=0)
    # How many of the newest the run left in its folder; none where it deleted nothing.
    keep = models.PositiveSmallIntegerField(null=True, blank=True)
    # What went wrong, as it was said to whoever ran the command.
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ("-ended_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"
