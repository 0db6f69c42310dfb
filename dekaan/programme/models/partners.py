"""What was said, in one press, of many names of partners, and of two organisations that are one."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.partners.models import Organisation
from dekaan.schools.models import SchoolOwned


class NameMatching(SchoolOwned):
    """One press that said of names, as activities, sessions and past participation have them, whose they are.

    `lines` has for each name the organisation, whether the press made it (and how it read then), and the ids of the
    activities, sessions and other names that it was given to.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="at by lines undone_at undone_by stayed")

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lines = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stayed = models.JSONField(default=list, blank=True)  # what an undo left as it is, in words

    class Meta(SchoolOwned.Meta):
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"names matched on {self.at:%d/%m/%Y}"


class Merge(SchoolOwned):
    """Two organisations were said to be one: which is kept, which has gone into it, and what moved.

    `moved` has the ids of the contacts, conversations, other names, activities and sessions of the one that has gone,
    those that the kept one had before, and the fields that were filled in.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="kept gone at by moved undone_at undone_by stayed")

    kept = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stayed = models.JSONField(default=list, blank=True)  # what was added since, and stays with the kept one, in words

    class Meta(SchoolOwned.Meta):
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"organisation {self.gone_id} into {self.kept_id}"
