"""What may be typed of a scheme, of a lesson, and in planning one."""

from datetime import date
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import FIRST, LAST, academic_year_of, today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks, choice, words
from dekaan.frameworks.queries import (
    activity_types,
    benchmarks_in_force,
    counted_criteria,
    criteria,
    framework,
    ids_of,
    learning_area,
    present_learning_areas,
    usual_criteria,
)
from dekaan.people.models import StaffMember
from dekaan.people.queries import may_lead, staff, year_groups
from dekaan.programme.queries import outcomes_on_offer, usual_day
from dekaan.schemes.models import Scheme, SchemeLesson
from dekaan.schemes.queries import LessonLine

MOST_HALF_TERMS = 8
AREA = {"rows": 3}


class SchemeDetails(Edits, forms.Form):
    """A scheme: what it is called and for, who is taught it, and whose it is."""

    title = words(
        120,
        required="Give the scheme its title.",
        label="Title",
        help_text="As you would say it: “Year 9: choosing what comes next”",
    )
    purpose = words(1000, label="What is it for?", widget=forms.Textarea(attrs=AREA))
    year_groups = choice(many=True, required="Choose at least one year group.", label="Who is taught it?", widget=Ticks)
    owners = choice(
        many=True,
        label="Owners",
        widget=Ticks,
        help_text="Each of them may change it once they have an account.",
    )
    is_given_up = forms.BooleanField(
        label="It is given up", help_text="It is kept, and nothing more is planned from it.", required=False
    )

    def __init__(self, data: Any = None, *, scheme: Scheme | None = None, says_owners: bool) -> None:
        initial: dict[str, Any] = {}
        owned = [each.staff for each in scheme.owners.all()] if scheme else []
        if scheme is not None:
            initial = {name: getattr(scheme, name) for name in ("title", "purpose")}
            initial |= {"year_groups": [str(each) for each in scheme.year_groups]}
            initial |= {"owners": [str(each.pk) for each in owned], "is_given_up": scheme.given_up_on is not None}
        super().__init__(data, initial=initial)
        self.scheme = scheme
        here = sorted({*year_groups(academic_year_of(today())), *(scheme.year_groups if scheme else ())})
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in here]  # type: ignore[attr-defined]
        if scheme is None:
            del self.fields["is_given_up"]
        if not says_owners:
            del self.fields["owners"]
            return
        self.people: dict[str, StaffMember] = {str(each.pk): each for each in [*staff(), *owned]}
        self.fields["owners"].choices = [(pk, str(each)) for pk, each in self.people.items()]  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved the scheme last."""
        return last_saved_by("scheme", self.scheme.pk if self.scheme else None)

    def details(self) -> dict[str, Any]:
        """The fields of the scheme as typed, with its owners where the person says them."""
        data = self.cleaned_data
        said: dict[str, Any] = {"title": data["title"], "purpose": data["purpose"]}
        said["year_groups"] = sorted(int(each) for each in data["year_groups"])
        if "owners" in data:
            said["owners"] = [self.people[pk] for pk in data["owners"]]
        if "is_given_up" in data:
            before = self.scheme.given_up_on if self.scheme else None
            said["given_up_on"] = (before or today()) if data["is_given_up"] else None
        return said


class LessonDetails(Edits, forms.Form):
    """A lesson: what is taught, when and with what, and what it counts towards."""

    title = words(150, required="Say what the lesson is.", label="What is the lesson called?")
    half_term = choice(
        label="Half-term",
        choices=[("", "Not said"), *((str(each), f"Half-term {each}") for each in range(1, MOST_HALF_TERMS + 1))],
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
    taught = words(2000, label="What is taught?", widget=forms.Textarea(attrs={"rows": 4}))
    resources = words(
        1500,
        label="With what?",
        help_text="Slides, worksheets, addresses; one a line",
        widget=forms.Textarea(attrs=AREA),
    )
    criteria = choice(many=True, label="Counts towards", widget=Ticks)
    learning_areas = choice(many=True, label="Learning areas", widget=Ticks)
    outcomes = choice(many=True, label="Our own learning outcomes", widget=Ticks)

    def __init__(self, data: Any = None, *, lesson: SchemeLesson | None = None) -> None:
        in_force = benchmarks_in_force(today())
        initial: dict[str, Any] = {
            "criteria": [
                each
                for each in usual_criteria(SchemeLesson.activity_type, SchemeLesson.partner_kind)
                if criteria()[each].framework == in_force.key
            ]
        }
        held = [each.outcome for each in lesson.outcomes.select_related("outcome")] if lesson else []
        if lesson is not None:
            initial = {name: getattr(lesson, name) for name in ("title", "minutes", "taught", "resources")}
            initial |= {"half_term": str(lesson.half_term or ""), "criteria": list(ids_of(lesson.criteria))}
            initial |= {"learning_areas": lesson.learning_areas, "outcomes": [str(each.pk) for each in held]}
        super().__init__(data, initial=initial)
        self.lesson = lesson
        self._offer_criteria(initial["criteria"])
        areas = present_learning_areas(today())
        older = [
            each for key in initial.get("learning_areas", ()) if (each := learning_area(key)) not in areas and each
        ]
        self.fields["learning_areas"].choices = [(each.key, each.title) for each in [*areas, *older]]  # type: ignore[attr-defined]
        self.on_offer = {str(each.pk): each for each in [*outcomes_on_offer(), *held]}
        by_years: dict[str, list[tuple[str, str]]] = {}
        for pk, outcome in self.on_offer.items():
            by_years.setdefault(outcome.years, []).append((pk, outcome.words))
        self.fields["outcomes"].choices = list(by_years.items())  # type: ignore[attr-defined]
        if not self.on_offer:
            del self.fields["outcomes"]

    def _offer_criteria(self, held: list[str]) -> None:
        """What is counted under what is in force, and what the lesson counts towards already."""
        by_framework: dict[str, list[tuple[str, str]]] = {}
        for each in counted_criteria():
            of = framework(each.framework)
            if of and (of.is_in_force(today()) or each.id in held):
                by_framework.setdefault(of.short, []).append((each.id, f"{each.code} {each.title}"))
        self.fields["criteria"].choices = list(by_framework.items())  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved the lesson last."""
        return last_saved_by("scheme lesson", self.lesson.pk if self.lesson else None)

    def details(self) -> dict[str, Any]:
        """The fields of the lesson as typed."""
        said = dict(self.cleaned_data)
        said["half_term"] = int(said["half_term"]) if said["half_term"] else None
        said["outcomes"] = [self.on_offer[pk] for pk in said.get("outcomes", ())]
        return said


