"""What may be typed in recording: registers, lists of absentees, and what they leave in doubt."""

from collections.abc import Mapping
from typing import Any

from django import forms

from dekaan.participation.models import State
from dekaan.people.models import Pupil
from dekaan.programme.forms.planning import BY_HAND
from dekaan.programme.queries import RegisterRow

# Other than there or not there.
OTHERWISE = (State.PART, State.OPTED_OUT, State.NOT_APPLICABLE)


def _marks() -> forms.MultipleChoiceField:
    said = {"invalid_choice": "That pupil is not on this register."}
    return forms.MultipleChoiceField(required=False, error_messages=said)


class Register(forms.Form):
    """Who was there, and whose part was otherwise: offers only the invited whom the person may see."""

    present = _marks()
    part = _marks()
    opted_out = _marks()
    not_applicable = _marks()

    def __init__(self, rows: list[RegisterRow], data: Any = None) -> None:
        super().__init__(data)
        self.names = {str(row.pk): row.name for row in rows}
        for field in self.fields.values():
            field.choices = [(pk, "") for pk in self.names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One thing is said of each pupil."""
        data = super().clean() or {}
        said = [pk for state in OTHERWISE for pk in data.get(state, ())]
        for pk in sorted({pk for pk in said if said.count(pk) > 1}):
            self.add_error(None, f"Say one thing only of {self.names[pk]}.")
        return data

    def marked(self) -> set[int]:
        """Ids of those marked as there."""
        return {int(pk) for pk in self.cleaned_data["present"]}

    def otherwise(self) -> dict[int, str]:
        """The state of those whose part was otherwise, by id."""
        return {int(pk): state for state in OTHERWISE for pk in self.cleaned_data[state]}


class Pasted(forms.Form):
    """A list of absentees, pasted."""

    absent = forms.CharField(
        label="Or paste who was absent",
        help_text=BY_HAND,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20000,
        required=False,
    )


class Doubts(forms.Form):
    """Lines of a pasted list that may mean several pupils, or do not say the whole name: a person says whom they mean."""

    matched = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, doubtful: list[tuple[str, list[Pupil]]], names: Mapping[int, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for number, (line, pupils) in enumerate(doubtful):
            choices = [(str(pupil.pk), names[pupil.pk]) for pupil in pupils]
            self.fields[f"line_{number}"] = forms.ChoiceField(
                label=f"“{line}” is",
                required=False,
                choices=[("", "nobody on this list"), *choices],
                initial=choices[0][0] if len(choices) == 1 else "",
            )
