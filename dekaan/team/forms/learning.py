"""Where a colleague comes from, what they are to learn, whom they meet and what they did."""

from datetime import date
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks, choice, words
from dekaan.frameworks.queries import (
    backgrounds,
    leader_trainings,
    responsibilities,
    responsibility_headings,
    training_levels,
)
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.team.forms.leading import in_years_we_know, number
from dekaan.team.models import DevelopmentNeed, NetworkJoined, Profile, Training


def _serves() -> Any:
    return choice(many=True, label="For which responsibilities?", widget=Ticks)


def _by_heading() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (name, [(each.id, each.words) for each in responsibilities().values() if each.heading == key])
        for key, name in responsibility_headings().items()
    ]


def _people(field: Any, *besides: int | None) -> None:
    """Those who work here, and whoever stands there already."""
    field.queryset = staff() | StaffMember.objects.filter(pk__in=[each for each in besides if each])


def _colleague(**more: Any) -> Any:
    wrong = {"invalid_choice": "Choose somebody of the staff on the list.", "required": "Choose who it was."}
    return forms.ModelChoiceField(queryset=None, error_messages=wrong, **more)


def _not_to_come(form: forms.Form, name: str, said: str) -> None:
    given = form.cleaned_data.get(name)
    if isinstance(given, date) and given > today():
        form.add_error(name, said)


class _Of(Edits, forms.Form):
    """A form that begins with the fields of a row of its own names; `subject` is how the trail knows it."""

    names: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *, row: Any) -> None:
        super().__init__(data, initial={name: getattr(row, name) for name in self.names} if row else {})
        self.row = row

    def saved_by(self) -> str:
        """Who saved anything of the colleague's last."""
        return last_saved_by("staff", self.row.staff_id if self.row else None)


class ProfileDetails(_Of):
    """Background, training in leading careers, mentor and induction."""

    names = (
        "background",
        "training",
        "trained_on",
        "mentor",
        "mentor_name",
        "induction_begins_on",
        "induction_done_on",
    )
    background = choice(label="Where do they come from?")
    training = choice(label="Training in leading careers")
    trained_on = day(label="Since when?", required=False)
    mentor = _colleague(label="Mentor", required=False, empty_label="Nobody of the staff")
    mentor_name = words(120, label="Or a mentor from elsewhere, by name")
    induction_begins_on = day(label="Induction begins on", required=False)
    induction_done_on = day(label="Induction done on", required=False)

    def __init__(self, data: Any = None, *, row: Profile | None) -> None:
        super().__init__(data, row=row)
        nothing = [("", "Not said")]
        self.fields["background"].choices = nothing + [(key, each.name) for key, each in backgrounds().items()]  # type: ignore[attr-defined]
        self.fields["training"].choices = nothing + list(leader_trainings().items())  # type: ignore[attr-defined]
        if row:
            self.initial["mentor"] = row.mentor_id
        _people(self.fields["mentor"], row.mentor_id if row else None)

    def clean(self) -> dict[str, Any]:
        """One mentor, and an induction that ends after it began."""
        data = super().clean() or {}
        in_years_we_know(self, "trained_on", "induction_begins_on", "induction_done_on")
        if data.get("mentor") and data.get("mentor_name"):
            self.add_error("mentor_name", "Choose a colleague, or write a name: not both.")
        begins, done = data.get("induction_begins_on"), data.get("induction_done_on")
        if begins and done and done < begins:
            self.add_error("induction_done_on", "It cannot be done before it begins.")
        return data


class NeedDetails(_Of):
    """One line of a development plan."""

    names = ("what", "serves", "how", "due_on", "done_on")
    what = words(200, required="Say what is to be learnt.", label="What is to be learnt?")
    serves = _serves()
    how = words(200, label="How?")
    due_on = day(label="By when?", required=False)
    done_on = day(label="Done on", required=False)

    def __init__(self, data: Any = None, *, row: DevelopmentNeed | None) -> None:
        super().__init__(data, row=row)
        self.fields["serves"].choices = _by_heading()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days lie in years that people live in."""
        data = super().clean() or {}
        in_years_we_know(self, "due_on", "done_on")
        _not_to_come(self, "done_on", "That day is still to come. Say it once it is done.")
        return data


class NetworkDetails(_Of):
    """A network or professional body."""

    names = ("kind", "name", "joined_on", "met_on", "left_on")
    kind = choice(required="Choose what it is.", label="What is it?", choices=NetworkJoined.Kind.choices)
    name = words(120, required="Give its name.", label="Name")
    joined_on = day(label="Joined on", required=False)
    met_on = day(label="Last there on", required=False)
    left_on = day(label="Left on", required=False)

    def clean(self) -> dict[str, Any]:
        """Days lie in years that people live in."""
        data = super().clean() or {}
        in_years_we_know(self, "joined_on", "met_on", "left_on")
        return data


class TrainingDetails(_Of):
    """A line of the training log."""

    names = ("staff", "done_on", "title", "provider", "hours", "what_for", "serves", "level", "evidence")
    staff = _colleague(label="Who?")
    title = words(150, required="Say what it was.", label="What was it?")
    done_on = day("Give the day.", label="On")
    hours = number("Hours", 99)
    provider = words(120, label="By whom?", help_text="The course’s provider, or whoever held it")
    what_for = words(200, label="What for?")
    level = choice(label="Level")
    evidence = words(300, label="What shows it?", help_text="A certificate and where it lies, or an address on the web")
    serves = _serves()

    def __init__(self, data: Any = None, *, row: Training | None) -> None:
        super().__init__(data, row=row)
        if row:
            self.initial["staff"] = row.staff_id
        _people(self.fields["staff"], row.staff_id if row else None)
        self.fields["level"].choices = [("", "Not said"), *training_levels().items()]  # type: ignore[attr-defined]
        self.fields["serves"].choices = _by_heading()  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved the line last."""
        return last_saved_by("training", self.row.pk if self.row else None)

    def clean(self) -> dict[str, Any]:
        """On a day that has come."""
        data = super().clean() or {}
        in_years_we_know(self, "done_on")
        _not_to_come(self, "done_on", "That day is still to come. Log it once it is done.")
        return data
