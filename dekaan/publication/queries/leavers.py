"""Where the leavers of a year went, as the careers page tells it: our own numbers, and what the Department publishes beside them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dekaan.core.academic_year import today, year_label
from dekaan.destinations.queries import PublicLine, PublicTable, public_table
from dekaan.library.queries import Destinations, about_measures, destinations_of
from dekaan.publication.models import Page, PublishedVersion
from dekaan.schools.models import School

SOURCE = "Source: our own records, from what leavers, parents and carers, colleges, employers and the council told us."
NOT_TOLD = "not told"
SECTION = "destinations"


@dataclass(frozen=True)
class LeaversTold:
    """What the section says of the leavers of a year: `figures` and what is `beside` them, either of which may be missing."""

    content: dict[str, Any]
    is_kept: bool = False  # as it was published: what has moved since is too little to be told


def leavers_told(school: School, left_in: int) -> LeaversTold:
    """Of that year, as counted today, or as it was published where too little has moved since.

    From two tables of the same year what moved between them would follow, so that a year is told anew only where that is
    nobody or at least six, and nobody has gone from the records (`PublicTable.may_follow`).
    """
    table, before = public_table(left_in), _published_of(left_in)
    is_kept = False
    if before is not None and (table is None or not table.may_follow(table_of(before)) or table == table_of(before)):
        is_kept = table != table_of(before)
        figures: dict[str, Any] | None = before
    else:
        figures = _figures(table, today()) if table else None
    content = {"figures": figures} if figures else {}
    if beside := [_beside(each) for each in destinations_of(school)]:
        content |= {"beside": {"says": _about_measures(), "tables": beside}}
    return LeaversTold(content, is_kept)


def table_of(figures: dict[str, Any]) -> PublicTable:
    """The numbers of a section as it was prepared."""
    lines = tuple(PublicLine(key, tuple(numbers)) for key, numbers in figures["lines"])
    return PublicTable(figures["left_in"], tuple(figures["groups"]), tuple(figures["totals"]), lines)


def _published_of(left_in: int) -> dict[str, Any] | None:
    """What was last published of that year, on the page now or before."""
    seen = [PublishedVersion.State.PUBLISHED, PublishedVersion.State.TAKEN_DOWN]
    rows = PublishedVersion.objects.filter(page=Page.CAREERS, state__in=seen).order_by("-number")
    for content in rows.values_list("content", flat=True):
        for each in content["sections"]:
            figures: dict[str, Any] = each.get("figures") or {}
            if figures.get("left_in") == left_in:
                return figures
    return None


def _figures(table: PublicTable, on: date) -> dict[str, Any]:
    is_hidden = any(each.is_hidden for each in table.lines)
    rows = [(each.name, each.numbers) for each in table.lines] + [("All", table.totals)]
    number = sum(table.totals)
    return {
        "left_in": table.left_in,
        "groups": list(table.groups),
        "totals": list(table.totals),
        "lines": [[each.key, list(each.numbers)] for each in table.lines],
        "says": (
            f"In {year_label(table.left_in)}, {number} young people left us after Year 11 or later. The table says where they "
            "were on 1 November after they had left or, where nobody knows of that day, on another of which somebody does."
        ),
        "table": {
            "of": "Where they went",
            "heads": list(table.groups),
            "rows": [
                {
                    "of": name,
                    "cells": [
                        {"head": head, "words": NOT_TOLD if each is None else str(each)}
                        for head, each in zip(table.groups, numbers, strict=True)
                    ],
                }
                for name, numbers in rows
            ],
        },
        "notes": [
            f"{SOURCE} Counted on {on:%-d %B %Y}.",
            *([HIDDEN_NOTE] if is_hidden else []),
        ],
    }


HIDDEN_NOTE = "A number from 1 to 5 is not told, so that nobody can be recognised; nor is another line from which it would follow."


def _about_measures() -> str:
    said = about_measures()
    return f"{said['lag']} They are worked out from other records, of another year’s leavers, and are not part of the numbers above."


def _beside(published: Destinations) -> dict[str, Any]:
    version = f", {published.version.lower()}" if published.version else ""
    cohort = f", {published.cohort} pupils" if published.cohort else ""
    heads = ("This school", "England")
    marks = {line.share: line.mark for line in published.school if line.mark}
    return {
        "key": f"measures-{published.stage}",
        "caption": f"{published.name}, {published.period}{version}{cohort}",
        "of": "Measure",
        "heads": list(heads),
        "rows": [
            {
                "of": f"of these: {line.measure.name}" if line.measure.is_part else line.measure.name,
                "cells": [
                    {"head": head, "words": words or "–"}
                    for head, words in zip(heads, (line.share, england), strict=True)
                ],
            }
            for line, england in published.lines
        ],
        "marks": "; ".join(f"{mark}: {means}" for mark, means in marks.items()),
    }
