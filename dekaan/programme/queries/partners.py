"""What sessions say of the directory: when an organisation last came, which links are live, which names wait."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Min, Q, QuerySet

from dekaan.core.academic_year import today
from dekaan.frameworks.queries import partner_kinds
from dekaan.participation.models import Participation
from dekaan.partners.models import Organisation, OtherName
from dekaan.partners.queries import (
    Asked,
    LinkKind,
    Near,
    by_plain_name,
    last_spoken,
    link_kinds,
    live_since,
    organisations,
    plain_name,
)
from dekaan.programme.models import Activity, Session

HISTORY = "history"  # what the ledger calls an occasion of before


def of_organisation(organisation: Organisation) -> Q:
    """Sessions that are with the organisation: by their own word, or by their activity's where they have none."""
    return Q(organisation=organisation) | Q(organisation=None, partner_name="", activity__organisation=organisation)


def _days_met(figure: type[Max | Min], days: Q) -> dict[int, date]:
    """For each organisation that a session on one of the days names which was not cancelled, the last or first of them."""
    rows = Session.objects.filter(days, cancelled_at=None).order_by()
    found: dict[int, date] = {}
    for name, named in (
        ("organisation_id", rows.exclude(organisation=None)),
        (
            "activity__organisation_id",
            rows.filter(organisation=None, partner_name="").exclude(activity__organisation=None),
        ),
    ):
        for pk, day in named.values(name).annotate(day=figure("held_on")).values_list(name, "day"):
            found[pk] = (max if figure is Max else min)(day, found.get(pk, day))
    return found


def last_met(since: date | None = None) -> dict[int, date]:
    """For each organisation that a session named up to today, the last day; since that day, where one is given."""
    days = Q(held_on__lte=today())
    return _days_met(Max, days & Q(held_on__gte=since) if since else days)


def next_met() -> dict[int, date]:
    """For each organisation that a session to come names, the first day."""
    return _days_met(Min, Q(held_on__gt=today()))


@dataclass(frozen=True)
class PastOccasion:
    """An occasion of before that a list brought in, under one of the organisation's other names."""

    title: str
    happened_on: date


def past_with(organisation: Organisation) -> list[PastOccasion]:
    """Occasions of before, by the other names that a person said are the organisation's; newest first."""
    names = [each.name for each in organisation.other_names.all()]
    if not names:
        return []
    rows = (
        Participation.objects.filter(source_kind=HISTORY, superseded_at=None, partner_name__in=names)
        .order_by()
        .values_list("title", "happened_on", "source_id")
        .distinct()
    )
    return sorted((PastOccasion(title, on) for title, on, _ in rows), key=lambda each: each.happened_on, reverse=True)


def _past_last() -> dict[int, date]:
    """For each organisation that past participation names by another name of it, the last day."""
    names = dict(OtherName.objects.order_by().values_list("name", "organisation_id"))
    if not names:
        return {}
    rows = Participation.objects.filter(source_kind=HISTORY, superseded_at=None, partner_name__in=list(names))
    found: dict[int, date] = {}
    for name, last in (
        rows.order_by().values("partner_name").annotate(last=Max("happened_on")).values_list("partner_name", "last")
    ):
        pk = names[name]
        found[pk] = max(last, found.get(pk, last))
    return found


@dataclass(frozen=True)
class Line:
    """One organisation as the list shows it."""

    organisation: Organisation
    kind: str
    last: date | None  # of a contact or session up to today
    next: date | None  # of a session to come
    is_live: bool


def organisation_lines(asked: Asked, live: str = "") -> list[Line]:
    """Organisations with when there was last something with them; `live` "yes" or "no" keeps those with or without a link."""
    days, to_come, kinds = (last_spoken(), last_met(), _past_last()), next_met(), partner_kinds()
    since = live_since()
    found = []
    for each in organisations(asked):
        kind = kinds[each.kind].name if each.kind in kinds else each.kind
        last = max((day for of in days if (day := of.get(each.pk))), default=None)
        is_live = each.pk in to_come or (last is not None and last >= since)
        found.append(Line(each, kind, last, to_come.get(each.pk), is_live))
    return [each for each in found if not live or each.is_live == (live == "yes")]


