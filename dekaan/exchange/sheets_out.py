"""Destinations on their way out, in a council's own columns: what can stand in one, and a row for each leaver."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dekaan.access.data_classes import Access
from dekaan.access.models import RoleAssignment
from dekaan.destinations.models import PLANS, Kind, Statement
from dekaan.destinations.queries import (
    SUITABLE,
    Leaver,
    Moment,
    bucket_of,
    code_of,
    in_force,
    intention_of,
    is_since,
    latest_offers,
    leavers,
    leavers_opened,
    may_be_shared,
    with_places,
)
from dekaan.exchange.columns import VOCABULARIES, plain
from dekaan.exchange.reading.sheet import Sheet, Unreadable
from dekaan.frameworks.queries import routes
from dekaan.people.models import Sex, YearRecord
from dekaan.schools.models import School

# What may stand in a column, by key, as it is offered. The keys of what comes in too are those of `fields`.
OURS = {
    "surname": "Surname",
    "forename": "Forename",
    "preferred_surname": "Preferred surname",
    "preferred_forename": "Preferred forename",
    "full_name": "Surname, Forename in one column",
    "birth_date": "Date of birth",
    "upn": "UPN",
    "uln": "ULN",
    "admission_number": "Admission number",
    "sex": "Sex",
    "left_from": "Year group that they left from",
    "left_on": "First day off the roll",
    "school_name": "Name of this school",
    "school_number": "Number of this school (council and establishment)",
    "code": "Activity code, as the council said it or by the route",
    "code_name": "What the activity code means",
    "route": "Route, in words",
    "bucket": "What the published measure would call it",
    "provider_name": "College, provider or employer",
    "course": "Course",
    "level": "Level",
    "starts_on": "There since",
    "ends_on": "Last day there",
    "sector": "Sector",
    "occupation": "Occupation",
    "words": "In words",
    "offer_state": "How far the application is",
    "moment": "Which moment",
    "as_of": "Day of which it is said",
    "said_by": "Who said it",
    "said_on": "Day on which it was said",
    "checked": "Whether it was checked (yes or no)",
    "meant_route": "What they meant to do: route, in words",
    "meant_provider": "What they meant to do: college, provider or employer",
    "meant_course": "What they meant to do: course",
    "guarantee": "September Guarantee: whether a suitable offer was recorded (yes or no)",
}
_ALSO = {
    "leftfrom": "left_from", "yearleft": "left_from", "leavingyear": "left_from", "year": "left_from", "yeargroup": "left_from",
    "leavingdate": "left_on", "dateleft": "left_on", "school": "school_name", "schoolname": "school_name",
    "laestab": "school_number", "dfenumber": "school_number", "schoolcode": "school_number", "verified": "checked",
    "checked": "checked", "activitydescription": "code_name", "sex": "sex", "gender": "sex",
    "intendeddestination": "meant_route", "intendedroute": "meant_route", "intendedactivity": "meant_route",
    "intendedprovider": "meant_provider", "intendedestablishment": "meant_provider", "intendedcourse": "meant_course",
    "septemberguarantee": "guarantee", "septemberguaranteestatus": "guarantee", "septemberguaranteemet": "guarantee",
}  # fmt: skip
SEARCHED = 40


@dataclass(frozen=True)
class Out:
    """Rows for a council's sheet, and who is in none of them."""

    rows: tuple[tuple[Leaver, Statement], ...]
    objectors: tuple[Leaver, ...]  # who object to being told of, or of whom a parent does
    unknowns: tuple[Leaver, ...]  # of whom nothing is said of the moment
    disputed: tuple[Leaver, ...]  # of whom sources disagree, until a person says which holds

    @property
    def names(self) -> int:
        """How many people stand in it."""
        return len({leaver.pupil.pk for leaver, _ in self.rows})

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """Who is in it and who is not, by name: what each list is, and its names."""
        inside = {leaver.pupil.pk: leaver for leaver, _ in self.rows}
        lists = {
            "In the file": list(inside.values()),
            "Left out, since they object": self.objectors,
            "Left out, since sources disagree": self.disputed,
            "Nothing is said of this moment": self.unknowns,
        }
        return [(title, [_named(each) for each in there]) for title, there in lists.items() if there]


def headings_of(sheet: Sheet) -> list[str]:
    """The column names of an empty sheet: of its rows the one with most names that we know, else the fullest."""
    rows = sheet.rows[:SEARCHED]
    best = max(
        rows,
        key=lambda row: (sum(bool(guessed_key(cell)) for cell in row.cells), sum(map(bool, row.cells))),
        default=None,
    )
    found = list(best.cells) if best else []
    while found and not found[-1]:
        found.pop()
    if not found:
        raise Unreadable("No names of columns were found in the sheet.")
    return found


def guessed_key(heading: str) -> str:
    """Which of ours a council's column most likely is; "" where nothing says so."""
    key = VOCABULARIES["destinations"].get(plain(heading), "") or _ALSO.get(plain(heading), "")
    return key if key in OURS else ""


