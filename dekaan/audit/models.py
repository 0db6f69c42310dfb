"""One row per thing done."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One thing somebody did in a school: ids and field names, never a pupil's name. Insert-only."""

    # Nothing may be updated, by privilege on PostgreSQL.
    may_update: ClassVar[list[str]] = []

    school_id = models.BigIntegerField(null=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["school_id", "subject", "subject_id"]),)

    def __str__(self) -> str:
        return f"{self.action} {self.subject} {self.subject_id or ''}"
