"""Schemes of work with their owners and lessons, what was planned from a lesson, and observations."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.core.academic_year import months_after, today
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.programme.models import Activity, LearningOutcome, Session
from dekaan.schemes.holding import holds_months
from dekaan.schools.models import SchoolOwned


def years_in_words(year_groups: list[int]) -> str:
    """ "Year 9", "Years 7 and 8", "Years 7, 8 and 9"; nothing for none."""
    said = [str(each) for each in sorted(year_groups)]
    if len(said) < 2:
        return f"Year {said[0]}" if said else ""
    return f"Years {', '.join(said[:-1])} and {said[-1]}"


class Scheme(SchoolOwned):
    """A course of careers lessons that some year groups are taught, of no year in particular."""

    data_classes: ClassVar[dict[str, str]] = classed(P="title purpose year_groups given_up_on")

    title = models.CharField(max_length=120)
    purpose = models.TextField(max_length=1000, blank=True)
    year_groups = models.JSONField(default=list, blank=True)
    given_up_on = models.DateField(null=True, blank=True)  # from that day it is kept and no longer offered

    class Meta(SchoolOwned.Meta):
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """Who is taught it, in words."""
        return years_in_words(self.year_groups)


class SchemeOwner(SchoolOwned):
    """A colleague whose scheme it is, perhaps with others: each may change it once they have an account."""

    data_classes: ClassVar[dict[str, str]] = classed(P="scheme staff")

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="owners")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["scheme", "staff"], name="owns_a_scheme_once"),)

    def __str__(self) -> str:
        return f"owner {self.staff_id} of scheme {self.scheme_id}"


class SchemeLesson(SchoolOwned):
    """One lesson of a scheme, in its place: what is taught, with what, and what it counts towards.

    It is planned as an activity of a kind that the person chooses then; `activity_type` is the usual one.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="scheme place title half_term minutes taught resources criteria learning_areas"
    )
    activity_type: ClassVar[str] = "LESSON"
    partner_kind: ClassVar[str] = ""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="lessons")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    half_term = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    taught = models.TextField(max_length=2000, blank=True)
    resources = models.TextField(max_length=1500, blank=True)  # words and addresses
    criteria = models.BigIntegerField(default=0)  # mask, from the registry of criteria
    learning_areas = models.JSONField(default=list, blank=True)  # by key

    class Meta(SchoolOwned.Meta):
        ordering = ("scheme", "place", "pk")

    def __str__(self) -> str:
        return self.title


class LessonOutcome(SchoolOwned):
    """One of the school's own learning outcomes that a lesson is meant to reach."""

    data_classes: ClassVar[dict[str, str]] = classed(P="lesson outcome")

    lesson = models.ForeignKey(SchemeLesson, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.ForeignKey(LearningOutcome, on_delete=models.PROTECT, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["lesson", "outcome"], name="lesson_reaches_an_outcome_once"),)

    def __str__(self) -> str:
        return f"outcome {self.outcome_id} of lesson {self.lesson_id}"


class LessonPlan(SchoolOwned):
    """That an activity of the programme was planned from a lesson; when and for whom is said there alone."""

    data_classes: ClassVar[dict[str, str]] = classed(P="lesson activity")

    lesson = models.ForeignKey(SchemeLesson, on_delete=models.CASCADE, related_name="plans")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["lesson", "activity"], name="planned_from_a_lesson_once"),)

    def __str__(self) -> str:
        return f"activity {self.activity_id} from lesson {self.lesson_id}"


class Observation(SchoolOwned):
    """What somebody saw of the programme on a day, what was good and to work on, and what is done about it.

    It is evidence by itself, for as long as the data file says, of the criteria and themes that it serves; both are kept
    by key, so that it outlives a framework. Its action is followed until it is done, or dropped with a reason.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="kind seen_on seen_by visitor session lesson of_what year_groups criteria themes seen good to_work_on "
        "action action_who action_due_on action_done_on action_dropped_on action_dropped_because"
    )

    class Kind(models.TextChoices):
        WALK = "walk", "Learning walk"
        LESSON = "lesson", "Lesson observed"
        WORK = "work", "Pupils’ work looked at"
        TALK = "talk", "Talk with pupils about their learning"

    kind = models.CharField(max_length=6, choices=Kind)
    seen_on = models.DateField()
    seen_by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    visitor = models.CharField(max_length=120, blank=True)  # name and role of somebody not on the staff
    # Of what: a session or a lesson of a scheme, and what the words say.
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lesson = models.ForeignKey(SchemeLesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    of_what = models.CharField(max_length=150, blank=True)
    year_groups = models.JSONField(default=list, blank=True)
    criteria = models.JSONField(default=list, blank=True)  # ids, of any framework
    themes = models.JSONField(default=list, blank=True)
    seen = models.TextField(max_length=4000)
    good = models.TextField(max_length=2000, blank=True)
    to_work_on = models.TextField(max_length=2000, blank=True)
    action = models.CharField(max_length=300, blank=True)
    action_who = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    action_due_on = models.DateField(null=True, blank=True)
    action_done_on = models.DateField(null=True, blank=True)
    action_dropped_on = models.DateField(null=True, blank=True)
    action_dropped_because = models.CharField(max_length=200, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-seen_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(lesson__isnull=True), name="observed_one_thing_at_most"
            ),
            models.CheckConstraint(
                condition=Q(action_due_on__isnull=True) | ~Q(action=""), name="a_day_has_its_action"
            ),
            models.CheckConstraint(
                condition=Q(action_done_on__isnull=True, action_dropped_on__isnull=True)
                | (~Q(action="") & (Q(action_done_on__isnull=True) | Q(action_dropped_on__isnull=True))),
                name="an_action_is_done_or_dropped",
            ),
        )
        indexes = (models.Index(fields=["school", "seen_on"]),)

    def __str__(self) -> str:
        return self.title

    @property
    def of(self) -> str:
        """Of what it was, in words; nothing where nobody said."""
        thing = f"{self.session.title}, {self.session.held_on:%-d %B %Y}" if self.session else ""
        thing = f"{self.lesson.title} ({self.lesson.scheme})" if self.lesson else thing
        return "; ".join(each for each in (thing, self.of_what) if each)

    @property
    def title(self) -> str:
        """What it is called in a list: "Learning walk: options assemblies", "Lesson observed, Year 9"."""
        name, of = self.get_kind_display(), self.of
        years = years_in_words(self.year_groups)
        return f"{name}: {of}" if of else f"{name}, {years}" if years else name

    @property
    def who(self) -> str:
        """Who saw it: a colleague, a visitor by name and role, or both."""
        return " and ".join(str(each) for each in (self.seen_by, self.visitor) if each)

    @property
    def valid_until(self) -> date:
        """The last day on which it is good as evidence."""
        return months_after(self.seen_on, holds_months())

    @property
    def action_state(self) -> str:
        """ "open", "overdue", "done" or "dropped"; nothing where nothing is to be done."""
        if self.action_done_on or self.action_dropped_on:
            return "done" if self.action_done_on else "dropped"
        if self.action_due_on is None:
            return ""
        return "overdue" if self.action_due_on < today() else "open"


class ThemeName(SchoolOwned):
    """What a school calls a theme whose name is not known to us."""

    data_classes: ClassVar[dict[str, str]] = classed(P="theme name")

    theme = models.CharField(max_length=40)
    name = models.CharField(max_length=100)

    class Meta(SchoolOwned.Meta):
        ordering = ("theme",)
        constraints = (models.UniqueConstraint(fields=["school", "theme"], name="theme_is_named_once"),)

    def __str__(self) -> str:
        return self.name
