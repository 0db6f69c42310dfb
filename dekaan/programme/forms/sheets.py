"""What may be typed for a briefing sheet."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.editing import Edits
from dekaan.programme.models import Activity, Briefing

MOST = 600  # so that the sheet stays one page


def _lines(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Say it in {MOST} letters or fewer: the sheet is one page."},
    )


class BriefingWords(Edits, forms.Form):
    """What the sheet says in the school's own words."""

    purpose = _lines("Purpose", "Why pupils do this, in a sentence that can be read out to them")
    before = _lines("Before")
    during = _lines("During")
    after = _lines("After")
    to_return = _lines("To give back")

    def __init__(self, data: Any, *, activity: Activity, briefing: Briefing, usual: dict[str, tuple[str, ...]]) -> None:
        super().__init__(data, initial={name: getattr(briefing, name) for name in self.base_fields})
        self.activity = activity
        for name, lines in usual.items():
            self.fields[name].help_text = "Left empty: " + " ".join(lines)

    def saved_by(self) -> str:
        """Who saved the activity or its briefing last."""
        return last_saved_by("activity", self.activity.pk)
