"""A curriculum map as a school has it in November: some subjects well along, some with nothing yet, two links waiting."""

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import year_start
from dekaan.curriculum.changes import add_link, add_subject, open_door, propose
from dekaan.curriculum.models import Subject
from dekaan.people.models import Group, Membership, StaffMember, YearRecord

OPTIONS = {10: ("History", "Geography"), 11: ("History", "Geography")}  # half of the year group each


def write_curriculum(staff: Sequence[StaffMember], *, by: User, academic_year: int) -> None:
    """The invented map is there for the school in scope, of the subjects that its year groups have."""
    said = tomllib.loads(files("dekaan.demo").joinpath("data", "curriculum.toml").read_text(encoding="utf-8"))
    here = set(YearRecord.objects.filter(academic_year=academic_year).values_list("year_group", flat=True).distinct())
    subjects: dict[str, Subject] = {}
    for number, row in enumerate(said["subject"]):
        subjects[row["name"]] = add_subject(
            name=row["name"],
            also_called=row.get("also", ""),
            department=row["department"],
            representative=staff[number] if number % 3 else None,
            year_groups=[each for each in row["years"] if each in here],
            by=by,
        )
    _choose_options(academic_year, here)
    for row in said["link"]:
        if row["year"] in here:
            add_link(subject=subjects[row["subject"]], academic_year=academic_year, by=by, **_fields(row))
    open_door(by=by)
    for number, row in enumerate(said["waiting"]):
        if row["year"] in here:
            propose(
                page=f"invented {number}",
                subject=subjects.get(row.get("subject", "")),
                subject_said=row.get("said", ""),
                said_by=row["by"],
                academic_year=academic_year,
                **_fields(row),
            )


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "year_group": row["year"],
        "what": row["what"],
        "role_model": row.get("met", ""),
        "role_model_is": row.get("is", ""),
        "evidence": row.get("seen", ""),
        "is_taught": row["taught"],
    }


def _choose_options(academic_year: int, here: set[int]) -> None:
    """Pupils of the years with options are in teaching groups, turn about."""
    for year_group, names in OPTIONS.items():
        if year_group not in here:
            continue
        groups = [
            Group.objects.create(
                kind=Group.Kind.TEACHING,
                name=f"{year_group}/{name[:2]}1",
                subject=name,
                year_group=year_group,
                academic_year=academic_year,
            )
            for name in names
        ]
        pupils = YearRecord.objects.filter(academic_year=academic_year, year_group=year_group).order_by("pupil_id")
        Membership.objects.bulk_create(
            Membership(group=groups[number % len(groups)], pupil_id=pupil, starts_on=year_start(academic_year))
            for number, pupil in enumerate(pupils.values_list("pupil_id", flat=True))
        )
