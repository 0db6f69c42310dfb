"""A strategy or a year's plan, what is in it, and who approved which version of its words."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from dekaan.access.models import User
from dekaan.core.academic_year import today, year_end, year_label, year_start
from dekaan.core.classed import classed
from dekaan.people.models import StaffMember
from dekaan.programme.models import Activity
from dekaan.schools.models import SchoolOwned


class Plan(SchoolOwned):
    """A careers strategy of some years, or the development plan of one; the latter may belong to a strategy."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="kind title first_year last_year vision strategy written_on written_by words_digest"
    )

    class Kind(models.TextChoices):
        STRATEGY = "strategy", "Careers strategy"
        DEVELOPMENT = "development", "Development plan"

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=150)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    vision = models.TextField(max_length=2000, blank=True)
    strategy = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # The day on which its words were written, which may be before they were typed in here.
    written_on = models.DateField()
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Of its words as they are, kept from its first approval on, so that Home can tell that they are others than approved.
    words_digest = models.CharField(max_length=64, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-first_year", "kind", "pk")
        constraints = (
            models.UniqueConstraint(fields=["school", "kind", "first_year"], name="one_plan_of_its_kind_a_year"),
            models.CheckConstraint(
                condition=Q(kind="development", last_year=F("first_year"))
                | Q(kind="strategy", last_year__gte=F("first_year")),
                name="a_plan_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """ "2026/27", or "2026/27 to 2028/29"."""
        first, last = year_label(self.first_year), year_label(self.last_year)
        return first if first == last else f"{first} to {last}"

    @property
    def begins_on(self) -> date:
        """Its first day."""
        return year_start(self.first_year)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return year_end(self.last_year)


class Objective(SchoolOwned):
    """What a plan wants to come true, for which criteria, towards which aim of the whole school, and for pupils what.

    Criteria are kept by id, and so is the version of the framework against which it was written.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="plan number title criteria school_plan outcome")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    criteria = models.JSONField(default=list, blank=True)
    school_plan = models.CharField(max_length=300, blank=True)  # the aim of the whole-school plan, in words
    outcome = models.CharField(max_length=300, blank=True)  # what is different for pupils

    class Meta(SchoolOwned.Meta):
        ordering = ("plan", "number", "pk")
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="objective_has_its_number"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ObjectiveActivity(SchoolOwned):
    """An activity of the programme that serves an objective."""

    data_classes: ClassVar[dict[str, str]] = classed(P="objective activity")

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="links")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("objective", "pk")
        constraints = (models.UniqueConstraint(fields=["objective", "activity"], name="activity_serves_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id} serves {self.objective_id}"


class Action(SchoolOwned):
    """Something to be done for an objective: who, by when, at what cost, and by what one sees that it worked.

    The success is said in words, or read: so many per cent of a part of the pupils meet a criterion. What was read when
    the plan was approved is kept as its baseline: exact, and as it may leave the careers team.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="objective title owner owner_name due_on cost_pence success measure_criterion measure_breakdown measure_value "
        "measure_target ending outcome ended_on moved_to",
        R="baseline",
    )

    class Ending(models.TextChoices):
        OPEN = "open", "Under way"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"
        MOVED = "moved", "Moved to the next plan"

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="actions")
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_name = models.CharField(max_length=150, blank=True)  # somebody who is not on the staff list
    due_on = models.DateField()
    cost_pence = models.PositiveIntegerField(null=True, blank=True)
    success = models.CharField(max_length=300, blank=True)
    measure_criterion = models.CharField(max_length=30, blank=True)
    measure_breakdown = models.CharField(max_length=20, blank=True)
    measure_value = models.CharField(max_length=20, blank=True)
    measure_target = models.PositiveSmallIntegerField(null=True, blank=True)  # per cent
    baseline = models.JSONField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending, default=Ending.OPEN)
    outcome = models.CharField(max_length=500, blank=True)  # what came of it, or why it was dropped
    ended_on = models.DateField(null=True, blank=True)
    moved_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("objective", "due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ending="open", ended_on__isnull=True) | (~Q(ending="open") & Q(ended_on__isnull=False)),
                name="an_action_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(measure_criterion="", measure_target__isnull=True)
                | (~Q(measure_criterion="") & Q(measure_target__gte=1, measure_target__lte=100)),
                name="a_measure_has_its_target",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        """Whose it is; nothing where nobody was named."""
        return str(self.owner) if self.owner else self.owner_name

    @property
    def is_open(self) -> bool:
        """Whether it is neither done, dropped nor moved."""
        return self.ending == self.Ending.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is still open."""
        return self.is_open and self.due_on < today()

    @property
    def cost(self) -> str:
        """ "£250.00"; nothing where nobody said."""
        return "" if self.cost_pence is None else f"£{self.cost_pence // 100:,}.{self.cost_pence % 100:02d}"


class Approval(SchoolOwned):
    """That one version of a plan's words was approved: by whom, in what capacity, on which day. Never changed.

    `words` are those that were approved and `digest` their fingerprint, so that a later change of words is seen.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="plan digest words approved_by capacity approved_on minute entered_by added_at"
    )

    class Capacity(models.TextChoices):
        GOVERNORS = "governors", "The governing body"
        COMMITTEE = "committee", "A committee of governors"
        TRUST = "trust", "The trust's board"
        HEAD = "head", "The headteacher"
        LINE_MANAGER = "line-manager", "The senior line manager"

    OF_GOVERNORS = frozenset({"governors", "committee", "trust"})

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="approvals")
    digest = models.CharField(max_length=64)
    words = models.JSONField(default=dict)
    approved_by = models.CharField(max_length=150)
    capacity = models.CharField(max_length=12, choices=Capacity)
    approved_on = models.DateField()
    minute = models.CharField(max_length=200, blank=True)  # where it is minuted
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-approved_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} ({self.approved_by}), {self.approved_on:%-d %B %Y}"

    @property
    def is_of_governors(self) -> bool:
        """Whether governors gave it."""
        return self.capacity in self.OF_GOVERNORS
