"""What may be chosen and typed on the way from a gap to doing something about it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from dekaan.benchmarks.queries.names import NamesOfGroup
from dekaan.core.academic_year import day_asked, today
from dekaan.core.day_field import day
from dekaan.core.ticking import Ticking
from dekaan.frameworks.queries import ActivityType, frameworks


class Choice(forms.Form):
    """Which year, and which framework."""

    framework = forms.ChoiceField(label="Framework", required=False)
    year = forms.TypedChoiceField(label="Academic year", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = [(each.key, each.title) for each in frameworks()]  # type: ignore[attr-defined]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class Plan(Ticking, forms.Form):
    """An activity on a day for the pupils who are missing something: those ticked, in the tutor groups ticked."""

    title = forms.CharField(
        label="What is it?",
        max_length=200,
        help_text="As it should stand in the calendar, such as “Mock interviews with engineers”",
        error_messages={"required": "Say what it is"},
    )
    activity_type = forms.ChoiceField(label="Kind of activity", error_messages={"required": "Choose the kind"})
    held_on = day("Give the day", label="On which day?")
    starts_at = forms.TimeField(
        label="From",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "Give the time as hours and minutes, such as 09:30"},
    )
    place = forms.CharField(label="Where?", required=False, max_length=100)
    partner_name = forms.CharField(label="Employer or provider", required=False, max_length=200)

    def __init__(self, *args: Any, kinds: Iterable[ActivityType], groups: list[NamesOfGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.key, kind.name) for kind in kinds]
        self.fields["activity_type"].choices = [("", "Choose the kind"), *choices]  # type: ignore[attr-defined]
        self.groups = groups

    def clean(self) -> dict[str, Any]:
        """The ids of the pupils invited; at least one, and nobody who is not on the list."""
        cleaned = super().clean() or {}
        chosen = self.ticked()
        return cleaned | {"pupils": chosen}

    def on(self) -> date:
        """The day that is meant so far, or today."""
        return (day_asked(self.data.get("held_on", "")) if self.is_bound else None) or today()
