"""The first plan, from the gaps: what is proposed, line by line, to be ticked and changed."""

from typing import Any

from django import forms

from dekaan.core.day_field import day, within_reach
from dekaan.core.plain_fields import words
from dekaan.plan.forms.owning import WithoutPupils, owner, text
from dekaan.plan.forms.plans import DUE
from dekaan.plan.queries.first import Proposal
from dekaan.plan.queries.plans import possible_owners

NAMES = ("take", "objective", "action", "owner", "owner_name", "due_on", "target")


class FirstPlan(WithoutPupils, forms.Form):
    """A plan from the gaps: what is proposed, each line to be ticked and changed."""

    title = words(150, required="Say what it is called.", label="What is it called?")
    vision = text(
        2000, 3, label="The vision, in words", help_text="What is true for pupils when it has worked? It can wait."
    )

    def __init__(self, data: Any = None, *, proposals: list[Proposal], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.proposals, people = proposals, possible_owners()
        self.FREE = ["title", "vision"]
        for number, each in enumerate(proposals):
            fields: dict[str, forms.Field] = {
                "take": forms.BooleanField(label=each.objective, required=False, initial=each.is_ticked),
                "objective": words(300, label="What do you want to be true?", initial=each.objective),
                "action": words(300, label="What is to be done?", initial=each.action),
                "owner": owner(initial=each.owner.pk if each.owner else None),
                "owner_name": words(
                    150,
                    label="Or somebody who is not on the staff list",
                    initial="" if each.owner else each.owner_words,
                ),
                "due_on": day(DUE, label="By when?", required=False, initial=each.due_on, validators=[within_reach]),
            }
            if each.target is not None:
                fields["target"] = forms.IntegerField(
                    label="How many per cent are to meet it?",
                    initial=each.target,
                    required=False,
                    min_value=1,
                    max_value=100,
                    error_messages=dict.fromkeys(
                        ("invalid", "min_value", "max_value"), "Give a whole number from 1 to 100."
                    ),
                )
            fields["owner"].queryset = people  # type: ignore[attr-defined]
            for name, field in fields.items():
                self.fields[f"{name}_{number}"] = field
            self.FREE += [f"objective_{number}", f"action_{number}"]

    def lines(self) -> list[tuple[Proposal, dict[str, Any]]]:
        """Each proposal with its fields, for the page."""
        return [
            (each, {name: self[f"{name}_{number}"] for name in NAMES if f"{name}_{number}" in self.fields})
            for number, each in enumerate(self.proposals)
        ]

    def clean(self) -> dict[str, Any]:
        """Something is taken up, and each that is has its words, its day and its target."""
        data = super().clean()
        needed = {
            "objective": "Say what you want to be true, or untick it.",
            "action": "Say what is to be done, or untick it.",
            "due_on": "Give the day by which it is done, or untick it.",
            "target": "Say how many per cent are to meet it, or untick it.",
        }
        taken = [number for number in range(len(self.proposals)) if data.get(f"take_{number}")]
        if not taken:
            raise forms.ValidationError("Tick at least one of those below: a plan has an objective.")
        for number in taken:
            for name, said in needed.items():
                key = f"{name}_{number}"
                if key in self.fields and not data.get(key) and key not in self.errors:
                    self.add_error(key, said)
            if data.get(f"owner_{number}") and data.get(f"owner_name_{number}"):
                self.add_error(f"owner_name_{number}", "Choose somebody on the list or write a name, not both.")
        return data

    def taken(self) -> list[tuple[Proposal, dict[str, Any]]]:
        """Those that were ticked, as they were changed."""
        data = self.cleaned_data
        return [
            (each, {name: data.get(f"{name}_{number}") for name in NAMES[1:]})
            for number, each in enumerate(self.proposals)
            if data[f"take_{number}"]
        ]
