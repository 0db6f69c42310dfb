"""Reading the drawn cases of the specification into flat rows, for whichever engine."""

from dataclasses import dataclass, field
from datetime import date, datetime

from dekaan.core.academic_year import academic_day, academic_year_of
from dekaan.destinations.models import Statement
from dekaan.destinations.queries import considering_of
from dekaan.frameworks.queries import mask_of
from dekaan.measures.tables import TABLES

SCHOOL = 1


@dataclass
class Drawn:
    """One drawn case: rows by table, and what must come out."""

    title: str
    today: date
    criterion: str
    tables: dict[str, list[dict]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    expected: list[dict[str, str]] = field(default_factory=list)


def read(text: str) -> Drawn:
    """A page of the specification as rows."""
    settings = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line and line.split(":")[0] in WORDS)
    pupils, doings, *said, expected = _tables(text)
    case = Drawn(
        title=text.splitlines()[0].lstrip("# "),
        today=date.fromisoformat(settings["today"]),
        criterion=settings["criterion"],
        expected=expected,
    )
    years = sorted(int(name) for name in pupils[0] if name.isdigit())
    begin = date.fromisoformat(settings["records begin"])
    case.tables = {
        "schools_school": [{"id": SCHOOL, "records_begin": begin}],
        "schools_academicyear": [_year(year) for year in range(academic_year_of(begin), max(years) + 1)],
        "people_pupil": [],
        "people_enrolment": [],
        "people_yearrecord": [],
        "participation_participation": [],
    }
    ids = {row["pupil"]: number for number, row in enumerate(pupils, start=1)}
    case.names = {number: name for name, number in ids.items()}
    for row in pupils:
        _draw_pupil(case, ids[row["pupil"]], row, years)
    for row in doings:
        case.tables["participation_participation"].append(_doing(ids[row["pupil"]], row))
    case.tables["measures_considering"] = [row for table in said for row in _said(ids, table)]
    return case


WORDS = {"today", "records begin", "criterion"}


def _tables(text: str) -> list[list[dict[str, str]]]:
    found: list[list[list[str]]] = []
    was_row = False
    for line in text.splitlines():
        is_row = line.startswith("|")
        if is_row:
            if not was_row:
                found.append([])
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        was_row = is_row
    return [[dict(zip(table[0], row, strict=True)) for row in table[2:]] for table in found]


def _year(year: int) -> dict:
    return {
        "school_id": SCHOOL,
        "start_year": year,
        "starts_on": date(year, 9, 1),
        "ends_on": date(year + 1, 8, 31),
        "joined_by": date(year, 9, 30),
        "roll_on": date(year + 1, 7, 31),
    }


def _draw_pupil(case: Drawn, pupil: int, row: dict[str, str], years: list[int]) -> None:
    case.tables["people_pupil"].append(
        {"id": pupil, "school_id": SCHOOL, "benchmark_cohort": row.get("cohort", "yes") == "yes"}
    )
    case.tables["people_enrolment"].append(
        {
            "school_id": SCHOOL,
            "pupil_id": pupil,
            "starts_on": date.fromisoformat(row["joined"]),
            "ends_on": date.fromisoformat(row["left"]) if row["left"] else None,
            "status": row["status"],
        }
    )
    for year in years:
        if row[str(year)]:
            case.tables["people_yearrecord"].append(
                {
                    "school_id": SCHOOL,
                    "pupil_id": pupil,
                    "academic_year": year,
                    "year_group": int(row[str(year)]),
                    "tutor_group_id": None,
                    "sex": "F",
                    "sen": "N",
                    "pupil_premium": None,
                    "ethnicity": "",
                    "eal": False,
                    "looked_after": True,
                }
            )


def _doing(pupil: int, row: dict[str, str]) -> dict:
    on = date.fromisoformat(row["on"])
    criteria = mask_of(row["counts for"].split())
    unknown = mask_of(row.get("unknown for", "").split())
    return {
        "school_id": SCHOOL,
        "pupil_id": pupil,
        "academic_year": academic_year_of(on),
        "academic_day": academic_day(on),
        "criteria": criteria,
        "criteria_unknown": criteria if row["state"] == "invited" else unknown,
        "counts": int(row["state"] == "attended"),
        "known_by": row["known by"],
        "partner_kind": row["partner"],
        "superseded_at": None,
    }


def _said(ids: dict[str, int], rows: list[dict[str, str]]) -> list[dict]:
    """What the counting room is told of plans: each table of the page by the same code as the ledger itself."""
    statements = [
        Statement(
            pk=number,
            school_id=SCHOOL,
            pupil_id=ids[row["pupil"]],
            as_of=date.fromisoformat(row["said on"]),
            said_on=date.fromisoformat(row["said on"]),
            kind=row["of"],
            source=row["by"],
            route=row["route"],
            level=int(row["level"]) if row["level"] else None,
            is_backup=row["second choice"] == "yes",
            offer_state=row["state"],
        )
        for number, row in enumerate(rows, start=1)
    ]
    return [
        {name: getattr(each, name) for name in TABLES["measures_considering"]}
        for pupil in ids.values()
        for each in considering_of(each for each in statements if each.pupil_id == pupil)
    ]


def superseded(row: dict) -> dict:
    """The same fact, superseded: it must count for nothing."""
    return {**row, "superseded_at": datetime(2026, 1, 1, 12, 0)}