def guessed_columns(headings: Iterable[str]) -> list[dict[str, str]]:
    """The columns with what is guessed of each; one of ours stands in one column only, unless a person says otherwise."""
    found: list[dict[str, str]] = []
    for heading in headings:
        key = guessed_key(heading)
        taken = {column["key"] for column in found}
        found.append({"heading": heading, "key": "" if key in taken else key})
    return found


def out_of(
    assignments: Iterable[RoleAssignment], left_in: int, moment: str, *, every: bool, access: Access = Access.READS
) -> Out:
    """Those who left in that year whom the person may see and of whom may be told; of each what holds of the moment.

    `every` statement in force instead, where the council is to have all that was said.
    """
    found = leavers(left_in, leavers_opened(assignments, left_in, access))
    shared = may_be_shared([each.pupil.pk for each in found])
    told = [each for each in found if each.pupil.pk in shared]
    rows: list[tuple[Leaver, Statement]] = []
    unknown: list[Leaver] = []
    disputed: list[Leaver] = []
    standing: dict[int, list[Statement]] = {}
    since = {each.pupil.pk: each.left_on for each in told}
    for statement in in_force(with_places(Statement.objects.filter(pupil_id__in=shared))) if every else ():
        if is_since(statement, since[statement.pupil_id]):
            standing.setdefault(statement.pupil_id, []).append(statement)
    for each in told:
        if every:
            said = [statement for statement in standing.get(each.pupil.pk, []) if moment in ("", statement.kind)]
            rows += [(each, statement) for statement in said]
            unknown += [] if said else [each]
            continue
        there = [one for one in each.moments if one.kind == moment]
        if not there:
            unknown.append(each)
        elif moment not in PLANS and there[-1].disagrees:
            disputed.append(each)
        else:
            rows += [(each, statement) for statement in _holding(there, moment)]
    objectors = tuple(each for each in found if each.pupil.pk not in shared)
    return Out(tuple(rows), objectors, tuple(unknown), tuple(disputed))


def _holding(there: Sequence[Moment], moment: str) -> list[Statement]:
    """What holds of moments of one kind: of applications the latest of each, of other plans the latest, of changes the last.

    Who changes their mind, or has something else in mind if that fails, is in no dispute.
    """
    said = [statement for one in there for group in one.groups for statement in group]
    if moment == Kind.OFFER:
        return latest_offers(said)
    if moment in PLANS:
        first = [one for one in said if not one.is_backup] or said
        return [max(first, key=lambda one: (one.as_of, one.said_on, one.pk))]
    return [max(there[-1].groups[0], key=lambda one: (one.is_verified, one.said_on, one.pk))]


def _named(leaver: Leaver) -> str:
    return ", ".join(filter(None, (f"{leaver.pupil.surname}, {leaver.pupil.forename}", leaver.tutor_group)))


def cells_of(
    school: School,
    columns: Sequence[dict[str, str]],
    leaver: Leaver,
    said: Statement,
    sexes: Mapping[int, str] | None = None,
) -> list[Any]:
    """One row in the council's columns; `sexes` are those of `sexes_of`."""
    plans = [each for moment in leaver.moments if moment.kind in PLANS for group in moment.groups for each in group]
    meant = intention_of(plans)
    meant_route = routes().get(meant.route) if meant else None
    has_offer = any(each.offer_state in SUITABLE for each in latest_offers(plans))
    pupil, code, bucket, route = leaver.pupil, code_of(said), bucket_of(said), routes().get(said.route)
    found = {
        **{name: getattr(pupil, name) for name in ("surname", "forename", "preferred_surname", "preferred_forename")},
        **{name: getattr(pupil, name) for name in ("upn", "uln", "admission_number")},
        **{name: getattr(said, name) for name in ("provider_name", "course", "level", "sector", "occupation", "words")},
        **{name: _day(getattr(said, name)) for name in ("as_of", "said_on", "starts_on", "ends_on")},
        "level": said.level_name if said.level == 0 else said.level,
        "full_name": f"{pupil.surname}, {pupil.forename}",
        "birth_date": _day(pupil.birth_date),
        "left_from": leaver.year_group,
        "left_on": _day(leaver.left_on),
        "school_name": school.name,
        "school_number": school.laestab,
        "code": code.code if code else said.code,
        "code_name": code.name if code else "",
        "route": route.name if route else "",
        "bucket": bucket.name if bucket else "",
        "offer_state": said.get_offer_state_display(),
        "moment": Kind(said.kind).label,
        "said_by": said.get_source_display(),
        "checked": "yes" if said.is_verified else "no",
        "sex": Sex(sex).label if (sex := (sexes or {}).get(pupil.pk, "")) else "",
        "meant_route": meant_route.name if meant_route else meant.words if meant else "",
        "meant_provider": meant.provider_name if meant else "",
        "meant_course": meant.course if meant else "",
        "guarantee": "yes" if has_offer else "no",
    }
    return [found.get(column["key"], "") for column in columns]


def sexes_of(leaver_ids: Iterable[int]) -> dict[int, str]:
    """Pupil → sex, as it was recorded last. One question."""
    records = YearRecord.objects.filter(pupil_id__in=list(leaver_ids)).exclude(sex="").order_by("academic_year", "pk")
    return dict(records.values_list("pupil_id", "sex"))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
