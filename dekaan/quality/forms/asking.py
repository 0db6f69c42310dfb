"""What may be typed in asking for feedback."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import choice, words
from dekaan.people.queries import year_groups
from dekaan.programme.models import Activity, Session
from dekaan.quality.forms.fields import NUMBER, number
from dekaan.quality.models import Asked, Collection, OwnKind, SchoolWording
from dekaan.quality.queries import OWN, Questionnaire, questionnaires, wording

MOST_PEOPLE = 20000
YEAR = "year"
UNTIL = "Give the last day on which people can answer."


def how_many(**more: Any) -> forms.IntegerField:
    """How many are asked."""
    return number(
        MOST_PEOPLE,
        NUMBER,
        label="How many are asked?",
        help_text="Left empty, it is worked out where your records know it; else it says that nobody knows.",
        **more,
    )


class OpenFeedback(forms.Form):
    """What is asked of whom, about what, until when."""

    questionnaire = choice(required="Choose what to ask.", label="What do you ask, and whom?")
    about = choice(required="Choose what it is about.", label="About what?")
    closes_on = day(UNTIL, label="Until when?", help_text="The link opens at once and ends after this day.")
    year_group = choice(label="One year group only?")
    moment = choice(
        label="Before or after something?",
        choices=[("", "Neither"), *Collection.Moment.choices],
        help_text="Ask the same questions before and after, and the difference is shown.",
    )
    invited = how_many()
    asks_group = forms.BooleanField(
        required=False,
        label="Ask for the tutor group too",
        help_text="Each may leave it out. Small groups are not shown outside the careers team.",
    )

    def __init__(self, *args: Any, sessions: QuerySet[Session], activities: QuerySet[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {f"session-{each.pk}": each for each in sessions}
        self.activities = {f"activity-{each.pk}": each for each in activities}
        by_audience: dict[str, list[tuple[str, str]]] = {}
        for each in questionnaires().values():
            by_audience.setdefault(Asked(each.audience).label, []).append((each.key, each.title))
        self.fields["questionnaire"].choices = [("", "Choose"), *by_audience.items()]  # type: ignore[attr-defined]
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (YEAR, "The year as a whole"),
            ("One session", [(key, f"{each.held_on:%-d %b %Y}: {each.called}") for key, each in self.sessions.items()]),
            ("An activity, all its sessions", [(key, each.title) for key, each in self.activities.items()]),
        ]
        years = year_groups(academic_year_of(today()))
        self.fields["year_group"].choices = [  # type: ignore[attr-defined]
            ("", "Everybody"),
            *((str(each), f"Year {each}") for each in years),
        ]

    def clean_closes_on(self) -> Any:
        """Today or later."""
        if self.cleaned_data["closes_on"] < today():
            raise forms.ValidationError("That day is over. Give today or a later day.")
        return self.cleaned_data["closes_on"]

    def clean(self) -> dict[str, Any]:
        """What is asked after an activity has one; what is asked of pupils only is asked of pupils."""
        data = super().clean() or {}
        asked = questionnaires().get(data.get("questionnaire", ""))
        if asked is None:
            return data
        if asked.about == "activity" and data.get("about") == YEAR:
            self.add_error("about", "These questions are about an activity. Choose which, or one of its sessions.")
        if asked.audience != Asked.PUPILS and (data.get("year_group") or data.get("asks_group")):
            self.add_error("year_group", "Year and group are asked of pupils only. Leave both out.")
        return data

    def opened(self) -> dict[str, Any]:
        """What the change that opens it wants to know."""
        data, asked = self.cleaned_data, questionnaires()[self.cleaned_data["questionnaire"]]
        year = int(data["year_group"]) if data["year_group"] else asked.year_group
        return {
            "questionnaire": asked,
            "session": self.sessions.get(data["about"]),
            "activity": self.activities.get(data["about"]),
            "closes_on": data["closes_on"],
            "year_group": year,
            "moment": data["moment"],
            "asks_group": data["asks_group"],
            "invited": data["invited"],
        }


class ChangedCollection(Edits, forms.Form):
    """Until when a collection is open, and how many were asked."""

    closes_on = day(UNTIL, label="Until when?", help_text="A day that is over ends it now.")
    invited = number(MOST_PEOPLE, NUMBER, label="How many are asked?", help_text="Empty where nobody knows.")

    def __init__(self, data: Any = None, *, collection: Collection) -> None:
        super().__init__(data, initial={name: getattr(collection, name) for name in ("closes_on", "invited")})
        self.collection = collection

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("collection", self.collection.pk)

    def clean_closes_on(self) -> Any:
        """Not before it was opened."""
        if self.cleaned_data["closes_on"] < self.collection.opened_on:
            raise forms.ValidationError(
                f"It was opened on {self.collection.opened_on:%-d %B %Y}: give no day before that."
            )
        return self.cleaned_data["closes_on"]


class Reworded(Edits, forms.Form):
    """Which questions the school asks, and two of its own."""

    asked = choice(
        many=True,
        label="Questions that you ask",
        widget=forms.CheckboxSelectMultiple,
        help_text="What is open already stays as it was opened.",
    )
    own_1 = words(160, label="A question of your own", help_text="On a scale, say it so that “Yes, very much” is good.")
    own_1_kind = choice(required="Choose how it is answered.", label="How is it answered?", choices=OwnKind.choices)
    own_2 = words(160, label="And another")
    own_2_kind = choice(required="Choose how it is answered.", label="How is that answered?", choices=OwnKind.choices)

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire, own: SchoolWording | None) -> None:
        row = own or SchoolWording(questionnaire=questionnaire.key)
        asked = [each.key for each in wording(questionnaire, row).questions if each.key not in OWN and not each.fixed]
        names = [*OWN, *(f"{name}_kind" for name in OWN)]
        super().__init__(data, initial={"asked": asked} | {name: getattr(row, name) for name in names})
        self.row, self.questionnaire = row, questionnaire
        self.fields["asked"].choices = [  # type: ignore[attr-defined]
            (each.key, each.text) for each in questionnaire.questions if not each.fixed
        ]

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("schoolwording", self.row.pk)

    def clean(self) -> dict[str, Any]:
        """Something is asked."""
        data = super().clean() or {}
        if not data.get("asked") and not data.get("own_1") and not data.get("own_2"):
            self.add_error("asked", "Leave at least one question on, or ask one of your own.")
        return data

    def reworded(self) -> dict[str, str]:
        """What the change that rewords it wants to know."""
        data = self.cleaned_data
        off = [each.key for each in self.questionnaire.questions if not each.fixed and each.key not in data["asked"]]
        names = [*OWN, *(f"{name}_kind" for name in OWN)]
        return {"off": " ".join(off)} | {name: data[name] for name in names}
