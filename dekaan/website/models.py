"""Where the school's careers page is, and each check of it."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.schools.models import SchoolOwned


class WatchedWebsite(SchoolOwned):
    """Where the school's own careers page is: its host is the only one that is ever visited. One of a school."""

    data_classes: ClassVar[dict[str, str]] = classed(P="address set_on")

    address = models.CharField(max_length=500)
    set_on = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["school"], name="one_website_is_watched"),)

    def __str__(self) -> str:
        return self.address


class WebsiteCheck(SchoolOwned):
    """One check of the website, or of a page that somebody saved: what was read, what was found, which links are broken."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="how state is_weekly address asked_by asked_at moved_at finished_at step pages leased_until leased_by unread "
        "findings documents broken words_read set_aside_at"
    )

    class How(models.TextChoices):
        VISIT = "visit", "Visited"
        SAVED = "saved", "Read from a saved page"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the worker"
        VISITING = "visiting", "On its way"
        DONE = "done", "Done"

    how = models.CharField(max_length=5, choices=How, default=How.VISIT)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    is_weekly = models.BooleanField(default=False)
    address = models.CharField(max_length=500)  # of the website, or the saved file's name
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=200, blank=True)  # what is being read just now
    pages = models.PositiveSmallIntegerField(default=0)  # how many have been read
    leased_until = models.DateTimeField(null=True, blank=True)  # in a worker's hand until then
    leased_by = models.CharField(max_length=36, blank=True)
    unread = models.CharField(max_length=20, blank=True)  # why nothing at all could be read
    findings = models.JSONField(default=list)  # of each item: state, sentence, how sure, what to paste
    documents = models.JSONField(default=list)  # what was read, and what could not be
    broken = models.JSONField(default=list)  # links that lead nowhere
    words_read = models.JSONField(default=list)  # what was read, to be judged again; of what counts now only
    set_aside_at = models.DateTimeField(null=True, blank=True)  # a saved page that no longer counts

    class Meta(SchoolOwned.Meta):
        ordering = ("-asked_at", "-pk")
        indexes = (models.Index(fields=["school", "-asked_at"]),)

    def __str__(self) -> str:
        return f"website check {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end."""
        return self.state == self.State.DONE
