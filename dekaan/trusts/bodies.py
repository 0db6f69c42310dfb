"""What an item of each kind says, field by field: one list for forms, copies and the differences between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dekaan.frameworks.queries import activity_types, criteria, partner_kinds
from dekaan.programme.models import Mode
from dekaan.trusts.models import ItemKind


class NotOfThatKind(Exception):
    """A body with a field that its kind does not have, or without one that it must have."""


@dataclass(frozen=True)
class Field:
    """One field of a kind: its key in the body, and what it is called."""

    key: str
    label: str
    is_needed: bool = False


BODIES: dict[str, tuple[Field, ...]] = {
    ItemKind.TEMPLATE: (
        Field("activity_type", "Kind of activity", is_needed=True),
        Field("mode", "Where"),
        Field("partner_kind", "Kind of partner"),
        Field("year_groups", "Usual year groups"),
        Field("half_term", "Usual half-term"),
        Field("minutes", "Minutes"),
        Field("description", "Description"),
        Field("criteria", "Counts towards"),
    ),
    ItemKind.POLICY: (Field("words", "Words of the policy", is_needed=True),),
    ItemKind.OBJECTIVE: (
        Field("words", "What is to be reached", is_needed=True),
        Field("measured_by", "How it is measured"),
    ),
    ItemKind.STANDARD: (
        Field("words", "What is expected of every school", is_needed=True),
        Field("shown_by", "What would show it"),
    ),
}
# Those of which a school's own words are kept here; a template's stand in its programme.
OF_WORDS = tuple(kind for kind in ItemKind if kind != ItemKind.TEMPLATE)


def checked(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body with every field of its kind, in their order. Raises NotOfThatKind."""
    known = {each.key: each for each in BODIES[kind]}
    if odd := sorted(set(body) - set(known)):
        raise NotOfThatKind(*odd)
    if missing := [each.key for each in known.values() if each.is_needed and not body.get(each.key)]:
        raise NotOfThatKind(*missing)
    return {key: body.get(key) for key in known}


def in_words(key: str, value: Any) -> str:
    """A field's value as it is read: "Years 8, 9", "5.1 An employer every year"; nothing where nothing is said."""
    if value in (None, "", [], ()):
        return ""
    if key == "activity_type":
        return activity_types()[value].name if value in activity_types() else str(value)
    if key == "partner_kind":
        return partner_kinds()[value].name if value in partner_kinds() else str(value)
    if key == "mode":
        return str(Mode(value).label) if value in Mode.values else str(value)
    if key == "year_groups":
        return ("Year " if len(value) == 1 else "Years ") + ", ".join(map(str, value))
    if key == "criteria":
        known = criteria()
        return "; ".join(f"{known[each].code} {known[each].title}" if each in known else each for each in value)
    return str(value)
