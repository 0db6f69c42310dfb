"""What may be typed of one's own hours."""

from datetime import date
from typing import Any

from django import forms

from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.core.day_field import day
from dekaan.core.plain_fields import choice
from dekaan.plan.queries.hours import work_kinds

MOST = 24


class Hours(forms.Form):
    """Hours of one day in one kind of work."""

    kind = choice(required="Choose what kind of work it was.", label="What kind of work?", widget=forms.RadioSelect)
    spent_on = day("Give the day.", label="On which day?")
    hours = forms.DecimalField(
        label="How many hours?",
        help_text="Such as 1.5",
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input govuk-input--width-5"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Give hours, such as 1.5.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(each.key, f"{each.name}: {each.says.lower()}") for each in work_kinds().values()]

    def clean_spent_on(self) -> date:
        """A day of this year or last, not one to come."""
        given: date = self.cleaned_data["spent_on"]
        if given > today():
            raise forms.ValidationError("That day has not come yet.")
        if given < (begin := year_start(academic_year_of(today()) - 1)):
            raise forms.ValidationError(f"Give a day from {begin:%-d %B %Y} on.")
        return given

    def clean_hours(self) -> Any:
        """More than nothing, and no more than a day has."""
        given = self.cleaned_data["hours"]
        if not 0 < given <= MOST or round(given * 60) < 1:
            raise forms.ValidationError(f"Give more than 0 hours and no more than {MOST}.")
        return given

    def said(self) -> dict[str, Any]:
        """As the change takes it."""
        data = self.cleaned_data
        return {"kind": data["kind"], "spent_on": data["spent_on"], "minutes": round(data["hours"] * 60)}
