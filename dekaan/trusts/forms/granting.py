"""To whom of the trust the school opens names, for what, and until when."""

from typing import Any

from django import forms

from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.plain_fields import words
from dekaan.schools.models import School
from dekaan.trusts.changes.grants import LONGEST
from dekaan.trusts.queries import may_be_granted


class NewGrant(forms.Form):
    """One grant."""

    to: Any = forms.ModelChoiceField(
        label="Who of the trust?",
        queryset=None,
        empty_label="Choose",
        error_messages={
            "required": "Choose who may read names.",
            "invalid_choice": "Choose somebody who holds a role of the trust.",
        },
    )
    purpose = words(
        300,
        required="Say what they need the names for.",
        label="What for?",
        help_text="They read it too: “to plan a shared visit for Year 11 pupils who have met no college”",
    )
    starts_on = day("Give the first day.", label="From")
    ends_on = day("Give the last day: a grant ends by itself.", label="Until", help_text="A year at most")

    def __init__(self, data: Any = None, *, school: School) -> None:
        super().__init__(data, initial={"starts_on": today()})
        self.fields["to"].queryset = may_be_granted(school, today())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends, after it began and within a year."""
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "It ends before it begins. Give a later day.")
        elif last and last < today():
            self.add_error("ends_on", "That day is over. Give a later one.")
        elif first and last and last - first > LONGEST:
            self.add_error("ends_on", "Give a day within a year of the first: you can grant it again then.")
        return data
