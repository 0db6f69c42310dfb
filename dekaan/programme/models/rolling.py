"""What was taken from one year into the next, and how it was made."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.programme.models.sessions import Session
from dekaan.schools.models import SchoolOwned


class RollForward(SchoolOwned):
    """One press that took last year's programme into a year: what was decided of every session, and by whom.

    `decisions` are the lines of the review as they were pressed; `activities` the copies that were made of activities,
    each with its fields as they were made.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="academic_year at by decisions activities undone_at undone_by")

    academic_year = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decisions = models.JSONField(default=list)
    activities = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("-pk",)
        verbose_name_plural = "rolls forward"

    def __str__(self) -> str:
        return f"into {self.academic_year}"


class RolledSession(SchoolOwned):
    """A session that a roll forward planned, of which one, and how it was made; a session is taken into a year once."""

    data_classes: ClassVar[dict[str, str]] = classed(P="roll_forward source session academic_year as_made")

    roll_forward = models.ForeignKey(RollForward, on_delete=models.CASCADE, related_name="rolled")
    source = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="rolled_into")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="rolled_from")
    academic_year = models.PositiveSmallIntegerField()
    as_made = models.JSONField(default=dict)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["source", "academic_year"], name="rolled_into_a_year_once"),)

    def __str__(self) -> str:
        return f"session {self.session_id} from {self.source_id}"
