"""Import runs, their lines, what they changed, and how each school's columns are remembered."""

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.exchange.fields import KINDS
from dekaan.people.models import Pupil
from dekaan.schools.models import SchoolOwned


class Decision(models.TextChoices):
    """What a line of a file becomes."""

    JOINS = "joins", "Joins"
    CHANGES = "changes", "Changes"
    UNCHANGED = "unchanged", "Unchanged"
    RETURNS = "returns", "Returns"
    LEAVES = "leaves", "Leaves"
    KEPT = "kept", "Not in the file, but a date is known"
    DOUBTFUL = "doubtful", "Doubtful: is it the same person?"
    REFUSED = "refused", "Refused"
    SET_ASIDE = "set-aside", "Set aside: not a row of the list"


# Lines of which something is written when the run is confirmed.
RECORDED = (Decision.JOINS, Decision.CHANGES, Decision.RETURNS, Decision.LEAVES)


class ImportRun(SchoolOwned):
    """One file on its way in."""

    data_classes: ClassVar[dict[str, str]] = classed(
        D="kind file_name stored_as sha256 coverage whole_roll coverage_reason state percent_done problem meanings "
        "switched_on day_first notes sent_elsewhere held counts moved_at leased_until leased_by started_at started_by "
        "committed_at committed_by undone_at undone_by ambiguous_date kept_in_undo",
        P="occasions",
        S3="columns",
    )

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        COLUMNS = "columns", "Columns to be checked"
        STAGING = "staging", "Being compared"
        PREVIEW = "preview", "Preview ready"
        COMMITTING = "committing", "Being recorded"
        DONE = "done", "Done"
        UNDONE = "undone", "Undone"
        REFUSED = "refused", "Refused"

    kind = models.CharField(
        max_length=20,
        choices=[*((key, name) for key, (name, _) in KINDS.items()), ("rollover", "The new academic year")],
    )
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=200, blank=True)  # in the uploads folder; empty once deleted
    sha256 = models.CharField(max_length=64, blank=True)
    # What a person said of the file: "all", "some", or nothing, so that it is worked out from the file.
    coverage = models.CharField(max_length=4, blank=True)
    # What it is taken as: only where it lists everybody on the roll does somebody missing from it leave.
    whole_roll = models.BooleanField(default=False)
    coverage_reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    percent_done = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    columns = models.JSONField(default=list)  # place, letters, heading, examples
    meanings = models.JSONField(default=dict)  # place → field
    switched_on = models.JSONField(default=list)  # sensitive fields that a person let in
    # Past participation: place → date and kind of activity. Destinations: moment, source, day, sender, words.
    occasions = models.JSONField(default=dict)
    day_first = models.BooleanField(null=True)  # None: nothing ambiguous, or not asked yet
    ambiguous_date = models.CharField(max_length=40, blank=True)  # the example to ask about
    notes = models.JSONField(default=list)
    sent_elsewhere = models.CharField(max_length=200, blank=True)  # a transfer file that names another school
    held = models.JSONField(default=list)  # reasons to stop for a Careers Leader
    counts = models.JSONField(default=dict)  # decision → lines
    moved_at = models.DateTimeField(auto_now=True)  # when its state or its progress last moved
    leased_until = models.DateTimeField(null=True)  # a worker has it in hand; after that another may take it up
    leased_by = models.CharField(max_length=36, blank=True)  # the job that has it in hand: it may go on at once
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_in_undo = models.JSONField(default=list)  # who was not undone, and what was built on them

    class Meta(SchoolOwned.Meta):
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Whatever is saved of a run, it has moved."""
        if update_fields is not None:
            update_fields = {*update_fields, "moved_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def batch(self) -> str:
        """What ledger rows of this run carry."""
        return f"import-{self.pk}"


class ImportLine(SchoolOwned):
    """One row of the file (or a pupil missing from it), with what it becomes and why."""

    data_classes: ClassVar[dict[str, str]] = classed(
        D="run sheet_row decision column choice recorded target_id who pupil candidates reason warnings",
        S3="values changes",
    )

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    sheet_row = models.PositiveIntegerField(null=True)
    decision = models.CharField(max_length=10, choices=Decision)
    reason = models.CharField(max_length=500, blank=True)
    column = models.CharField(max_length=120, blank=True)  # the column that a refusal is about
    who = models.CharField(max_length=220, blank=True)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    changes = models.JSONField(default=list, encoder=DjangoJSONEncoder)  # [field, old, new]
    warnings = models.JSONField(default=list)
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.CASCADE, related_name="+")
    target_id = models.BigIntegerField(null=True)  # a member of staff, for the staff list
    candidates = models.JSONField(default=list)  # ids of pupils whom it may be
    choice = models.CharField(max_length=20, blank=True)  # "new", "skip" or the id of the pupil chosen
    recorded = models.BooleanField(default=False)

    class Meta(SchoolOwned.Meta):
        ordering = ("sheet_row", "pk")
        indexes = (models.Index(fields=["run", "decision"]),)

    def __str__(self) -> str:
        return f"row {self.sheet_row}: {self.decision}"


class UndoPage(SchoolOwned):
    """A page of the rows that a run wrote, in order: for each its model, key, owner, and fields before and after."""

    data_classes: ClassVar[dict[str, str]] = classed(D="run", S3="rows")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="undo_pages")
    rows: Any = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{len(self.rows)} rows of run {self.run_id}"


class Mapping(SchoolOwned):
    """How a school's file of one kind is read, remembered from the last time."""

    data_classes: ClassVar[dict[str, str]] = classed(
        D="kind sender meanings fingerprint switched_on day_first answers saved_at saved_by",
    )

    kind = models.CharField(max_length=20)
    sender = models.CharField(max_length=100, blank=True)  # of destinations: which council or college
    meanings = models.JSONField(default=dict)  # plain heading → field
    fingerprint = models.TextField()
    switched_on = models.JSONField(default=list)
    day_first = models.BooleanField(null=True)
    answers: Any = models.JSONField(default=dict)  # of destinations: whose word it is, and what the sender's words mean
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("kind", "sender")
        constraints = (
            models.UniqueConstraint(fields=["school", "kind", "sender"], name="columns_remembered_once_a_sender"),
        )

    def __str__(self) -> str:
        return f"columns of {self.kind}"


class PastOccasion(SchoolOwned):
    """Something that happened before Dekaan, known from a list: what rows of the ledger of kind *history* point at."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="run title happened_on activity_type mode partner_name partner_kind",
    )

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="past_occasions")
    title = models.CharField(max_length=200)
    happened_on = models.DateField()
    activity_type = models.CharField(max_length=10)
    mode = models.CharField(max_length=14, blank=True)
    partner_name = models.CharField(max_length=200, blank=True)
    partner_kind = models.CharField(max_length=30, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("happened_on", "title")

    def __str__(self) -> str:
        return f"{self.title}, {self.happened_on}"


class OutgoingSheet(SchoolOwned):
    """The columns of a council's own sheet, in its order, and which of ours stands in each."""

    data_classes: ClassVar[dict[str, str]] = classed(D="name columns saved_at saved_by")

    name = models.CharField(max_length=100)
    columns: Any = models.JSONField(default=list)  # heading and key, "" where the column stays blank
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="a_sheet_of_each_name"),)

    def __str__(self) -> str:
        return self.name
