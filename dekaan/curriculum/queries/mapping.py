"""The map: subject by year group, what is linked, where nothing is, and what that comes to for pupils (benchmark 4)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Min, QuerySet

from dekaan.access.permissions import Permission
from dekaan.core.academic_year import year_end
from dekaan.core.scope import schools_in_scope
from dekaan.curriculum.models import CurriculumLink, Subject
from dekaan.curriculum.queries.taken import Taken, Taker, taken, taken_by_school
from dekaan.curriculum.queries.uptake import UptakeLine, uptake_of_each
from dekaan.measures.queries import Figure, places_to_hide, released

State = CurriculumLink.State


@dataclass(frozen=True)
class Cell:
    """A subject in a year group: how many take it, and how many accepted links there are, taught and planned."""

    subject: Subject
    year_group: int
    takers: int
    taught: int
    planned: int
    is_unknown: bool = False  # of some of the year group no subject is known, and nobody is known to take this one

    @property
    def is_gap(self) -> bool:
        """Whether pupils take it and nothing is linked."""
        return bool(self.takers) and not self.taught and not self.planned

    @property
    def words(self) -> str:
        """ "2 taught, 1 planned", "nothing yet", that nobody takes it, or that it is not known."""
        said = [f"{self.taught} taught"] if self.taught else []
        said += [f"{self.planned} planned"] if self.planned else []
        return ", ".join(said) or ("nothing yet" if self.takers else "not known" if self.is_unknown else "not taken")


@dataclass(frozen=True)
class Row:
    """A subject across the year groups."""

    subject: Subject
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class YearGroupLine:
    """Of the pupils of a year group: in all their subjects something taught, at least planned, lacking, or unknown.

    As benchmark 4 of 2024 asks: every year, in every subject.
    """

    year_group: int
    of: int
    taught: int
    planned: int
    lacking: int
    unknown: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """All, taught, planned, lacking, unknown."""
        return (self.of, self.taught, self.planned, self.lacking, self.unknown)

    @property
    def figure(self) -> Figure:
        """The same as a figure of the criterion: what is planned is not met."""
        return Figure(
            school_id=0,
            academic_year=0,
            framework="",
            criterion="",
            breakdown="year-group",
            value=str(self.year_group),
            met=self.taught,
            of=self.of,
            unknown=self.unknown,
            assumed=0,
            band="",
        )

    @property
    def in_words(self) -> tuple[str, ...]:
        """All, taught, taught or planned, lacking, unknown, with their shares."""
        numbers = (self.taught, self.taught + self.planned, self.lacking, self.unknown)
        return (str(self.of), *(share_in_words(each, self.of) for each in numbers))

    @property
    def words_taught(self) -> str:
        """ "12 of 30 (40 %)"."""
        return f"{self.taught} of {self.of} ({self.taught * 100 // self.of} %)"

    @property
    def words_planned(self) -> str:
        """The same of those with whom something is at least planned in every subject."""
        number = self.taught + self.planned
        return f"{number} of {self.of} ({number * 100 // self.of} %)"


def lines_shown(lines: Sequence[YearGroupLine], *, exactly: bool) -> list[tuple[YearGroupLine, tuple[str, ...]]]:
    """Each line with all, taught, taught or planned, lacking, unknown; hidden together where they may not leave the team.

    Hidden is at least what the figures of the criterion hide, as the twin tells them, and what tells how many are planned.
    """
    hidden = frozenset[int]() if exactly else _places_hidden(lines)
    return [(line, ("hidden",) * 5 if place in hidden else line.in_words) for place, line in enumerate(lines)]


def _places_hidden(lines: Sequence[YearGroupLine]) -> frozenset[int]:
    told = {each.value for each in released([line.figure for line in lines]) if not each.hidden}
    at_least = frozenset(place for place, line in enumerate(lines) if str(line.year_group) not in told)
    return places_to_hide([str(line.year_group) for line in lines], [line.numbers for line in lines], at_least)


def share_in_words(number: int, of: int) -> str:
    """ "12 (40 %)"."""
    return f"{number} ({number * 100 // of} %)" if of else str(number)


@dataclass(frozen=True)
class CurriculumMap:
    """The map of a year."""

    academic_year: int
    year_groups: tuple[int, ...]
    rows: tuple[Row, ...]
    lines: tuple[YearGroupLine, ...]
    role_models: dict[str, int]
    unlisted: dict[str, list[int]]  # what teaching groups have and no subject is called → in which year groups
    taken: Taken

    def is_taken(self, link: CurriculumLink) -> bool:
        """Whether anybody is known to take the link's subject in its year group; so it is said of another year's."""
        if link.academic_year != self.academic_year or link.subject_id is None:
            return True
        return any(
            cell.takers
            for row in self.rows
            if row.subject.pk == link.subject_id
            for cell in row.cells
            if cell.year_group == link.year_group
        )

    def uptake(self, permissions: Collection[Permission]) -> list[UptakeLine]:
        """Who takes each subject, by sex and group: one statement besides."""
        return uptake_of_each(self.taken, [each.subject for each in self.rows], self.academic_year, permissions)

    def benchmark_4(self, *, exactly: bool) -> YearGroupLine | None:
        """All year groups together; none where there is nobody, or a number would follow from those that are hidden."""
        if not self.lines or (not exactly and _places_hidden(self.lines)):
            return None
        sums = [sum(numbers) for numbers in zip(*(line.numbers for line in self.lines), strict=True)]
        return YearGroupLine(0, *sums)

    @property
    def gaps(self) -> int:
        """How many squares have pupils and no link."""
        return sum(cell.is_gap for row in self.rows for cell in row.cells)


def subjects_of(academic_year: int) -> list[Subject]:
    """The subjects that are part of that year's map."""
    return _here_and_given_up(academic_year)[0]


