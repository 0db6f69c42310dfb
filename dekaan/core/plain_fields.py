"""Fields of a form with their refusals in plain words, and how several of a few are chosen; a day has its own (`day_field`)."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick side by side, a line a group of them."""

    is_compact = True


class Radios(forms.RadioSelect):
    """Choices side by side, on one line."""

    is_compact = True


class Offers(forms.TextInput):
    """Text for which the browser offers whatever holds what was typed, without a script; anything else may be typed too."""

    def __init__(self, offered: Callable[[], Iterable[str]], attrs: Any = None) -> None:
        super().__init__(attrs)
        self.offered = offered

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The control, and what it offers."""
        known_by = f"{(attrs or {}).get('id', name)}-offered"
        control = super().render(name, value, {**(attrs or {}), "list": known_by, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((each,) for each in self.offered()))
        return format_html('{}<datalist id="{}">{}</datalist>', control, known_by, options)


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


def under_headings(field: Any, groups: Callable[[], Iterable[tuple[str, Iterable[Any]]]]) -> None:
    """The rows that the field offers stand under these headings, asked for where it is shown; its query set says what counts."""

    def choices() -> list[Any]:
        found: list[Any] = [("", field.empty_label)] if getattr(field, "empty_label", None) is not None else []
        for heading, rows in groups():
            each = [(field.prepare_value(row), field.label_from_instance(row)) for row in rows]
            found += [(heading, each)] if heading else each
        return found

    field.choices = choices