class LessonPlanned(forms.Form):
    """When each year group of the scheme has the lesson; the rest is known."""

    activity_type = choice(required="Choose the kind.", label="Kind")
    led_by: Any = forms.ModelChoiceField(
        label="Who teaches it?",
        queryset=None,
        required=False,
        empty_label="Nobody yet",
        error_messages={"invalid_choice": "Choose somebody of the staff on the list."},
    )

    def __init__(self, data: Any = None, *, line: LessonLine) -> None:
        usual = usual_day(line.lesson.half_term, line.lesson.scheme.year_groups)
        initial: dict[str, Any] = {"activity_type": SchemeLesson.activity_type}
        initial |= {f"day_{each}": usual for each in line.to_plan}
        super().__init__(data, initial=initial)
        self.fields["activity_type"].choices = [  # type: ignore[attr-defined]
            (each.key, each.name) for each in activity_types().values() if each.audience == "pupils"
        ]
        self.fields["led_by"].queryset = may_lead()  # type: ignore[attr-defined]
        self.years = sorted(line.lesson.scheme.year_groups)
        planned = {year: each for each in line.occasions for year in each.year_groups}
        for year in self.years:
            again = planned.get(year)
            said = f"It is planned for {again.session.held_on:%-d %B} already" if again else ""
            self.fields[f"day_{year}"] = day(
                label=f"Year {year} on", required=False, help_text=said or "Leave it blank to plan it later"
            )
        self.order_fields([*(f"day_{year}" for year in self.years), "led_by", "activity_type"])

    def clean(self) -> dict[str, Any]:
        """Somebody is taught it, in years that people live in."""
        data = super().clean() or {}
        names = [f"day_{year}" for year in self.years]
        for name in names:
            given = data.get(name)
            if isinstance(given, date) and not FIRST < given.year < LAST:
                self.add_error(name, f"Give a year between {FIRST} and {LAST}.")
        if names and not any(data.get(name) for name in names) and not set(names) & set(self.errors):
            self.add_error(names[0], "Give the day for one year group at least.")
        return data

    def days(self) -> dict[int, date]:
        """The day of each year group that is to have it."""
        return {year: found for year in self.years if (found := self.cleaned_data[f"day_{year}"])}
