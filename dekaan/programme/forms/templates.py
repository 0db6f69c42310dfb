"""What may be typed of a template."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks
from dekaan.frameworks.queries import ids_of
from dekaan.people.queries import year_groups
from dekaan.programme.forms.planning import ActivityDetails
from dekaan.programme.models import ActivityTemplate

NAMES = ("title", "mode", "partner_kind", "description", "minutes", "half_term")
MOST_HALF_TERMS = 8


class TemplateDetails(ActivityDetails, Edits, forms.Form):
    """A template's own facts, and what it counts towards."""

    year_groups = forms.MultipleChoiceField(
        label="Usual year groups",
        required=False,
        widget=Ticks,
        error_messages={"invalid_choice": "Choose from the year groups on the list."},
    )
    half_term = forms.TypedChoiceField(
        label="Usual half-term",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Not said"), *((str(each), f"Half-term {each}") for each in range(1, MOST_HALF_TERMS + 1))],
        error_messages={"invalid_choice": "Choose one of those on the list."},
    )
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=1,
        max_value=10000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Give the minutes as a whole number from 1 to 10000."
        ),
    )
    partner_name = None  # type: ignore[assignment]  # an activity's own
    field_order = ("title", "mode", "partner_kind", "year_groups", "half_term", "minutes", "description", "criteria")

    def __init__(self, data: Any = None, *, template: ActivityTemplate) -> None:
        super().__init__(
            data,
            initial={name: getattr(template, name) for name in NAMES}
            | {
                "criteria": ids_of(template.criteria),
                "year_groups": [str(each) for each in template.year_groups],
            },
        )
        self.template_id = template.pk
        here = {*year_groups(academic_year_of(today())), *template.year_groups}
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in sorted(here)]  # type: ignore[attr-defined]
        self.fields["criteria"].help_text = "What is planned from it from now on counts towards these"

    def saved_by(self) -> str:
        """Who saved the template last."""
        return last_saved_by("template", self.template_id)

    def clean(self) -> dict[str, Any]:
        """Year groups are numbers."""
        data = super().clean() or {}
        data["year_groups"] = [int(each) for each in data.get("year_groups", ())]
        return data
