"""What may be typed in a line of a grid: a route by its first letters, the place, who said it or how sure they are."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms

from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.plain_fields import choice, words
from dekaan.destinations.models import Confidence, Source
from dekaan.destinations.queries import Intent, RouteTyped, outcome_routes, plan_routes, route_typed
from dekaan.frameworks.queries import Route
from dekaan.people.models import Group

TOLD_IN_SCHOOL = [each for each in Source.choices if each[0] in {Source.PUPIL, Source.PARENT}]
YEAR_11 = 11
ASKED = [each for each in Source.choices if each[0] != Source.PUBLISHED]


class RouteLetters(forms.CharField):
    """A route typed by its first letters; what is clean is the route and the level."""

    def __init__(self, among: Callable[[], list[Route]], **more: Any) -> None:
        super().__init__(
            max_length=80, required=False, error_messages={"max_length": "Type the first letters."}, **more
        )
        self.among = among

    def clean(self, value: Any) -> RouteTyped | None:
        """The one route; a sentence that names what it may be, where it is not clear."""
        typed = super().clean(value)
        if not typed:
            return None
        found = route_typed(typed, self.among())
        if not found.may_be:
            raise forms.ValidationError(f"“{typed}” begins no route of the list. Type the first letters of its words.")
        if len(found.may_be) > 1:
            first = [f"“{each.name}”" for each in found.may_be[:4]]
            more = " or another" if len(found.may_be) > len(first) else ""
            raise forms.ValidationError(f"“{typed}” may be {' or '.join(first)}{more}. Type more letters.")
        return found


class GridLine(forms.Form):
    """One line of a grid."""

    def problems(self) -> list[str]:
        """What is wrong, a sentence each."""
        return [str(each) for errors in self.errors.values() for each in errors]


class CallLine(GridLine):
    """One call."""

    route = RouteLetters(outcome_routes)
    provider_name = words(200)
    source = choice(required="Choose who said it.", choices=ASKED)

    @classmethod
    def of(cls, data: Mapping[str, str], pupil_id: int) -> "CallLine | None":
        """The line of that pupil; none where nothing was typed in it."""
        typed = (data.get(f"{pupil_id}-{name}", "").strip() for name in ("route", "provider_name"))
        return cls(data, prefix=str(pupil_id)) if any(typed) else None

    @classmethod
    def filled_in(cls, data: Mapping[str, str]) -> set[int]:
        """Of whom something was typed, by number."""
        typed = (name.partition("-") for name, value in data.items() if value.strip())
        return {
            int(pk) for pk, _, name in typed if name in {"route", "provider_name"} and pk.isdecimal() and len(pk) < 19
        }

    def said(self) -> dict[str, Any]:
        """The fields of a statement."""
        found: RouteTyped | None = self.cleaned_data["route"]
        told = {name: self.cleaned_data[name] for name in ("provider_name", "source")}
        return told | ({"route": found.may_be[0].key, "level": found.level} if found else {})


INTENTION = ("route", "provider_name", "confidence")
AS_BEFORE = ("course", "words", "sector", "occupation")  # which the grid does not show
BACKUP = ("backup",)
WISH = ("in_touch", "until", "reached_at")
LEFT_AS_IT_WAS = "Where they mean to go was left as it was. If they do not know any more, type “undecided”."
SAY_WHERE = "Type where they mean to go, or “undecided”."
SAME_AND_OTHERWISE = (
    "“Still the same” is ticked, and the line says something else than before. Take the tick away, or put back what stood "
    "there."
)
YES_OR_NO = "Choose yes or no: may the school keep in touch?"


class IntentionLine(GridLine):
    """What one pupil means to do, what they would do instead, and whether the school may keep in touch."""

    route = RouteLetters(plan_routes)
    provider_name = words(200)
    confidence = choice(required="Choose how sure they are.", choices=Confidence.choices)
    backup = RouteLetters(plan_routes)
    in_touch = choice(choices=[("", ""), ("yes", "Yes"), ("no", "No")])
    until = day(required=False)
    reached_at = words(200)
    same = forms.BooleanField(required=False)  # what they said before still holds

    def __init__(self, data: Mapping[str, str], intent: Intent, *, rest_is_same: bool = False) -> None:
        prefix = str(intent.pupil.pk)
        begun = intent.as_it_stood(data.get(f"{prefix}-stood", "")[:80])
        typed = {name: data.get(f"{prefix}-{name}", begun.shown[name]).strip() for name in begun.shown}
        self.intent, self.begun, self.typed = intent, begun, typed
        self.touched = {name for name, value in typed.items() if value != begun.shown[name].strip()}
        self.is_same = bool(data.get(f"{prefix}-same")) or (rest_is_same and not self.touched)
        told = {f"{prefix}-{name}": value for name, value in typed.items()}
        super().__init__(told | {f"{prefix}-same": "on" if self.is_same else ""}, prefix=prefix)

    @property
    def only_says_again(self) -> bool:
        """Whether nothing is different but the day."""
        return self.is_same and not self.touched

    def is_touched(self, part: tuple[str, ...]) -> bool:
        """Whether anything of that part reads otherwise than when the page was opened."""
        return bool(self.touched & set(part))

    def clean(self) -> dict[str, Any]:
        """What is touched is said whole; and nobody writes over what a colleague recorded meanwhile."""
        told = self.cleaned_data
        if self.is_same and self.touched & {"route", "provider_name"}:
            self.add_error("same", SAME_AND_OTHERWISE)
        elif self.is_touched(INTENTION) and "route" in told and not told["route"]:
            self.add_error("route", LEFT_AS_IT_WAS if self.begun.intention else SAY_WHERE)
        if self.is_touched(WISH) and not told.get("in_touch"):
            self.add_error("in_touch", YES_OR_NO)
        for part, said in ((INTENTION, "intention"), (BACKUP, "backup"), (WISH, "in_touch")):
            now, then = getattr(self.intent, said), getattr(self.begun, said)
            if (self.is_touched(part) or (self.is_same and part == INTENTION)) and now != then:
                sure = dict(Confidence.choices)
                values = [
                    sure.get(each, each).lower() if each in sure else each
                    for name in part
                    if (each := self.intent.shown[name])
                ]
                raise forms.ValidationError(
                    f"A colleague recorded meanwhile: {', '.join(values) or 'nothing any more'}. Save again to record yours "
                    "after it, or correct the line."
                )
        return told

    def said(self, usual_end: date) -> dict[str, Any]:
        """What `changes.record_line` takes: of each part that is touched what it says."""
        told = self.cleaned_data
        found: dict[str, Any] = {}
        if self.is_touched(INTENTION) or self.is_same:
            found["intention"] = self._intention()
        if self.is_touched(BACKUP):
            found |= {"backup": _route(told["backup"])} if told["backup"] else {"no_backup": self.intent.backup}
        if self.is_touched(WISH):
            until = told["until"] or (usual_end if told["in_touch"] == "yes" else None)
            found["wish"] = {
                "allows": told["in_touch"] == "yes",
                "until": until,
                "reached_at": told["reached_at"],
            }
        return found

    def _intention(self) -> dict[str, Any]:
        """As typed; the course and the words of before with it where it is the same place."""
        told, before = self.cleaned_data, self.begun.intention
        said = _route(told["route"]) | {name: told[name] for name in ("provider_name", "confidence")}
        is_same = before and not self.touched & {"route", "provider_name"}
        return said | ({name: getattr(before, name) for name in AS_BEFORE} if is_same else {})


def _route(found: RouteTyped) -> dict[str, Any]:
    return {"route": found.may_be[0].key, "level": found.level}


class IntentionsSaid(forms.Form):
    """Of a whole grid: who said it, and when."""

    source = choice(required="Choose who said it.", label="Who said it?", choices=TOLD_IN_SCHOOL)
    said_on = day("Give the day on which it was said.", label="Said on")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"source": Source.PUPIL, "said_on": today()})


class ChooseGroup(forms.Form):
    """Which tutor group."""

    group = forms.TypedChoiceField(label="Tutor group", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, groups: list[Group]) -> None:
        super().__init__(data)
        self.groups = groups
        self.fields["group"].choices = [(each.pk, each.name) for each in groups]  # type: ignore[attr-defined]

    def chosen(self) -> Group | None:
        """The group asked for; else the first of Year 11, else the first there is."""
        asked = self.cleaned_data.get("group") if self.is_valid() else None
        first = [each for each in self.groups if each.year_group == YEAR_11] or self.groups
        return next((each for each in self.groups if each.pk == asked), first[0] if first else None)
