"""Asking whoever was there whether an encounter was meaningful, by a link without an account."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import OpenedByLink
from dekaan.core.academic_year import today
from dekaan.core.classed import classed
from dekaan.programme.models.sessions import Session, excludes


class MeaningLink(OpenedByLink):
    """The link by which a provider or a teacher who was there says it of one session, once, until a day.

    What they said is kept as they said it, with the name that they gave; the session's own flags say what holds.
    """

    purpose = "dekaan.programme.meaning"
    data_classes: ClassVar[dict[str, str]] = OpenedByLink.data_classes | classed(
        P="session open_until said_by said_on said_yes said_no"
    )

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="meaning_link")
    open_until = models.DateField()
    said_by = models.CharField(max_length=80, blank=True)
    said_on = models.DateField(null=True, blank=True)
    said_yes = models.BigIntegerField(default=0)
    said_no = models.BigIntegerField(default=0)

    class Meta(OpenedByLink.Meta):
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=excludes("said_yes", "said_no"), name="a_link_says_yes_or_no"),)

    def __str__(self) -> str:
        return f"link about session {self.session_id}"

    @property
    def opens(self) -> tuple[int, ...]:
        """What is said of the session, whichever row it is."""
        return self.school_id, self.session_id

    @property
    def is_open(self) -> bool:
        """Whether somebody may still say it by the link."""
        return self.said_on is None and self.open_until >= today()
