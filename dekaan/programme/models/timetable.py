"""When lessons are, where the school has loaded its timetable."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.core.classed import classed
from dekaan.people.models import Group
from dekaan.schools.models import SchoolOwned

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Lesson(SchoolOwned):
    """A lesson of the week in one academic year: of a whole year group, or of a tutor or teaching group."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="academic_year weekday period starts_at ends_at subject year_group group",
    )

    academic_year = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField()  # 1 is Monday
    period = models.CharField(max_length=20, blank=True)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    subject = models.CharField(max_length=60)
    year_group = models.PositiveSmallIntegerField(null=True, blank=True)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("weekday", "starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="a_lesson_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(year_group__isnull=True) ^ Q(group__isnull=True), name="a_lesson_of_a_year_or_of_a_group"
            ),
        )
        indexes = (models.Index(fields=["school", "academic_year", "weekday"]),)

    def __str__(self) -> str:
        return f"{self.who} {self.subject} on {self.when}"

    @property
    def who(self) -> str:
        """Whose lesson it is: "Year 10" or the group's name."""
        return f"Year {self.year_group}" if self.group is None else self.group.name

    @property
    def when(self) -> str:
        """ "Tuesday period 3", or "Tuesday 10:00" where the period has no name."""
        day = WEEKDAYS[self.weekday - 1]
        return f"{day} period {self.period}" if self.period else f"{day} {self.starts_at:%H:%M}"
