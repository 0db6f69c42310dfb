"""Who reads the own sessions in a calendar of their own."""

from django.db import models

from dekaan.access.models import User
from dekaan.schools.models import School


class CalendarFeed(models.Model):
    """An address that gives one person's sessions at one school to the calendar on their telephone, without signing in.

    Not school-owned: it is found by its token before any scope exists. Of the token only the hash is kept.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    # The person's round of sessions as it was: when a role ends or everything is signed out, the address is dead too.
    session_round = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["user", "school"], name="one_calendar_address_a_person"),)

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
