"""Budgets, what is allocated, planned and spent; service agreements and the days of an adviser; what things cost here."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.budget.money import Money
from dekaan.core.academic_year import year_label
from dekaan.core.classed import classed
from dekaan.core.numbers import plain
from dekaan.partners.models import Contact, Organisation
from dekaan.people.models import StaffMember
from dekaan.programme.models import Activity, Session
from dekaan.schools.models import SchoolOwned

_WRITTEN = " recorded_at recorded_by superseded_by undone_at undone_by"


class Written(SchoolOwned):
    """A row that is written once. A correction is another row, which takes its place; to undo it brings the one before back.

    It stands while none has taken its place and nobody has taken it back.
    """

    superseded_by_id: int | None

    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        abstract = True

    @property
    def stands(self) -> bool:
        """Whether it is what holds now."""
        return self.superseded_by_id is None and self.undone_at is None


STANDING = Q(superseded_by__isnull=True, undone_at__isnull=True)


class Budget(SchoolOwned):
    """The money for careers of one year: an academic year, or a financial one, whose dates are said."""

    data_classes: ClassVar[dict[str, str]] = classed(P="kind starts_on ends_on")

    class Kind(models.TextChoices):
        ACADEMIC = "academic", "Academic year"
        FINANCIAL = "financial", "Financial year"

    kind = models.CharField(max_length=10, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("-starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="a_budget_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        if self.kind == self.Kind.ACADEMIC:
            return f"Budget {year_label(self.starts_on.year)}"
        return f"Budget {self.starts_on:%B %Y} to {self.ends_on:%B %Y}"

    @property
    def dates(self) -> str:
        """ "1 September 2026 to 31 August 2027"."""
        return f"{self.starts_on:%-d %B %Y} to {self.ends_on:%-d %B %Y}"

    def holds(self, day: date) -> bool:
        """Whether the day is of its year."""
        return self.starts_on <= day <= self.ends_on


class Allocation(Written):
    """A sum that somebody gave to a budget: from where, and who agreed it on which day."""

    data_classes: ClassVar[dict[str, str]] = classed(P="budget pence source source_said agreed_by agreed_on" + _WRITTEN)

    class Source(models.TextChoices):
        SCHOOL = "school", "The school’s own budget"
        TRUST = "trust", "The trust"
        GRANT = "grant", "A grant or bid"
        HUB = "hub", "The careers hub or authority"
        GIFT = "gift", "A sponsor or parents’ association"
        OTHER = "other", "Somebody else"

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="allocations")
    pence = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=Source)
    source_said = models.CharField(max_length=200, blank=True)  # the grant's name, the cost centre
    agreed_by = models.CharField(max_length=200)  # a name, and in what capacity
    agreed_on = models.DateField()

    class Meta(Written.Meta):
        ordering = ("agreed_on", "pk")
        constraints = (models.CheckConstraint(condition=Q(pence__gt=0), name="something_is_allocated"),)

    def __str__(self) -> str:
        return f"{Money(self.pence)} agreed on {self.agreed_on:%-d %B %Y}"

    @property
    def money(self) -> Money:
        """How much."""
        return Money(self.pence)


class BudgetLine(SchoolOwned):
    """What a part of a budget is for, and how much of it is planned."""

    data_classes: ClassVar[dict[str, str]] = classed(P="budget what_for title planned")

    class WhatFor(models.TextChoices):
        ADVISER = "adviser", "Adviser days"
        TRANSPORT = "transport", "Transport"
        COVER = "cover", "Cover for lessons"
        AWARDS = "awards", "Awards and accreditation"
        SOFTWARE = "software", "Software and subscriptions"
        FEES = "fees", "Fees and entry"
        OTHER = "other", "Other"

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    what_for = models.CharField(max_length=10, choices=WhatFor)
    title = models.CharField(max_length=100)
    planned = models.PositiveIntegerField(default=0)  # pence

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class Agreement(SchoolOwned):
    """A service that is commissioned, or comes free: with whom, for what, until when, and who looks after it.

    Whether an adviser is qualified and independent stands with the adviser among the staff, where the duty of
    independent guidance reads it. A renewal is an agreement of its own, which names the one that it renews.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="title organisation is_free cost value_in_kind scope deliverables starts_on renewal_on notice_on ended_on "
        "quality_mark quality_mark_until checks_seen_by checks_seen_on review_on review_outcome days_bought adviser "
        "owner renews added_on added_by",
        X="with_whom contact checks_said",
    )

    title = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    with_whom = models.CharField(max_length=200, blank=True)  # where it is none of the directory
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_free = models.BooleanField(default=False)
    cost = models.PositiveIntegerField(null=True, blank=True)  # pence, for its whole time
    value_in_kind = models.PositiveIntegerField(null=True, blank=True)  # pence: what it would cost, were it not free
    scope = models.TextField(max_length=2000, blank=True)
    deliverables = models.TextField(max_length=2000, blank=True)
    starts_on = models.DateField()
    renewal_on = models.DateField()  # its last day, unless it is renewed
    notice_on = models.DateField(null=True, blank=True)  # the last day on which notice can be given
    ended_on = models.DateField(null=True, blank=True)  # the last day, where it was ended before its time
    quality_mark = models.CharField(max_length=100, blank=True)
    quality_mark_until = models.DateField(null=True, blank=True)
    checks_said = models.CharField(max_length=200, blank=True)
    checks_seen_by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    checks_seen_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    review_outcome = models.TextField(max_length=2000, blank=True)
    days_bought = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    adviser = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    renews = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_by")
    added_on = models.DateField()
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("title", "-starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(renewal_on__gte=models.F("starts_on")), name="an_agreement_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def partner(self) -> str:
        """With whom, by name: of two made one, the one that was kept."""
        return self.organisation_kept.name if self.organisation_kept else self.with_whom

    @property
    def organisation_kept(self) -> Organisation | None:
        """The organisation of the directory, or the one that it was made one with."""
        return self.organisation and (self.organisation.merged_into or self.organisation)

    @property
    def until(self) -> date:
        """Its last day."""
        return min(self.renewal_on, self.ended_on) if self.ended_on else self.renewal_on

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.starts_on <= on <= self.until


class Spend(Written):
    """Money that was promised or paid, or that came back; what it was for, as far as somebody said."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="line kind state on pence what organisation agreement session activity criteria" + _WRITTEN, X="supplier"
    )

    class Kind(models.TextChoices):
        SPEND = "spend", "Spend"
        REFUND = "refund", "Refund: money that came back"

    class State(models.TextChoices):
        COMMITTED = "committed", "Committed: ordered or promised"
        PAID = "paid", "Paid"
        CANCELLED = "cancelled", "Cancelled: nothing was paid"

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="spends")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State)
    on = models.DateField()
    pence = models.PositiveIntegerField()
    what = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    supplier = models.CharField(max_length=200, blank=True)  # where it is none of the directory
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    criteria = models.JSONField(default=list, blank=True)  # ids, where no session or activity says them

    class Meta(Written.Meta):
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(pence__gt=0), name="something_was_spent"),
            models.CheckConstraint(condition=Q(kind="spend") | Q(state="paid"), name="a_refund_is_money_that_came"),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(activity__isnull=True), name="spent_on_a_session_or_an_activity"
            ),
        )

    def __str__(self) -> str:
        return f"{Money(self.pence)} on {self.on:%-d %B %Y}"

    @property
    def signed(self) -> int:
        """In pence, as it adds up: a refund takes off, and what was cancelled is nothing."""
        if self.state == self.State.CANCELLED:
            return 0
        return -self.pence if self.kind == self.Kind.REFUND else self.pence

    @property
    def money(self) -> Money:
        """How much; a refund below nothing."""
        return Money(-self.pence if self.kind == self.Kind.REFUND else self.pence)

    @property
    def paid_to(self) -> str:
        """To whom, by name."""
        kept = self.organisation and (self.organisation.merged_into or self.organisation)
        return kept.name if kept else self.supplier

    @property
    def said(self) -> str:
        """ "Paid", "Committed", "Cancelled" or "Refund"."""
        if self.kind == self.Kind.REFUND:
            return "Refund"
        return str(self.get_state_display()).split(":", maxsplit=1)[0]


class AdviserDay(Written):
    """A day, or a part of one, of those bought by an agreement: used, or lost with its reason."""

    data_classes: ClassVar[dict[str, str]] = classed(P="agreement kind on days reason note" + _WRITTEN)

    class Kind(models.TextChoices):
        USED = "used", "Used"
        LOST = "lost", "Lost"

    class Reason(models.TextChoices):
        ADVISER = "adviser", "The adviser could not come"
        CLOSED = "closed", "The school was closed"
        PUPILS = "pupils", "Pupils were not free or did not come"
        ROOM = "room", "There was no room"
        LATE = "late", "Nobody booked it in time"
        OTHER = "other", "Another reason"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="days")
    kind = models.CharField(max_length=4, choices=Kind)
    on = models.DateField()
    days = models.DecimalField(max_digits=4, decimal_places=2)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Written.Meta):
        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(days__gt=0), name="a_day_is_some_of_one"),
            models.CheckConstraint(
                condition=(Q(kind="used") & Q(reason="")) | (Q(kind="lost") & ~Q(reason="")),
                name="a_lost_day_has_its_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.on:%-d %B %Y}"

    @property
    def how_many(self) -> str:
        """ "1", "0.5"."""
        return plain(self.days)


class UsualCost(SchoolOwned):
    """What a session of a kind of activity costs here, takes of a pupil's lessons and needs of cover: the school's own word."""

    data_classes: ClassVar[dict[str, str]] = classed(P="activity_type pence minutes cover")

    activity_type = models.CharField(max_length=10)
    pence = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # lesson time of each pupil
    cover = models.PositiveSmallIntegerField(null=True, blank=True)  # lessons of colleagues to be covered

    class Meta(SchoolOwned.Meta):
        ordering = ("activity_type",)
        constraints = (models.UniqueConstraint(fields=["school", "activity_type"], name="a_kind_costs_once"),)

    def __str__(self) -> str:
        return self.activity_type

    @property
    def figures(self) -> dict[str, Any]:
        """By name, as typed."""
        return {"pence": self.pence, "minutes": self.minutes, "cover": self.cover}
