"""Yes, no or nothing said, for each flag that the criteria of an activity ask for."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.editing import Edits
from dekaan.frameworks.queries import Answers, flags_of, ids_of
from dekaan.programme.models import Activity, Session

WORDS = {"yes": "Yes", "no": "No", "": "Nobody has said"}


class Radios(forms.RadioSelect):
    """Choices side by side, on one line."""

    is_compact = True


class Meaning(Edits, forms.Form):
    """The flags of an activity, or of one of its occasions where it was otherwise."""

    def __init__(self, data: Any = None, *, of: Activity | Session) -> None:
        activity = of.activity if isinstance(of, Session) else of
        self.of, self.flags = of, flags_of(ids_of(activity.criteria))
        held, beneath = Answers(of.flags_yes, of.flags_no), Answers(activity.flags_yes, activity.flags_no)
        self.held = held.over(beneath)
        super().__init__(data, initial={flag.key: held.of(flag) for flag in self.flags})
        for flag in self.flags:
            silent = WORDS[""]
            if isinstance(of, Session) and (said := beneath.of(flag)):
                silent = f"As the activity says: {WORDS[said].lower()}"
            self.fields[flag.key] = forms.ChoiceField(
                label=flag.asks,
                required=False,
                widget=Radios,
                choices=[("yes", WORDS["yes"]), ("no", WORDS["no"]), ("", silent)],
                error_messages={"invalid_choice": "Say yes or no, or leave it unsaid."},
            )

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("session" if isinstance(self.of, Session) else "activity", self.of.pk)

    def answers(self) -> Answers:
        """What was chosen; what is held of flags that are not asked here stays as it is."""
        asked = sum(flag.bit for flag in self.flags)
        chosen = {
            said: sum(flag.bit for flag in self.flags if self.cleaned_data[flag.key] == said) for said in ("yes", "no")
        }
        return Answers((self.of.flags_yes & ~asked) | chosen["yes"], (self.of.flags_no & ~asked) | chosen["no"])
