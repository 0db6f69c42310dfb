"""What may be typed about parents and carers."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.editing import Edits
from dekaan.people.changes import LiftedBecause
from dekaan.people.models import Carer, CarerOf


class CarerDetails(Edits, forms.Form):
    """A parent or carer, and who they are to the pupil."""

    forename = forms.CharField(label="Forename", max_length=100, required=False)
    surname = forms.CharField(label="Surname", max_length=100)
    relationship = forms.CharField(
        label="Who they are to the pupil", max_length=40, required=False, help_text="Mother, foster carer, guardian"
    )
    email = forms.EmailField(label="E-mail address", max_length=254, required=False)
    telephone = forms.CharField(label="Telephone", max_length=30, required=False)

    carer_id: int | None = None

    @classmethod
    def of(cls, link: CarerOf, data: Any) -> "CarerDetails":
        """The form filled with the parent or carer as they are."""
        names = ("forename", "surname", "email", "telephone")
        form = cls(
            data, initial={name: getattr(link.carer, name) for name in names} | {"relationship": link.relationship}
        )
        form.carer_id = link.carer_id
        return form

    def saved_by(self) -> str:
        """Who saved the parent or carer last."""
        return last_saved_by("carer", self.carer_id)


class NewCarer(CarerDetails):
    """A parent or carer to be added; whoever looks like somebody whom the school knows is put to the person."""

    known = forms.ChoiceField(label="Is this somebody whom the school knows?", required=False, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, alike: list[tuple[Carer, str]]) -> None:
        super().__init__(data)
        self.by_key = {str(carer.pk): carer for carer, _ in alike}
        if alike:
            self.fields["known"].choices = [  # type: ignore[attr-defined]
                *((str(carer.pk), f"Yes: {carer}, of {children}") for carer, children in alike),
                ("new", "No: another person"),
            ]
        else:
            del self.fields["known"]

    def clean(self) -> dict[str, Any]:
        """A person says whether it is the same one."""
        cleaned = super().clean() or {}
        if "known" in self.fields and not cleaned.get("known"):
            self.add_error("known", "Say whether it is the same person: a parents' evening invites each person once")
        return cleaned

    def same(self) -> Carer | None:
        """Whom the person chose."""
        return self.by_key.get(self.cleaned_data.get("known", ""))


class Lifting(forms.Form):
    """Why a contact is not restricted any more: one of a list, since nothing is typed here."""

    because = forms.ChoiceField(
        label="Why it is lifted",
        choices=LiftedBecause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say why it is lifted."},
    )
