"""What is said where a change cannot be made."""

from collections.abc import Callable
from typing import Any

from django import forms

from dekaan.budget import changes
from dekaan.budget.models import Agreement, Budget

UNDONE = "Taken back. What it had taken the place of, if anything, stands again."
NOT_STANDING = (
    "That line does not stand any more: somebody corrected it or took it back meanwhile. This is how it stands now."
)
TOO_LATE = "It is older than 30 days, so it is not taken back. Correct it instead."
# Where a row is not taken back.
NOT_TAKEN_BACK: dict[type[Exception], str] = {
    changes.NotStanding: NOT_STANDING,
    changes.TooLate: TOO_LATE,
    changes.OutsideTheYear: "Nothing was changed: what stood before is on a day that is outside by now. Correct it instead, or "
    "give the budget or the agreement that day.",
    changes.RefundTooLarge: "Nothing was changed: more would have come back on that line than was paid there. Take the refund "
    "back first.",
}


def tried(form: forms.Form, refused: dict[type[Exception], tuple[str | None, str]], change: Callable[[], Any]) -> Any:
    """What the change gives; None where it is refused, which then stands beside its field."""
    try:
        return change()
    except tuple(refused) as refusal:
        field, words = refused[type(refusal)]
        form.add_error(field if field in form.fields else None, words.format(*map(str, refusal.args)))
        return None


OF_A_BUDGET: dict[type[Exception], tuple[str | None, str]] = {
    changes.OverlapsAnother: ("starts_on", "{0} has some of these days. A day belongs to one budget."),
    changes.OutsideTheYear: (
        "ends_on",
        "Money is entered on days that would be outside. Give the budget these days, or correct the money first.",
    ),
}


def of_spend(budget: Budget) -> dict[type[Exception], tuple[str | None, str]]:
    """Where money cannot be entered on the budget."""
    return {
        changes.OutsideTheYear: (
            "on",
            f"This budget runs from {budget.dates}. Give a day of it, or enter it on the budget of its own year.",
        ),
        changes.NotPaidYet: (
            "on",
            "It cannot have been paid on a day to come. Enter it as committed, or give the day.",
        ),
        changes.RefundTooLarge: (
            "pence",
            "More would come back than was paid on that line. Is the amount or the line right?",
        ),
        changes.NotStanding: (None, NOT_STANDING),
    }


def of_days(agreement: Agreement) -> dict[type[Exception], tuple[str | None, str]]:
    """Where a day cannot be entered on the agreement."""
    return {
        changes.OutsideTheYear: (
            "on",
            f"This agreement runs from {agreement.starts_on:%-d %B %Y} to {agreement.until:%-d %B %Y}. Give a day of it.",
        ),
        changes.NotStanding: (None, NOT_STANDING),
    }
