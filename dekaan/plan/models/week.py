"""What is a person's own: the hours that they note, whether they share the totals, and the mail of their week."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.schools.models import SchoolOwned


class TimeSpent(SchoolOwned):
    """Minutes of a person's day that went into a kind of work for careers. Nobody else sees the rows."""

    data_classes: ClassVar[dict[str, str]] = classed(U="user kind spent_on minutes")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)  # a key of the area's data file
    spent_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()

    class Meta(SchoolOwned.Meta):
        ordering = ("-spent_on", "-pk")
        verbose_name_plural = "time spent"

    def __str__(self) -> str:
        return f"{self.minutes} minutes on {self.spent_on}"


class TimeShared(SchoolOwned):
    """That a person shares the totals of their hours with the senior line manager; without the row they do not."""

    data_classes: ClassVar[dict[str, str]] = classed(U="user since")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name_plural = "time shared"
        constraints = (models.UniqueConstraint(fields=["school", "user"], name="time_is_shared_once"),)

    def __str__(self) -> str:
        return f"shared since {self.since}"


class WeeklyMail(models.Model):
    """Whether a person gets the mail of their week, and when the last one was written; it is of all their schools."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    is_off = models.BooleanField(default=False)
    written_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"weekly mail of account {self.user_id}"
