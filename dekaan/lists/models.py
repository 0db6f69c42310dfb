"""Sentences that are kept."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.schools.models import SchoolOwned


class SharedWith(models.TextChoices):
    """Who besides its owner may open a list; whom they find in it is a matter of whom they may see."""

    NOBODY = "", "Nobody else"
    TEAM = "team", "The careers team"
    SCHOOL = "school", "Everybody here who may see names"


class SavedList(SchoolOwned):
    """A sentence that finds pupils, under a name. It holds no pupil: whom it finds is worked out when it is opened.

    The sentence is data (`queries.sentences`); one that was removed can be put back for 30 days.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="name sentence owner shared_with created_at removed_at removed_by",
    )

    name = models.CharField(max_length=100)
    sentence = models.JSONField()
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    shared_with = models.CharField(max_length=10, choices=SharedWith, default=SharedWith.NOBODY, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
