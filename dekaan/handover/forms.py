"""What is asked of a hand-over and of a cover: who, and which day."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from django import forms
from django.db.models import Q

from dekaan.core.academic_year import today
from dekaan.core.plain_fields import under_headings
from dekaan.handover.queries import leaders_who_left, posts_of_leader
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.team.queries import by_role

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FURTHEST = timedelta(days=366)
USUAL_COVER = timedelta(days=28)


class _Two(forms.Form):
    """From whom to whom; both work here."""

    from_staff = forms.ModelChoiceField(
        StaffMember.objects.none(), label="Who hands over", error_messages={"required": "Say who hands over"}
    )
    to_staff = forms.ModelChoiceField(
        StaffMember.objects.none(),
        label="To whom",
        help_text="Somebody on the staff list, with an e-mail address",
        error_messages={"required": "Say who takes over"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        # Who left yesterday still hands over what they hold.
        left = Q(pk__in=posts_of_leader(today()).values("staff")) | Q(pk__in=leaders_who_left(today()).values("pk"))
        either = Q(pk__in=staff().values("pk")) | left
        fields["from_staff"].queryset = StaffMember.objects.filter(either)
        fields["to_staff"].queryset = staff().select_related("user")
        everybody = cache(lambda: by_role(fields["from_staff"].queryset, today()))
        under_headings(fields["from_staff"], everybody)
        under_headings(fields["to_staff"], lambda: [(heading, _still_here(people)) for heading, people in everybody()])

    def clean(self) -> dict[str, Any]:
        """Two people, and the second can be let in, and works here on the day or until it."""
        cleaned = super().clean() or {}
        from_, to = cleaned.get("from_staff"), cleaned.get("to_staff")
        day = cleaned.get("starts_on") or cleaned.get("until")
        if from_ is not None and from_ == to:
            self.add_error("to_staff", f"{to} has it already: choose somebody else")
        elif to is not None and not (to.email or to.user_id):
            self.add_error(
                "to_staff", f"{to} has no e-mail address here: give one under Settings, Staff, and come back"
            )
        elif to is not None and day is not None and to.ends_on is not None and to.ends_on <= day:
            self.add_error("to_staff", f"{to} works here until {to.ends_on:%-d %B %Y} only: choose somebody else")
        return cleaned

    def _day(self, name: str, first: date) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and not first <= day <= today() + FURTHEST:
            raise forms.ValidationError(f"Give a day from {first:%-d %B %Y} on, within a year")
        return day


def _still_here(people: list[StaffMember]) -> list[StaffMember]:
    return [each for each in people if each.ends_on is None or each.ends_on > today()]


class HandOverSaid(_Two):
    """Who takes careers over, and from which day."""

    starts_on = forms.DateField(
        label="From which day",
        help_text="The first day on which it is theirs: today, or a day to come",
        widget=DATE,
        error_messages={"required": "Say from which day", "invalid": "Give the day as day, month and year"},
    )

    def clean_starts_on(self) -> date | None:
        """Today or later: what was done before stays with who did it."""
        return self._day("starts_on", today())


class CoverSaid(_Two):
    """Who covers from today, and until when."""

    until = forms.DateField(
        label="Until and including",
        help_text="It ends by itself then, and sooner where you say so",
        widget=DATE,
        error_messages={"required": "Say until when", "invalid": "Give the day as day, month and year"},
    )

    def clean_until(self) -> date | None:
        """Today or later."""
        return self._day("until", today())
