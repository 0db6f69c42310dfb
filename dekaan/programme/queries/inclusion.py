"""Who is on a list before it is confirmed, set against their year groups; and who of these is missing and has had least.

Counted apart from names: what a pupil is, as far as the person's role counts it, and small numbers only for those who
see them anyway.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of
from dekaan.core.numbers import percent
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import Figure, released
from dekaan.participation.queries import live
from dekaan.people.models import Pupil, YearRecord
from dekaan.people.queries import PupilRow, listed, on_roll, rows_of
from dekaan.programme.models import Audience, Session
from dekaan.programme.queries.inviting import invited_pupils

LOW_ATTENDANCE = 90
MOST_NAMES = 12
FEWEST = 6  # a guidance meeting of one or two leaves nobody out: shares of fewer say nothing
INVITED, OTHERS = "invited", "others"

Truth = bool | None  # None is not known


@dataclass(frozen=True)
class Characteristic:
    """Something by which a list can leave pupils out; what a role must count to be told, and see to be told exactly."""

    key: str
    name: str
    holds: Callable[[dict[str, Any]], Truth]
    counts: Permission | None = None
    sees: Permission | None = None


def _of(column: str, *values: Any) -> Callable[[dict[str, Any]], Truth]:
    return lambda row: None if row[column] in {None, ""} else row[column] in values


CHARACTERISTICS = (
    Characteristic(
        "pupil-premium", "Disadvantaged", _of("pupil_premium", True), Permission.FLAGS_COUNT, Permission.FLAGS_SEE
    ),
    Characteristic("sen", "Special educational needs", _of("sen", "K", "E"), Permission.SEN_COUNT, Permission.SEN_SEE),
    Characteristic("female", "Female", _of("sex", "F")),
    Characteristic("male", "Male", _of("sex", "M")),
    Characteristic(
        "attendance",
        f"Attendance under {LOW_ATTENDANCE} % this year",
        lambda row: None if row["attendance_percent"] is None else row["attendance_percent"] < LOW_ATTENDANCE,
    ),
    Characteristic("least", "No counted encounter yet this year", lambda row: row["has_none"]),
)
COLUMNS = ("pupil_id", "sex", "sen", "pupil_premium", "attendance_percent")


@dataclass(frozen=True)
class Number:
    """So many of so many, or hidden."""

    figure: Figure

    @property
    def says(self) -> str:
        """ "3 of 12 (25 %), 1 not known"."""
        figure = self.figure
        if figure.hidden or figure.met is None or not figure.of:
            return "hidden" if figure.hidden else "–"
        unknown = f", {figure.unknown} not known" if figure.unknown else ""
        return f"{figure.met} of {figure.of} ({percent(figure.met, figure.of)} %){unknown}"


@dataclass(frozen=True)
class Line:
    """One characteristic: among those invited, those of the same year groups who are not, and all of these."""

    name: str
    invited: Number
    others: Number
    everybody: Number


@dataclass(frozen=True)
class Inclusion:
    """A list of pupils against their year groups."""

    year_groups: tuple[int, ...]
    is_everybody: bool  # whole year groups are invited, so that nobody of them is left out
    lines: tuple[Line, ...] = ()
    missing: tuple[PupilRow, ...] = ()  # not invited, and without a counted encounter this year
    more_missing: int = 0

    @property
    def words(self) -> str:
        """ "Year 10", or "Year 9 and Year 10"."""
        return " and ".join(f"Year {each}" for each in self.year_groups)

    @property
    def is_some_hidden(self) -> bool:
        """Whether a number is hidden."""
        return any(each.figure.hidden for line in self.lines for each in (line.invited, line.others, line.everybody))

    @property
    def query(self) -> str:
        """The sentence that finds everybody of these year groups who has had nothing this year."""
        said = [(f"who_{number}", f"year-group:{each}") for number, each in enumerate(self.year_groups)]
        return urlencode([*said, ("verb_0", "not-had"), ("what_0", "any"), ("when_0", "year")])


def inclusion_of(
    session: Session, permissions: Collection[Permission], named: QuerySet[Pupil] | None = None
) -> Inclusion | None:
    """How whom a session invites stands against their year groups, until it is recorded.

    None where nobody is counted, or so few are invited that there is nothing to compare. `named` are the pupils whose
    names the person sees; None is everybody.
    """
    if session.activity.audience != Audience.PUPILS or session.has_begun or session.cancelled_at is not None:
        return None
    invitations = list(session.invitations.all())
    years = sorted({each.year_group for each in invitations if each.year_group is not None})
    if years and not any(each.group_id or each.pupil_id for each in invitations):
        return Inclusion(tuple(years), is_everybody=True)
    invited = set(invited_pupils(session).order_by().values_list("pk", flat=True))
    return inclusion(invited, session.held_on, permissions, named) if len(invited) >= FEWEST else None


def inclusion(
    invited: Collection[int], on: date, permissions: Collection[Permission], named: QuerySet[Pupil] | None = None
) -> Inclusion:
    """How these pupils (ids) stand against everybody of their year groups on that day."""
    year = academic_year_of(on)
    records = YearRecord.objects.filter(academic_year=year).order_by()
    years = sorted(set(records.filter(pupil__in=invited).values_list("year_group", flat=True)))
    here = records.filter(year_group__in=years, pupil__in=Pupil.objects.filter(on_roll(on)).order_by().values("pk"))
    rows = list(here.values(*COLUMNS))
    _add_who_has_none(rows, year)
    shown = [each for each in CHARACTERISTICS if each.counts is None or each.counts in permissions]
    lines = _lines(shown, rows, set(invited), year, permissions)
    missing = [row["pupil_id"] for row in rows if row["has_none"] and row["pupil_id"] not in invited]
    among = Pupil.objects.filter(pk__in=missing)
    if named is not None:
        among = among.filter(pk__in=named.order_by().values("pk"))
    listed_missing = rows_of(listed(among, year)) if missing else []
    return Inclusion(
        tuple(years),
        all(row["pupil_id"] in invited for row in rows),
        tuple(lines),
        tuple(listed_missing[:MOST_NAMES]),
        max(0, len(listed_missing) - MOST_NAMES),
    )


def _add_who_has_none(rows: list[dict[str, Any]], year: int) -> None:
    """Whether each has had no counted encounter this year; not known of those whose year is not all on record."""
    pupils = [row["pupil_id"] for row in rows]
    counted = live().filter(pupil__in=pupils, academic_year=year, counts=1, criteria__gt=0).order_by()
    some = set(counted.values_list("pupil_id", flat=True).distinct())
    kept = PupilYear.objects.filter(pupil_id__in=pupils, academic_year=year)
    known = {pupil for pupil, is_known in kept.values_list("pupil_id", "known") if is_known}
    for row in rows:
        row["has_none"] = False if row["pupil_id"] in some else True if row["pupil_id"] in known else None


def _lines(
    shown: list[Characteristic],
    rows: list[dict[str, Any]],
    invited: set[int],
    year: int,
    permissions: Collection[Permission],
) -> Iterable[Line]:
    parts = {
        INVITED: [row for row in rows if row["pupil_id"] in invited],
        OTHERS: [row for row in rows if row["pupil_id"] not in invited],
    }
    for each in shown:
        figures = [_figure(each, place, some, year) for place, some in parts.items()]
        total = _figure(each, "everybody", rows, year)
        if Permission.FIGURES_EXACT not in permissions or (each.sees and each.sees not in permissions):
            # The two parts at once, since with the total one would follow from the other.
            figures, (total,) = released(figures), released([total])
        numbers = {figure.value: Number(figure) for figure in figures}
        nobody = Number(_figure(each, OTHERS, [], year))
        yield Line(each.name, numbers.get(INVITED, nobody), numbers.get(OTHERS, nobody), Number(total))


def _figure(of: Characteristic, value: str, rows: list[dict[str, Any]], year: int) -> Figure:
    said = [of.holds(row) for row in rows]
    return Figure(
        school_id=0,
        academic_year=year,
        framework="",
        criterion=of.key,
        breakdown="on-the-list",
        value=value,
        met=said.count(True),
        of=len(said),
        unknown=said.count(None),
        assumed=0,
        band="",
    )
