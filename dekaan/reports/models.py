"""A report, and the figures that it froze."""

import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import GovernorsApproval, OpenedByLink, User
from dekaan.core.academic_year import today
from dekaan.core.classed import classed
from dekaan.schools.models import SchoolOwned


class Term(models.TextChoices):
    """What a school's year is made of."""

    AUTUMN = "autumn", "Autumn term"
    SPRING = "spring", "Spring term"
    SUMMER = "summer", "Summer term"


class Report(SchoolOwned):
    """One paper, issued: its words and figures stand still whatever becomes of the records.

    A wrong one is withdrawn: it stays in the list and says so, and its PDF is still what was issued. Word and slides were
    made of the same content in the same press; a summary for senior leaders has neither.
    """

    class Kind(models.TextChoices):
        """For whom it is."""

        GOVERNORS = "governors", "Report to governors"
        LEADERS = "leaders", "Summary for senior leaders"

    HEAVY: ClassVar[tuple[str, ...]] = ("pdf", "word", "slides", "content")  # what a list does not read
    data_classes: ClassVar[dict[str, str]] = classed(
        R="kind title academic_year term figures_on summary concerns asks content pdf word slides issued_at issued_by "
        "withdrawn_at withdrawn_by withdrawn_because",
    )

    kind = models.CharField(max_length=9, choices=Kind, default=Kind.GOVERNORS)
    title = models.CharField(max_length=120)
    academic_year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6, choices=Term, default=Term.AUTUMN)
    figures_on = models.DateField()
    summary = models.TextField("What governors should know", blank=True, max_length=1500)
    concerns = models.TextField("What worries us", blank=True, max_length=1500)
    asks = models.TextField("What we ask of governors", blank=True, max_length=1500)
    content = models.JSONField()  # what the paper says
    pdf = models.BinaryField()
    word = models.BinaryField(default=bytes)
    slides = models.BinaryField(default=bytes)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="withdrawn_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        """Whether somebody has taken it back."""
        return self.withdrawn_at is not None

    @property
    def digest(self) -> str:
        """What its PDF is known by, so that whoever approved it approved that one."""
        return hashlib.sha256(bytes(self.pdf)).hexdigest()


class FrozenFigure(SchoolOwned):
    """One figure as a report gave it, with numerator, denominator, unknowns, source and day. None where it was hidden.

    `framework` is the version of the benchmarks, or what else it was counted by: duties, a set of questions, hours. `says` is
    its word (the band), or the whole figure as the paper words it where it is no count of anything: an amount, a share that
    somebody published.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        R="report framework criterion academic_year breakdown value met of unknown assumed says on source",
    )

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    framework = models.CharField(max_length=30)
    criterion = models.CharField(max_length=20)
    academic_year = models.PositiveSmallIntegerField()
    breakdown = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    met = models.IntegerField(null=True)
    of = models.IntegerField(null=True)
    unknown = models.IntegerField(null=True)
    assumed = models.IntegerField(null=True)
    says = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    source = models.CharField(max_length=60, blank=True)  # where it was counted

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.criterion} {self.breakdown} {self.value}: {self.met} of {self.of}"


class Whom(models.TextChoices):
    """To whom a paper is handed."""

    GOVERNORS = "governors", "Governors"
    LEADERS = "leaders", "Senior leaders"
    TRUST = "trust", "The trust"
    INSPECTORS = "inspectors", "Inspectors"
    STAFF = "staff", "All staff"
    OTHERS = "others", "Somebody else"


class Handed(SchoolOwned):
    """A paper was handed to somebody on a day, in one form: a line of the report log, by a person's act.

    A line that was wrong is taken back: it stays, and says so.
    """

    class Form(models.TextChoices):
        """In which form."""

        PDF = "pdf", "PDF"
        PAPER = "paper", "Printed"
        WORD = "word", "Word"
        SLIDES = "slides", "Slides"
        LINK = "link", "By a link"
        PAGE = "page", "Shown on the screen"

    data_classes: ClassVar[dict[str, str]] = classed(
        R="report form handed_on noted_at noted_by taken_back_at taken_back_by", P="whom named"
    )

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="handed")
    whom = models.CharField(max_length=10, choices=Whom)
    named = models.CharField(max_length=80, blank=True)  # a person or a body, where it is said
    form = models.CharField(max_length=6, choices=Form)
    handed_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("-handed_on", "-pk")
        verbose_name_plural = "handed"

    def __str__(self) -> str:
        return f"{self.get_whom_display()} on {self.handed_on}"


class ApprovalLink(OpenedByLink):
    """The link by which one named governor reads one paper without an account, and says that it arrived or is approved.

    It opens nothing else, until a day, or until somebody ends it. What was said is of the PDF of that digest.
    """

    class Said(models.TextChoices):
        """What the governor said."""

        RECEIVED = "received", "Received"
        APPROVED = "approved", "Approved"
        NOT_APPROVED = "not", "Not approved"

    purpose = "dekaan.reports.approval"
    data_classes: ClassVar[dict[str, str]] = OpenedByLink.data_classes | classed(
        R="report open_until made_at made_by ended_at ended_by said said_on digest",
        P="said_by capacity comment",
    )

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="links")
    said_by = models.CharField("The governor's name", max_length=80)
    capacity = models.CharField(max_length=80)  # "Chair of governors"
    open_until = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said = models.CharField(max_length=8, choices=Said, blank=True)
    said_on = models.DateField(null=True, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta(OpenedByLink.Meta):
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(said="", said_on__isnull=True) | (~Q(said="") & Q(said_on__isnull=False)),
                name="said_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"link to report {self.report_id}"

    @property
    def is_open(self) -> bool:
        """Whether the link opens the paper today."""
        return self.ended_at is None and self.open_until >= today()

    @property
    def is_final(self) -> bool:
        """Whether the governor has approved, or said that they do not: that stands."""
        return self.said in {self.Said.APPROVED, self.Said.NOT_APPROVED}


class ReportApproval(GovernorsApproval):
    """Governors approved one paper at a meeting, in their capacity, as the minutes say; of the PDF of that digest."""

    class Capacity(models.TextChoices):
        """Who approved it."""

        GOVERNORS = "governors", "The governing body"
        COMMITTEE = "committee", "A committee of governors"
        TRUST = "trust", "The trust's board"

    data_classes: ClassVar[dict[str, str]] = GovernorsApproval.data_classes | classed(R="report capacity minute digest")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="approvals")
    capacity = models.CharField(max_length=10, choices=Capacity)
    minute = models.CharField(max_length=200, blank=True)  # where it is minuted
    digest = models.CharField(max_length=64)

    class Meta(GovernorsApproval.Meta):
        abstract = False
