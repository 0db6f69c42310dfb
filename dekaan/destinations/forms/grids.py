"""What may be typed in a line of a grid: a route by its first letters, the place, who said it or how sure they are."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from dekaan.core.plain_fields import choice, words
from dekaan.destinations.models import Source
from dekaan.destinations.queries import RouteTyped, outcome_routes, route_typed
from dekaan.frameworks.queries import Route

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


class CallLine(forms.Form):
    """One call."""

    route = RouteLetters(outcome_routes)
    provider_name = words(200)
    source = choice(required="Choose who said it.", choices=ASKED)

    @classmethod
    def of(cls, data: Mapping[str, str], pupil_id: int) -> "CallLine | None":
        """The line of that pupil; none where nothing was typed in it."""
        typed = (data.get(f"{pupil_id}-{name}", "").strip() for name in ("route", "provider_name"))
        return cls(data, prefix=str(pupil_id)) if any(typed) else None

    def said(self) -> dict[str, Any]:
        """The fields of a statement."""
        found: RouteTyped | None = self.cleaned_data["route"]
        told = {name: self.cleaned_data[name] for name in ("provider_name", "source")}
        return told | ({"route": found.may_be[0].key, "level": found.level} if found else {})

    def problems(self) -> list[str]:
        """What is wrong, a sentence each."""
        return [str(each) for errors in self.errors.values() for each in errors]
