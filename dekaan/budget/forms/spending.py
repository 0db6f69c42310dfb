"""What may be typed of spend."""

from typing import Any

from django import forms

from dekaan.budget.forms.typed import Pounds
from dekaan.budget.models import Budget, Spend
from dekaan.budget.queries import every_agreement
from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.plain_fields import Offers, Ticks, choice, words
from dekaan.frameworks.queries import benchmarks_in_force
from dekaan.partners.queries import names_on_offer, organisation_named
from dekaan.programme.models import Activity, Session


class SpendSaid(forms.Form):
    """Money that was promised or paid or came back, and what it was for."""

    kind = choice(label="What is it?", required="Say whether it was spent or came back.", choices=Spend.Kind.choices)
    pence = Pounds(label="Amount", required="Give the amount.")
    what = words(200, required="Say what for.", label="What for?", help_text="Without a pupil’s name")
    line: Any = forms.ModelChoiceField(
        label="Line of the budget",
        queryset=None,
        empty_label="Choose",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the line that it belongs to."),
    )
    on = day("Give the day.", label="On")
    state = choice(label="How far is it?", required="Say how far it is.", choices=Spend.State.choices[:2])
    supplier = words(
        200,
        label="To whom?",
        widget=Offers(names_on_offer),
        help_text="An employer, provider or supplier: one of your directory, or any other name of a firm",
    )
    agreement: Any = forms.ModelChoiceField(
        label="By an agreement",
        queryset=None,
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose an agreement of the list."},
    )
    session: Any = forms.ModelChoiceField(
        label="On a session",
        queryset=None,
        required=False,
        empty_label="No one session",
        error_messages={"invalid_choice": "Choose a session of this budget’s year."},
    )
    activity: Any = forms.ModelChoiceField(
        label="Or on an activity as a whole",
        queryset=None,
        required=False,
        empty_label="No activity",
        error_messages={"invalid_choice": "Choose an activity of the list."},
    )
    criteria = forms.MultipleChoiceField(
        label="Or on criteria, where it is for neither",
        required=False,
        widget=Ticks,
        error_messages={"invalid_choice": "Choose among those on the list."},
    )

    def __init__(self, *args: Any, budget: Budget, held: Spend | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget = budget
        fields: Any = self.fields
        fields["line"].queryset = budget.lines.all()
        fields["agreement"].queryset = every_agreement()
        of_year = Session.objects.filter(held_on__gte=budget.starts_on, held_on__lte=budget.ends_on)
        if held is not None and held.session_id:
            of_year = of_year | Session.objects.filter(pk=held.session_id)
        fields["session"].queryset = (
            of_year.select_related("activity").prefetch_related("invitations__group").order_by("-held_on", "pk")
        )
        fields["session"].label_from_instance = lambda each: f"{each.held_on:%-d %b}: {each.called}"
        fields["activity"].queryset = Activity.objects.order_by("title", "pk")
        version = benchmarks_in_force(max(budget.starts_on, min(today(), budget.ends_on)))
        known = {each.id for each in version.criteria}
        fields["criteria"].choices = [
            (f"{part.number}", [(each.id, f"{each.code} {each.title}") for each in part.criteria])
            for part in version.benchmarks
        ]
        if held is not None and (older := [each for each in held.criteria if each not in known]):
            fields["criteria"].choices = [*fields["criteria"].choices, ("Before", [(each, each) for each in older])]

    def clean(self) -> dict[str, Any]:
        """It is linked in one way, and a refund is money that came."""
        data = super().clean() or {}
        given = [name for name in ("session", "activity", "criteria") if data.get(name)]
        if len(given) > 1:
            self.add_error(
                given[1], "Give one of them: a session, an activity, or criteria. The first says its criteria."
            )
        if data.get("kind") == Spend.Kind.REFUND:
            data["state"] = Spend.State.PAID
        found = organisation_named(data.get("supplier", ""))
        data["organisation"] = found
        if found is not None:
            data["supplier"] = ""
        return data

    def said(self) -> dict[str, Any]:
        """The fields of the row but for its line."""
        return {name: value for name, value in self.cleaned_data.items() if name != "line"}

    @classmethod
    def initial_of(cls, spend: Spend) -> dict[str, Any]:
        """How the row is filled in."""
        names = ("kind", "pence", "what", "line", "on", "state", "agreement", "session", "activity", "criteria")
        return {name: getattr(spend, name) for name in names} | {"supplier": spend.paid_to}


class PaidOn(forms.Form):
    """When something that was committed was paid."""

    on = day("Give the day on which it was paid.", label="Paid on")
