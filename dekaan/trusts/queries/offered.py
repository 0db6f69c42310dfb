"""What a trust offers, what a school made of it, and what differs: shown to both in the same words."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dekaan.core.scope import working_in
from dekaan.frameworks.queries import ids_of
from dekaan.programme.models import ActivityTemplate
from dekaan.schools.models import School, Trust
from dekaan.trusts.bodies import BODIES, in_words
from dekaan.trusts.models import ItemKind, TakenItem, TrustItem

TITLE = "title"


@dataclass(frozen=True)
class Line:
    """One field beside one another: what the trust says now, what it said when it was taken, what stands here."""

    label: str
    trusts: str
    as_taken: str
    here: str

    @property
    def is_changed_here(self) -> bool:
        """Whether the school changed what it took."""
        return self.here != self.as_taken

    @property
    def is_new(self) -> bool:
        """Whether the trust says otherwise than it did then."""
        return self.trusts != self.as_taken

    @property
    def differs(self) -> bool:
        """Whether the school's is not the trust's."""
        return self.here != self.trusts


@dataclass(frozen=True)
class Standing:
    """An item at one school: its copy where it took one, and what differs."""

    item: TrustItem
    school: School
    taken: TakenItem | None
    is_gone: bool = False  # taken, and its template removed since
    lines: tuple[Line, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Whether the school may still take it."""
        return self.taken is None and self.item.no_longer_offered_on is None

    @property
    def is_changed_here(self) -> bool:
        """Whether the school changed what it took."""
        return any(each.is_changed_here for each in self.lines)

    @property
    def is_newer(self) -> bool:
        """Whether the trust has a version of which the school has not said whether it takes it."""
        return self.taken is not None and self.item.version > self.taken.looked_at

    @property
    def is_behind(self) -> bool:
        """Whether the trust has a later version than the one taken, decided about or not."""
        return self.taken is not None and self.item.version > self.taken.version

    @property
    def words(self) -> str:
        """How it stands, in a few words."""
        if self.taken is None:
            return "Not taken"
        if self.is_gone:
            return "Taken, and removed since"
        here, version = "Changed here", self.taken.version
        if self.is_newer:
            start = here if self.is_changed_here else f"As in version {version}"
            return f"{start}; version {self.item.version} is offered"
        if self.is_behind:
            return f"Stays with version {version}{', changed here' if self.is_changed_here else ''}"
        return here if self.is_changed_here else "As the trust says"


def items_of(trust: Trust | None) -> QuerySet[TrustItem]:
    """What the trust wrote for its schools, by kind and title; of no trust, nothing."""
    return TrustItem.objects.filter(trust=trust) if trust else TrustItem.objects.none()


def own_of(taken: TakenItem, template: ActivityTemplate | None) -> dict[str, Any] | None:
    """What the school's copy says now; None where it was a template and is gone."""
    if taken.item.kind != ItemKind.TEMPLATE:
        return taken.own
    if template is None:
        return None
    names = ("title", "activity_type", "mode", "partner_kind", "year_groups", "half_term", "minutes", "description")
    return {name: getattr(template, name) for name in names} | {"criteria": list(ids_of(template.criteria))}


def standing(item: TrustItem, school: School, taken: TakenItem | None) -> Standing:
    """An item as it stands at a school in scope, of which its copy is known."""
    if taken is None:
        return Standing(item, school, None)
    own = own_of(taken, taken.template)
    lines = () if own is None else _lines(item.kind, item.said, taken.as_taken, own)
    return Standing(item, school, taken, is_gone=own is None, lines=lines)


def _lines(kind: str, trusts: Mapping[str, Any], then: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[Line, ...]:
    named = [(TITLE, "Title"), *((each.key, each.label) for each in BODIES[kind])]
    return tuple(
        Line(label, in_words(key, trusts.get(key)), in_words(key, then.get(key)), in_words(key, own.get(key)))
        for key, label in named
    )


def lines_of(item: TrustItem) -> tuple[Line, ...]:
    """What the trust says, field by field, where there is nothing to set beside it."""
    return _lines(item.kind, item.said, item.said, item.said)


def standings(trust: Trust | None, school: School) -> list[Standing]:
    """Every item at the school in scope that it may take or has taken. Two statements."""
    taken = {each.item_id: each for each in TakenItem.objects.select_related("item", "template")}
    return [
        standing(each, school, taken.get(each.pk))
        for each in items_of(trust)
        if each.no_longer_offered_on is None or each.pk in taken
    ]


def standings_at(item: TrustItem, schools: Collection[School]) -> list[Standing]:
    """One item at each of the schools, in their order. One statement."""
    with working_in(*schools):
        taken = {
            each.school_id: each for each in TakenItem.objects.filter(item=item).select_related("item", "template")
        }
        return [standing(item, each, taken.get(each.pk)) for each in schools]


def how_many_took(schools: Collection[School]) -> dict[int, int]:
    """Item → how many of the schools took it. One statement."""
    found: dict[int, int] = defaultdict(int)
    with working_in(*schools):
        for item_id in TakenItem.objects.order_by().values_list("item_id", flat=True):
            found[item_id] += 1
    return dict(found)
