"""A day in a form: by the browser's calendar or typed, refused in plain words."""

from datetime import date
from typing import Any

from django import forms

from dekaan.core.academic_year import academic_year_of, today, year_end

NO_DATE = "Give the date as day, month and year, such as 24/11/2026."


def within_reach(value: date) -> None:
    """Refuses a day that is planned by a slip of the finger: the end of the year after next is as far as plans go."""
    last = year_end(academic_year_of(today()) + 2)
    if value > last:
        raise forms.ValidationError(
            f"{value:%-d %B %Y} is too far ahead: plan up to {last:%-d %B %Y}. Is the year right?", code="far"
        )


def day(said: str = "Give the day.", **more: Any) -> forms.DateField:
    """A day; `said` where it is needed and missing."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": said, "invalid": NO_DATE},
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        **more,
    )