def _here_and_given_up(academic_year: int) -> tuple[list[Subject], list[Subject]]:
    """The subjects that are part of that year's map, and those that are no part of it any more."""
    ends, here, given_up = year_end(academic_year), list[Subject](), list[Subject]()
    for each in Subject.objects.select_related("representative").order_by("name", "pk"):
        is_given_up = each.given_up_on is not None and each.given_up_on <= ends
        (given_up if is_given_up else here).append(each)
    return here, given_up


def accepted(academic_year: int) -> list[CurriculumLink]:
    """The links of the year that count."""
    return list(CurriculumLink.objects.filter(academic_year=academic_year, state=State.ACCEPTED))


def curriculum_map(academic_year: int) -> CurriculumMap:
    """Subject by year group, and what it comes to for pupils: four statements, however many there are."""
    subjects, given_up = _here_and_given_up(academic_year)
    links, found = accepted(academic_year), taken(academic_year, subjects, given_up)
    numbers = found.cells()
    counted: dict[tuple[int, int, bool], int] = Counter(
        (each.subject_id or 0, each.year_group, each.is_taught) for each in links
    )
    unknown = {each.year_group for each in found.takers if not each.subjects}
    years = sorted({each.year_group for each in found.takers} | {each.year_group for each in links})
    return CurriculumMap(
        academic_year,
        tuple(years),
        tuple(
            Row(
                subject,
                tuple(
                    Cell(
                        subject,
                        year,
                        numbers.get((subject.pk, year), 0),
                        counted[subject.pk, year, True],
                        counted[subject.pk, year, False],
                        is_unknown=year in unknown and not numbers.get((subject.pk, year)),
                    )
                    for year in years
                ),
            )
            for subject in subjects
        ),
        tuple(year_group_lines(found, links)),
        role_models(links),
        found.unlisted(),
        found,
    )


def standing_in_every_subject(academic_year: int) -> dict[int, list[tuple[Taker, str]]]:
    """Of each school in scope its pupils with "taught", "planned", "lacking" or "unknown", as benchmark 4 of 2024 asks.

    Four statements for all of the schools. A subject is one school's, so links by it need not say whose they are.
    """
    found, links = taken_by_school(academic_year, *_here_and_given_up(academic_year)), accepted(academic_year)
    return {school_id: _standings(taken, links) for school_id, taken in found.items()}


