"""What may be put together, kept, exported and planned."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from dekaan.core.academic_year import day_asked, today
from dekaan.core.day_field import day
from dekaan.core.ticking import Ticking
from dekaan.frameworks.queries import activity_types
from dekaan.lists.models import SharedWith
from dekaan.lists.queries import MOST_HAD, MOST_WHO, VERBS, WINDOWS, Had, Offered, Sentence, mismatch
from dekaan.lists.queries.finding import Group
from dekaan.programme.models import Audience
from dekaan.programme.queries import OpenCatchUp, SessionLine, other_year_groups

USUAL_WHO, USUAL_HAD = 3, 1
_ROW = re.compile(r"(who|verb|what|when|since|least)_(\d)")
NOTHING_SAID = "Choose at least one phrase: who they are, or what they have or have not had."


def _chosen(label: str, choices: list[Any], **more: Any) -> forms.ChoiceField:
    said = {"invalid_choice": "Choose one of the phrases on the list."}
    return forms.ChoiceField(label=label, choices=choices, required=False, error_messages=said, **more)


def rows_said(data: Mapping[str, Any]) -> tuple[int, int]:
    """How many lines of either kind an address says."""
    numbers = {"who": 0, "had": 0}
    for key in data:
        if match := _ROW.fullmatch(key):
            kind = "who" if match[1] == "who" else "had"
            numbers[kind] = max(numbers[kind], int(match[2]) + 1)
    return min(numbers["who"], MOST_WHO), min(numbers["had"], MOST_HAD)


class Builder(forms.Form):
    """A sentence, a drop-down a phrase. Lines that are left empty say nothing."""

    def __init__(self, data: Any = None, *, offered: Offered, initial: Any = None, more: int = 0) -> None:
        super().__init__(data, initial=initial)
        who, had = rows_said(data or initial or {})
        self.who_rows = min(max(USUAL_WHO, who) + more, MOST_WHO)
        self.had_rows = min(max(USUAL_HAD, had) + more, MOST_HAD)
        groups = [(title, list(values.items())) for title, values in offered.who.items() if values]
        things = [(title, list(values.items())) for title, values in offered.what.items() if values]
        for number in range(self.who_rows):
            label = "and" if number else "Pupils who are"
            self.fields[f"who_{number}"] = _chosen(label, [("", "anybody"), *groups])
        for number in range(self.had_rows):
            self.fields |= {
                f"verb_{number}": _chosen("and" if number else "who", [("", "–"), *VERBS.items()]),
                f"what_{number}": _chosen("what", [("", "–"), *things]),
                f"when_{number}": _chosen("when", list(WINDOWS.items())),
                f"since_{number}": day(label="since which day", required=False),
                f"least_{number}": forms.IntegerField(
                    label="at least",
                    min_value=1,
                    max_value=200,
                    required=False,
                    error_messages=dict.fromkeys(
                        ("invalid", "min_value", "max_value"), "Give how often as a whole number from 1 to 200."
                    ),
                ),
            }

    @classmethod
    def of(cls, sentence: Sentence, offered: Offered) -> "Builder":
        """The drop-downs as the sentence has them."""
        initial: dict[str, Any] = {f"who_{number}": phrase for number, phrase in enumerate(sentence.who)}
        for number, each in enumerate(sentence.had):
            initial |= {f"{name}_{number}": getattr(each, name) for name in ("verb", "what", "when", "since", "least")}
        return cls(offered=offered, initial=initial)

    @property
    def who(self) -> list[Any]:
        """The lines of who they are."""
        return [self[f"who_{number}"] for number in range(self.who_rows)]

    @property
    def had(self) -> list[list[Any]]:
        """The lines of what they have had."""
        return [
            [self[f"{name}_{number}"] for name in ("verb", "what", "when", "since", "least")]
            for number in range(self.had_rows)
        ]

    @property
    def can_grow(self) -> bool:
        """Whether there is room for more phrases."""
        return self.who_rows < MOST_WHO or self.had_rows < MOST_HAD

    def clean(self) -> dict[str, Any]:
        """Each line says a whole phrase, or nothing; something is said."""
        data = super().clean() or {}
        for number in range(self.had_rows):
            self._check(data, number)
        if not self.errors and not self.sentence:
            raise forms.ValidationError(NOTHING_SAID)
        return data

    def _check(self, data: dict[str, Any], number: int) -> None:
        verb, what = data.get(f"verb_{number}"), data.get(f"what_{number}")
        if not verb:
            if what:
                self.add_error(f"verb_{number}", "Say whether they have had it, or not.")
            return
        if verb == "joined":
            data[f"when_{number}"], data[f"what_{number}"] = "since", ""
        elif not what and not self.errors.get(f"what_{number}"):
            self.add_error(f"what_{number}", "Say what.")
            return
        elif not self.errors and (wrong := mismatch(self._had(data, number))):
            self.add_error(f"what_{number}", wrong)
        self._read_day(data, number)
        needs_day = data.get(f"when_{number}") == "since" and (verb == "joined" or self._had(data, number).is_counted)
        if needs_day and not data.get(f"since_{number}") and not self.errors.get(f"since_{number}"):
            self.add_error(f"since_{number}", "Give the day since when.")

    def _read_day(self, data: dict[str, Any], number: int) -> None:
        """A day that is given is the day since when, whatever is left in the drop-down; what it cannot be is refused."""
        when = data.get(f"when_{number}") or "year"
        if not data.get(f"since_{number}") or when == "since":
            return
        if not self._had(data, number).is_counted:
            self.add_error(f"since_{number}", "A day says nothing here. Empty it.")
        elif when == "year":  # as the drop-down stands before anybody chooses
            data[f"when_{number}"] = "since"
        else:
            said = f"You chose “{WINDOWS[when]}” and gave a day. Choose “{WINDOWS['since']}”, or empty the day."
            self.add_error(f"since_{number}", said)

    @staticmethod
    def _had(data: dict[str, Any], number: int) -> Had:
        return Had(
            data.get(f"verb_{number}") or "",
            data.get(f"what_{number}") or "",
            data.get(f"when_{number}") or "year",
            data.get(f"since_{number}") if data.get(f"when_{number}") == "since" else None,
            data.get(f"least_{number}") or 1,
        )

    @property
    def sentence(self) -> Sentence:
        """What the drop-downs say."""
        data = self.cleaned_data
        who = [value for number in range(self.who_rows) if (value := data.get(f"who_{number}"))]
        had = [self._had(data, number) for number in range(self.had_rows) if data.get(f"verb_{number}")]
        return Sentence(tuple(dict.fromkeys(who)), tuple(dict.fromkeys(had)))


class Keep(forms.Form):
    """The name of a sentence, and who besides may open it."""

    name = forms.CharField(
        label="Name",
        max_length=100,
        error_messages={"required": "Give the list a name.", "max_length": "Say it in 100 letters or fewer."},
    )
    shared_with = _chosen("Shared with", SharedWith.choices)


class Share(forms.Form):
    """Who besides its owner may open a list."""

    shared_with = _chosen("Shared with", SharedWith.choices)


class Plan(Ticking, forms.Form):
    """To what those who stay ticked are invited: a session that is planned, a catch-up, or something new."""

    session = _chosen("To what?", [], help_text="Choose what is planned already, or say below what is new")
    title = forms.CharField(
        label="Something new: what is it?",
        max_length=200,
        required=False,
        error_messages={"max_length": "Say it in 200 letters or fewer."},
    )
    activity_type = _chosen("Kind of activity", [])
    held_on = day(label="On which day?", required=False, help_text="For something new, or a catch-up")
    starts_at = forms.TimeField(
        label="From",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "Give the time as hours and minutes, such as 09:30."},
    )
    place = forms.CharField(label="Where?", required=False, max_length=100)
    partner_name = forms.CharField(label="Employer or provider", required=False, max_length=200)
    all_the_same = forms.BooleanField(label="Invite them all the same", required=False)

    def __init__(
        self, data: Any = None, *, groups: list[Group], planned: Iterable[SessionLine], missed: Iterable[OpenCatchUp]
    ) -> None:
        super().__init__(data)
        self.groups = groups
        if data is None:  # it is asked once there is something to ask
            del self.fields["all_the_same"]
        to_come = [line.session for line in planned if line.session.activity.audience == Audience.PUPILS]
        self.planned = {f"session:{each.pk}": each for each in to_come if not each.has_begun}
        self.missed = {f"catch-up:{each.session.pk}": each.session for each in missed}
        kinds = [(each.key, each.name) for each in activity_types().values() if each.audience == Audience.PUPILS]
        self.fields["activity_type"].choices = [("", "Choose the kind"), *kinds]  # type: ignore[attr-defined]
        self.fields["session"].choices = [  # type: ignore[attr-defined]
            ("", "Something new"),
            ("Planned", [(key, f"{each.held_on:%-d %B}: {each.title}") for key, each in self.planned.items()]),
            ("A catch-up of", [(key, f"{each.title}, {each.held_on:%-d %B}") for key, each in self.missed.items()]),
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody is invited, from the list, and to something that is said."""
        data = super().clean() or {}
        chosen = self.ticked()
        needed = {"title": "Say what it is.", "activity_type": "Choose the kind."} if not data.get("session") else {}
        if data.get("session") not in self.planned:
            needed["held_on"] = "Give the day."
        for name, said in needed.items():
            if not data.get(name) and not self.errors.get(name):
                self.add_error(name, said)
        existing = self.planned.get(data.get("session", ""))
        if existing and (others := other_year_groups(existing, chosen)):
            if not data.get("all_the_same"):
                self.add_error("session", f"{others} Choose another, or tick that they are invited all the same.")
        else:
            del self.fields["all_the_same"]
        return data | {"pupils": chosen}

    def on(self) -> date:
        """The day that is meant so far, or today."""
        if not self.is_bound:
            return today()
        chosen = self.planned.get(self.data.get("session", ""))
        return chosen.held_on if chosen else day_asked(self.data.get("held_on", "")) or today()
