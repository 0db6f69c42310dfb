"""Service agreements: which are in force, what of them is due, and how their days went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from dekaan.budget.models import STANDING, AdviserDay, Agreement
from dekaan.budget.money import Money
from dekaan.core.academic_year import today
from dekaan.core.numbers import plain
from dekaan.people.models import StaffMember
from dekaan.people.queries import Kind
from dekaan.programme.models import Session
from dekaan.schools.models import School

SOON = timedelta(days=60)
NONE = Decimal(0)


def every_agreement() -> QuerySet[Agreement]:
    """All of the school in scope, with what a list shows of each: one statement."""
    return Agreement.objects.select_related("organisation__merged_into", "owner", "adviser", "renewed_by")


def renewal_of(agreement: Agreement) -> Agreement | None:
    """The agreement by which it was renewed."""
    return getattr(agreement, "renewed_by", None)


@dataclass(frozen=True)
class Due:
    """Something to do about an agreement by a day."""

    agreement: Agreement
    what: str
    by: date
    is_late: bool

    @property
    def words(self) -> str:
        """ "Careers advice: give notice by 3 March 2027, or it goes on"."""
        return f"{self.agreement.title}: {self.what}"


def _due_of(each: Agreement, on: date) -> list[Due]:
    """What of one agreement is past or due within 60 days; nothing of one that is over and was renewed or ended."""
    if each.ended_on and each.ended_on < on:
        return []
    until = on + SOON
    asked = []
    if renewal_of(each) is None and not each.ended_on:
        if each.notice_on and on <= each.notice_on:
            asked.append((each.notice_on, f"say by {each.notice_on:%-d %B %Y} if it is not to go on"))
        ends = "it ended on" if each.renewal_on < on else "renew it, it ends on"
        asked.append((each.renewal_on, f"{ends} {each.renewal_on:%-d %B %Y}"))
    if each.is_in_force(on):
        if each.quality_mark_until:
            verb = "expired on" if each.quality_mark_until < on else "expires on"
            asked.append(
                (
                    each.quality_mark_until,
                    f"{each.quality_mark or 'its quality mark'} {verb} {each.quality_mark_until:%-d %B %Y}",
                )
            )
        if each.review_on and not each.review_outcome:
            asked.append((each.review_on, f"review it, as meant for {each.review_on:%-d %B %Y}"))
        if not each.checks_seen_on:
            asked.append((each.starts_on, "nobody has said that the safeguarding checks were seen"))
    return [Due(each, what, day, day < on) for day, what in asked if day <= until]


def needs_attention(on: date | None = None) -> list[Due]:
    """What is due of the agreements, the earliest first: in one statement."""
    day = on or today()
    return due_of(every_agreement(), day)


def due_of(found: Iterable[Agreement], on: date) -> list[Due]:
    """The same, of agreements that were fetched already."""
    return sorted((due for each in found for due in _due_of(each, on)), key=lambda due: (due.by, due.agreement.pk))


def agreements(school: School, on: date | None = None) -> list[Agreement]:
    """Those of the school in force on that day, today unless said, by title; within its scope."""
    day = on or today()
    return [each for each in every_agreement().filter(school=school) if each.is_in_force(day)]


def kinds_held(person: StaffMember, on: date) -> list[Kind]:
    """What somebody looks after here: agreements that are not over on that day."""
    not_over = Agreement.objects.filter(owner=person, renewal_on__gte=on).filter(Q(ended_on=None) | Q(ended_on__gte=on))
    return [Kind(not_over, "owner", "agreement", "agreements", "agreement-detail", "renewal_on")]


@dataclass(frozen=True)
class Meter:
    """Days of an agreement: bought, used, lost and left; used are those entered and those that the programme knows."""

    bought: Decimal | None
    entered: list[AdviserDay]
    from_programme: list[date]
    knows_adviser: bool

    @property
    def used_entered(self) -> Decimal:
        """Used, as somebody entered."""
        return sum((each.days for each in self.entered if each.kind == AdviserDay.Kind.USED), NONE)

    @property
    def used(self) -> Decimal:
        """Used in all."""
        return self.used_entered + len(self.from_programme)

    @property
    def lost(self) -> Decimal:
        """Lost in all."""
        return sum((each.days for each in self.entered if each.kind == AdviserDay.Kind.LOST), NONE)

    @property
    def lost_by_reason(self) -> list[tuple[str, str]]:
        """Why, and how many days, the most first."""
        found: dict[str, Decimal] = {}
        for each in self.entered:
            if each.kind == AdviserDay.Kind.LOST:
                reason = str(each.get_reason_display())
                found[reason] = found.get(reason, NONE) + each.days
        return [(why, plain(days)) for why, days in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]

    @property
    def left(self) -> Decimal | None:
        """Left; below nothing where more were used than bought; None where nobody said how many were bought."""
        return None if self.bought is None else self.bought - self.used - self.lost

    @property
    def table(self) -> list[tuple[str, str, str]]:
        """The meter in words: what, how many days, and how it is known."""
        known = "the adviser is not named, so the programme knows none"
        if self.knows_adviser:
            known = f"{len(self.from_programme)} from the programme, {plain(self.used_entered)} entered"
        bought = ("not said", "") if self.bought is None else (plain(self.bought), "by the agreement")
        left = self.left
        over = "more than were bought" if left is not None and left < 0 else ""
        return [
            ("Bought", *bought),
            ("Used", plain(self.used), known),
            ("Lost", plain(self.lost), "; ".join(f"{why}: {days}" for why, days in self.lost_by_reason)),
            ("Left", "not known" if left is None else plain(left), over),
        ]

    @property
    def quarters(self) -> tuple[int, int, int]:
        """Used, lost and the whole in quarters of a day, for the picture: never longer than the whole."""
        whole = max(self.bought or NONE, self.used + self.lost)
        return int(self.used * 4), int(self.lost * 4), int(whole * 4)

    @property
    def words(self) -> str:
        """The picture in a sentence."""
        return ", ".join(f"{name.lower()} {days}" for name, days, _ in self.table)


def meter(agreement: Agreement) -> Meter:
    """How its days went so far. A day on which its adviser held a session that is recorded is used, unless one was entered.

    The programme knows no part of a day: it is a whole one there, and half a day is entered by hand.
    """
    entered = list(agreement.days.filter(STANDING))
    held: list[date] = []
    if agreement.adviser_id:
        renewed = renewal_of(agreement)
        last = min(today(), agreement.until, renewed.starts_on - timedelta(days=1) if renewed else agreement.until)
        days = Session.objects.filter(
            adviser=agreement.adviser_id, recorded_at__isnull=False, held_on__gte=agreement.starts_on, held_on__lte=last
        )
        by_hand = {each.on for each in entered}
        held = sorted(set(days.order_by().values_list("held_on", flat=True)) - by_hand)
    return Meter(agreement.days_bought, entered, held, agreement.adviser_id is not None)


@dataclass(frozen=True)
class Worth:
    """What agreements cost and give, added up over those of which it was said."""

    number: int
    cost: Money
    cost_not_said: int
    in_kind: Money


def worth_of(found: Iterable[Agreement]) -> Worth:
    """Totals of the agreements: nothing of with whom they are."""
    listed = list(found)
    return Worth(
        len(listed),
        Money(sum(each.cost or 0 for each in listed)),
        sum(each.cost is None and not each.is_free for each in listed),
        Money(sum(each.value_in_kind or 0 for each in listed)),
    )
