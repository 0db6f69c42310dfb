"""What many forms here share: whose a thing is, and that its words name no pupil."""

from collections.abc import Sequence
from typing import Any

from django import forms

from dekaan.core.plain_fields import words
from dekaan.people.models import StaffMember
from dekaan.people.queries import pupils_named
from dekaan.plan.queries.plans import possible_owners


def text(most: int, rows: int, **more: Any) -> forms.CharField:
    """Words of several lines."""
    return words(most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def somebody(label: str, **more: Any) -> Any:
    """Somebody of the staff; who can be chosen is said when the form is made."""
    said = {"invalid_choice": "Choose somebody of the staff on the list."}
    return forms.ModelChoiceField(label=label, queryset=None, required=False, error_messages=said, **more)


class WithoutPupils(forms.BaseForm):
    """A form whose words, in the fields `FREE`, name no pupil: whoever reads plans and tasks may not see names.

    Somebody of the staff who is called the same as a pupil may be named.
    """

    FREE: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        """Each field in which a pupil is named says so."""
        data: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        said = [(name, str(data.get(name) or "")) for name in self.FREE]
        for place, pupil in named_in([each for _, each in said]):
            self.add_error(
                said[place][0],
                f"“{pupil}” is a pupil here. Say it without the name: plans, meetings and tasks are read by people who "
                "may not see pupils’ names. Lists of pupils have their own place.",
            )
        return data


def named_in(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Where the texts name a pupil of whom nobody on the staff has the name."""
    found = pupils_named(texts) if any(texts) else []
    if not found:
        return []
    staff = {f"{forename} {surname}" for forename, surname in StaffMember.objects.values_list("forename", "surname")}
    return [(place, name) for place, name in found if name not in staff]


class Owned(WithoutPupils):
    """A form that says whose a thing is: somebody on the staff list, or somebody by name. Put before forms.Form."""

    def offer_owners(self, *besides: int | None) -> None:
        """Those who work here can be chosen, and whose it is already."""
        self.fields["owner"].queryset = possible_owners(besides)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It is one person's."""
        data = super().clean()
        if data.get("owner") and data.get("owner_name"):
            self.add_error("owner_name", "Choose somebody on the list or write a name, not both.")
        return data


def owner(**more: Any) -> Any:
    """Whose it is, of the staff."""
    return somebody("Who sees to it?", empty_label="Nobody on this list", **more)


def owner_name() -> forms.CharField:
    """Whose it is, of others."""
    return words(
        150, label="Or somebody who is not on the staff list", help_text="A governor, a hub lead: name and capacity"
    )
