"""Meetings, what was decided in them, and what somebody is to do, from a decision or not."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.schools.models import SchoolOwned


class Meeting(SchoolOwned):
    """A meeting about careers: planned, held with its notes, or called off with the reason.

    The agenda is put together from what is open until it is held; what it then said is kept.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="kind title held_on starts_at chair chair_name own_agenda agenda notes state because"
    )

    class Kind(models.TextChoices):
        LINE_MANAGER = "line-manager", "With the senior line manager"
        GROUP = "group", "Careers group"
        GOVERNOR = "governor", "Link governor's visit"
        OTHER_SCHOOL = "other-school", "With a senior leader of another school"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CALLED_OFF = "called-off", "Called off"

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=150, blank=True)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    chair = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    chair_name = models.CharField(max_length=150, blank=True)  # somebody who is not on the staff list
    own_agenda = models.TextField(max_length=2000, blank=True)  # a line each
    agenda = models.JSONField(default=list, blank=True)  # what it said when the meeting was held
    notes = models.TextField(max_length=8000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    because = models.CharField(max_length=300, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def who_chairs(self) -> str:
        """Who takes the chair; nothing where nobody was named."""
        return str(self.chair) if self.chair else self.chair_name


class MeetingMember(SchoolOwned):
    """Somebody who belongs to a meeting; once it was held, whether they came."""

    data_classes: ClassVar[dict[str, str]] = classed(P="meeting staff name capacity came")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="members")
    staff = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150, blank=True)  # somebody who is not on the staff list
    capacity = models.CharField(max_length=100, blank=True)
    came = models.BooleanField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("meeting", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(staff__isnull=False, name="") | (Q(staff__isnull=True) & ~Q(name="")),
                name="a_member_is_somebody",
            ),
        )

    def __str__(self) -> str:
        who, what = (str(self.staff), self.staff.post) if self.staff else (self.name, self.capacity)
        return f"{who} ({what})" if what else who


class Decision(SchoolOwned):
    """What was decided in a meeting; who does what about it are its tasks."""

    data_classes: ClassVar[dict[str, str]] = classed(P="meeting words")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    words = models.CharField(max_length=500)

    class Meta(SchoolOwned.Meta):
        ordering = ("meeting", "pk")

    def __str__(self) -> str:
        return self.words


class Task(SchoolOwned):
    """Something that somebody is to do by a day. One that follows from a decision ends with what changed because of it."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="title owner owner_name due_on decision given_by ending outcome ended_on"
    )

    class Ending(models.TextChoices):
        OPEN = "open", "To do"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    title = models.CharField(max_length=300)
    owner = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_name = models.CharField(max_length=150, blank=True)  # somebody who is not on the staff list
    due_on = models.DateField()
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.CASCADE, related_name="tasks")
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ending = models.CharField(max_length=8, choices=Ending, default=Ending.OPEN)
    outcome = models.CharField(max_length=500, blank=True)  # what changed because of it, or why it was dropped
    ended_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ending="open", ended_on__isnull=True) | (~Q(ending="open") & Q(ended_on__isnull=False)),
                name="a_task_ends_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        """Whose it is; nothing where nobody was named."""
        return str(self.owner) if self.owner else self.owner_name

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.ending == self.Ending.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is still open."""
        return self.is_open and self.due_on < today()
