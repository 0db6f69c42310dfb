"""What may be typed in recording: registers, lists of absentees, and what they leave in doubt."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dekaan.access.queries import last_saved_by
from dekaan.core.editing import AS_READ, Clash
from dekaan.participation.models import State
from dekaan.people.models import Pupil
from dekaan.programme.forms.planning import BY_HAND
from dekaan.programme.queries import RegisterRow

# Other than there or not there.
OTHERWISE = (State.PART, State.OPTED_OUT, State.NOT_APPLICABLE)


STATES = {str(state): state.label.lower() for state in State}


def _said(row: RegisterRow) -> str:
    """The state that the row's boxes show."""
    if row.is_otherwise:
        return str(row.state)
    return str(State.ATTENDED if row.present else State.ABSENT)


def _marks() -> forms.MultipleChoiceField:
    said = {"invalid_choice": "That pupil is not on this register."}
    return forms.MultipleChoiceField(required=False, error_messages=said)


class Register(forms.Form):
    """Who was there, and whose part was otherwise: offers only the invited whom the person may see."""

    present = _marks()
    part = _marks()
    opted_out = _marks()
    not_applicable = _marks()

    def __init__(self, rows: list[RegisterRow], data: Any = None, *, session_id: int | None = None) -> None:
        super().__init__(data)
        self.session_id, self.clashes = session_id, list[Clash]()
        self.now = {str(row.pk): _said(row) for row in rows}
        self.said: dict[str, str] = {}
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

    def is_valid(self) -> bool:
        """One thing is said of each, and nothing that was saved meanwhile would be written over.

        A mark that the person did not touch is as it was saved meanwhile: two tutors of one session never undo each
        other. One that both touched, each otherwise, is put to the second.
        """
        if not super().is_valid():
            return False
        read = dict(each.split(":", 1) for each in self.data.get(AS_READ, "").split() if ":" in each)
        for pk, now in self.now.items():
            was, typed = read.get(pk, now), self._typed(pk)
            self.said[pk] = now if typed == was else typed
            if was not in {now, typed} and typed != now:
                self.clashes.append(Clash(self.names[pk], STATES[now], STATES[typed], is_touched=True))
        return not self.clashes

    def _typed(self, pk: str) -> str:
        state = next((str(state) for state in OTHERWISE if pk in self.cleaned_data[state]), "")
        return state or str(State.ATTENDED if pk in self.cleaned_data["present"] else State.ABSENT)

    def as_marked(self, rows: list[RegisterRow]) -> list[RegisterRow]:
        """The rows as the person marked them, where that is not saved."""
        return [replace(row, state=self.said.get(str(row.pk), row.state)) for row in rows]

    def as_read(self) -> SafeString:
        """What the page says of each pupil as it is opened."""
        said = " ".join(f"{pk}:{state}" for pk, state in self.now.items())
        return format_html('<input type="hidden" name="{}" value="{}">', AS_READ, said)

    def saved_by(self) -> str:
        """Who saved the register last."""
        return last_saved_by("session", self.session_id)

    def marked(self) -> set[int]:
        """Ids of those marked as there."""
        return {int(pk) for pk, state in self.said.items() if state in {State.ATTENDED, State.PART}}

    def otherwise(self) -> dict[int, str]:
        """The state of those whose part was otherwise, by id."""
        return {int(pk): state for pk, state in self.said.items() if state in OTHERWISE}


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
