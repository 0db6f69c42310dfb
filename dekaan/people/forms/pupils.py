"""What may be typed about people."""

from typing import Any

from django import forms

from dekaan.people.models import Group
from dekaan.people.queries import ORDERS


class Find(forms.Form):
    """Finding pupils: any part of a name, a year group, a tutor group, those who have left."""

    q = forms.CharField(label="Name or admission number", required=False, max_length=100)
    year = forms.TypedChoiceField(label="Year group", required=False, coerce=int, empty_value=None)
    group = forms.TypedChoiceField(label="Tutor group", required=False, coerce=int, empty_value=None)
    leavers = forms.BooleanField(label="Those who have left", required=False)
    sort = forms.ChoiceField(required=False, choices=[(each, each) for each in ORDERS], widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, year_groups: list[int], tutor_groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "Every year")] + [(each, f"Year {each}") for each in year_groups]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", "Every tutor group")] + [  # type: ignore[attr-defined]
            (each.pk, each.name) for each in tutor_groups
        ]
