"""Subjects, what they link to careers, and the door by which links are proposed without an account."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import OpenedByLink, User
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.schools.models import SchoolOwned


class Subject(SchoolOwned):
    """A subject that is taught, who speaks for careers in its department, and which year groups take it whole.

    Beyond those, whoever is in a teaching group of that subject takes it, by this name or one of the others.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="name also_called department representative year_groups given_up_on"
    )

    name = models.CharField(max_length=60)
    also_called = models.CharField(
        max_length=200, blank=True
    )  # with commas between, as lists of teaching groups have it
    department = models.CharField(max_length=60, blank=True)
    representative = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    year_groups = models.JSONField(default=list, blank=True)
    given_up_on = models.DateField(null=True, blank=True)  # from that day it is no part of the map

    class Meta(SchoolOwned.Meta):
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="subject_named_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> frozenset[str]:
        """Every name by which a teaching group may have it, in small letters."""
        every = (self.name, *self.also_called.split(","))
        return frozenset(each.strip().casefold() for each in every if each.strip())


class CurriculumLink(SchoolOwned):
    """What a subject links to careers in a year group: planned, or taught; it counts once it is accepted.

    Without an account it comes with a name that whoever sent it chose to give, and with a subject that may be none of
    ours; such a one is accepted under one of ours, or refused. `once` is of the page that it was sent from.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="subject subject_said academic_year year_group what role_model role_model_is evidence is_taught state came_by "
        "said_by proposed_by proposed_on decided_by decided_on because",
        U="once",
    )

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"

    class CameBy(models.TextChoices):
        LINK = "link", "By the code"
        ACCOUNT = "account", "Entered here"

    class RoleModel(models.TextChoices):
        WOMAN = "woman", "A woman"
        MAN = "man", "A man"
        SEVERAL = "several", "Women and men"

    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="links")
    subject_said = models.CharField(max_length=60, blank=True)  # where it is none of ours
    academic_year = models.PositiveSmallIntegerField()
    year_group = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    role_model = models.CharField(max_length=120, blank=True)
    role_model_is = models.CharField(max_length=8, choices=RoleModel, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    is_taught = models.BooleanField(default=False)  # else planned
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    came_by = models.CharField(max_length=7, choices=CameBy)
    said_by = models.CharField(max_length=80, blank=True)
    proposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    proposed_on = models.DateField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True)  # why it was refused
    once = models.CharField(max_length=32, null=True, blank=True)  # noqa: DJ001 unique where there is one

    class Meta(SchoolOwned.Meta):
        ordering = ("academic_year", "year_group", "pk")
        constraints = (
            models.UniqueConstraint(fields=["school", "once"], name="a_link_is_sent_once"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(subject__isnull=False), name="accepted_under_a_subject_of_ours"
            ),
        )
        indexes = (models.Index(fields=["school", "academic_year", "state"]),)

    def __str__(self) -> str:
        return self.what

    @property
    def subject_name(self) -> str:
        """The subject, ours or as it was said."""
        return self.subject.name if self.subject else self.subject_said


class LinkDoor(OpenedByLink):
    """The code by which anybody of the staff proposes links without an account; one of each school."""

    purpose = "dekaan.curriculum.door"
    data_classes: ClassVar[dict[str, str]] = OpenedByLink.data_classes | classed(P="is_open opened_on")

    is_open = models.BooleanField(default=True)
    opened_on = models.DateField()

    class Meta(OpenedByLink.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["school"], name="one_door_for_links"),)

    def __str__(self) -> str:
        return f"door for links since {self.opened_on}"

    @property
    def opens(self) -> tuple[int, ...]:
        """The door of the school, whichever row it is."""
        return (self.school_id,)
