"""What may be chosen and typed on the way from a gap to doing something about it."""

from dataclasses import dataclass
from typing import Any

from django import forms

from dekaan.access.exporting import PURPOSES
from dekaan.benchmarks.queries.names import NamesOfGroup
from dekaan.frameworks.queries import Criterion, activity_types, frameworks
from dekaan.people.queries import PupilRow


class Choice(forms.Form):
    """Which year, and which framework."""

    framework = forms.ChoiceField(label="Framework", required=False)
    year = forms.TypedChoiceField(label="Academic year", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = [(each.key, each.title) for each in frameworks()]  # type: ignore[attr-defined]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class Export(forms.Form):
    """What a file of names is for."""

    purpose = forms.ChoiceField(
        label="What is the file for?",
        choices=[("", "Choose"), *((key, words[:1].upper() + words[1:]) for key, words in PURPOSES.items())],
    )


class Plan(forms.Form):
    """An activity on a day for the pupils who are missing something: those ticked, in the tutor groups ticked."""

    title = forms.CharField(
        label="What is it?",
        max_length=200,
        help_text="As it should stand in the calendar, such as “Mock interviews with engineers”",
        error_messages={"required": "Say what it is"},
    )
    activity_type = forms.ChoiceField(label="Kind of activity", error_messages={"required": "Choose the kind"})
    held_on = forms.DateField(
        label="On which day?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": "Give the day",
            "invalid": "Give the day as day, month and year, such as 24/11/2026",
        },
    )
    starts_at = forms.TimeField(
        label="From",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "Give the time as hours and minutes, such as 09:30"},
    )
    place = forms.CharField(label="Where?", required=False, max_length=100)
    partner_name = forms.CharField(label="Employer or provider", required=False, max_length=200)

    def __init__(self, *args: Any, criterion: Criterion, groups: list[NamesOfGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only kinds that count towards the criterion by themselves: an assembly is never a guidance meeting.
        kinds = [(kind.key, kind.name) for kind in activity_types().values() if criterion.id in kind.criteria]
        self.fields["activity_type"].choices = [("", "Choose the kind"), *kinds]  # type: ignore[attr-defined]
        self.groups = groups

    def clean(self) -> dict[str, Any]:
        """The ids of the pupils invited; at least one, and nobody who is not on the list."""
        cleaned = super().clean() or {}
        chosen = [row.pk for group in self.names() if group.is_ticked for row, is_ticked in group.rows if is_ticked]
        if self._strangers():
            self.add_error(None, "Somebody who was ticked is no longer on this list. Look through it once more.")
        elif not chosen:
            self.add_error(None, "Leave at least one pupil ticked")
        return cleaned | {"pupils": chosen}

    def names(self) -> list["GroupToTick"]:
        """The names as the page shows them: all ticked at first, then as they were sent."""
        pupils, groups = set(self._sent("pupils")), set(self._sent("groups"))
        return [
            GroupToTick(
                group.name,
                group.year_group,
                f"group-{number}",
                not self.is_bound or f"group-{number}" in groups,
                [(row, not self.is_bound or str(row.pk) in pupils) for row in group.rows],
            )
            for number, group in enumerate(self.groups)
        ]

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if self.is_bound else []  # type: ignore[attr-defined]

    def _strangers(self) -> bool:
        return not set(self._sent("pupils")) <= {str(row.pk) for group in self.groups for row in group.rows}


@dataclass(frozen=True)
class GroupToTick:
    """A tutor group on the planning page: unticked, it leaves all of its pupils out."""

    name: str
    year_group: int | None
    key: str
    is_ticked: bool
    rows: list[tuple[PupilRow, bool]]
