"""What others publish is loaded from their files, whole or not at all, with where it came from and of when."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.folding import folded
from dekaan.core.identifiers import normal_number
from dekaan.library.models import DestinationRow, Loaded, OccupationGroup
from dekaan.library.published import destinations, measures
from dekaan.library.queries.occupations import OCCUPATIONS
from dekaan.schools.models import School

MOST_BYTES = 250 * 1024 * 1024  # a school-level file of many years
MOST_GROUPS = 2000
LOOKED_THROUGH = 15  # rows in which the headings are looked for
_BLANK = {"", "<blank>"}


class NotPublished(Exception):
    """The file is not what it should be; says what, where, and what to do."""


@dataclass(frozen=True)
class LoadedFile:
    """What came of a file."""

    entries: int
    of_schools: tuple[str, ...] = ()  # schools of the installation of which it holds rows
    not_in_it: tuple[str, ...] = ()


# --- occupations -------------------------------------------------------------------------------------------------------

_HEADINGS = {
    "major": ("major group",),
    "sub-major": ("sub-major group",),
    "minor": ("minor group",),
    "unit": ("unit group",),
    "title": ("group title",),
    "describes": ("group description",),
    "entry": ("typical entry routes and associated qualifications",),
    "tasks": ("tasks",),
}
_DIGITS = {"major": 1, "sub-major": 2, "minor": 3, "unit": 4}


@transaction.atomic
def load_occupations(
    rows: Iterable[tuple[int, Sequence[str]]], *, source: str, published_on: date | None, by: User | None
) -> LoadedFile:
    """The groups of the Standard Occupational Classification 2020 are as the file has them. Raises NotPublished.

    Of each row its number in the file and its cells.
    """
    listed = list(rows)
    start, places = _occupation_columns(listed)
    found: dict[str, OccupationGroup] = {}
    for number, cells in listed[start:]:
        said = {what: _cell(cells, at) for what, at in places.items()}
        codes = [(level, said[level]) for level in _DIGITS if said.get(level)]
        if not codes:
            continue
        level, written = codes[-1]
        code = written.removesuffix(".0")
        if not (code.isascii() and code.isdigit() and len(code) == _DIGITS[level]):
            raise NotPublished(f"Row {number}: “{written[:20]}” is no {level} group of SOC 2020. Nothing was loaded.")
        if code in found:
            raise NotPublished(f"Row {number}: {code} stands in the file twice. Nothing was loaded.")
        if not said["title"]:
            raise NotPublished(f"Row {number}: {code} has no title. Nothing was loaded.")
        if len(found) >= MOST_GROUPS:
            raise NotPublished(
                f"The file has more than {MOST_GROUPS} groups, which SOC 2020 has not. Nothing was loaded."
            )
        found[code] = _group(code, said)
    if not found:
        raise NotPublished("The file has the headings and no group below them. Nothing was loaded.")
    OccupationGroup.objects.all().delete()
    OccupationGroup.objects.bulk_create([found[code] for code in sorted(found)], batch_size=500)
    _note(OCCUPATIONS, source, published_on, len(found))
    detail = {"entries": len(found)}
    record(action="occupations loaded", by=by, subject="published file", detail=detail, school_id=0)
    return LoadedFile(len(found))


def _occupation_columns(listed: list[tuple[int, Sequence[str]]]) -> tuple[int, dict[str, int]]:
    for at, (_, cells) in enumerate(listed[:LOOKED_THROUGH]):
        plain = [re.sub(r"soc ?2020", "", re.sub(r"\s+", " ", cell).casefold()).strip() for cell in cells]
        places = {what: plain.index(name) for what, names in _HEADINGS.items() for name in names if name in plain}
        if {"major", "unit", "title"} <= set(places):
            return at + 1, places
    raise NotPublished(
        "None of the first rows has the headings of SOC 2020: Major Group, Unit Group and Group Title, as the Office for "
        "National Statistics publishes it (volume 1, structure and descriptions). Nothing was loaded."
    )


def _cell(cells: Sequence[str], at: int) -> str:
    text = cells[at].strip() if at < len(cells) else ""
    return "" if text.casefold() in _BLANK else text


def _group(code: str, said: dict[str, str]) -> OccupationGroup:
    title = said["title"].capitalize() if said["title"].isupper() else said["title"]
    tasks = [each.strip() for each in said.get("tasks", "").split("~") if each.strip()]
    return OccupationGroup(
        code=code,
        title=title[:200],
        plain=folded(title)[:200],
        describes=said.get("describes", ""),
        entry=said.get("entry", ""),
        tasks=tasks,
    )


# --- destination measures ----------------------------------------------------------------------------------------------


@transaction.atomic
def load_destinations(
    content: bytes, *, stage: str, source: str, published_on: date | None, by: User | None
) -> LoadedFile:
    """The published destination measures of that stage are as the file has them, of our schools and of England.

    Every mark stays as it was published. Raises NotPublished, and changes nothing.
    """
    rows = csv.reader(io.StringIO(_text(content), newline=""))
    try:
        head = [cell.strip() for cell in next(rows, [])]
        places = _destination_columns(head)
        found = _destination_rows(rows, head, places, stage)
    except csv.Error as problem:
        raise NotPublished(f"Line {rows.line_num} cannot be read as CSV. Download the file again.") from problem
    if not found:
        raise NotPublished(
            "The file has no row about a school of this installation, by its URN, and none about all state-funded "
            "mainstream schools of England. Nothing was loaded."
        )
    DestinationRow.objects.filter(stage=stage).delete()
    DestinationRow.objects.bulk_create(found.values(), batch_size=500)
    _note(f"destinations-{stage}", source, published_on, len(found))
    detail = {"entries": len(found), "stage": stage}
    record(action="destination measures loaded", by=by, subject="published file", detail=detail, school_id=0)
    with_urn = School.objects.exclude(urn="").order_by("name", "pk").values_list("name", "urn")
    there = {each.urn for each in found.values()}
    return LoadedFile(
        len(found),
        tuple(name for name, urn in with_urn if urn in there),
        tuple(name for name, urn in with_urn if urn not in there),
    )


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise NotPublished("The file is larger than 250 MB. Nothing was loaded.")
    if b"\x00" in content:
        raise NotPublished("This is no CSV file. Download the measures as CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _destination_columns(head: list[str]) -> dict[str, int]:
    plain = [each.casefold() for each in head]
    places = {
        what: next(plain.index(name) for name in names if name in plain)
        for what, names in destinations()["columns"].items()
        if any(name in plain for name in names)
    }
    if missing := [each for each in ("period", "topic", "group", "type") if each not in places]:
        wanted = ", ".join(destinations()["columns"][each][0] for each in missing)
        raise NotPublished(f"The first line lacks these headings: {wanted}. Nothing was loaded.")
    if not any(each.column in plain for each in measures()):
        raise NotPublished(
            "The first line has no column of a destination measure, such as overall. Nothing was loaded."
        )
    return places


def _destination_rows(
    rows: Iterable[list[str]], head: list[str], places: dict[str, int], stage: str
) -> dict[tuple[str, str, str, str], DestinationRow]:
    ours = set(School.objects.exclude(urn="").values_list("urn", flat=True))
    columns = {each.column: head.index(each.column) for each in measures() if each.column in head}
    found: dict[tuple[str, str, str, str], DestinationRow] = {}
    for cells in rows:
        said = {what: _cell(cells, at) for what, at in places.items()}
        urn = normal_number(said.get("urn", ""))
        if not (urn in ours if urn else _is_england(said)) or " and " in said["topic"]:
            continue
        period = said["period"].replace("/", "")
        if not re.fullmatch(r"\d{6}", period):
            line = getattr(rows, "line_num", "?")
            raise NotPublished(f"Line {line}: “{said['period'][:20]}” is no period such as 202223. Nothing was loaded.")
        row = found.setdefault(
            (urn, period, said["topic"], said["group"]),
            DestinationRow(
                stage=stage, urn=urn, period=period, topic=said["topic"][:80], group=said["group"][:120],
                place=(said.get("place") or "England")[:200], version=said.get("version", "")[:20],
                cohort=said.get("cohort", "")[:12],
            ),
        )  # fmt: skip
        published = {column: value for column, at in columns.items() if (value := _cell(cells, at)[:12])}
        if said["type"].casefold().startswith("percent"):
            row.shares = published
        else:
            row.numbers = published
    return found


def _is_england(said: dict[str, str]) -> bool:
    wanted = destinations()["england"]
    return said.get("level", "").casefold() == "national" and all(
        not said.get(name) or said[name] in wanted[name] for name in ("institution_group", "institution_type")
    )


def _note(key: str, source: str, published_on: date | None, rows: int) -> None:
    said = {"source": source[:300], "published_on": published_on, "loaded_on": today(), "rows": rows}
    Loaded.objects.update_or_create(key=key, defaults=said)
