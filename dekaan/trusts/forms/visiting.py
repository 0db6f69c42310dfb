"""What was looked at on a visit to a school, and what was agreed."""

from datetime import date
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import words
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.trusts.changes.visits import Step
from dekaan.trusts.forms.saying import nobody_named, text
from dekaan.trusts.models import SupportVisit

STEPS = (1, 2, 3)  # at once; more are added by changing the visit


class NewVisit(forms.Form):
    """A visit, and the next steps that were agreed with their owner at the school."""

    visited_on = day("Give the day of the visit.", label="On which day?")
    looked_at = text(2000, 4, required="Say what you looked at together.", label="What was looked at?")
    went_well = text(2000, 3, label="What goes well?")

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for each in STEPS:
            self.fields[f"what_{each}"] = words(300, label=f"Next step {each}")
            self.fields[f"owner_{each}"] = forms.ModelChoiceField(
                label=f"Who at the school sees to step {each}?",
                queryset=staff(),
                required=False,
                empty_label="Not said yet",
                error_messages={"invalid_choice": "Choose somebody of the staff on the list."},
            )
            self.fields[f"due_on_{each}"] = day(label=f"Step {each} by which day?", required=False)

    def clean_visited_on(self) -> date:
        """A visit is logged once it was made."""
        given: date = self.cleaned_data["visited_on"]
        if given > today():
            raise forms.ValidationError("That day has not come yet. Log the visit once it was made.")
        return given

    def clean(self) -> dict[str, Any]:
        """Both sides read it, so that no pupil is named; a step has its day."""
        data = super().clean() or {}
        for name in ("looked_at", "went_well", *(f"what_{each}" for each in STEPS)):
            try:
                nobody_named(str(data.get(name) or ""))
            except forms.ValidationError as refusal:
                self.add_error(name, refusal)
        for each in STEPS:
            what, due_on = data.get(f"what_{each}"), data.get(f"due_on_{each}")
            if what and not due_on and f"due_on_{each}" not in self.errors:
                self.add_error(f"due_on_{each}", "Give the day by which it is done.")
            if not what and f"what_{each}" not in self.errors and (due_on or data.get(f"owner_{each}")):
                self.add_error(f"what_{each}", "Say what will be done, or leave its day and its owner blank.")
        return data

    def steps(self) -> list[Step]:
        """What was agreed."""
        data = self.cleaned_data
        found: list[tuple[str, StaffMember | None, date]] = [
            (data[f"what_{each}"], data[f"owner_{each}"], data[f"due_on_{each}"])
            for each in STEPS
            if data[f"what_{each}"]
        ]
        return found

    def said(self) -> dict[str, Any]:
        """The visit as typed, the steps apart."""
        return {name: self.cleaned_data[name] for name in ("visited_on", "looked_at", "went_well")}


class ChangedVisit(Edits, NewVisit):
    """A visit as it was logged, to be corrected; steps typed here come besides."""

    def __init__(self, data: Any = None, *, visit: SupportVisit) -> None:
        names = ("visited_on", "looked_at", "went_well")
        super().__init__(data, initial={name: getattr(visit, name) for name in names})
        self.visit_id = visit.pk

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("support visit", self.visit_id)
