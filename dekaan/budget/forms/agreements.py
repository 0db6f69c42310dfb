"""What may be typed of service agreements and of an adviser's days."""

from decimal import Decimal
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.budget.forms.typed import Pounds, check_years, somebody
from dekaan.budget.models import AdviserDay, Agreement
from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Offers, choice, words
from dekaan.partners.models import Contact
from dekaan.partners.queries import names_on_offer, organisation_named

QUARTERS = Decimal("0.25")


class AgreementSaid(forms.Form):
    """A service that is commissioned or comes free."""

    title = words(200, required="Say which service it is.", label="Which service?")
    partner = words(
        200,
        required="Say with whom it is.",
        label="With whom?",
        widget=Offers(names_on_offer),
        help_text="One of your directory, or any other name of an organisation",
    )
    contact: Any = forms.ModelChoiceField(
        label="The person there",
        queryset=None,
        required=False,
        empty_label="Nobody named",
        help_text="Of your directory; add them there first",
        error_messages={"invalid_choice": "Choose a person of the directory."},
    )
    owner: Any = None
    scope = words(2000, label="What it covers", widget=forms.Textarea(attrs={"rows": 3}))
    deliverables = words(2000, label="What they deliver", widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = day("Give its first day.", label="Begins")
    renewal_on = day("Give the day on which it ends unless it is renewed.", label="Ends, unless renewed")
    notice_on = day(label="Last day to give notice", required=False)
    ended_on = day(label="Ended before that, on", required=False)
    is_free = forms.BooleanField(label="It is free of charge", required=False)
    cost = Pounds(label="Cost for that time", least=0)
    value_in_kind = Pounds(label="Value in kind", least=0, help_text="What it would cost, were it not free or cheaper")
    days_bought = forms.DecimalField(
        label="Adviser days bought",
        required=False,
        min_value=0,
        max_value=366,
        max_digits=5,
        decimal_places=2,
        help_text="Where it is for days; 0.5 is half a day",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Give days from 0 to 366, such as 12 or 12.5.",
        ),
    )
    adviser: Any = None
    quality_mark = words(100, label="Quality mark", help_text="Such as the matrix Standard")
    quality_mark_until = day(label="Quality mark good until", required=False)
    checks_said = words(200, label="Which safeguarding checks were seen?", help_text="Without names or numbers")
    checks_seen_by: Any = None
    checks_seen_on = day(label="Seen on", required=False)
    review_on = day(label="To be reviewed on", required=False)
    review_outcome = words(2000, label="What the review came to", widget=forms.Textarea(attrs={"rows": 3}))

    field_order = (
        "title", "partner", "contact", "owner", "scope", "deliverables", "starts_on", "renewal_on", "notice_on",
        "ended_on", "is_free", "cost", "value_in_kind", "days_bought", "adviser", "quality_mark", "quality_mark_until",
        "checks_said", "checks_seen_by", "checks_seen_on", "review_on", "review_outcome",
    )  # fmt: skip

    def __init__(self, *args: Any, held: Agreement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["contact"].queryset = Contact.objects.select_related("organisation").order_by("organisation__name", "pk")
        fields["contact"].label_from_instance = lambda each: f"{each}, {each.organisation}"
        fields["owner"] = somebody(
            "Who looks after it?", held.owner if held else None, "They are told when it is to be renewed"
        )
        fields["adviser"] = somebody(
            "Which adviser comes?",
            held.adviser if held else None,
            "Of your staff list, where their qualification and employment stand too: their days are counted from the programme",
        )
        fields["checks_seen_by"] = somebody("Who saw them?", held.checks_seen_by if held else None)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Its days follow one another, and what is free costs nothing."""
        data = super().clean() or {}
        days = [name for name in self.fields if name.endswith(("_on", "_until"))]
        check_years(self, *days)
        begins = data.get("starts_on")
        for name, said in (
            ("renewal_on", "It cannot end before it begins."),
            ("ended_on", "It cannot have ended before it began."),
        ):
            if begins and data.get(name) and data[name] < begins:
                self.add_error(name, said)
        if data.get("notice_on") and data.get("renewal_on") and data["notice_on"] > data["renewal_on"]:
            self.add_error("notice_on", "Notice is given before it ends.")
        if data.get("is_free") and data.get("cost"):
            self.add_error("cost", "It is free and costs something: leave out one of them.")
        if bool(data.get("checks_seen_by")) != bool(data.get("checks_seen_on")) and "checks_seen_on" not in self.errors:
            self.add_error("checks_seen_on", "Say who saw the checks and on which day, or neither.")
        if data.get("checks_seen_on") and data["checks_seen_on"] > today():
            self.add_error("checks_seen_on", "That day is still to come.")
        return data

    def said(self) -> dict[str, Any]:
        """The fields of the agreement."""
        data = dict(self.cleaned_data)
        partner = data.pop("partner")
        found = organisation_named(partner)
        return data | {"organisation": found, "with_whom": "" if found else partner}


class ChangedAgreement(Edits, AgreementSaid):
    """An agreement as it is to be."""

    agreement_id: int

    @classmethod
    def of(cls, agreement: Agreement, data: Any = None) -> "ChangedAgreement":
        """The form filled with the agreement as it is."""
        names = [name for name in cls.field_order if name != "partner"]
        initial = {name: getattr(agreement, name) for name in names} | {"partner": agreement.partner}
        form = cls(data, initial=initial, held=agreement)
        form.agreement_id = agreement.pk
        return form

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("agreement", self.agreement_id)


class Renewal(forms.Form):
    """What is new when an agreement is renewed."""

    starts_on = AgreementSaid.base_fields["starts_on"]
    renewal_on = AgreementSaid.base_fields["renewal_on"]
    notice_on = AgreementSaid.base_fields["notice_on"]
    cost = AgreementSaid.base_fields["cost"]
    days_bought = AgreementSaid.base_fields["days_bought"]
    review_on = AgreementSaid.base_fields["review_on"]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        data = super().clean() or {}
        check_years(self, "starts_on", "renewal_on", "notice_on", "review_on")
        begins, ends = data.get("starts_on"), data.get("renewal_on")
        if begins and ends and ends < begins:
            self.add_error("renewal_on", "It cannot end before it begins.")
        if ends and data.get("notice_on") and data["notice_on"] > ends:
            self.add_error("notice_on", "Notice is given before it ends.")
        return data


class DaySaid(forms.Form):
    """A day that was used or lost."""

    kind = choice(label="Used or lost?", required="Say whether it was used or lost.", choices=AdviserDay.Kind.choices)
    on = day("Give the day.", label="On")
    days = forms.DecimalField(
        label="How much of a day?",
        initial=1,
        min_value=QUARTERS,
        max_value=5,
        max_digits=4,
        decimal_places=2,
        help_text="1, or a part such as 0.5",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Give 0.25, 0.5, 0.75, 1 or more, up to 5.",
        ),
    )
    reason = choice(label="Why was it lost?", choices=[("", "It was not lost"), *AdviserDay.Reason.choices])
    note = words(200, label="Note", help_text="Without a pupil’s name")

    def clean(self) -> dict[str, Any]:
        """In quarters; a lost day has its reason, and a used one none."""
        data = super().clean() or {}
        days = data.get("days")
        if days is not None and days % QUARTERS:
            self.add_error("days", "Give 0.25, 0.5, 0.75, 1 or more, up to 5.")
        if data.get("kind") == AdviserDay.Kind.LOST and not data.get("reason"):
            self.add_error("reason", "Say why it was lost.")
        if data.get("kind") == AdviserDay.Kind.USED:
            data["reason"] = ""
        return data
