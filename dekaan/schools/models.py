"""Trusts, schools, academic years, and the base of every school-owned model."""

from collections.abc import Collection
from datetime import time
from typing import Any, ClassVar

from django.db import models

from dekaan.core.classed import classed
from dekaan.core.scope import ScopedManager, claim_school


class Trust(models.Model):
    """A multi-academy trust, known to the register of schools by its group UID."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    group_uid = models.CharField(max_length=10, blank=True)
    companies_house_number = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """One establishment. Its slug is in every address; its URN changes when it becomes an academy."""

    class Phase(models.TextChoices):
        PRIMARY = "primary", "Primary"
        SECONDARY = "secondary", "Secondary"
        ALL_THROUGH = "all-through", "All-through"
        MIDDLE = "middle", "Middle deemed secondary"
        SIXTEEN_PLUS = "16-plus", "16 plus"
        NOT_APPLICABLE = "not-applicable", "Not applicable (special or alternative)"

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    trust = models.ForeignKey(Trust, null=True, blank=True, on_delete=models.PROTECT, related_name="schools")
    urn = models.CharField("URN", max_length=6, blank=True)
    laestab = models.CharField(
        "LAESTAB",
        max_length=7,
        blank=True,
        help_text="Seven digits, without the stroke",
    )
    establishment_type = models.CharField(max_length=2, blank=True, help_text="Code of the register of schools")
    phase = models.CharField(max_length=20, choices=Phase, default=Phase.SECONDARY)
    low_age = models.PositiveSmallIntegerField(default=11)
    high_age = models.PositiveSmallIntegerField(default=16)
    has_sixth_form = models.BooleanField(default=False)
    predecessor_urn = models.CharField(max_length=6, blank=True)
    # Before this day participation is unknown, never missed.
    records_begin = models.DateField(null=True, blank=True)
    # Whether having been there for part of it counts as having taken part; shown wherever it matters.
    part_counts = models.BooleanField(default=False)
    # The school's day; what lies outside it never counts for provider access. The hours to start with are the house's own.
    day_begins = models.TimeField(default=time(8, 30))
    day_ends = models.TimeField(default=time(15, 30))
    # How many names leave in one file, unless a second person agrees to more.
    export_limit = models.PositiveSmallIntegerField(default=300)
    # The last day whose joiners and leavers have been counted; the worker turns to each new day once.
    turned_on = models.DateField(null=True, editable=False)
    # The day on which the morning's round could not be finished here; none once one has been.
    round_failed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SchoolOwned(models.Model):
    """A row that belongs to one school and is invisible outside its scope."""

    # No reverse name: joining down from School would skip the manager.
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save into the school in scope; WrongSchool or NoSchoolInScope otherwise."""
        claim_school(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete from the school in scope; WrongSchool or NoSchoolInScope otherwise."""
        claim_school(self)
        return super().delete(*args, **kwargs)


class AcademicYear(SchoolOwned):
    """One academic year of a school, with the dates that pupils attend."""

    data_classes: ClassVar[dict[str, str]] = classed(P="start_year starts_on ends_on joined_by roll_on frozen_at")

    start_year = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    # A pupil on the roll by this day was there for the whole year, as far as records go.
    joined_by = models.DateField()
    # The last day on which the year's cohort may be read.
    roll_on = models.DateField()
    # Set when the year was rolled over: characteristics of the year stand as they were then.
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("start_year",)
        constraints = (models.UniqueConstraint(fields=["school", "start_year"], name="one_year_once"),)

    def __str__(self) -> str:
        return f"{self.start_year}/{(self.start_year + 1) % 100:02d}"


class CalendarEntry(SchoolOwned):
    """Days on the school's calendar: without pupils (holiday, half-term, INSET), or taken up by exams, a trip or more."""

    data_classes: ClassVar[dict[str, str]] = classed(P="starts_on ends_on kind title year_groups")

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "Holiday"
        HALF_TERM = "half-term", "Half-term"
        INSET = "inset", "INSET day"
        EXAMS = "exams", "Exams"
        TRIP = "trip", "Trip"
        OTHER = "other", "Other"

    starts_on = models.DateField()
    ends_on = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=100, blank=True)
    year_groups = models.JSONField(default=list, blank=True)  # whom it concerns; nobody named is everybody

    class Meta(SchoolOwned.Meta):
        ordering = ("starts_on", "pk")
        verbose_name = "calendar entry"
        verbose_name_plural = "calendar entries"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"

    def concerns(self, year_groups: Collection[int]) -> bool:
        """Whether it concerns any of these year groups; one that names nobody concerns everybody."""
        return not self.year_groups or not set(self.year_groups).isdisjoint(year_groups)

    def concerns_all(self, year_groups: Collection[int]) -> bool:
        """Whether it concerns each of these year groups; where none is named, whether it concerns everybody."""
        return not self.year_groups or (bool(year_groups) and set(year_groups) <= set(self.year_groups))

    @property
    def words(self) -> str:
        """ "GCSE exams (Year 11)", or its kind where it has no title."""
        who = ", ".join(f"Year {each}" for each in self.year_groups)
        return (self.title or self.get_kind_display()) + (f" ({who})" if who else "")
