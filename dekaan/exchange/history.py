"""Past participation: the pupil × activity table that a school already keeps, as one line for each pupil and activity."""

import re
from datetime import date
from typing import Any

from dekaan.core.academic_year import today
from dekaan.exchange.columns import Table, plain
from dekaan.exchange.models import ImportRun
from dekaan.exchange.reading.dates import date_inside, read_date
from dekaan.exchange.staging import Line, shown
from dekaan.frameworks.queries import activity_types

_YES = {"y", "yes", "x", "1", "true", "✓", "✔", "attended", "att", "present", "p", "done", "completed", "/", "\\"}
_NO = {"n", "no", "0", "false", "absent", "abs", "not attended", "missed", "did not attend", "dna", "✗", "✘"}
_NOT_FOR_THEM = {"n/a", "na", "not applicable"}
_NOTHING = {"", "-", "–", "--", "?"}  # as good as a blank cell
_KINDS = [  # words in a heading, and the kind of activity that they point to
    (r"mock interview", "MOCK"), (r"work experience|placement|workplace|wex", "WEX_B"), (r"fair|expo", "FAIR"),
    (r"guidance|interview|adviser|1:1|one to one", "PG"), (r"universit|campus|campus visit|\bhe\b", "HEVISIT"),
    (r"college", "FEVISIT"), (r"apprentice", "APPR"), (r"assembly", "ASSEM"), (r"employer|speaker|talk", "TALK"),
    (r"lesson|pshe", "LESSON"),
]  # fmt: skip
EARLIEST = date(2000, 9, 1)
NOTHING: list[Any] = []  # shared by many lines: replaced, never added to
ABOUT_OCCASION = {"activity", "activity_type", "partner_name", "partner_kind", "state", "day"}


def activity_columns(run: ImportRun) -> list[dict[str, Any]]:
    """The columns that are activities: those with a heading that means nothing else and are not left out."""
    return [
        column
        for column in run.columns
        if column["heading"] and run.meanings.get(str(column["place"]), "") in {"", "activity:"}
    ]


def suggested(heading: str, *, day_first: bool) -> dict[str, str]:
    """What a heading says of its activity: a title, a date and a kind where it names them."""
    day, rest = date_inside(heading, day_first=day_first)
    title = rest or heading
    return {"title": title, "day": day.isoformat() if day else "", "activity_type": kind_in(title)}


def kind_in(words: str) -> str:
    """The kind of activity that the words name; empty where they name none."""
    types = activity_types()
    for key, kind in types.items():
        if plain(words) in {plain(key), plain(kind.name)}:
            return key
    return next((key for pattern, key in _KINDS if key in types and re.search(pattern, words, re.IGNORECASE)), "")


def spread_lines(run: ImportRun, table: Table, lines: list[Line]) -> list[Line]:
    """One line a pupil and activity. A table that names the activity in a column has one already."""
    if "activity" in run.meanings.values():
        return [_named(line) for line in lines]
    rows = {row.number: row for row in table.rows}
    columns = [
        # The same words in one column say the same of every pupil.
        (column, {**suggested(column["heading"], day_first=run.day_first is not False), **chosen}, dict[str, Line]())
        for column in activity_columns(run)
        if (chosen := run.occasions.get(str(column["place"]), {})).get("leave_out") != "1"
    ]
    spread = []
    for line in lines:
        if line.decision:
            spread.append(line)
            continue
        cells = rows[line.row].cells  # type: ignore[index]
        own = {key: value for key, value in line.values.items() if key not in ABOUT_OCCASION}
        for column, occasion, said in columns:
            place = column["place"]
            text = cells[place] if place < len(cells) else ""
            if text.strip() in _NOTHING:
                continue
            if (mark := said.get(text)) is None:
                mark = said[text] = _marked(run, column, occasion, text)
            spread.append(
                Line(
                    line.row,
                    mark.values,
                    mark.decision,
                    mark.reason,
                    mark.column,
                    line.who,
                    changes=NOTHING,
                    warnings=line.warnings,
                    candidates=NOTHING,
                    shared=own,
                )
            )
    return spread


def _marked(run: ImportRun, column: dict[str, Any], occasion: dict[str, str], text: str) -> Line:
    """What a cell with these words says of the column's activity, of whomever it is about."""
    found = Line(None, {})
    found.values |= {
        "activity": occasion["title"][:200],
        "activity_type": occasion.get("activity_type", ""),
        "partner_name": occasion.get("partner_name", "")[:200],
        "partner_kind": occasion.get("partner_kind", ""),
    }
    said = text.strip().lower()
    day: date | None = date.fromisoformat(occasion["day"]) if occasion.get("day") else None
    if said in _NO:
        found.values["state"] = "absent"
    elif said in _YES:
        found.values["state"] = "attended"
    elif said in _NOT_FOR_THEM:
        found.values["state"] = "not_applicable"
    else:
        try:
            day = read_date(text, day_first=run.day_first is not False)
            found.values["state"] = "attended"
        except ValueError:
            hint = "; A may mean attended or absent" if said == "a" else ""
            found.refuse(f"“{text[:40]}” is neither yes, no nor a date{hint}", column["heading"])
            return found
    found.values["day"] = day
    _check_day(found, column["heading"])
    return found


def _named(line: Line) -> Line:
    """A line of a list that has the activity, the date and perhaps the kind in columns."""
    if line.decision:
        return line
    attended = str(line.values.pop("attended", "yes")).strip().lower()
    if attended not in _YES | _NO | _NOT_FOR_THEM:
        line.refuse(f"“{attended[:40]}” is neither yes nor no", "Attended")
        return line
    line.values["state"] = "absent" if attended in _NO else "attended" if attended in _YES else "not_applicable"
    if not line.values.get("activity"):
        line.refuse("has no activity", "Activity")
        return line
    said = str(line.values.get("activity_type", ""))
    line.values["activity_type"] = kind_in(said) or kind_in(line.values["activity"])
    _check_day(line, "Date")
    return line


def _check_day(line: Line, column: str) -> None:
    day = line.values.get("day")
    if day is None:
        line.refuse("has no date; say when the activity was", column)
    elif day > today():
        line.refuse(f"{shown(day)} has not come yet", column)
    elif day < EARLIEST:
        line.refuse(f"{shown(day)} is too long ago for a pupil of today", column)
    elif not line.values.get("activity_type"):
        line.refuse("has no kind of activity; choose one for this column", column)
