"""A report, and the figures that it froze."""

from django.db import models

from dekaan.access.models import User
from dekaan.schools.models import SchoolOwned


class Report(SchoolOwned):
    """One paper for governors, issued: its words and figures stand still whatever becomes of the records."""

    title = models.CharField(max_length=120)
    academic_year = models.PositiveSmallIntegerField()
    figures_on = models.DateField()
    summary = models.TextField("What governors should know", blank=True, max_length=1500)
    concerns = models.TextField("What worries us", blank=True, max_length=1500)
    asks = models.TextField("What we ask of governors", blank=True, max_length=1500)
    content = models.JSONField()  # what the paper says
    pdf = models.BinaryField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("-issued_at", "-pk")

    def __str__(self) -> str:
        return self.title


class FrozenFigure(SchoolOwned):
    """One figure as a report gave it, with numerator, denominator, unknowns and the day. None where it was hidden."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    framework = models.CharField(max_length=30)
    criterion = models.CharField(max_length=20)
    academic_year = models.PositiveSmallIntegerField()
    breakdown = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    met = models.IntegerField(null=True)
    of = models.IntegerField(null=True)
    unknown = models.IntegerField(null=True)
    on = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.criterion} {self.breakdown} {self.value}: {self.met} of {self.of}"
