"""What may be typed of one person's plan or place, and of what they allow."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.plain_fields import Offers, Radios, choice
from dekaan.core.plain_fields import words as text
from dekaan.destinations.models import OUTCOMES, PLANS, Confidence, Kind, OfferState, Source, Statement, Wish
from dekaan.frameworks.queries import activity_codes, routes
from dekaan.partners.queries import names_on_offer

ENDED = " (ended {:%-d %B %Y})"
LEVELS = [("0", "Entry level"), *((str(each), f"Level {each}") for each in range(1, 9))]
RARE = frozenset("as_of starts_on ends_on code words sector occupation".split())
OF_PLANS = frozenset(("offer_state", "is_backup"))  # rare where it is said of where somebody is
SAID = (
    "kind source confidence said_on as_of route provider_name course level is_backup offer_state code starts_on ends_on "
    "words sector occupation"
).split()


def route_choices(*, plans: bool, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The routes that can be chosen; those that have ended say so, since last year's may still be told of."""
    return [
        (each.key, each.name + ("" if each.is_in_force(today()) else ENDED.format(each.in_force_until)))
        for each in routes().values()
        if plans or not each.is_plan_only or each.key in also
    ]


class StatementDetails(forms.Form):
    """What somebody said of one person's plan or place."""

    kind = choice(required="Choose what it is about.", label="About")
    route = choice(label="Where")
    provider_name = text(
        200, label="Which college, school or employer", widget=Offers(names_on_offer, attrs={"class": "govuk-input"})
    )
    course = text(200, label="Course or job")
    level = forms.TypedChoiceField(
        label="Level",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Not known"), *LEVELS],
        error_messages={"invalid_choice": "Choose one of the levels on the list."},
    )
    offer_state = choice(label="How far is the application?", choices=[("", "Not an application"), *OfferState.choices])
    is_backup = forms.BooleanField(label="It is what they would do if the first plan fails", required=False)
    source = choice(required="Choose who said it.", label="Who said it?", choices=Source.choices)
    confidence = choice(
        required="Choose how sure it is.",
        label="How sure is it?",
        choices=Confidence.choices,
        widget=Radios,
    )
    said_on = day("Give the day on which it was said.", label="Said on")
    as_of = day(
        label="Of which day, if another than usual",
        help_text="As a rule 1 November, 31 March and so on; a change needs its day",
        required=False,
    )
    starts_on = day(label="There since", required=False)
    ends_on = day(label="Last day there", required=False)
    code = choice(label="The council’s code, where the council said it")
    words = text(500, label="In words", widget=forms.Textarea(attrs={"rows": 2}))
    sector = text(60, label="Sector they would like")
    occupation = text(100, label="Occupation they would like")

    def __init__(
        self,
        data: Any = None,
        *,
        has_left: bool,
        statement: Statement | None = None,
        kind: str = "",
        like: Statement | None = None,
    ) -> None:
        begin: dict[str, Any] = {"source": Source.PUPIL, "confidence": Confidence.SOME, "said_on": today()}
        kinds = [(each.value, each.label) for each in Kind if has_left or each in PLANS]
        if statement is None:
            if like:  # of the same place, until something else is typed
                begin |= {name: getattr(like, name) for name in ("route", "provider_name", "course", "level")}
            begin["kind"] = kind if kind in dict(kinds) else kinds[0][0] if not has_left else Kind.POSITION
        else:
            begin = {name: getattr(statement, name) for name in SAID}
        super().__init__(data, initial=begin)
        self.rare = RARE if begin["kind"] in PLANS else RARE | OF_PLANS
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        also = [statement.route] if statement else []
        self.fields["route"].choices = [("", "Not said"), *route_choices(plans=True, also=also)]  # type: ignore[attr-defined]
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((each.code, f"{each.code} {each.name}") for each in activity_codes().values()),
        ]  # type: ignore[attr-defined]
        if not has_left:  # of plans there is no place to have been at
            for name in ("as_of", "starts_on", "ends_on", "code"):
                del self.fields[name]
        if statement is not None:  # it is corrected of the same moment; another moment is another statement
            del self.fields["kind"]

    def explain_no_place(self, why: str) -> None:
        """Why nothing can be said of where they are, where that is what was sent."""
        if self.data.get("kind") in OUTCOMES:
            self.fields["kind"].error_messages["invalid_choice"] = why

    def said(self) -> dict[str, Any]:
        """The fields of a statement as typed; the day of which it is said only where one was given."""
        told = {name: self.cleaned_data[name] for name in SAID if name in self.cleaned_data}
        if told.get("as_of", ...) is None:
            del told["as_of"]
        return told

    @property
    def usual_fields(self) -> list[BoundField]:
        """What is filled in as a rule."""
        return [each for each in self.visible_fields() if each.name not in self.rare]

    @property
    def rare_fields(self) -> list[BoundField]:
        """What is filled in now and then, folded until then."""
        return [each for each in self.visible_fields() if each.name in self.rare]

    @property
    def unfolds(self) -> bool:
        """Whether one of those says something, or something is wrong with it."""
        return any(each.errors or each.value() for each in self.rare_fields)


class WishDetails(forms.Form):
    """What somebody allows after leaving."""

    about = choice(required="Choose what it is about.", label="About", choices=Wish.About.choices)
    allows = choice(
        required="Choose yes or no.", label="Do they allow it?", choices=[("yes", "Yes"), ("no", "No")], widget=Radios
    )
    who = choice(required="Choose who said it.", label="Who said it?", choices=Wish.SaidBy.choices)
    said_on = day("Give the day on which it was said.", label="Said on")
    until = day(
        label="Until", help_text="The last day on which they may be contacted; empty is without an end", required=False
    )
    reached_at = text(
        200, label="Where they can be reached after leaving", help_text="An e-mail address or a telephone number"
    )

    def __init__(self, data: Any = None, *, about: str = "") -> None:
        named = about if about in Wish.About.values else Wish.About.KEEP_IN_TOUCH
        super().__init__(data, initial={"about": named, "who": Wish.SaidBy.PUPIL, "said_on": today()})

    def said(self) -> dict[str, Any]:
        """What `changes.say_wish` takes."""
        return self.cleaned_data | {"allows": self.cleaned_data["allows"] == "yes"}
