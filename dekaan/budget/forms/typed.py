"""How amounts and people are typed, wherever they are."""

from datetime import date
from typing import Any

from django import forms

from dekaan.budget.money import MOST, Money, pence_of, typed_as
from dekaan.core.academic_year import FIRST, LAST
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff

NO_AMOUNT = "Give the amount in pounds, such as 250 or 1,249.50."
BELOW_NOTHING = "An amount cannot be below nothing. Money that came back is entered as a refund."
TOO_MUCH = f"Give an amount up to {Money(MOST)}. Is the number right?"
OUT_OF_REACH = f"Give a year between {FIRST} and {LAST}."


class Pounds(forms.CharField):
    """An amount, typed in pounds and given on in pence; nothing typed is None where it may be left out."""

    def __init__(self, *, required: str = "", least: int = 1, **more: Any) -> None:
        self.least = least
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            required=bool(required), error_messages={"required": required}, max_length=20, widget=widget, **more
        )

    def prepare_value(self, value: Any) -> Any:
        """What is held in pence as pounds; what was typed as it was typed."""
        return typed_as(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Pence."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            pence = pence_of(typed)
        except ValueError:
            raise forms.ValidationError(NO_AMOUNT) from None
        if pence < 0:
            raise forms.ValidationError(BELOW_NOTHING)
        if pence < self.least:
            raise forms.ValidationError("An amount of nothing is not entered.")
        if pence > MOST:
            raise forms.ValidationError(TOO_MUCH)
        return pence


def check_years(form: forms.Form, *names: str) -> None:
    """Days are of years in which people live."""
    for name in names:
        given = form.cleaned_data.get(name)
        if isinstance(given, date) and not FIRST < given.year < LAST:
            form.add_error(name, OUT_OF_REACH)


def somebody(label: str, held: StaffMember | None = None, help_text: str = "") -> Any:
    """Somebody of the staff; whoever has left stays until somebody else is chosen."""
    people = staff()
    if held is not None:
        people = people | StaffMember.objects.filter(pk=held.pk)
    return forms.ModelChoiceField(
        label=label,
        help_text=help_text,
        queryset=people,
        required=False,
        empty_label="Nobody",
        error_messages={"invalid_choice": "Choose somebody of the staff on the list."},
    )
