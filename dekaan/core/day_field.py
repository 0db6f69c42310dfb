"""A day in a form: by the browser's calendar or typed, refused in plain words."""

from typing import Any

from django import forms

NO_DATE = "Give the date as day, month and year, such as 24/11/2026."


def day(said: str = "Give the day.", **more: Any) -> forms.DateField:
    """A day; `said` where it is needed and missing."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": said, "invalid": NO_DATE},
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        **more,
    )
