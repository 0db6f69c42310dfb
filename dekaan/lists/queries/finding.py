"""Whom a sentence finds, and of whom it is not known, with why.

Every phrase says of a pupil yes, no or not known. Found are those of whom all say yes; shown apart are those of whom
none says no. Who is asked about: the pupils on the roll whom the person may see with all that the sentence tells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import F, Q

from dekaan.access.data_classes import DataClass
from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.core.numbers import row_numbers
from dekaan.frameworks.queries import bit_of, criterion
from dekaan.lists.queries.evidence import (
    HALF_DAYS,
    Past,
    Times,
    first_year_groups,
    half_days_absent,
    key_stage_of,
    pasts_of,
    standings_of,
    tallies_of,
)
from dekaan.lists.queries.offered import (
    TELLS,
    Offered,
    Problem,
    ethnic_groups,
    in_words,
    names_that_are_past,
    problems_of,
)
from dekaan.lists.queries.sentences import OF_CRITERIA, Had, Sentence
from dekaan.measures.queries import applying_to, is_open, year_opened
from dekaan.people.models import Pupil
from dekaan.people.queries import ORDERS, ROW_FIELDS, PupilRow, listed, narrowed_to, on_roll, row_of
from dekaan.schools.models import School

# What is said of a pupil by a phrase: True, False, or why it is not known.
Said = bool | str
ASKED = {
    "sex": "record__sex",
    "sen": "record__sen",
    "pupil-premium": "record__pupil_premium",
    "eal": "record__eal",
    "looked-after": "record__looked_after",
    "ethnic-group": "record__ethnicity",
    "attendance": "record__attendance_percent",
    "cohort": "benchmark_cohort",
    "tutor-group": "record__tutor_group_id",
    "year-group": "year_group",
}
NOT_KNOWN = {
    "sex": "sex not known",
    "sen": "SEN status not known",
    "pupil-premium": "pupil premium not known",
    "eal": "first language not known",
    "looked-after": "not known whether looked after",
    "ethnic-group": "ethnicity not known",
    "attendance": "attendance not known",
    "year-group": "year group not known",
}


@dataclass(frozen=True)
class Group:
    """Some of the pupils, of one tutor group."""

    name: str
    rows: list[PupilRow]


@dataclass(frozen=True)
class Finding:
    """What a sentence found for one person on one day."""

    sentence: Sentence
    words: str
    problems: list[Problem]
    rows: list[PupilRow] = field(default_factory=list)
    unknown: list[tuple[PupilRow, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_narrowed: bool = False

    @property
    def tells(self) -> list[str]:
        """What kinds of needs or flags the list tells of each on it."""
        return [kind for kind in self.sentence.kinds if kind in TELLS]

    @property
    def groups(self) -> list[Group]:
        """Those found, by tutor group."""
        return [
            Group(tutor_group or ("No year group" if year is None else f"Year {year}, no tutor group"), list(rows))
            for (year, tutor_group), rows in groupby(self.rows, key=lambda row: (row.year_group, row.tutor_group))
        ]

    @property
    def can_be_mended(self) -> bool:
        """Whether the list can go on without the phrases that find nobody."""
        return any(not each.is_closed for each in self.problems)

    @property
    def mended(self) -> Sentence:
        """The sentence without the phrases by which nobody can be found."""
        return self.sentence.without({each.phrase for each in self.problems if not each.is_closed})


def finding(
    school: School, sentence: Sentence, assignments: Sequence[RoleAssignment], offered: Offered, *, on: date
) -> Finding:
    """Whom the sentence finds for a person; nobody where a phrase cannot be asked, whatever the others say."""
    words = in_words(sentence, offered, names_that_are_past([sentence], offered))
    problems = problems_of(sentence, offered)
    if problems or not sentence:
        return Finding(sentence, words, problems)
    classes = {DataClass.E, *(TELLS[kind][1] for kind in sentence.kinds if kind in TELLS)}
    narrowed = narrowed_to(assignments, *sorted(classes))
    people = _candidates(sentence, narrowed if narrowed is not None else Pupil.objects.all(), on)
    asked = _Asked(school, [row["pk"] for row, _ in people], on)
    rows, unknown = [], []
    verdicts = [asked.of(each, [row for row, _ in people]) for each in sentence.had] if people else []
    for place, (row, said) in enumerate(people):
        every = [*said, *(verdict[place] for verdict in verdicts)]
        if any(each is False for each in every):
            continue
        why = list(dict.fromkeys(each for each in every if isinstance(each, str)))
        if why:
            unknown.append((row_of(row), "; ".join(why)))
        else:
            rows.append(row_of(row))
    notes = [*asked.notes, *_without_cohort(sentence, offered)]
    return Finding(sentence, words, [], rows, unknown, notes, narrowed is not None)


def _without_cohort(sentence: Sentence, offered: Offered) -> list[str]:
    """Criteria that nobody at the school is asked for: without a sixth form, say."""
    years = {int(value.partition(":")[2]) for value in offered.who["Year group"]}
    wanted = [each.value for each in sentence.had if each.verb in OF_CRITERIA]
    return [
        f"No pupil here is in a year group that is asked for “{known.title}”."
        for each in dict.fromkeys(wanted)
        if (known := criterion(each)) and not any(each in applying_to(year) for year in years)
    ]


def _candidates(sentence: Sentence, among: Any, on: date) -> list[tuple[dict[str, Any], list[Said]]]:
    """Those of whom no phrase about who they are says no, with what each of these says, in one statement."""
    kinds = sentence.kinds
    found = listed(among.filter(on_roll(on)), academic_year_of(on))
    if years := kinds.get("year-group"):
        found = found.filter(Q(year_group__in=row_numbers(years)) | Q(year_group__isnull=True))
    if groups := kinds.get("tutor-group"):
        found = found.filter(record__tutor_group_id__in=row_numbers(groups))
    columns = {kind: ASKED[kind] for kind in kinds}
    rows = found.annotate(**{f"asked_{number}": F(path) for number, path in enumerate(columns.values())})
    names = {kind: f"asked_{number}" for number, kind in enumerate(columns)}
    people = []
    for row in rows.order_by(*ORDERS["year"]).values(*ROW_FIELDS, *names.values()):
        said = [_is_one_of(kind, kinds[kind], row[name]) for kind, name in names.items()]
        if not any(each is False for each in said):
            people.append((row, said))
    return people


def _is_one_of(kind: str, values: list[str], held: Any) -> Said:
    """Whether what is held of a pupil is one of the values."""
    if kind == "ethnic-group":
        held = next((key for key, (_, codes) in ethnic_groups().items() if held in codes), None)
    if held is None or held == "":
        return False if kind in {"tutor-group", "cohort"} else NOT_KNOWN[kind]
    return any(_is(kind, value, held) for value in values)


def _is(kind: str, value: str, held: Any) -> bool:
    if kind in {"pupil-premium", "eal", "looked-after"}:
        return held is (value == "yes")
    if kind == "cohort":
        return held is (value == "in")
    if kind == "attendance":
        return held < int(value)
    if kind == "sen" and value == "any":
        return held in {"K", "E"}
    return str(held) == value


class _Asked:
    """What is read once for all phrases of a sentence, when the first of them needs it."""

    def __init__(self, school: School, pupils: list[int], on: date) -> None:
        self.school, self.pupils, self.on, self.notes = school, pupils, on, list[str]()
        self._pasts: dict[int, Past] | None = None
        self._standings: dict[int, tuple[int, int, int, int]] | None = None

    @property
    def pasts(self) -> dict[int, Past]:
        if self._pasts is None:
            self._pasts = pasts_of(self.school, self.pupils, self.on)
        return self._pasts

    @property
    def standings(self) -> dict[int, tuple[int, int, int, int]]:
        if self._standings is None:
            self._standings = standings_of(self.pupils, self.on)
        return self._standings

    def of(self, had: Had, rows: list[dict[str, Any]]) -> list[Said]:
        """What the phrase says of each."""
        says = self._joined(had) if had.verb == "joined" else self._says(had)
        return [says(row) for row in rows]

    def _says(self, had: Had) -> Callable[[dict[str, Any]], Said]:
        if had.verb in OF_CRITERIA:
            return self._stands(had)
        if had.what == HALF_DAYS:
            return self._absent_from_school(had)
        return self._absent_from(had) if had.verb == "absent" else self._has_had(had)

    def _joined(self, had: Had) -> Callable[[dict[str, Any]], Said]:
        def says(row: dict[str, Any]) -> Said:
            joined = self.pasts[row["pk"]].joined_on
            return bool(joined and had.since and joined >= had.since)

        return says

    def _stands(self, had: Had) -> Callable[[dict[str, Any]], Said]:
        bit, known = bit_of(had.value), criterion(had.value)
        why = f"not known for “{known.title if known else ''}”"

        def says(row: dict[str, Any]) -> Said:
            coh, far, met, unk = self.standings.get(row["pk"], (0, 0, 0, 0))
            if not (coh | far) & bit:
                return False
            if had.verb == "not-known":
                return bool(unk & bit)
            if had.verb == "meets":
                return why if unk & bit else bool(met & bit)
            asked = coh if had.verb == "misses" else far
            if not asked & bit or met & bit:
                return False
            return why if unk & bit else True

        return says

    def _absent_from_school(self, had: Had) -> Callable[[dict[str, Any]], Said]:
        halves, days = half_days_absent(had, self.pupils, self.on)
        if days:
            self.notes.append(
                f"Attendance is in for {days} day{'' if days == 1 else 's'} of that time; absence on other days is not "
                "known."
            )
        why = "no attendance of that time is in"
        return lambda row: why if not days else halves.get(row["pk"], 0) >= had.least

    def _absent_from(self, had: Had) -> Callable[[dict[str, Any]], Said]:
        found = tallies_of(had, self.pupils, self.on)

        def says(row: dict[str, Any]) -> Said:
            times = self._added(had, row, found.get(row["pk"], {}))
            if times.done or not (times.missed or times.unsure):
                return False
            return "not recorded whether they were there" if times.unsure else True

        return says

    def _has_had(self, had: Had) -> Callable[[dict[str, Any]], Said]:
        found = tallies_of(had, self.pupils, self.on)

        def says(row: dict[str, Any]) -> Said:
            times, gap = self._added(had, row, found.get(row["pk"], {})), self._gap(had, row)
            if times.done >= had.least:
                return had.verb == "had"
            if gap:
                return gap
            if times.done + times.unsure >= had.least:
                return "not recorded whether they were there"
            return had.verb == "not-had"

        return says

    def _added(self, had: Had, row: dict[str, Any], years: dict[int, Times]) -> Times:
        """All years of the phrase's window together."""
        first = self._first_year(had, row) if had.when == "key-stage" else None
        inside = [times for year, times in years.items() if first is None or year >= first]
        return Times(*(sum(getattr(each, name) for each in inside) for name in ("done", "unsure", "missed")))

    def _begins(self, had: Had, row: dict[str, Any]) -> int | None:
        """The year group in which the pupil's key stage, or secondary school, begins; of a primary year that year itself."""
        if had.when == "key-stage":
            return key_stage_of(row["year_group"])
        first = first_year_groups()[0]
        return first if row["year_group"] is None else min(first, row["year_group"])

    def _first_year(self, had: Had, row: dict[str, Any]) -> int | None:
        """The academic year in which that was; None where it is not on record."""
        begins, year = self._begins(had, row), academic_year_of(self.on)
        if begins is None:
            return None
        if begins < first_year_groups()[0]:
            return year
        return year_opened(self.pasts[row["pk"]].kept, year, begins)

    def _gap(self, had: Had, row: dict[str, Any]) -> str:
        """Why not all of the window is on record, as the counting room judges it; empty where it is."""
        past, year = self.pasts[row["pk"]], academic_year_of(self.on)
        if had.when == "since" and had.since:
            return "" if past.is_known_since(had.since, year) else self._why(past, had.since)
        begins = None if had.is_of_this_year else self._begins(had, row)
        if not had.is_of_this_year and begins is None:
            return "in no key stage that is known"
        if begins is None or begins < first_year_groups()[0]:  # nothing is asked of the years before
            kept = past.kept.get(year)
            return "" if kept and kept.known else self._why(past, year_start(year))
        first = self._first_year(had, row)
        if first is None or past.lowest > begins:
            return "earlier years are not on record"
        return self._why(past, year_start(first)) if is_open(past.kept, year, begins) else ""

    def _why(self, past: Past, begins: date) -> str:
        """Why something since that day is not on record."""
        if past.known_from is not None and past.known_from <= begins:
            return "earlier years are not on record"
        if self.school.records_begin and past.known_from == self.school.records_begin:
            return f"records begin on {self.school.records_begin:%-d %B %Y}"
        return f"joined on {past.joined_on:%-d %B %Y}" if past.joined_on else "not known when they joined"