def _standings(found: Taken, links: Iterable[CurriculumLink]) -> list[tuple[Taker, str]]:
    is_taught, is_linked = set(), set()
    for link in links:
        is_linked.add((link.subject_id, link.year_group))
        if link.is_taught:
            is_taught.add((link.subject_id, link.year_group))
    return [(taker, _standing(taker, is_taught, is_linked)) for taker in found.takers]


def taught_in(subject_names: Iterable[str]) -> dict[int, dict[str, set[tuple[int, int]]]]:
    """Of each school in scope: subject → the (academic year, year group) pairs in which something was taught in it.

    Without those names that no subject of the school's map has. Two statements for all of the schools.
    """
    names = set(subject_names)
    found: dict[int, dict[str, set[tuple[int, int]]]] = {school_id: {} for school_id in schools_in_scope()}
    pairs: dict[int, list[set[tuple[int, int]]]] = {}
    for each in Subject.objects.all():
        called = [name for name in names if name.casefold() in each.names]
        if called:
            pairs[each.pk] = [found[each.school_id].setdefault(name, set()) for name in called]
    links = CurriculumLink.objects.filter(subject__in=list(pairs), state=State.ACCEPTED, is_taught=True).order_by()
    for subject, year, group in links.values_list("subject_id", "academic_year", "year_group"):
        for here in pairs[subject]:
            here.add((year, group))
    return found


def map_began() -> dict[int, int]:
    """The academic year of the earliest link that counts at each school in scope that has one.

    Of the years before nobody knows what was taught.
    """
    links = CurriculumLink.objects.filter(state=State.ACCEPTED).order_by()
    return dict(links.values_list("school_id").annotate(Min("academic_year")))


def year_group_lines(found: Taken, links: Iterable[CurriculumLink]) -> list[YearGroupLine]:
    """Where the pupils of each year group stand."""
    lines: dict[int, Counter[str]] = defaultdict(Counter)
    for taker, standing in _standings(found, links):
        lines[taker.year_group][standing] += 1
    return [
        YearGroupLine(year, said.total(), said["taught"], said["planned"], said["lacking"], said["unknown"])
        for year, said in sorted(lines.items())
    ]


def _standing(taker: Taker, is_taught: set[tuple[int | None, int]], is_linked: set[tuple[int | None, int]]) -> str:
    """Of what they take besides, that the map does not have, it is not known whether anything is linked to it."""
    wanted: set[tuple[int | None, int]] = {(subject, taker.year_group) for subject in taker.subjects}
    if not wanted:
        return "unknown"
    if wanted <= is_taught:
        return "unknown" if taker.unlisted else "taught"
    return "planned" if wanted <= is_linked and not taker.unlisted else "lacking"


def role_models(links: Iterable[CurriculumLink]) -> dict[str, int]:
    """How many of the links had somebody to meet or hear of, by who it was: as the label says, or "Not said"."""
    labels = dict(CurriculumLink.RoleModel.choices)
    said = Counter(
        labels.get(each.role_model_is, "Not said") for each in links if each.role_model or each.role_model_is
    )
    return {name: said[name] for name in (*labels.values(), "Not said") if said[name]}


def waiting() -> list[CurriculumLink]:
    """The links that somebody has proposed and nobody has decided on, oldest first."""
    return list(waiting_links().select_related("subject", "proposed_by").order_by("pk"))


def waiting_links() -> QuerySet[CurriculumLink]:
    """The links that somebody has proposed and nobody has decided on."""
    return CurriculumLink.objects.filter(state=State.PROPOSED)


def nobody_takes(link: CurriculumLink) -> str:
    """Where nobody is known to take the link's subject in its year group: that, in words. Else nothing."""
    if link.subject is None:
        return ""
    takers = taken(link.academic_year, [link.subject]).by(link.subject)
    if any(each.year_group == link.year_group for each in takers):
        return ""
    return f"nobody is known to take {link.subject.name} in Year {link.year_group}"
