"""What activities are meant to teach: learning areas of a published framework, and the school's own outcomes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.core.classed import classed
from dekaan.programme.models.sessions import Activity
from dekaan.schools.models import SchoolOwned


class LearningOutcome(SchoolOwned):
    """Something that the school wants its pupils to have learnt by the end of some year groups, in its own words."""

    data_classes: ClassVar[dict[str, str]] = classed(P="words first_year last_year retired_on")

    words = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    # From this day on it is offered for no activity; where it is tagged already it stays.
    retired_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("first_year", "last_year", "words", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(last_year__gte=models.F("first_year")), name="outcome_of_year_groups"),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def years(self) -> str:
        """ "Year 9" or "Years 7 to 9"."""
        if self.first_year == self.last_year:
            return f"Year {self.first_year}"
        return f"Years {self.first_year} to {self.last_year}"


class Learning(SchoolOwned):
    """One thing that an activity is meant to teach: a learning area by its key, or an outcome of the school's own."""

    data_classes: ClassVar[dict[str, str]] = classed(P="activity area outcome")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="learning")
    area = models.CharField(max_length=30, blank=True)
    outcome = models.ForeignKey(
        LearningOutcome, null=True, blank=True, on_delete=models.PROTECT, related_name="learning"
    )

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=(Q(area="") & Q(outcome__isnull=False)) | (~Q(area="") & Q(outcome__isnull=True)),
                name="an_area_or_an_outcome",
            ),
            models.UniqueConstraint(fields=["activity", "area"], condition=~Q(area=""), name="teaches_an_area_once"),
            models.UniqueConstraint(
                fields=["activity", "outcome"], condition=Q(outcome__isnull=False), name="teaches_an_outcome_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.area or self.outcome_id} of {self.activity_id}"
