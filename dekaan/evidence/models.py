"""Pieces of evidence, the versions of their files, and what a school says of its own about what is asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.programme.models import Activity, Session
from dekaan.schools.models import SchoolOwned


class Evidence(SchoolOwned):
    """One thing that shows that something is so: a file, an address, a record in Dekaan or a statement.

    What it serves is kept by key (`frameworks` and this area's data files), so that it outlives a framework. It is in
    force from its date until its expiry, unless it was set aside.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="title shows kind address session activity report_id criteria themes facts owner dated_on valid_until review "
        "set_aside_on may_name_pupils",
        E="statement",
    )

    class Kind(models.TextChoices):
        FILE = "file", "A file"
        ADDRESS = "address", "An address on the web"
        RECORD = "record", "A record in Dekaan"
        STATEMENT = "statement", "A statement"

    class Review(models.TextChoices):
        TO_CHECK = "to-check", "To be checked"
        CHECKED = "checked", "Checked"
        SET_ASIDE = "set-aside", "Set aside: no longer used"

    title = models.CharField(max_length=200)
    shows = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.URLField(max_length=500, blank=True)
    statement = models.TextField(max_length=4000, blank=True)
    # The record that it points to, one at most; a report stands on a floor above.
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    report_id = models.BigIntegerField(null=True, blank=True)
    criteria = models.JSONField(default=list, blank=True)  # ids, of any framework
    themes = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    dated_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the last day on which it is good
    review = models.CharField(max_length=10, choices=Review, default=Review.TO_CHECK)
    set_aside_on = models.DateField(null=True, blank=True)
    # Whether what is in it may name a pupil: such a piece stays out of the archive unless somebody chooses it.
    may_name_pupils = models.BooleanField(default=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("title", "pk")
        verbose_name_plural = "evidence"
        constraints = (
            models.CheckConstraint(
                condition=Q(review="set-aside", set_aside_on__isnull=False)
                | (~Q(review="set-aside") & Q(set_aside_on__isnull=True)),
                name="evidence_is_set_aside_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.title


class EvidenceFile(SchoolOwned):
    """One version of a piece of evidence's file, sealed in the uploads folder; the newest is the one that counts."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="evidence number stored_as sha256 size ending added_at added_by", E="file_name"
    )

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=120)  # as whoever brought it called it
    ending = models.CharField(max_length=5)  # what it is, told from its content: "pdf"
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("evidence", "-number")
        constraints = (models.UniqueConstraint(fields=["evidence", "number"], name="evidence_version_once"),)

    def __str__(self) -> str:
        return f"version {self.number} of evidence {self.evidence_id}"


class FactTerm(SchoolOwned):
    """For how many months a school takes evidence of a fact to hold, where it is not what is usual."""

    data_classes: ClassVar[dict[str, str]] = classed(P="fact months")

    fact = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField()  # 0: it does not run out

    class Meta(SchoolOwned.Meta):
        ordering = ("fact",)
        constraints = (models.UniqueConstraint(fields=["school", "fact"], name="fact_has_one_term"),)

    def __str__(self) -> str:
        return f"{self.fact}: {self.months} months"
