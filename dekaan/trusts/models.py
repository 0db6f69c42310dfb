"""What a trust holds for all its schools, and what one school makes of it.

A trust's own rows are shared by its schools, as its partners are: they name nobody, no school owns them, and each is
read through the trust of the school that is asked. What a school took, changed, granted, or was told on a visit is its
own, behind both walls.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.programme.models import ActivityTemplate
from dekaan.schools.models import School, SchoolOwned, Trust


class Cluster(models.Model):
    """A few schools of a trust that work together: near one another, or of one kind."""

    trust = models.ForeignKey(Trust, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["trust", "name"], name="a_cluster_by_its_name"),)

    def __str__(self) -> str:
        return self.name


class ClusterPlace(models.Model):
    """That a school is in a cluster; in one at most."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="places")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school"], name="a_school_is_in_one_cluster"),)

    def __str__(self) -> str:
        return f"{self.school_id} in {self.cluster_id}"


class TrustVision(models.Model):
    """What a trust wants of careers at its schools, in words, between two days; one of each trust."""

    trust = models.ForeignKey(Trust, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=2000)
    strategy = models.TextField(blank=True, max_length=4000)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["trust"], name="one_vision_of_a_trust"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_vision_begins_before_it_ends"),
        )

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"


class TrustObjective(models.Model):
    """One thing that the trust means to reach with all its schools, by a day where one is said."""

    trust = models.ForeignKey(Trust, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    measured_by = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)  # no longer one; what schools made of it stays theirs

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class ItemKind(models.TextChoices):
    """What a trust offers: each kind has fields of its own in the body (`bodies.py`)."""

    TEMPLATE = "template", "Activity template"
    POLICY = "policy", "Policy words"
    OBJECTIVE = "objective", "Plan objective"
    STANDARD = "standard", "Standard"


class TrustItem(models.Model):
    """Something that a trust wrote for its schools to take: in a version that counts up as it is changed."""

    trust = models.ForeignKey(Trust, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=ItemKind)
    title = models.CharField(max_length=200)
    body = models.JSONField(default=dict)
    version = models.PositiveSmallIntegerField(default=1)
    changed_on = models.DateField()
    no_longer_offered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def said(self) -> dict[str, Any]:
        """All that a school takes."""
        return {"title": self.title, **self.body}


class TakenItem(SchoolOwned):
    """A school's copy of an item of its trust.

    `as_taken` is what the trust said in the version that was taken. Of a template the school's own is the template of
    its programme, and is changed there; of anything else it is `own`. `looked_at` is the newest version of the trust's
    that the school has decided about: taken, or left.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="item version as_taken own template looked_at taken_on taken_by")

    item = models.ForeignKey(TrustItem, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    as_taken = models.JSONField(default=dict)
    own = models.JSONField(default=dict)
    template = models.ForeignKey(ActivityTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    looked_at = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["school", "item"], name="an_item_is_taken_once"),)

    def __str__(self) -> str:
        return f"item {self.item_id} in version {self.version}"


class TakenObjective(SchoolOwned):
    """That a school has taken an objective of its trust into its plan, and how, in its own words."""

    data_classes: ClassVar[dict[str, str]] = classed(P="objective how taken_on taken_by")

    objective = models.ForeignKey(TrustObjective, on_delete=models.PROTECT, related_name="+")
    how = models.TextField(max_length=1000)
    taken_on = models.DateField()
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["school", "objective"], name="an_objective_is_taken_once"),)

    def __str__(self) -> str:
        return f"objective {self.objective_id}"


class SupportVisit(SchoolOwned):
    """A visit by the trust to support a school: what was looked at, in words both sides read; no judgement of anybody."""

    data_classes: ClassVar[dict[str, str]] = classed(P="visited_on by looked_at went_well")

    visited_on = models.DateField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    looked_at = models.TextField(max_length=2000)
    went_well = models.TextField(blank=True, max_length=2000)

    class Meta(SchoolOwned.Meta):
        ordering = ("-visited_on", "-pk")

    def __str__(self) -> str:
        return f"visit on {self.visited_on:%-d %B %Y}"


class VisitStep(SchoolOwned):
    """A next step agreed on a visit: what, who at the school sees to it, until when."""

    data_classes: ClassVar[dict[str, str]] = classed(P="visit what owner due_on done_on")

    visit = models.ForeignKey(SupportVisit, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.what


class NamesGrant(SchoolOwned):
    """A school's word that somebody of its trust may read names here: for a purpose, from a day, until a day.

    It opens lists of names behind a figure at this school and nothing else: no record, no need, no flag, no export.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        U="to purpose starts_on ends_on granted_by granted_at ended_at ended_by"
    )

    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # taken back before its last day
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_grant_begins_before_it_ends"),
        )

    def __str__(self) -> str:
        return f"names to {self.to_id} until {self.ends_on}"

    def is_in_force(self, on: date) -> bool:
        """Whether it opens names that day."""
        return self.ended_at is None and self.starts_on <= on <= self.ends_on
