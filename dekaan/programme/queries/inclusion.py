"""Who is on a list before it is confirmed, set against their year groups; and who of these is missing and has had least.

Counted apart from names: what a pupil is, as far as the person's role counts it, and small numbers only for those who
see them anyway.
"""

from collections import Counter
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
from dekaan.people.queries import listed, on_roll, rows_of
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
        if figure.unknown == figure.of:
            return f"all {figure.of} not known"
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
class Average:
    """How many counted encounters a pupil has had this year, on average of those of whom it is known; or hidden."""

    tenths: int | None = None
    is_hidden: bool = False

    @property
    def says(self) -> str:
        """ "1.3", "hidden" or a dash."""
        if self.is_hidden:
            return "hidden"
        return "–" if self.tenths is None else f"{self.tenths // 10}.{self.tenths % 10}"


@dataclass(frozen=True)
class SoFar:
    """A pupil who is not invited, and how many counted encounters they have had this year."""

    pk: int
    name: str
    tutor_group: str
    had: int


@dataclass(frozen=True)
class Inclusion:
    """A list of pupils against their year groups."""

    year_groups: tuple[int, ...]
    is_everybody: bool  # whole year groups are invited, so that nobody of them is left out
    lines: tuple[Line, ...] = ()
    averages: tuple[Average, ...] = ()  # of those invited, of the others and of everybody
    missing: tuple[SoFar, ...] = ()  # not invited, and had no more this year than those invited on average: least first
    more_without: int = 0  # so many besides have had nothing
    is_few: bool = False  # so few are invited that there is nothing to compare

    @property
    def words(self) -> str:
        """ "Year 10", or "Year 9 and Year 10"."""
        return " and ".join(f"Year {each}" for each in self.year_groups)

    @property
    def is_some_hidden(self) -> bool:
        """Whether a number is hidden."""
        numbers = (each for line in self.lines for each in (line.invited, line.others, line.everybody))
        return any(each.figure.hidden for each in numbers) or any(each.is_hidden for each in self.averages)

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
    _add_what_they_had(rows, year)
    shown = [each for each in CHARACTERISTICS if each.counts is None or each.counts in permissions]
    lines = list(_lines(shown, rows, set(invited), year, permissions))
    averages = _averages(rows, set(invited), lines[-1])
    known = [row for row in rows if row["had"] is not None]
    theirs = [row["had"] for row in known if row["pupil_id"] in invited]
    usual = sum(theirs) / len(theirs) if theirs else 0
    had = {row["pupil_id"]: row["had"] for row in known if row["pupil_id"] not in invited and row["had"] <= usual}
    among = Pupil.objects.filter(pk__in=had)
    if named is not None:
        among = among.filter(pk__in=named.order_by().values("pk"))
    rows_missing = rows_of(listed(among, year)) if had else []
    missing = [SoFar(row.pk, row.name, row.tutor_group, had[row.pk]) for row in rows_missing]
    missing.sort(key=lambda each: each.had)
    return Inclusion(
        tuple(years),
        all(row["pupil_id"] in invited for row in rows),
        tuple(lines),
        averages,
        tuple(missing[:MOST_NAMES]),
        sum(not each.had for each in missing[MOST_NAMES:]),
    )


def inclusion_before(
    pupils: Collection[int], on: date, permissions: Collection[Permission], named: QuerySet[Pupil] | None = None
) -> Inclusion | None:
    """The same of pupils (ids) who are about to be invited; None for whoever sees no shares of a year group."""
    if Permission.BENCHMARKS_SEE not in permissions or not pupils:
        return None
    return inclusion(pupils, on, permissions, named) if len(pupils) >= FEWEST else Inclusion((), False, is_few=True)


def other_year_groups(session: Session, pupils: Collection[int]) -> str:
    """Where the session is for other year groups than these pupils' (ids): both in words. Else nothing.

    "It invites Year 13, and 9 of these pupils are in Year 10."
    """
    year = academic_year_of(session.held_on)
    records = YearRecord.objects.filter(academic_year=year).order_by()
    theirs = Counter(records.filter(pupil__in=pupils).values_list("year_group", flat=True))
    invited = invited_pupils(session).order_by().values("pk")
    its = set(records.filter(pupil__in=invited).values_list("year_group", flat=True))
    its |= {each.year_group for each in session.invitations.all() if each.year_group is not None}
    others = {each: number for each, number in sorted(theirs.items()) if each not in its}
    if not its or not others:
        return ""
    of = " and ".join(
        f"{number} of these pupils {'is' if number == 1 else 'are'} in Year {each}" for each, number in others.items()
    )
    return f"It invites {' and '.join(f'Year {each}' for each in sorted(its))}, and {of}."


def _averages(rows: list[dict[str, Any]], invited: set[int], least: Line) -> tuple[Average, ...]:
    """Of those invited, of the others and of everybody, of whom it is known; hidden where who has had none is."""
    known = [(row["pupil_id"] in invited, row["had"]) for row in rows if row["had"] is not None]
    parts = (
        [had for is_in, had in known if is_in],
        [had for is_in, had in known if not is_in],
        [had for _, had in known],
    )
    hidden = (bool(each.figure.hidden) for each in (least.invited, least.others, least.everybody))
    return tuple(
        Average(None if is_hidden or not part else sum(part) * 10 // len(part), is_hidden)
        for part, is_hidden in zip(parts, hidden, strict=True)
    )


def _add_what_they_had(rows: list[dict[str, Any]], year: int) -> None:
    """How many counted encounters each has had this year; not known of those whose year is not all on record.

    Of these only that they have had something is known, where they have.
    """
    pupils = [row["pupil_id"] for row in rows]
    counted = live().filter(pupil__in=pupils, academic_year=year, counts=1, criteria__gt=0).order_by()
    number = Counter(counted.values_list("pupil_id", flat=True))
    kept = PupilYear.objects.filter(pupil_id__in=pupils, academic_year=year)
    known = {pupil for pupil, is_known in kept.values_list("pupil_id", "known") if is_known}
    for row in rows:
        pupil = row["pupil_id"]
        row["had"] = number[pupil] if pupil in known or number[pupil] else None
        row["has_none"] = None if row["had"] is None else not row["had"]


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
