"""Fields of more than one form: a paragraph, a number, a telephone number, an address."""

import re
from typing import Any

from django import forms

from dekaan.core.plain_fields import words


class _Lines(forms.CharField):
    """Words of several lines, in which an end of line is one letter, as whoever counts them counts it."""

    def to_python(self, value: Any) -> Any:
        """The words as typed."""
        return super().to_python(str(value or "").replace("\r\n", "\n"))


def paragraph(most: int, *, rows: int = 4, required: str = "", **more: Any) -> forms.CharField:
    """Words of several lines; what is too long is refused in a sentence and kept, not cut by the browser."""
    too_long = f"Say it in {most:,} letters or fewer: it has %(show_value)d."
    field = _Lines(
        max_length=most,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": too_long},
        **more,
    )
    uncut(field)
    return field


def uncut(field: forms.Field) -> None:
    """A browser takes more than fits, so that what is too long is said and not lost without a word."""
    field.widget.attrs.pop("maxlength", None)


def telephone(**more: Any) -> forms.CharField:
    """A telephone number, which a browser may fill in."""
    field = words(30, **more)
    field.widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}
    return field


def checked_telephone(said: str) -> str:
    """The number, in figures; else why not."""
    if said and not re.fullmatch(r"[+\d][\d\s().-]{5,}( *(ext|x)\.? *\d+)?", said):
        raise forms.ValidationError("Give the telephone number in figures, such as 01632 960 123.")
    return said


def whole_number(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number within bounds."""
    said = f"Give a whole number from {least} to {most}."
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=errors, **more)


def email(required: str, **more: Any) -> forms.EmailField:
    """An e-mail address."""
    said = {"required": required, "invalid": "Give an e-mail address, such as name@college.ac.uk."}
    return forms.EmailField(max_length=254, error_messages=said | {"max_length": "Give a shorter address."}, **more)
