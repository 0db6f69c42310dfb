"""A number in a form of feedback, with its refusal in plain words."""

from typing import Any

from django import forms

NUMBER = "Give a whole number, or leave it empty where you do not know."


def number(most: int, said: str = NUMBER, *, least: int = 0, **more: Any) -> forms.IntegerField:
    """A whole number that may be left out."""
    return forms.IntegerField(
        required=False,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), said),
        **more,
    )
