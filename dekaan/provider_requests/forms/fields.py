"""Fields of more than one form: a paragraph, a number, a telephone number, an address."""

import re
from typing import Any

from django import forms

from dekaan.core.plain_fields import words


def paragraph(most: int, *, rows: int = 4, **more: Any) -> forms.CharField:
    """Words of several lines."""
    return words(most, widget=forms.Textarea(attrs={"rows": rows}), **more)


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
