"""What may be typed of a policy."""

from datetime import date
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import FIRST, LAST, today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import words
from dekaan.evidence.models import Evidence
from dekaan.plan.forms.owning import Owned, owner, owner_name
from dekaan.plan.models import Policy

FIELDS = ("title", "owner", "owner_name", "approved_by", "approved_on", "next_review_on", "address", "evidence")


class NewPolicy(Owned, forms.Form):
    """A policy of the school's own."""

    FREE = ("title",)

    title = words(150, required="Say what it is called.", label="What is it called?")
    owner = owner()
    owner_name = owner_name()
    approved_by = words(150, label="Who approved it?", help_text="A name and a capacity")
    approved_on = day(label="When was it approved?", required=False)
    next_review_on = day(label="When is it looked at again?", required=False)
    address = forms.URLField(
        label="Where does it live on the web?",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "govuk-input"}),
        error_messages={
            "invalid": "Give the whole address, such as https://www.school.example/policies/careers.",
            "max_length": "The address is too long. Give a shorter one that leads there.",
        },
    )
    evidence: Any = forms.ModelChoiceField(
        label="Or as which piece of evidence?",
        queryset=Evidence.objects.none(),
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose a piece on the list."},
    )

    def __init__(self, data: Any = None, *, policy: Policy | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer_owners(policy.owner_id if policy else None)
        pieces = Evidence.objects.filter(set_aside_on=None) | Evidence.objects.filter(
            pk=policy.evidence_id if policy and policy.evidence_id else 0
        )
        self.fields["evidence"].queryset = pieces.order_by("title", "pk")  # type: ignore[attr-defined]

    def clean_approved_on(self) -> date | None:
        """Not a day to come."""
        given: date | None = self.cleaned_data["approved_on"]
        if given and given > today():
            raise forms.ValidationError("That day has not come yet.")
        return given

    def clean(self) -> dict[str, Any]:
        """Approved by somebody on a day, and looked at again after it; in years that people live in."""
        data = super().clean()
        for name in ("approved_on", "next_review_on"):
            if data.get(name) and not FIRST < data[name].year < LAST:
                self.add_error(name, f"Give a year between {FIRST} and {LAST}.")
        if data.get("approved_on") and not data.get("approved_by") and "approved_by" not in self.errors:
            self.add_error("approved_by", "Say who approved it.")
        if data.get("approved_by") and not data.get("approved_on") and "approved_on" not in self.errors:
            self.add_error("approved_on", "Give the day on which it was approved.")
        approved, review = data.get("approved_on"), data.get("next_review_on")
        if approved and review and review < approved:
            self.add_error("next_review_on", "It is looked at again after it was approved. Give a later day.")
        if not str(data.get("address") or "https://").startswith(("http://", "https://")):
            self.add_error("address", "Give an address that begins with https://.")
        return data


class ChangedPolicy(Edits, NewPolicy):
    """A policy, to be corrected."""

    def __init__(self, data: Any = None, *, policy: Policy) -> None:
        super().__init__(data, policy=policy, initial={name: getattr(policy, name) for name in FIELDS})
        self.policy_id = policy.pk

    def saved_by(self) -> str:
        """Who saved the policy last."""
        return last_saved_by("policy", self.policy_id)
