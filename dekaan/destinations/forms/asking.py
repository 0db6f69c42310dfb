"""What is typed when people are asked by a link, and what they may answer."""

from datetime import date
from typing import Any

from django import forms

from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.plain_fields import choice
from dekaan.core.plain_fields import words as text
from dekaan.destinations.ladder import ladder
from dekaan.destinations.models import Asked, Asking, Confidence
from dekaan.destinations.queries import day_asked_of, followed_until, plan_routes, stage_of
from dekaan.frameworks.queries import routes
from dekaan.people.queries import pupils_named

LEVELS = [
    ("", "Not sure, or none"),
    ("1", "Level 1"),
    ("2", "Level 2 (GCSE level)"),
    ("3", "Level 3 (A level)"),
    ("4", "Level 4"),
    ("5", "Level 5"),
    ("6", "Level 6 (degree)"),
    ("7", "Level 7"),
]
HELD = ("contact_name", "contact_email", "contact_telephone", "own_words")


class AskingDetails(forms.Form):
    """Who asks, in what words, and whether those who do not answer are reminded."""

    contact_name = text(80, required="Give the name of whoever they may reply to.", label="Who asks them")
    contact_email = forms.EmailField(
        label="Replies go to",
        error_messages={
            "required": "Give the address that their replies go to.",
            "invalid": "Give an address such as careers@school.example.",
        },
    )
    contact_telephone = text(
        30,
        required="Give the school’s telephone number: who would rather not use a link rings it.",
        label="The school’s telephone number",
    )
    own_words = text(
        600,
        label="Your own words, if you like",
        help_text="They stand in every letter, so no name of a pupil in them",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reminds = forms.BooleanField(label="Remind those who do not answer", required=False)

    def __init__(self, data: Any = None, *, before: Asking | None = None, name: str = "", email: str = "") -> None:
        begin: dict[str, Any] = {"contact_name": name, "contact_email": email, "reminds": True}
        if before is not None:
            begin |= {each: getattr(before, each) for each in HELD[:3]} | {"reminds": before.reminds}
        super().__init__(data, initial=begin)
        days = [str(each.days) for each in ladder().steps[1:]]
        self.fields[
            "reminds"
        ].help_text = f"Each after {', then '.join(days[:-1])} days; {days[-1]} days later they stand first among those to telephone"

    def clean_own_words(self) -> str:
        """No pupil is named in a letter to others."""
        said = str(self.cleaned_data["own_words"])
        if named := sorted({name for _, name in pupils_named([said])}):
            raise forms.ValidationError(
                f"{', '.join(named)} is the name of a pupil, whom a letter to others may not name. Say it without the name."
            )
        return said


def _grouped(stage: int, on: date) -> list[Any]:
    """The answers of that stage that are in force on the day, under their headings."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in ladder().answers:
        route = routes()[each.route]
        if stage in route.stages and route.is_in_force(on):
            found.setdefault(each.of, []).append((each.route, each.says))
    return [("", "Choose one"), *found.items()]


class LeaverAnswers(forms.Form):
    """What somebody who left says of themselves."""

    route = choice(label="What were you doing?")
    provider_name = text(200, label="Where?", help_text="The college, university, school or employer")
    course = text(200, label="Which course or job?")
    level = forms.TypedChoiceField(
        label="Of which level?",
        help_text="If it is a course or an apprenticeship",
        required=False,
        coerce=int,
        empty_value=None,
        choices=LEVELS,
        error_messages={"invalid_choice": "Choose one of the levels on the list."},
    )
    starts_on = day(
        label="Since when?", help_text="As near as you remember; leave it empty if you do not", required=False
    )
    longer = forms.BooleanField(required=False)
    opts_out = forms.BooleanField(label="Please do not ask me again", required=False)

    def __init__(
        self, data: Any = None, *, asked: Asked, left_on: date, may_be_asked_longer: bool, is_out: bool
    ) -> None:
        super().__init__(data)
        self.of, self.left_on = day_asked_of(asked.asking), left_on
        self.fields["route"].choices = _grouped(stage_of(asked), self.of)  # type: ignore[attr-defined]
        if self.of == today():
            self.fields["route"].label = "What are you doing?"
        self.until = followed_until(asked.asking.left_in or 0)
        self.fields["longer"].label = f"You may keep in touch until {self.until:%-d %B %Y}"
        if is_out or not may_be_asked_longer:
            del self.fields["longer"]
        if is_out:
            del self.fields["opts_out"]

    def clean_starts_on(self) -> date | None:
        """Neither before they left nor after the day that is asked of."""
        since: date | None = self.cleaned_data["starts_on"]
        if since and since > self.of:
            raise forms.ValidationError(
                f"You have been there since {since:%-d %B %Y}, which is after {self.of:%-d %B %Y}, the day we ask about. "
                "Choose what you were doing on that day, or correct the date."
            )
        if since and since < self.left_on:
            raise forms.ValidationError(
                f"{since:%-d %B %Y} is before you left school. Give the day from which it was your main thing, or leave it "
                "empty."
            )
        return since

    def clean(self) -> dict[str, Any]:
        """Something is said; and nobody says both that they may be asked longer and not at all."""
        told = self.cleaned_data
        if told.get("longer") and told.get("opts_out"):
            self.add_error("opts_out", "You ticked both. Leave one of the two: may we keep in touch, or not?")
        if not told.get("route") and "route" not in self.errors:
            if any(told.get(name) for name in ("provider_name", "course", "level", "starts_on")):
                self.add_error("route", "Choose what comes nearest, so that we do not misread it.")
            elif not told.get("opts_out") and not told.get("longer"):
                self.add_error(
                    "route", "Choose what you were doing. If you would rather not say, that is on the list too."
                )
        return told

    def said(self) -> dict[str, Any]:
        """What `changes.answer_asked` takes."""
        told = self.cleaned_data
        names = ("route", "provider_name", "course", "level", "starts_on")
        return {
            "says": {name: told[name] for name in names} if told["route"] else None,
            "may_until": self.until if told.get("longer") else None,
            "opts_out": bool(told.get("opts_out")),
        }


class PlanAnswers(forms.Form):
    """What a pupil says that they mean to do."""

    route = choice(
        required="Choose what you mean to do. If you do not know yet, choose “Undecided”.",
        label="What do you mean to do?",
    )
    provider_name = text(200, label="Where?", help_text="The college, school, university or employer, if you know")
    course = text(200, label="Which course or job?")
    level = forms.TypedChoiceField(
        label="Of which level?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=LEVELS,
        error_messages={"invalid_choice": "Choose one of the levels on the list."},
    )
    confidence = choice(required="Choose how sure you are.", label="How sure are you?", choices=Confidence.choices)
    backup = choice(label="And if that does not work out?")

    def __init__(self, data: Any = None, *, asked: Asked) -> None:
        super().__init__(data, initial={"confidence": Confidence.SOME})
        stage = stage_of(asked)
        kinds = [(each.key, each.name) for each in plan_routes() if stage in each.stages and each.is_in_force(today())]
        self.fields["route"].choices = [("", "Choose one"), *kinds]  # type: ignore[attr-defined]
        self.fields["backup"].choices = [("", "Not thought of yet"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A second choice is another."""
        told = self.cleaned_data
        if told.get("backup") and told["backup"] == told.get("route"):
            self.add_error("backup", "That is your first choice. Choose another, or leave it open.")
        return told

    def said(self) -> dict[str, Any]:
        """What `changes.answer_asked` takes."""
        told = self.cleaned_data
        names = ("route", "provider_name", "course", "level", "confidence")
        return {
            "says": {name: told[name] for name in names},
            "backup": {"route": told["backup"]} if told["backup"] else None,
        }
