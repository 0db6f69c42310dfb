"""What may be typed in correcting a pupil by hand, and about leaving and coming back."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.core.editing import Edits
from dekaan.core.identifiers import normal_uln, normal_upn
from dekaan.people.models import Group, Pupil

COHORT = ("benchmark_cohort", "benchmark_cohort_reason", "benchmark_cohort_review_on")
THIS_YEAR = ("year_group", "tutor_group")


def day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """A day, from a calendar or as it is written in England."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Give the date as day, month and year, such as 24/11/2026."
        ),
    )


def _words(label: str, length: int, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, help_text=help_text, required=required)


def _year_group(**more: Any) -> forms.IntegerField:
    said = dict.fromkeys(("invalid", "min_value", "max_value"), "Give the year group as a number, such as 10.")
    return forms.IntegerField(label="Year group", min_value=-2, max_value=14, error_messages=said, **more)


class PupilDetails(Edits, forms.Form):
    """A pupil as the school knows them, this year's groups, and whether the benchmarks fit.

    An odd UPN or ULN is no error: wrong ones circulate, and the page says what is odd.
    """

    forename = _words("Forename", 100, required=True)
    surname = _words("Surname", 100, required=True)
    preferred_forename = _words("Forename used, if another", 100)
    preferred_surname = _words("Surname used, if another", 100)
    birth_date = day("Date of birth", required=False)
    upn = _words("UPN", 20)
    uln = _words("ULN", 20)
    email = forms.EmailField(label="E-mail address", max_length=254, required=False)
    year_group = _year_group(required=False)
    tutor_group = forms.ChoiceField(label="Tutor group", required=False)
    benchmark_cohort = forms.BooleanField(
        label="The benchmarks fit this pupil",
        required=False,
        help_text="Nearly always yes. A special school names those whom they do not fit: they are left out of every figure",
    )
    benchmark_cohort_reason = _words("If not, why?", 200, "Seen by those who may see special educational needs")
    benchmark_cohort_review_on = day("Look again on", required=False)

    def __init__(
        self, data: Any = None, *, pupil: Pupil, this_year: dict[str, Any], groups: list[Group], names_cohort: bool
    ) -> None:
        names = [name for name in self.base_fields if name not in THIS_YEAR]
        super().__init__(data, initial={name: getattr(pupil, name) for name in names} | this_year)
        self.fields["tutor_group"].choices = [("", "None"), *((each.name, each.name) for each in groups)]  # type: ignore[attr-defined]
        self.pupil_id = pupil.pk
        if not names_cohort:  # the reason says something of a pupil's needs
            for name in COHORT:
                del self.fields[name]

    def saved_by(self) -> str:
        """Who saved the pupil last."""
        return last_saved_by("pupil", self.pupil_id)

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the page."""
        own = [each for each in self if each.name not in {*THIS_YEAR, *COHORT}]
        found = [("Who", own), ("This academic year", [self[name] for name in THIS_YEAR])]
        if COHORT[0] in self.fields:
            found.append(("Benchmark cohort", [self[name] for name in COHORT]))
        return found

    def clean_upn(self) -> str:
        """Capitals, no spaces."""
        return _short(normal_upn(self.cleaned_data["upn"]), 13, "A UPN has thirteen characters")

    def clean_uln(self) -> str:
        """No spaces."""
        return _short(normal_uln(self.cleaned_data["uln"]), 10, "A ULN has ten digits")

    def clean(self) -> dict[str, Any]:
        """Whoever is left out is so for a reason, until the school looks again."""
        cleaned = super().clean() or {}
        if cleaned.get("tutor_group") and cleaned.get("year_group") is None and "year_group" not in self.errors:
            self.add_error("year_group", "Say which year group: a tutor group stands in one")
        if COHORT[0] not in self.fields:
            return cleaned
        if cleaned.get("benchmark_cohort"):
            return cleaned | {"benchmark_cohort_reason": "", "benchmark_cohort_review_on": None}
        if not cleaned.get("benchmark_cohort_reason") and "benchmark_cohort_reason" not in self.errors:
            self.add_error("benchmark_cohort_reason", "Say why the benchmarks do not fit")
        if not cleaned.get("benchmark_cohort_review_on") and "benchmark_cohort_review_on" not in self.errors:
            self.add_error("benchmark_cohort_review_on", "Say when the school looks again")
        return cleaned


def _short(number: str, length: int, words: str) -> str:
    if len(number) > length:
        raise forms.ValidationError(words)
    return number


class Leaving(forms.Form):
    """When a pupil leaves."""

    on = day("Leaves on", "The first day off the roll. What they took part in stays in the record")


class Returning(forms.Form):
    """When a pupil comes back, and into which groups."""

    starts_on = day("Comes back on", "The first day on the roll again")
    year_group = _year_group()
    tutor_group = forms.ChoiceField(label="Tutor group", required=False)

    def __init__(self, data: Any = None, *, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["tutor_group"].choices = [("", "None yet"), *((each.name, each.name) for each in groups)]  # type: ignore[attr-defined]

    def clean_starts_on(self) -> Any:
        """A day of this academic year: the year group is this year's."""
        year = academic_year_of(today())
        if not year_start(year) <= self.cleaned_data["starts_on"] <= year_end(year):
            raise forms.ValidationError(
                f"Give a day of this academic year, {year_start(year):%-d %B %Y} to {year_end(year):%-d %B %Y}"
            )
        return self.cleaned_data["starts_on"]
