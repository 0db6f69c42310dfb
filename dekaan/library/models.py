"""Resources, what they were used in, visits of their links, rounds of looking at links; and what others publish."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.programme.models import Activity
from dekaan.schools.models import SchoolOwned


class Audience(models.TextChoices):
    """Whom a resource is for."""

    PUPILS = "pupils", "Pupils"
    CARERS = "carers", "Parents and carers"
    STAFF = "staff", "Staff"


class Resource(SchoolOwned):
    """Something to find careers or labour-market information in: where it is, whom it is for, whose it is, until when.

    It has an address, or is kept somewhere, or both. What is known of its link is that of the last look.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="title says address kept_at kind audiences key_stages subject owner review_on is_public number added_on "
        "set_aside_on link_state link_reason link_checked_at"
    )

    class LinkState(models.TextChoices):
        NOT_YET = "", "Not looked at yet"
        FINE = "fine", "It opens"
        BROKEN = "broken", "Broken"
        UNREAD = "unread", "Could not be read"

    title = models.CharField(max_length=120)
    says = models.CharField(max_length=300, blank=True)  # what it is good for
    address = models.CharField(max_length=500, blank=True)
    kept_at = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)  # a key of the list of kinds
    audiences = models.JSONField(default=list)
    key_stages = models.JSONField(default=list)  # their first year groups: 7, 10, 12
    subject = models.CharField(max_length=60, blank=True)  # or theme
    owner = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)  # offered on the public careers page
    number = models.PositiveIntegerField()  # by which its public link names it; no secret
    added_on = models.DateField()
    set_aside_on = models.DateField(null=True, blank=True)  # from that day it is used no more, and kept for its history
    link_state = models.CharField(max_length=6, choices=LinkState, default=LinkState.NOT_YET, blank=True)
    link_reason = models.CharField(max_length=20, blank=True)
    link_checked_at = models.DateTimeField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("title", "pk")
        constraints = (
            models.UniqueConstraint(fields=["school", "number"], name="a_resource_by_its_number"),
            models.CheckConstraint(condition=~Q(address="", kept_at=""), name="a_resource_is_somewhere"),
        )

    def __str__(self) -> str:
        return self.title


class ResourceUse(SchoolOwned):
    """A resource is used in an activity, so in every session of it: who took part stands in the ledger.

    `added` is what choosing it made the activity count towards besides, so that taking it off again takes that back.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="resource activity added")
    goes_with_a_copy = True  # where an activity is taken into another year as a copy, the copy uses it too

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="uses")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    added = models.BigIntegerField(default=0)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["resource", "activity"], name="a_resource_used_once_in_each"),)

    def __str__(self) -> str:
        return f"{self.resource_id} in {self.activity_id}"


class Visits(SchoolOwned):
    """How often in a month whoever called themselves that pressed the public link of a resource. Nobody is in it."""

    data_classes: ClassVar[dict[str, str]] = classed(P="resource audience key_stage month presses")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="visits")
    audience = models.CharField(max_length=6, choices=Audience)
    key_stage = models.PositiveSmallIntegerField(default=0)  # its first year group; nought for staff
    month = models.DateField()  # its first day
    presses = models.PositiveIntegerField(default=0)

    class Meta(SchoolOwned.Meta):
        ordering = ("month", "pk")
        verbose_name_plural = "visits"
        constraints = (
            models.UniqueConstraint(
                fields=["resource", "audience", "key_stage", "month"], name="visits_of_a_month_together"
            ),
        )

    def __str__(self) -> str:
        return f"{self.presses} of {self.resource_id}"


class LinkRound(SchoolOwned):
    """One look at every link of the library: asked for by somebody, or as each week."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="asked_by asked_at is_weekly finished_at looked_at broken unread"
    )

    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    is_weekly = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.PositiveSmallIntegerField(default=0)
    broken = models.PositiveSmallIntegerField(default=0)
    unread = models.PositiveSmallIntegerField(default=0)

    class Meta(SchoolOwned.Meta):
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"links on {self.asked_at:%Y-%m-%d}"


class Loaded(models.Model):
    """A file of what others publish, as it was loaded last: which, of when, and from where. Of the whole installation."""

    key = models.CharField(max_length=20, unique=True)  # "soc-2020", "destinations-ks4", "destinations-16-18"
    source = models.CharField(max_length=300)
    published_on = models.DateField(null=True, blank=True)
    loaded_on = models.DateField()
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ("key",)
        verbose_name_plural = "loaded files"

    def __str__(self) -> str:
        return self.key


class OccupationGroup(models.Model):
    """A group of the Standard Occupational Classification 2020: major (1 digit) to unit (4). Of the whole installation."""

    code = models.CharField(max_length=4, unique=True)
    title = models.CharField(max_length=200)
    plain = models.CharField(max_length=200)  # the title as it is compared
    describes = models.TextField(blank=True)
    tasks = models.JSONField(default=list)
    entry = models.TextField(blank=True)  # typical entry routes and qualifications

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class DestinationRow(models.Model):
    """A row of the published destination measures, of one school or of England, in the publisher's own marks.

    Never a figure of ours, and never added to any.
    """

    stage = models.CharField(max_length=6)  # "ks4" or "16-18"
    urn = models.CharField(max_length=6, blank=True)  # blank: England
    place = models.CharField(max_length=200)
    period = models.CharField(max_length=6)  # "202223": the year after leaving
    topic = models.CharField(max_length=80)
    group = models.CharField(max_length=120)
    version = models.CharField(max_length=20, blank=True)
    cohort = models.CharField(max_length=12, blank=True)
    numbers = models.JSONField(default=dict)  # column → as published, where the row counts
    shares = models.JSONField(default=dict)  # the same in per cent

    class Meta:
        ordering = ("stage", "-period", "urn", "pk")
        constraints = (
            models.UniqueConstraint(fields=["stage", "urn", "period", "topic", "group"], name="a_destination_row_once"),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.period}"


class LookUp(models.Model):
    """What a public service answered of an occupation, kept with its day. Of the whole installation; about nobody."""

    service = models.CharField(max_length=20)  # a key of the list of services
    about = models.CharField(max_length=80)
    answer = models.JSONField(default=dict)
    problem = models.CharField(max_length=20, blank=True)  # why the last asking brought nothing
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("service", "about")
        constraints = (models.UniqueConstraint(fields=["service", "about"], name="one_answer_about_each"),)

    def __str__(self) -> str:
        return f"{self.service}: {self.about}"
