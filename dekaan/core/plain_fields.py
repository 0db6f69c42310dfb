"""Fields of a form with their refusals in plain words, and how several of a few are chosen; a day has its own (`day_field`)."""

from typing import Any

from django import forms


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick side by side, a line a group of them."""

    is_compact = True


class Radios(forms.RadioSelect):
    """Choices side by side, on one line."""

    is_compact = True


def words(most: int, *, required: str = "", **more: Any) -> forms.CharField:
    """Text of so many letters at most; `required` is what is said where it is needed and missing."""
    return forms.CharField(
        max_length=most,
        required=bool(required),
        error_messages={"required": required, "max_length": f"Say it in {most} letters or fewer."},
        **more,
    )


def choice(*, required: str = "", many: bool = False, **more: Any) -> Any:
    """A choice, or several; `required` is what is said where it is needed and missing."""
    kind = forms.MultipleChoiceField if many else forms.ChoiceField
    said = {"required": required, "invalid_choice": required or "Choose one of those on the list."}
    return kind(required=bool(required), error_messages=said, **more)
