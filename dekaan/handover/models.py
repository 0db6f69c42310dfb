"""A hand-over or a cover, and the steps of a first fortnight that were ticked."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.schools.models import SchoolOwned

UNDO_FOR = timedelta(days=30)  # as everywhere (rulings, 5)
FORTNIGHT = timedelta(days=14)


class HandOver(SchoolOwned):
    """Careers goes from one colleague to another on a day, or another covers from a day until one.

    It waits for a second person until `agreed_on`, is over from `ended_on`, and is never deleted. What moved is kept
    row by row, with how each was and became, so that it can be put back exactly.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="kind from_staff to_staff starts_on until stays planned_on planned_by address agreed_on agreed_by done_on ended_on "
        "ending moved said",
        U="given_role_id roles_ended",
    )

    class Kind(models.TextChoices):
        FOR_GOOD = "for-good", "Hand-over"
        COVER = "cover", "Cover"

    class Ending(models.TextChoices):
        STANDS = "", "Stands"
        CALLED_OFF = "called-off", "Called off"
        UNDONE = "undone", "Undone"
        BACK = "back", "Cover is over"

    kind = models.CharField(max_length=8, choices=Kind)
    from_staff = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    to_staff = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    starts_on = models.DateField()  # the first day on which it is the other's
    until = models.DateField(null=True, blank=True)  # the last day of a cover
    stays = models.JSONField(default=list, blank=True)  # areas of which nothing moves, and rows by their key
    planned_on = models.DateField()
    planned_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    address = models.EmailField(blank=True)  # with which the successor signed in, or was to, when it was planned
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_on = models.DateField(null=True, blank=True)  # when what was held moved
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    moved = models.JSONField(default=list, blank=True)
    said = models.JSONField(default=list, blank=True)  # what moved, in words: [["Service agreements", "1 agreement"]]
    # The role that was given, and those that ended with it, by number: a role belongs to no school's tables.
    given_role_id = models.BigIntegerField(null=True, blank=True)
    roles_ended = models.JSONField(default=list, blank=True)  # [[number, "2027-08-31" or None]]: the end that each had

    class Meta(SchoolOwned.Meta):
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["school", "kind"],
                condition=Q(ended_on=None, done_on=None),
                name="one_open_hand_over_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(kind="cover", until__gte=F("starts_on")),
                name="cover_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.to_staff} from {self.starts_on:%-d %B %Y}"

    @property
    def former_roles(self) -> list[tuple[int, date | None]]:
        """Each role that ended with it, by number, and the end that it had before."""
        return [(number, date.fromisoformat(day) if day else None) for number, day in self.roles_ended]

    @property
    def waits(self) -> bool:
        """Whether a second person has yet to agree."""
        return self.agreed_on is None and self.ended_on is None

    def lasts(self, on: date) -> bool:
        """Whether the one covers for the other on that day."""
        is_over = self.ended_on is not None or (self.until is not None and self.until < on)
        return self.agreed_on is not None and self.starts_on <= on and not is_over

    def may_be_undone(self, on: date) -> bool:
        """Whether what moved can still be put back."""
        return self.done_on is not None and self.ended_on is None and on <= self.done_on + UNDO_FOR

    def is_new(self, on: date) -> bool:
        """Whether the first fortnight lasts on that day."""
        return self.done_on is not None and self.ended_on is None and self.done_on <= on < self.done_on + FORTNIGHT


class StepDone(SchoolOwned):
    """A step of the first fortnight that no record can tell was ticked."""

    data_classes: ClassVar[dict[str, str]] = classed(P="hand_over step done_on")

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="steps_done")
    step = models.CharField(max_length=30)
    done_on = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name_plural = "steps done"
        constraints = (models.UniqueConstraint(fields=["hand_over", "step"], name="a_step_is_done_once"),)

    def __str__(self) -> str:
        return self.step
