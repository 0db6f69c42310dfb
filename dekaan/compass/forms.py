"""What may be typed about the twin: an own answer with its reason, and the real percentages."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from dekaan.compass.queries import choices_for
from dekaan.compass.questions import Question, QuestionSet
from dekaan.core.academic_year import today
from dekaan.core.day_field import day


class OwnAnswer(forms.Form):
    """An answer in place of what the records say, and why."""

    answer = forms.ChoiceField(
        label="Your answer",
        error_messages={"required": "Choose your answer.", "invalid_choice": "Choose one of the answers on the list."},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Whoever is asked to defend it reads this. Name no pupil.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why: an answer of your own has to be defended like the others.",
            "max_length": "Say it in 500 letters or fewer.",
        },
    )

    def __init__(self, *args: Any, question: Question, of: QuestionSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [("", "Choose"), *((each, each) for each in choices_for(question, of))]  # type: ignore[attr-defined]


class RealPercentages(forms.Form):
    """The percentages of the real evaluation, as its own page shows them."""

    completed_on = day("Give the day on which it was completed.", label="Completed on")

    def __init__(self, *args: Any, of: QuestionSet, kept: Collection[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of, self.kept = of, kept
        for section in of.sections:
            self.fields[f"benchmark_{section.benchmark}"] = forms.IntegerField(
                label=f"{section.benchmark}. {section.title}",
                min_value=0,
                max_value=100,
                required=False,
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), "Give per cent as a whole number from 0 to 100."
                ),
            )

    def clean_completed_on(self) -> Any:
        """A day that has come, on which this set was in use."""
        on = self.cleaned_data["completed_on"]
        if on > today():
            raise forms.ValidationError("That day has not come yet.")
        if on < self.of.in_use_from or (self.of.in_use_until and on > self.of.in_use_until):
            raise forms.ValidationError(f"The {self.of.short} was not in use on that day: choose the set that was.")
        return on

    def percentages(self) -> dict[str, int]:
        """Benchmark → per cent, of those that were typed."""
        return {
            section.benchmark: typed
            for section in self.of.sections
            if (typed := self.cleaned_data.get(f"benchmark_{section.benchmark}")) is not None
        }

    def clean(self) -> dict[str, Any]:
        """At least one benchmark is typed."""
        data = super().clean() or {}
        if not self.errors and not self.percentages():
            raise forms.ValidationError("Type the percentage of at least one benchmark.")
        if not self.errors and data["completed_on"] in self.kept and "instead" not in self.data:
            self.fields["instead"] = forms.BooleanField(
                label="Put these in the place of those that are kept for that day", required=False
            )
            self.add_error(
                "completed_on", "Percentages of that day are kept already. Tick below if these are the right ones."
            )
        return data
