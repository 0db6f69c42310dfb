"""What may be typed in evaluating."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import choice, words
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.quality.models import Collection, Evaluation, Improvement
from dekaan.quality.queries import collections

NO_NAMES = "Everybody who may read reports reads this: no pupil's name."


class NewEvaluation(forms.Form):
    """Of which term or year, what was looked at, and what was learnt."""

    academic_year = choice(required="Choose the year.", label="Year")
    span = choice(required="Choose the term, or the whole year.", label="Of", choices=Evaluation.Span.choices)
    looked_at = choice(many=True, label="Feedback that you looked at", widget=forms.CheckboxSelectMultiple)
    also_looked_at = words(
        2000,
        label="What else you looked at",
        help_text="Figures, a visit, a talk with governors",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    learnt = words(
        4000,
        required="Say what was learnt.",
        label="What was learnt",
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = academic_year_of(today())
        self.collections: dict[str, Collection] = {
            str(each.pk): each for each in collections().filter(academic_year__gte=now - 1)
        }
        self.fields["academic_year"].choices = [(str(each), year_label(each)) for each in (now, now - 1, now - 2)]  # type: ignore[attr-defined]
        self.fields["looked_at"].choices = [(pk, str(each)) for pk, each in self.collections.items()]  # type: ignore[attr-defined]
        if not self.collections:
            del self.fields["looked_at"]

    def written(self) -> dict[str, Any]:
        """What the change that writes it wants to know."""
        data = self.cleaned_data
        return {
            "academic_year": int(data["academic_year"]),
            "span": data["span"],
            "learnt": data["learnt"],
            "also_looked_at": data["also_looked_at"],
            "collections": [self.collections[pk] for pk in data.get("looked_at", ())],
        }


class ChangedEvaluation(Edits, NewEvaluation):
    """An evaluation as it is, to be changed."""

    def __init__(self, data: Any = None, *, evaluation: Evaluation) -> None:
        chosen = [str(pk) for pk in evaluation.looked_at.order_by("pk").values_list("collection_id", flat=True)]
        names = ("span", "also_looked_at", "learnt")
        initial = {name: getattr(evaluation, name) for name in names}
        super().__init__(data, initial=initial | {"academic_year": str(evaluation.academic_year), "looked_at": chosen})
        self.evaluation = evaluation
        years = self.fields["academic_year"]
        if (here := str(evaluation.academic_year)) not in dict(years.choices):  # type: ignore[attr-defined]
            years.choices = [*years.choices, (here, year_label(evaluation.academic_year))]  # type: ignore[attr-defined]
        for each in collections().filter(pk__in=chosen):  # of years before too
            if str(each.pk) not in self.collections:
                self.collections[str(each.pk)] = each
                self.fields["looked_at"].choices = [*self.fields["looked_at"].choices, (str(each.pk), str(each))]  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("evaluation", self.evaluation.pk)


class NewImprovement(forms.Form):
    """What is done differently, by whom, until when."""

    what = words(300, required="Say what is done differently.", label="What is done differently?")
    who: Any = forms.ModelChoiceField(
        label="Who sees to it?",
        queryset=None,
        required=False,
        empty_label="Nobody named yet",
        error_messages={"invalid_choice": "Choose somebody of the staff on the list."},
    )
    due_on = day("Give the day by which it is done.", label="Until when?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = staff()  # type: ignore[attr-defined]


class ChangedImprovement(Edits, NewImprovement):
    """A change as it stands, and since when it is done."""

    done_on = day(label="Done on", required=False, help_text="Leave it empty while it is not done.")

    def __init__(self, data: Any = None, *, improvement: Improvement) -> None:
        names = ("what", "who", "due_on", "done_on")
        super().__init__(data, initial={name: getattr(improvement, name) for name in names})
        self.improvement = improvement
        self.fields["who"].queryset |= StaffMember.objects.filter(pk=improvement.who_id)  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("improvement", self.improvement.pk)

    def clean_done_on(self) -> Any:
        """Not a day to come."""
        day_done = self.cleaned_data["done_on"]
        if day_done and day_done > today():
            raise forms.ValidationError("That day has not come yet.")
        return day_done
