"""A sheet typed back by number: a line each, "12 3 1", of whom, which route, how sure; then what instead, and which one."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms

from dekaan.destinations.forms.grids import IntentionsSaid
from dekaan.destinations.models import Confidence
from dekaan.destinations.queries import SAME, Intent, Sheet
from dekaan.frameworks.queries import Route
from dekaan.people.models import Pupil

MOST_LINES = 200
SURE = tuple(Confidence)  # 1, 2, 3 on the paper
NUMBER = re.compile(r"\s*([0-9]{1,4})(?:[\s,;.:/]+|$)")
LEVEL = re.compile(r"l(?:evel)?\s*([1-8])\b[\s,.:]*", re.IGNORECASE)


class CannotBeRead(Exception):
    """A line that is typed otherwise than the sheet asks, with what is wrong and what to do."""


@dataclass(frozen=True)
class TypedLine:
    """What one line says of whom. `route` is nothing where it says that it is the same as last time."""

    text: str
    pupil: Pupil
    route: Route | None
    confidence: str
    instead: Route | None
    level: int | None
    place: str

    @property
    def only_says_again(self) -> bool:
        """Whether it says no more than that it is the same."""
        return self.route is None and not (self.confidence or self.instead)

    def said(self, intent: Intent) -> dict[str, Any]:
        """What `changes.record_line` takes."""
        before = intent.intention
        if self.route:
            meant = {"route": self.route.key, "level": self.level, "provider_name": self.place}
        else:
            kept = ("route", "level", "provider_name", "course", "words", "sector", "occupation")
            meant = {name: getattr(before, name) for name in kept}
        sure = self.confidence or (before.confidence if before and not self.route else Confidence.SOME)
        found: dict[str, Any] = {"intention": meant | {"confidence": sure}}
        return found | ({"backup": {"route": self.instead.key}} if self.instead else {})


class SheetTyped(IntentionsSaid):
    """A sheet: its number, its lines, who said it and when."""

    number = forms.IntegerField(
        label="Number of the sheet",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input govuk-input--width-5"}
        ),
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Type the four figures that stand at the top of the sheet, and at its foot."
        ),
    )
    lines = forms.CharField(
        label="Its lines",
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "class": "govuk-textarea", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={"required": "Type the lines of the sheet, such as 12 3 1."},
    )
    field_order = ("number", "lines", "source", "said_on")

    def clean_lines(self) -> str:
        """No line is dropped in silence."""
        text: str = self.cleaned_data["lines"]
        if len(split_lines(text)) > MOST_LINES:
            raise forms.ValidationError(f"These are more than {MOST_LINES} lines. Type a sheet at a time.")
        return text


def split_lines(text: str) -> list[str]:
    """The lines that were typed, blank ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_lines(text: str, sheet: Sheet, theirs: Collection[Pupil]) -> tuple[list[TypedLine], dict[str, str]]:
    """The lines that can be read, and what is wrong with each of the others. Nobody is said of twice."""
    read: list[TypedLine] = []
    faulty: dict[str, str] = {}
    for line in split_lines(text):
        try:
            read.append(read_line(line, sheet, theirs))
        except CannotBeRead as problem:
            faulty[line] = str(problem)
    often = Counter(each.pupil for each in read)
    for each in read:
        if often[each.pupil] > 1:
            faulty[each.text] = f"{each.pupil.name} stands here more than once. Leave the line that is right."
    return [each for each in read if often[each.pupil] == 1], faulty


def read_line(text: str, sheet: Sheet, theirs: Collection[Pupil]) -> TypedLine:
    """What the line says, of one of `theirs`. Raises CannotBeRead."""
    numbers, place = _parts(text)
    if not numbers:
        raise CannotBeRead("Begin with the number of the line, then that of the route, such as 12 3 1.")
    pupil = dict(sheet.lines).get(numbers[0])
    if pupil is None:
        raise CannotBeRead(f"The sheet has no line {numbers[0]}: its lines are 1 to {len(sheet.pupils)}.")
    if pupil not in theirs:
        raise CannotBeRead(f"{pupil.name} is not in this group any more, or not yours to record.")
    if len(numbers) == 1:
        raise CannotBeRead(f"Nothing is said of {pupil.name}. Give the number of a route, or leave the line out.")
    if len(numbers) > 4:
        raise CannotBeRead("These are too many numbers: line, route, how sure, if that fails.")
    routes = dict(sheet.numbered_routes)
    _, route, sure, instead = (*numbers, None, None)[:4]
    level, where = _level(place)
    if route == SAME and (where or level):
        raise CannotBeRead(
            "0 says that it is the same as last time. Give the number of the route where another place is meant."
        )
    return TypedLine(
        text=text,
        pupil=pupil,
        route=None if route == SAME else _route(route, routes),
        confidence="" if sure is None else _sure(sure),
        instead=None if instead is None else _route(instead, routes),
        level=level,
        place=where[:200],
    )


def _parts(text: str) -> tuple[list[int], str]:
    """The numbers that the line begins with, and the words after them."""
    numbers, end = [], 0
    while found := NUMBER.match(text, end):
        numbers.append(int(found[1]))
        end = found.end()
    return numbers, text[end:].strip()


def _level(place: str) -> tuple[int | None, str]:
    found = LEVEL.match(place)
    return (int(found[1]), place[found.end() :]) if found else (None, place)


def _route(typed: int | None, routes: dict[int, Route]) -> Route:
    found = routes.get(typed or 0)
    if found is None:
        raise CannotBeRead(
            f"{typed} is no route of this sheet: they are 1 to {len(routes)}, and 0 is the same as last time."
        )
    return found


def _sure(typed: int) -> str:
    if not 1 <= typed <= len(SURE):
        raise CannotBeRead(f"How sure is 1, 2 or 3, and not {typed}.")
    return SURE[typed - 1].value
