"""The register of policies: whose each is, who approved it, when it is looked at again and where it lives."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.core.classed import classed
from dekaan.evidence.models import Evidence
from dekaan.people.models import StaffMember
from dekaan.schools.models import SchoolOwned


class Policy(SchoolOwned):
    """One policy that the school keeps elsewhere; what Dekaan publishes itself stands in the register without a row."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="title owner owner_name approved_by approved_on next_review_on address evidence withdrawn_on"
    )

    title = models.CharField(max_length=150)
    owner = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_name = models.CharField(max_length=150, blank=True)  # somebody who is not on the staff list
    approved_by = models.CharField(max_length=150, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    # Where it lives: an address, or a piece of the cabinet.
    address = models.URLField(max_length=500, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("title", "pk")
        verbose_name_plural = "policies"
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by="", approved_on__isnull=True)
                | (~Q(approved_by="") & Q(approved_on__isnull=False)),
                name="a_policy_is_approved_by_somebody_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        """Whose it is; nothing where nobody was named."""
        return str(self.owner) if self.owner else self.owner_name
