"""What is asked of whom, what was answered, and what was learnt and changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import OpenedByLink
from dekaan.core.academic_year import today, year_label
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.programme.models import Activity, Session
from dekaan.schools.models import SchoolOwned


class Asked(models.TextChoices):
    """Who answers."""

    PUPILS = "pupils", "Pupils"
    STAFF = "staff", "Teachers and other staff"
    CARERS = "carers", "Parents and carers"
    EMPLOYERS = "employers", "Employers and providers"
    ADVISERS = "advisers", "Careers advisers"
    GOVERNORS = "governors", "Governors"


class OwnKind(models.TextChoices):
    """What a question of the school's own asks for."""

    SCALE = "scale", "A step on the scale"
    LINE = "line", "A line of their own words"


class OwnWording(SchoolOwned):
    """What a school makes of a questionnaire: questions switched off, and up to two of its own."""

    data_classes: ClassVar[dict[str, str]] = classed(P="off own_1 own_1_kind own_2 own_2_kind")

    off = models.CharField(max_length=200, blank=True)  # keys of questions, with spaces between them
    own_1 = models.CharField(max_length=160, blank=True)
    own_1_kind = models.CharField(max_length=5, choices=OwnKind, default=OwnKind.SCALE)
    own_2 = models.CharField(max_length=160, blank=True)
    own_2_kind = models.CharField(max_length=5, choices=OwnKind, default=OwnKind.SCALE)

    class Meta(SchoolOwned.Meta):
        abstract = True


class SchoolWording(OwnWording):
    """How the school asks a questionnaire from now on; what is open already stays as it was opened."""

    data_classes: ClassVar[dict[str, str]] = OwnWording.data_classes | classed(P="questionnaire")

    questionnaire = models.CharField(max_length=30)

    class Meta(SchoolOwned.Meta):
        ordering = ("questionnaire",)
        constraints = (models.UniqueConstraint(fields=["school", "questionnaire"], name="one_wording_each"),)

    def __str__(self) -> str:
        return self.questionnaire


class Collection(OwnWording, OpenedByLink):
    """One questionnaire, asked of one audience about an activity, a session or the year, until a day.

    Version and wording stay as they were when it was opened.
    """

    purpose = "dekaan.quality.link"

    class Moment(models.TextChoices):
        """Before and after something, on the same questions."""

        BEFORE = "before", "Before"
        AFTER = "after", "After"

    data_classes: ClassVar[dict[str, str]] = (
        OwnWording.data_classes
        | OpenedByLink.data_classes
        | classed(
            P="questionnaire version audience activity session academic_year year_group moment asks_group invited "
            "opened_on closes_on"
        )
    )

    questionnaire = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=Asked)
    # The activity stands beside its session, so that what was said of an activity is one question to the database.
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="collections")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="collections")
    academic_year = models.PositiveSmallIntegerField()
    year_group = models.PositiveSmallIntegerField(null=True, blank=True)  # of everybody asked; else each says theirs
    moment = models.CharField(max_length=6, choices=Moment, blank=True)
    asks_group = models.BooleanField(default=False)
    invited = models.PositiveSmallIntegerField(null=True, blank=True)  # null where nobody knows how many were asked
    opened_on = models.DateField()
    closes_on = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("-opened_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opened_on")), name="open_for_a_day_at_least"),
        )
        indexes = (models.Index(fields=["school", "link_hash"]), models.Index(fields=["school", "academic_year"]))

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.about}"

    @property
    def about(self) -> str:
        """What it is about, in a few words."""
        if self.session:
            words = f"{self.session.activity.title}, {self.session.held_on:%-d %B %Y}"
        elif self.activity:
            words = f"{self.activity.title}, {year_label(self.academic_year)}"
        else:
            words = f"The year {year_label(self.academic_year)}"
        words += f", Year {self.year_group}" if self.year_group else ""
        return f"{words} ({self.get_moment_display().lower()})" if self.moment else words

    @property
    def is_open(self) -> bool:
        """Whether somebody may still answer: it opens at once and ends after its day."""
        return self.closes_on >= today()


