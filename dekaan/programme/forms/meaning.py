"""Yes, no or nothing said, for each flag that the criteria of an activity ask for."""

from datetime import date, timedelta
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Radios, words
from dekaan.frameworks.queries import Answers, Flag, flags_of, ids_of
from dekaan.programme.models import Activity, ActivityTemplate, Session
from dekaan.programme.queries import flags_asked_of

A_YEAR = timedelta(days=366)
WORDS = {"yes": "Yes", "no": "No", "": "Nobody has said"}


def _said_of(flag: Flag, silent: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=flag.asks,
        required=False,
        widget=Radios,
        choices=[("yes", WORDS["yes"]), ("no", WORDS["no"]), ("", silent)],
        error_messages={"invalid_choice": "Say yes or no, or leave it unsaid."},
    )


def _chosen(form: forms.Form, flags: tuple[Flag, ...]) -> Answers:
    yes, no = (sum(flag.bit for flag in flags if form.cleaned_data[flag.key] == said) for said in ("yes", "no"))
    return Answers(yes, no)


class MeaningSaid(forms.Form):
    """What somebody who was there says of a session, without an account."""

    said_by = words(80, label="Your name", help_text="So that the school knows who said it. You may leave it blank.")

    def __init__(self, data: Any = None, *, session: Session) -> None:
        super().__init__(data)
        self.flags = flags_asked_of(session)
        for flag in self.flags:
            self.fields[flag.key] = _said_of(flag, "I cannot say")
        self.order_fields([*(flag.key for flag in self.flags), "said_by"])

    def clean(self) -> dict[str, Any]:
        """Something is said."""
        data = super().clean() or {}
        if not self.errors and not any(data.get(flag.key) for flag in self.flags):
            self.add_error(None, "Say yes or no to at least one of the questions.")
        return data

    def answers(self) -> Answers:
        """What was chosen."""
        return _chosen(self, self.flags)


class MeaningAsked(forms.Form):
    """Until when whoever was there may say it."""

    open_until = day("Give the day until when it is open.", label="Open until")

    def clean_open_until(self) -> date:
        """Today or later, and no later than a year from now."""
        given: date = self.cleaned_data["open_until"]
        if not today() <= given <= today() + A_YEAR:
            raise forms.ValidationError("Give a day from today on, and within a year.")
        return given


class Meaning(Edits, forms.Form):
    """The flags of an activity or a template, or of one occasion of an activity where it was otherwise."""

    def __init__(self, data: Any = None, *, of: Activity | ActivityTemplate | Session) -> None:
        activity = of.activity if isinstance(of, Session) else of
        is_occasion, asked = isinstance(of, Session), flags_of(ids_of(activity.criteria))
        self.of, self.flags = of, tuple(each for each in asked if is_occasion or not each.of_occasion)
        held, beneath = Answers(of.flags_yes, of.flags_no), Answers(activity.flags_yes, activity.flags_no)
        self.held = held.over(beneath)
        super().__init__(data, initial={flag.key: held.of(flag) for flag in self.flags})
        for flag in self.flags:
            silent = WORDS[""]
            if isinstance(of, Session) and (said := beneath.of(flag)):
                silent = f"As the activity says: {WORDS[said].lower()}"
            self.fields[flag.key] = _said_of(flag, silent)

    def saved_by(self) -> str:
        """Who saved it last."""
        kinds = {Activity: "activity", ActivityTemplate: "template", Session: "session"}
        return last_saved_by(kinds[type(self.of)], self.of.pk)

    def answers(self) -> Answers:
        """What was chosen; what is held of flags that are not asked here stays as it is."""
        asked, chosen = sum(flag.bit for flag in self.flags), _chosen(self, self.flags)
        return Answers((self.of.flags_yes & ~asked) | chosen.yes, (self.of.flags_no & ~asked) | chosen.no)
