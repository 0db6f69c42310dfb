"""Collapsed-timetable days on which groups go round."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.programme.models.sessions import Session
from dekaan.schools.models import SchoolOwned


class Carousel(SchoolOwned):
    """A day on which groups go round stations, slot by slot; each visit is a session of its own.

    `acts` are the ids of the presses that *It happened* for the whole day made, so that one Undo takes them back.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="title held_on groups stations slots acts recorded_at recorded_by created_at"
    )

    title = models.CharField(max_length=200)
    held_on = models.DateField()
    groups = models.JSONField(default=list)  # their names
    stations = models.JSONField(default=list)  # [what, place]
    slots = models.JSONField(default=list)  # [from, to]
    acts = models.JSONField(default=list, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return f"{self.title} on {self.held_on}"


class Visit(SchoolOwned):
    """A group's turn at a station in a slot of a carousel, each by its place in the carousel's lists."""

    data_classes: ClassVar[dict[str, str]] = classed(P="carousel session group station slot")

    carousel = models.ForeignKey(Carousel, on_delete=models.CASCADE, related_name="visits")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="visit")
    group = models.PositiveSmallIntegerField()
    station = models.PositiveSmallIntegerField()
    slot = models.PositiveSmallIntegerField()

    class Meta(SchoolOwned.Meta):
        ordering = ("slot", "group", "pk")
        constraints = (
            models.UniqueConstraint(fields=["carousel", "slot", "group"], name="a_group_is_in_one_place"),
            models.UniqueConstraint(fields=["carousel", "slot", "station"], name="a_station_has_one_group"),
            models.UniqueConstraint(fields=["carousel", "group", "station"], name="a_group_is_there_once"),
        )

    def __str__(self) -> str:
        return f"{self.group} at {self.station} in {self.slot}"