class Answer(SchoolOwned):
    """What one person answered, whoever they are: no name, no account, no device, and the day but no time of day.

    Nobody changes it. `once` is of the page that it was sent from, so that a page is sent once.
    """

    may_update: ClassVar[list[str]] = []

    class CameBy(models.TextChoices):
        """How it came."""

        LINK = "link", "By the link"
        PAPER = "paper", "On paper, typed back"

    data_classes: ClassVar[dict[str, str]] = classed(R="collection came_by sheet year_group group given_on once")

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="answers")
    came_by = models.CharField(max_length=5, choices=CameBy)
    sheet = models.PositiveSmallIntegerField(null=True, blank=True)  # the number on the paper
    year_group = models.PositiveSmallIntegerField(null=True, blank=True)  # both as they chose to say
    group = models.CharField(max_length=30, blank=True)
    given_on = models.DateField()
    once = models.CharField(max_length=32, null=True, blank=True)  # noqa: DJ001 unique where there is one

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["collection", "once"], name="a_page_is_sent_once"),
            models.UniqueConstraint(fields=["collection", "sheet"], name="a_sheet_is_typed_once"),
        )

    def __str__(self) -> str:
        return f"to collection {self.collection_id}"


class Mark(SchoolOwned):
    """The step or the choice that one answer gives to one question, counted from 1. Nobody changes it."""

    may_update: ClassVar[list[str]] = []
    data_classes: ClassVar[dict[str, str]] = classed(R="answer question value")

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="marks")
    question = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField()

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["answer", "question"], name="a_question_is_answered_once"),)

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class Line(SchoolOwned):
    """What somebody wrote in their own words: seen by the careers team only, and taken out where it names anybody."""

    data_classes: ClassVar[dict[str, str]] = classed(R="collection answer question words")

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="lines")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="lines")
    question = models.CharField(max_length=20)
    words = models.CharField(max_length=500)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["answer", "question"], name="a_line_is_written_once"),)

    def __str__(self) -> str:
        return f"a line of answer {self.answer_id}"


class Evaluation(SchoolOwned):
    """Looking back on a term or a year: what was looked at, what was learnt, and what is changed because of it."""

    class Span(models.TextChoices):
        """What it looks back on."""

        AUTUMN = "autumn", "Autumn term"
        SPRING = "spring", "Spring term"
        SUMMER = "summer", "Summer term"
        YEAR = "year", "The whole year"

    data_classes: ClassVar[dict[str, str]] = classed(P="academic_year span written_on also_looked_at learnt")

    academic_year = models.PositiveSmallIntegerField()
    span = models.CharField(max_length=6, choices=Span, default=Span.YEAR)
    written_on = models.DateField()
    also_looked_at = models.TextField(max_length=2000, blank=True)
    learnt = models.TextField(max_length=4000)

    class Meta(SchoolOwned.Meta):
        ordering = ("-academic_year", "-written_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_span_display()} {year_label(self.academic_year)}"


class LookedAt(SchoolOwned):
    """A collection that an evaluation looked at."""

    data_classes: ClassVar[dict[str, str]] = classed(P="evaluation collection")

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="looked_at")
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name_plural = "looked at"
        constraints = (models.UniqueConstraint(fields=["evaluation", "collection"], name="looked_at_once"),)

    def __str__(self) -> str:
        return f"collection {self.collection_id} in evaluation {self.evaluation_id}"


class Improvement(SchoolOwned):
    """One thing that is done differently after an evaluation: what, by whom, until when, and whether it is done."""

    data_classes: ClassVar[dict[str, str]] = classed(P="evaluation what who due_on done_on")

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="improvements")
    what = models.CharField(max_length=300)
    who = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.what

    @property
    def is_overdue(self) -> bool:
        """Whether its day is over and it is not done."""
        return self.done_on is None and self.due_on < today()
