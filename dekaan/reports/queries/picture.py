"""Where the school stands, as the paper draws and says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dekaan.core.charts import bar
from dekaan.frameworks.queries import criterion
from dekaan.measures.queries import Figure
from dekaan.reports.queries.issued import Key, Told


def at_least(figure: Figure) -> int | None:
    """Whole per cent known to meet it, rounded down, so that 100 is all. None where hidden or of nobody."""
    return figure.met * 100 // figure.of if figure.of and figure.met is not None else None


def at_most(figure: Figure) -> int | None:
    """Whole per cent that may meet it, the unknown included, rounded up: never less than it can be."""
    if not figure.of or figure.met is None or figure.unknown is None:
        return None
    return -((figure.met + figure.unknown) * -100 // figure.of)


def picture(now: list[Figure], before: list[Figure], told: Mapping[Key, Told] | None = None) -> list[dict[str, Any]]:
    """A row for each criterion that somebody is judged on, with last year's figure and what the last paper told."""
    last = {figure.criterion: figure for figure in before}
    return [
        {
            "benchmark": about.benchmark,
            "criterion": about.id,
            "title": about.title,
            "note": about.cohort_note,
            **in_words(figure),
            "before": in_words(last.get(figure.criterion, nobody(figure))),
            "then": _then(figure, told or {}),
        }
        for figure in now
        if (about := criterion(figure.criterion)) and figure.of != 0
    ]


def _then(figure: Figure, told: Mapping[Key, Told]) -> str:
    """ "56 %" of the last paper; nothing where it told nothing of it, or where it was hidden."""
    key = (figure.framework, figure.criterion, figure.academic_year, figure.breakdown, figure.value)
    met, of, unknown = told.get(key, (None, None, None))
    if met is None or not of:
        return ""
    return str(in_words(figure._replace(met=met, of=of, unknown=unknown or 0, assumed=0, hidden=""))["share"])


def nobody(like: Figure) -> Figure:
    """The figure of a year in which nobody was judged."""
    return like._replace(met=0, of=0, unknown=0, assumed=0, band="", hidden="")


def in_words(figure: Figure) -> dict[str, Any]:
    """A figure's numbers, and the same as the paper says them.

    `says` is "776 of 993, 171 unknown", `share` "78 to 96 %", `word` the band, `assumed` "31 % assumed".
    """
    least, most = at_least(figure), at_most(figure)
    all_unknown = bool(figure.of) and figure.unknown == figure.of
    if figure.hidden:
        says, share = "numbers hidden", ""
    elif not figure.of:
        says, share = "no records", ""
    elif all_unknown:
        says, share = f"all {figure.of} unknown", "not known"
    else:
        says = f"{figure.met} of {figure.of}" + (f", {figure.unknown} unknown" if figure.unknown else "")
        share = f"{least} to {most} %" if figure.unknown else f"{least} %"
    return {
        "met": figure.met,
        "of": figure.of,
        "unknown": figure.unknown,
        "at_least": least,
        "at_most": most,
        "says": says,
        "share": share,
        "word": "" if all_unknown or (not figure.of and not figure.hidden) else figure.band,
        "assumed": assumed_in_words(figure),
    }


def assumed_in_words(figure: Figure) -> str:
    """How much of it rests on attendance nobody checked; empty where nothing does, or where all is hidden."""
    if not figure.met:
        return ""
    if figure.assumed is None:
        return "fewer than 6 assumed"
    share = figure.assumed * 100 // figure.met
    return f"{share or 'under 1'} % assumed" if figure.assumed else ""


@dataclass(frozen=True)
class DrawnRow:
    """A row of the picture on a screen."""

    row: dict[str, Any]

    @property
    def drawing(self) -> str:
        """The bar with last year's mark; nothing where the figure is hidden."""
        row, before = self.row, self.row["before"]
        if not row["of"] or row["met"] is None:
            return ""
        is_known = before["of"] and before["met"] is not None and before["share"] != "not known"
        last_year = before["met"] / before["of"] if is_known else None
        says = f"{row['title']}: {row['met']} of {row['of']} pupils, {row['unknown']} unknown"
        return bar(met=row["met"], unknown=row["unknown"], of=row["of"], last_year=last_year, says=says)


def labelled(content: dict[str, Any]) -> dict[str, Any]:
    """The content, each cell of its tables with the head of its column: a telephone shows them one below the other."""
    sections = {
        key: section
        | {
            "tables": [
                table
                | {
                    "cells": [
                        [{"head": head, "says": says} for head, says in zip(table["head"], row, strict=False)]
                        for row in table["rows"]
                    ]
                }
                for table in section["tables"]
            ]
        }
        for key, section in content.get("sections", {}).items()
    }
    return {**content, "sections": sections}


def drawn(content: dict[str, Any]) -> list[DrawnRow]:
    """The picture of a paper's content, with its bars."""
    return [DrawnRow(row) for row in content.get("picture", [])]
