"""The ledger."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.people.models import Carer, Pupil, StaffMember
from dekaan.schools.models import SchoolOwned


class State(models.TextChoices):
    """What became of an invitation. Only *attended* counts; *part* where the school says so."""

    INVITED = "invited", "Invited"
    ATTENDED = "attended", "Attended"
    PART = "part", "Attended in part"
    ABSENT = "absent", "Absent"
    OPTED_OUT = "opted_out", "Opted out"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class KnownBy(models.TextChoices):
    """How a row is known."""

    ASSUMED = "assumed", "Assumed: absences not checked"
    CHECKED = "checked", "Checked against attendance"
    CONFIRMED = "confirmed", "Confirmed by a register"


class Participation(SchoolOwned):
    """One person's part in one occasion.

    It carries what counting needs, copied from its occasion. A correction is a new row; the old one keeps when it was
    superseded and by which. Only `superseded_at`, `superseded_by` and the two masks may ever be updated.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        D="pupil carer",
        P="staff",
        E="source_kind source_id state known_by happened_on academic_year academic_day activity_type mode minutes "
        "criteria criteria_unknown counts partner_kind partner_name title batch recorded_at recorded_by "
        "superseded_at superseded_by",
    )

    # The columns that the web role may update on PostgreSQL.
    may_update: ClassVar[list[str]] = [
        "superseded_at",
        "superseded_by_id",
        "criteria",
        "criteria_unknown",
        "counts",
        "title",  # what an occasion was called is no fact about anybody, and may name somebody who was erased
    ]

    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.CASCADE, related_name="participations")
    staff = models.ForeignKey(StaffMember, null=True, on_delete=models.CASCADE, related_name="+")
    carer = models.ForeignKey(Carer, null=True, on_delete=models.CASCADE, related_name="+")
    # The occasion, named without a foreign key upwards: ("session", 12), ("history", 3).
    source_kind = models.CharField(max_length=20)
    source_id = models.BigIntegerField()
    state = models.CharField(max_length=14, choices=State)
    known_by = models.CharField(max_length=10, choices=KnownBy)
    happened_on = models.DateField()
    academic_year = models.PositiveSmallIntegerField()
    academic_day = models.PositiveSmallIntegerField()  # days since 1 September
    activity_type = models.CharField(max_length=10)
    mode = models.CharField(max_length=14, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    criteria = models.BigIntegerField(default=0)  # mask of what this row counts for
    criteria_unknown = models.BigIntegerField(default=0)  # mask of what it leaves unknown
    counts = models.PositiveSmallIntegerField(default=0)  # 1 where the state counts as having taken part
    partner_kind = models.CharField(max_length=30, blank=True)
    partner_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    batch = models.CharField(max_length=40, blank=True)  # the press or import that wrote it, for undo
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("happened_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(pupil__isnull=False, staff__isnull=True, carer__isnull=True)
                | Q(pupil__isnull=True, staff__isnull=False, carer__isnull=True)
                | Q(pupil__isnull=True, staff__isnull=True, carer__isnull=False),
                name="one_participant",
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "pupil"],
                condition=Q(superseded_at__isnull=True, pupil__isnull=False),
                name="a_pupil_once_an_occasion",
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "staff"],
                condition=Q(superseded_at__isnull=True, staff__isnull=False),
                name="staff_once_an_occasion",
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "carer"],
                condition=Q(superseded_at__isnull=True, carer__isnull=False),
                name="a_carer_once_an_occasion",
            ),
        )
        indexes = (
            models.Index(
                fields=["pupil", "academic_year"],
                condition=Q(superseded_at__isnull=True),
                name="live_by_pupil_and_year",
            ),
            models.Index(fields=["batch"], condition=~Q(batch=""), name="ledger_by_batch"),
        )

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id}: {self.state}"
