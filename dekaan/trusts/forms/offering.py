"""What a trust offers: a template as the programme has them, or words of one kind; and a school's own words of it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks, choice, words
from dekaan.frameworks.queries import activity_types, frameworks, partner_kinds
from dekaan.programme.models import Mode
from dekaan.trusts.bodies import BODIES
from dekaan.trusts.forms.saying import nobody_named, text
from dekaan.trusts.models import ItemKind, TakenItem, TrustItem

YEAR_GROUPS = range(7, 14)
HALF_TERMS = range(1, 7)


class ItemDetails(Edits, forms.Form):
    """An item of the trust: its title, what it says field by field, and whether it is offered."""

    title = words(200, required="Give it a title.", label="Title")
    is_offered = forms.BooleanField(label="It is offered to the schools", required=False, initial=True)
    kind: str

    def __init__(self, data: Any = None, *, item: TrustItem | None = None) -> None:
        initial: dict[str, Any] = {"is_offered": True}
        if item is not None:
            initial = {**_as_typed(item.body), "title": item.title, "is_offered": item.no_longer_offered_on is None}
        super().__init__(data, initial=initial)
        self.item = item
        if item is None:
            del self.fields["is_offered"]
        self.order_fields(["title", *(each.key for each in BODIES[self.kind]), "is_offered"])

    def body(self) -> dict[str, Any]:
        """What it says, as it is kept."""
        return {each.key: _as_kept(each.key, self.cleaned_data[each.key]) for each in BODIES[self.kind]}

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("trust's item", self.item.pk if self.item else 0, of_no_school=True)


def _as_typed(body: dict[str, Any]) -> dict[str, Any]:
    return {key: [str(each) for each in value] if isinstance(value, list) else value for key, value in body.items()}


def _as_kept(key: str, value: Any) -> Any:
    if key == "year_groups":
        return sorted(int(each) for each in value)
    if key == "half_term":
        return int(value) if value else None
    return value


class TemplateItem(ItemDetails):
    """A template of an activity."""

    kind = ItemKind.TEMPLATE
    activity_type = choice(required="Choose what kind of activity it is.", label="Kind of activity")
    mode = choice(label="Where?", choices=Mode.choices)
    partner_kind = choice(label="Kind of partner")
    year_groups = choice(
        many=True,
        label="Usual year groups",
        widget=Ticks,
        choices=[(str(each), f"Year {each}") for each in YEAR_GROUPS],
    )
    half_term = choice(
        label="Usual half-term", choices=[("", "Not said"), *((str(each), f"Half-term {each}") for each in HALF_TERMS)]
    )
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=1,
        max_value=10000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Give the minutes as a whole number from 1 to 10000."
        ),
    )
    description = text(4000, 4, label="Description")
    criteria = choice(many=True, label="Counts towards", widget=Ticks)

    def __init__(self, data: Any = None, *, item: TrustItem | None = None) -> None:
        super().__init__(data, item=item)
        fields: dict[str, Any] = self.fields
        held = set(item.body.get("criteria") or ()) if item else set()
        fields["activity_type"].choices = [
            ("", "Choose"),
            *((each.key, each.name) for each in activity_types().values()),
        ]
        fields["partner_kind"].choices = [("", "None"), *((each.key, each.name) for each in partner_kinds().values())]
        fields["criteria"].choices = list(_criteria(held))


def _criteria(held: Iterable[str]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Those in force, and whichever is held; by version."""
    held = set(held)
    for each in frameworks():
        listed = [
            (one.id, f"{one.code} {one.title}") for one in each.counted if each.is_in_force(today()) or one.id in held
        ]
        if listed:
            yield each.short, listed


class PolicyItem(ItemDetails):
    """Words of a policy."""

    kind = ItemKind.POLICY
    words = text(8000, 12, required="Give the words of the policy.", label="Words of the policy")


class ObjectiveItem(ItemDetails):
    """An objective for a school's own plan."""

    kind = ItemKind.OBJECTIVE
    words = text(1000, 4, required="Say what is to be reached.", label="What is to be reached")
    measured_by = text(500, 2, label="How it is measured")


class StandardItem(ItemDetails):
    """What the trust expects of every school."""

    kind = ItemKind.STANDARD
    words = text(2000, 5, required="Say what is expected of every school.", label="What is expected of every school")
    shown_by = text(1000, 3, label="What would show it")


ITEM_FORMS: dict[str, type[ItemDetails]] = {
    each.kind: each for each in (TemplateItem, PolicyItem, ObjectiveItem, StandardItem)
}


def item_form(kind: str, data: Any = None, *, item: TrustItem | None = None) -> ItemDetails:
    """The form of an item of that kind."""
    return ITEM_FORMS[kind](data, item=item)


class OwnWords(Edits, forms.Form):
    """A school's own words of what it took, but for a template, which stands in its programme."""

    title = words(200, required="Give it a title.", label="Title")

    def __init__(self, data: Any = None, *, taken: TakenItem) -> None:
        super().__init__(data, initial=taken.own)
        self.taken = taken
        for each in BODIES[taken.item.kind]:
            needed = f"Say it, or leave it as the trust does: {each.label.lower()}." if each.is_needed else ""
            self.fields[each.key] = text(8000, 8 if each.is_needed else 3, required=needed, label=each.label)

    def clean(self) -> dict[str, Any]:
        """The trust reads it beside its own."""
        data = super().clean() or {}
        for name in list(data):
            try:
                nobody_named(str(data[name] or ""))
            except forms.ValidationError as refusal:
                self.add_error(name, refusal)
        return data

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("trust's item", self.taken.item_id)
