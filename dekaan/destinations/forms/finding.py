"""What may be typed of leavers: which of them are looked for."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dekaan.core.academic_year import year_label
from dekaan.destinations.queries import FollowedLeaver, Standing


class FindLeavers(forms.Form):
    """Which leavers: of a year, from a year group, of a last tutor group, and what is known of them."""

    year = forms.TypedChoiceField(label="Left in", required=False, coerce=int, empty_value=None)
    year_group = forms.TypedChoiceField(label="From", required=False, coerce=int, empty_value=None)
    tutor_group = forms.ChoiceField(label="Last tutor group", required=False)
    standing = forms.ChoiceField(label="What is known", required=False, choices=[("", "Anything"), *Standing.choices])

    def __init__(self, data: Any, *, years: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [(each, year_label(each)) for each in years]  # type: ignore[attr-defined]

    def offer(self, lines: Iterable[FollowedLeaver]) -> None:
        """Offer the year groups and tutor groups of these."""
        found = list(lines)
        groups = sorted({each.leaver.year_group for each in found})
        tutors = sorted({each.leaver.tutor_group for each in found if each.leaver.tutor_group})
        self.fields["year_group"].choices = [("", "Every year group"), *((each, f"Year {each}") for each in groups)]  # type: ignore[attr-defined]
        self.fields["tutor_group"].choices = [("", "Every tutor group"), *((each, each) for each in tutors)]  # type: ignore[attr-defined]

    def narrowed(self, lines: Iterable[FollowedLeaver]) -> list[FollowedLeaver]:
        """Those that were looked for; what does not fit the form narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return [
            each
            for each in lines
            if asked.get("year_group") in {None, each.leaver.year_group}
            and asked.get("tutor_group", "") in {"", each.leaver.tutor_group}
            and (not asked.get("standing") or each.stands(asked["standing"]))
        ]
