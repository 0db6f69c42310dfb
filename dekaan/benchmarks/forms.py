"""What may be chosen and typed on the way from a gap to doing something about it."""

from typing import Any

from django import forms

from dekaan.frameworks.queries import Criterion, activity_types, frameworks
from dekaan.people.models import Pupil


class Choice(forms.Form):
    """Which year, and which framework."""

    framework = forms.ChoiceField(label="Framework", required=False)
    year = forms.TypedChoiceField(label="Academic year", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = [(each.key, each.title) for each in frameworks()]  # type: ignore[attr-defined]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class Plan(forms.Form):
    """An activity on a day for the pupils who are missing something."""

    title = forms.CharField(label="What is it?", max_length=200)
    activity_type = forms.ChoiceField(label="Kind of activity")
    held_on = forms.DateField(label="On which day?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts_at = forms.TimeField(label="From", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label="Where?", required=False, max_length=100)
    partner_name = forms.CharField(label="Employer or provider", required=False, max_length=200)
    pupils = forms.ModelMultipleChoiceField(
        queryset=Pupil.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Leave at least one pupil ticked"},
    )

    def __init__(self, *args: Any, criterion: Criterion, pupils: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only kinds that count towards the criterion by themselves: an assembly is never a guidance meeting.
        kinds = [kind for kind in activity_types().values() if criterion.id in kind.criteria]
        self.fields["activity_type"].choices = [(kind.key, kind.name) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["pupils"].queryset = pupils  # type: ignore[attr-defined]
