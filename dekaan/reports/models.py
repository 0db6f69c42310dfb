"""A report, and the figures that it froze."""

import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.schools.models import SchoolOwned


class Term(models.TextChoices):
    """What a school's year is made of."""

    AUTUMN = "autumn", "Autumn term"
    SPRING = "spring", "Spring term"
    SUMMER = "summer", "Summer term"


class Report(SchoolOwned):
    """One paper, issued: its words and figures stand still whatever becomes of the records.

    A wrong one is withdrawn: it stays in the list and says so, and its PDF is still what was issued. Word and slides were
    made of the same content in the same press; a summary for senior leaders has neither.
    """

    class Kind(models.TextChoices):
        """For whom it is."""

        GOVERNORS = "governors", "Report to governors"
        LEADERS = "leaders", "Summary for senior leaders"

    HEAVY: ClassVar[tuple[str, ...]] = ("pdf", "word", "slides", "content")  # what a list does not read
    data_classes: ClassVar[dict[str, str]] = classed(
        R="kind title academic_year term figures_on summary concerns asks content pdf word slides issued_at issued_by "
        "withdrawn_at withdrawn_by withdrawn_because",
    )

    kind = models.CharField(max_length=9, choices=Kind, default=Kind.GOVERNORS)
    title = models.CharField(max_length=120)
    academic_year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6, choices=Term, default=Term.AUTUMN)
    figures_on = models.DateField()
    summary = models.TextField("What governors should know", blank=True, max_length=1500)
    concerns = models.TextField("What worries us", blank=True, max_length=1500)
    asks = models.TextField("What we ask of governors", blank=True, max_length=1500)
    content = models.JSONField()  # what the paper says
    pdf = models.BinaryField()
    word = models.BinaryField(default=bytes)
    slides = models.BinaryField(default=bytes)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="withdrawn_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        """Whether somebody has taken it back."""
        return self.withdrawn_at is not None

    @property
    def digest(self) -> str:
        """What its PDF is known by, so that whoever approved it approved that one."""
        return hashlib.sha256(bytes(self.pdf)).hexdigest()


class FrozenFigure(SchoolOwned):
    """One figure as a report gave it, with numerator, denominator, unknowns, source and day. None where it was hidden.

    `framework` is the version of the benchmarks, or what else it was counted by: duties, a set of questions, hours.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        R="report framework criterion academic_year breakdown value met of unknown assumed on source",
    )

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    framework = models.CharField(max_length=30)
    criterion = models.CharField(max_length=20)
    academic_year = models.PositiveSmallIntegerField()
    breakdown = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    met = models.IntegerField(null=True)
    of = models.IntegerField(null=True)
    unknown = models.IntegerField(null=True)
    assumed = models.IntegerField(null=True)
    on = models.DateField()
    source = models.CharField(max_length=60, blank=True)  # where it was counted

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.criterion} {self.breakdown} {self.value}: {self.met} of {self.of}"
