"""One row per thing done, and where each school's chain of them ends."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Event(models.Model):
    """One thing somebody did in a school: ids and field names, never a pupil's name. Insert-only.

    `seal` is a keyed hash of what the row says, made as it is written. `place` and `link` tie it to the row before in
    the school's chain, just after the transaction that wrote it is committed (docs/decisions/0016).
    """

    # What was done may never be updated, by privilege on PostgreSQL; its place in the chain comes after the commit.
    may_update: ClassVar[list[str]] = ["place", "link"]

    school_id = models.BigIntegerField(null=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, editable=False)
    place = models.BigIntegerField(null=True, editable=False)
    link = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["school_id", "subject", "subject_id"]),
            models.Index(fields=["school_id"], condition=Q(place__isnull=True), name="audit_waiting_for_a_place"),
        )
        constraints = (
            models.UniqueConstraint(fields=["school_id", "place"], name="one_event_a_place"),
            models.UniqueConstraint(fields=["seal"], name="one_event_a_seal"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.subject} {self.subject_id or ''}"


class Chain(models.Model):
    """Where a school's chain of events ends, so that whoever adds to it waits for nobody but another who does.

    Chain 0 is of what belongs to no one school.
    """

    school_id = models.BigIntegerField(primary_key=True)
    place = models.BigIntegerField(default=0)
    link = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"chain {self.school_id} up to {self.place}"
