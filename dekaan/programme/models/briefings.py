"""What the teacher or tutor who delivers an activity is told of it."""

from typing import ClassVar

from django.db import models

from dekaan.core.classed import classed
from dekaan.programme.models.sessions import Activity
from dekaan.schools.models import SchoolOwned


class Briefing(SchoolOwned):
    """What an activity's briefing sheet says in the school's own words; what is empty is said in the usual ones."""

    data_classes: ClassVar[dict[str, str]] = classed(P="activity purpose before during after to_return")

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="briefing")
    purpose = models.TextField(blank=True, max_length=600)
    before = models.TextField(blank=True, max_length=600)
    during = models.TextField(blank=True, max_length=600)
    after = models.TextField(blank=True, max_length=600)
    to_return = models.TextField(blank=True, max_length=600)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"briefing for {self.activity_id}"