@dataclass(frozen=True)
class LinkLine:
    """A kind of provider, and those of it: with a live link, the last first, and without."""

    kind: LinkKind
    live: list[Line]
    idle: list[Line]

    @property
    def offering(self) -> int:
        """Of those with a live link, how many are said to offer what the law on provider access speaks of."""
        return sum(each.organisation.is_provider == "yes" for each in self.live)


def provider_links() -> list[LinkLine]:
    """For each kind of provider which organisations have a live link, and which have none."""
    lines = organisation_lines(Asked())
    found = []
    for kind in link_kinds():
        own = [each for each in lines if each.organisation.kind in kind.kinds]
        live = sorted((each for each in own if each.is_live), key=lambda each: each.last or date.min, reverse=True)
        found.append(LinkLine(kind, live, [each for each in own if not each.is_live]))
    return found


@dataclass
class TypedName:
    """A name as activities, sessions and past participation have it, that is nobody's in the directory yet."""

    name: str
    kinds: dict[str, int] = field(default_factory=dict)
    activities: int = 0
    sessions: int = 0
    past: int = 0
    exact: list[Organisation] = field(default_factory=list)
    near: list[Organisation] = field(default_factory=list)

    @property
    def times(self) -> int:
        """How often it stands anywhere."""
        return self.activities + self.sessions + self.past

    @property
    def kind(self) -> str:
        """The kind that is said with it most often; nothing where none is."""
        said = {key: count for key, count in self.kinds.items() if key in partner_kinds()}
        return max(sorted(said), key=lambda key: said[key], default="")

    @property
    def guess(self) -> str:
        """What stands chosen at first: the one of exactly that name, else the nearest, else a new one."""
        if len(self.exact) == 1:
            return str(self.exact[0].pk)
        return str((self.exact or self.near)[0].pk) if self.exact or self.near else "new"

    @property
    def is_sure(self) -> bool:
        """Whether exactly one of the directory has that name, written letter for letter but for capitals.

        "Millworks" may be "The Mill Works Ltd.", and is for a person to say.
        """
        if len(self.exact) != 1:
            return False
        (only,) = self.exact
        return self.name.strip().casefold() in {only.name.casefold(), f"{only.name}, {only.town}".casefold()}


def names_to_match() -> list[TypedName]:
    """Every name that a person typed or a list brought and nobody has matched, the most frequent first."""
    found: dict[str, TypedName] = {}
    unmatched = {"organisation": None}
    for what, rows in (
        ("activities", Activity.objects.filter(**unmatched).exclude(partner_name="")),
        ("sessions", Session.objects.filter(**unmatched).exclude(partner_name="")),
    ):
        for name, kind in rows.order_by().values_list("partner_name", "partner_kind"):
            _count(found, name, kind, what)
    known = set(OtherName.objects.values_list("name", flat=True))
    past = Participation.objects.filter(source_kind=HISTORY, superseded_at=None).exclude(partner_name="").order_by()
    for name, kind, _ in past.values_list("partner_name", "partner_kind", "source_id").distinct():
        if name not in known:
            _count(found, name, kind, "past")
    _suggest(found.values())
    return sorted(found.values(), key=lambda each: (-each.times, each.name))


def _count(found: dict[str, TypedName], name: str, kind: str, what: str) -> None:
    each = found.setdefault(name, TypedName(name))
    setattr(each, what, getattr(each, what) + 1)
    each.kinds[kind] = each.kinds.get(kind, 0) + 1


def _suggest(names: Iterable[TypedName]) -> None:
    there = by_plain_name()
    near = Near(there)
    for each in names:
        plain = plain_name(each.name)
        each.exact = there.get(plain, [])
        like = dict.fromkeys(one for found in near.to(plain) for one in there[found] if one not in each.exact)
        each.near = list(like)[:5]


def rows_named(names: Collection[str]) -> tuple[QuerySet[Activity], QuerySet[Session]]:
    """Activities and sessions that have one of the names and are nobody's yet."""
    return (
        Activity.objects.filter(organisation=None, partner_name__in=names),
        Session.objects.filter(organisation=None, partner_name__in=names),
    )


def organisations_met_since(day: date) -> set[int]:
    """Organisations that a session names which was not cancelled, on that day or after it."""
    return {*last_met(since=day), *next_met()}
