"""Who takes a subject: by sex, disadvantage and special educational needs, each beside all who could."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from dekaan.access.permissions import Permission
from dekaan.curriculum.models import Subject
from dekaan.curriculum.queries.taken import Taken, Taker
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import Figure, released

ALL, HIDES = "All", "hidden"
_Row = dict[str, str]


@dataclass(frozen=True)
class _Breakdown:
    """How pupils are told apart: each value of a column with its name, what a role must count, and see to be told exactly.

    Only the values that are named are shown; the others are there so that no small number follows.
    """

    column: str
    names: dict[str, str]
    counts: Permission | None = None
    sees: Permission | None = None
    said: Callable[[str], str] = str


BREAKDOWNS = (
    _Breakdown("sex", {"F": "Female", "M": "Male"}),
    _Breakdown("pupil_premium", {"yes": "Disadvantaged"}, Permission.FLAGS_COUNT, Permission.FLAGS_SEE),
    _Breakdown(
        "sen",
        {"sen": "Special educational needs"},
        Permission.SEN_COUNT,
        Permission.SEN_SEE,
        lambda said: "sen" if said in {"K", "E"} else said,
    ),
)


@dataclass(frozen=True)
class UptakeLine:
    """Of the pupils of a year group, or of all of them, how many take a subject: in all, and of each group."""

    subject: Subject
    year_group: int | None
    numbers: tuple[tuple[str, str], ...]


def uptake(subject: Subject, found: Taken, academic_year: int, permissions: Collection[Permission]) -> list[UptakeLine]:
    """Who takes the subject, a line a year group in which anybody does; small numbers as the role may see them.

    `found` is who takes what of all subjects: of whom none is known, it is not known of this one.
    """
    return _by_year(found, subject, _rows(academic_year, permissions), permissions)


def _by_year(
    found: Taken, subject: Subject, rows: dict[int, _Row], permissions: Collection[Permission]
) -> list[UptakeLine]:
    here: dict[int, list[Taker]] = {each.year_group: [] for each in found.by(subject)}
    for each in found.takers:
        if each.year_group in here:
            here[each.year_group].append(each)
    return [UptakeLine(subject, year, _numbers(subject, here[year], rows, permissions)) for year in sorted(here)]


def uptake_of_each(
    found: Taken, subjects: Iterable[Subject], academic_year: int, permissions: Collection[Permission]
) -> list[UptakeLine]:
    """Who takes each of the subjects, of all in the year groups in which anybody does.

    What is hidden of a year group is hidden here too, since it would follow from the other year groups'.
    """
    rows, lines = _rows(academic_year, permissions), []
    for subject in subjects:
        by_year = _by_year(found, subject, rows, permissions)
        if not by_year:
            continue
        years = {each.year_group for each in by_year}
        numbers = _numbers(subject, [each for each in found.takers if each.year_group in years], rows, permissions)
        hidden = {name for line in by_year for name, said in line.numbers if said == HIDES}
        lines.append(
            UptakeLine(subject, None, tuple((name, HIDES if name in hidden else said) for name, said in numbers))
        )
    return lines


def _rows(academic_year: int, permissions: Collection[Permission]) -> dict[int, _Row]:
    """Of each pupil what the role counts."""
    columns = [each.column for each in _counted(permissions)]
    rows = PupilYear.objects.filter(academic_year=academic_year, in_cohort=1).order_by()
    return {row.pop("pupil_id"): row for row in rows.values("pupil_id", *columns)}


def _counted(permissions: Collection[Permission]) -> list[_Breakdown]:
    return [each for each in BREAKDOWNS if each.counts is None or each.counts in permissions]


def _numbers(
    subject: Subject, pupils: list[Taker], rows: dict[int, _Row], permissions: Collection[Permission]
) -> tuple[tuple[str, str], ...]:
    everybody = _figure(subject, pupils, "everybody", ALL)
    (total,) = [everybody] if Permission.FIGURES_EXACT in permissions else released([everybody])
    said = [(ALL, _in_words(total))]
    for each in _counted(permissions):
        values: dict[str, list[Taker]] = {}
        for pupil in pupils:
            values.setdefault(each.said(rows.get(pupil.pupil_id, {}).get(each.column, "")), []).append(pupil)
        figures = [_figure(subject, here, each.column, value) for value, here in values.items()]
        if Permission.FIGURES_EXACT not in permissions or (each.sees and each.sees not in permissions):
            figures = released(figures)
        shown = {figure.value: figure for figure in figures}
        nobody = _figure(subject, [], each.column, "")
        said += [(name, _in_words(shown.get(value, nobody))) for value, name in each.names.items()]
    return tuple(said)


def _figure(subject: Subject, pupils: list[Taker], breakdown: str, value: str) -> Figure:
    """Of those who could take it, so many do; of whom no subject is known, it is not known."""
    met = sum(subject.pk in each.subjects for each in pupils)
    unknown = sum(not each.subjects for each in pupils)
    return Figure(0, 0, "", str(subject.pk), breakdown, value, met, len(pupils), unknown, 0, "")


def _in_words(figure: Figure) -> str:
    """ "12 of 30 (40 %), 2 not known"."""
    if figure.hidden or figure.met is None or figure.of is None:
        return HIDES
    if not figure.of:
        return "–"
    if figure.unknown == figure.of:
        return f"all {figure.of} not known"
    unknown = f", {figure.unknown} not known" if figure.unknown else ""
    return f"{figure.met} of {figure.of} ({figure.met * 100 // figure.of} %){unknown}"
