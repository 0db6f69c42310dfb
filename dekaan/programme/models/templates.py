"""What is kept of an activity so that it can be planned again."""

from typing import ClassVar

from django.db import models

from dekaan.core.classed import classed
from dekaan.programme.models.sessions import Mode, excludes
from dekaan.schools.models import SchoolOwned


class ActivityTemplate(SchoolOwned):
    """An activity as it is usually put on: what it is, what it counts towards, for whom and when."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="title activity_type mode description criteria partner_kind year_groups half_term minutes "
        "created_at flags_yes flags_no",
    )

    title = models.CharField(max_length=200)
    activity_type = models.CharField(max_length=10, help_text="Code of the list of activity types")
    mode = models.CharField(max_length=14, choices=Mode, default=Mode.IN_SCHOOL)
    description = models.TextField(blank=True, max_length=4000)
    criteria = models.BigIntegerField(default=0)  # mask, from the registry of criteria
    partner_kind = models.CharField(max_length=30, blank=True)
    year_groups = models.JSONField(default=list, blank=True)
    half_term = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # What is said of the flags that make an encounter meaningful, as of the activity that it was kept from.
    flags_yes = models.BigIntegerField(default=0)
    flags_no = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("title", "pk")
        constraints = (
            models.CheckConstraint(condition=excludes("flags_yes", "flags_no"), name="a_template_flag_is_yes_or_no"),
        )

    def __str__(self) -> str:
        return self.title
