"""What may be typed about what activities teach."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks
from dekaan.frameworks.queries import learning_area, present_learning_areas, registry
from dekaan.people.queries import year_groups
from dekaan.programme.models import Activity, LearningOutcome
from dekaan.programme.queries import outcomes_on_offer

UNKNOWN = {"invalid_choice": "Choose among those on the list."}


class Learns(forms.Form):
    """What pupils learn: nothing need be chosen."""

    learning_areas = forms.MultipleChoiceField(
        label="Learning areas", required=False, widget=Ticks, error_messages=UNKNOWN
    )
    outcomes = forms.MultipleChoiceField(
        label="Our own learning outcomes", required=False, widget=Ticks, error_messages=UNKNOWN
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_offer = {str(each.pk): each for each in outcomes_on_offer()}
        self.fields["learning_areas"].choices = [(each.key, each.title) for each in present_learning_areas(today())]  # type: ignore[attr-defined]
        self._offer_outcomes()

    def _offer_outcomes(self) -> None:
        if not self.on_offer:
            self.fields.pop("outcomes", None)
            return
        by_years: dict[str, list[tuple[str, str]]] = {}
        for pk, each in self.on_offer.items():
            by_years.setdefault(each.years, []).append((pk, each.words))
        self.fields["outcomes"].choices = list(by_years.items())  # type: ignore[attr-defined]

    def learning(self) -> dict[str, Any]:
        """What is chosen, as `tag_learning` takes it."""
        chosen: list[LearningOutcome] = [self.on_offer[pk] for pk in self.cleaned_data.get("outcomes", ())]
        return {"areas": self.cleaned_data["learning_areas"], "outcomes": chosen}


class ActivityLearning(Edits, Learns):
    """What an activity teaches, to be changed; what is tagged to a repealed area or a retired outcome stays until unticked."""

    def __init__(self, data: Any, *, activity: Activity) -> None:
        self.activity = activity
        rows = list(activity.learning.select_related("outcome"))
        super().__init__(
            data,
            initial={
                "learning_areas": [row.area for row in rows if row.area],
                "outcomes": [str(row.outcome_id) for row in rows if row.outcome_id],
            },
        )
        field: Any = self.fields["learning_areas"]
        present = {key for key, _ in field.choices}
        tagged = [area for row in rows if row.area and (area := learning_area(row.area))]
        if older := [(area.key, area.title) for area in tagged if area.key not in present]:
            field.choices = [("Now", field.choices), ("Repealed: choose a present one instead", older)]
        if held := {str(row.outcome_id): row.outcome for row in rows if row.outcome}:
            self.on_offer |= held
            self.fields.setdefault("outcomes", self.base_fields["outcomes"])
            self._offer_outcomes()

    def saved_by(self) -> str:
        """Who saved the activity last."""
        return last_saved_by("activity", self.activity.pk)


class OutcomeWords(forms.Form):
    """An outcome of the school's own list, and for which year groups."""

    words = forms.CharField(
        label="By the end, pupils …",
        help_text="Such as “can name three jobs that use science”",
        max_length=200,
        error_messages={"required": "Say what pupils learn.", "max_length": "Say it in 200 letters or fewer."},
    )
    years = forms.ChoiceField(
        label="For whom",
        error_messages={"required": "Say for which year groups.", "invalid_choice": "Choose one of those on the list."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["years"].choices = spans()  # type: ignore[attr-defined]

    def outcome(self) -> dict[str, Any]:
        """The outcome as `add_outcome` takes it."""
        first, last = self.cleaned_data["years"].split("-")
        return {"words": self.cleaned_data["words"], "first_year": int(first), "last_year": int(last)}


class ChangedOutcome(Edits, OutcomeWords):
    """An outcome as it is, to be changed."""

    def __init__(self, data: Any, *, outcome: LearningOutcome) -> None:
        years = f"{outcome.first_year}-{outcome.last_year}"
        super().__init__(data, initial={"words": outcome.words, "years": years})
        self.outcome_id = outcome.pk
        field: Any = self.fields["years"]
        if years not in {key for key, _ in field.choices}:
            field.choices = [(years, outcome.years), *field.choices]

    def saved_by(self) -> str:
        """Who saved the outcome last."""
        return last_saved_by("learning_outcome", self.outcome_id)


def spans() -> list[tuple[str, str]]:
    """The key stages as spans of year groups, then single year groups of the school."""
    years = year_groups(academic_year_of(today())) or list(range(7, 12))
    stages = [[year for year in stage if year in years] for stage in registry().key_stages]
    found = [(f"{stage[0]}-{stage[-1]}", f"Years {stage[0]} to {stage[-1]}") for stage in stages if len(stage) > 1]
    return found + [(f"{year}-{year}", f"Year {year}") for year in years]
