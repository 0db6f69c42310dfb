"""The judge: a second count, in NumPy, of the raw files of `dekaan export`.

Written from the benchmarks and the law, apart from `dekaan.measures`: it imports nothing of ours, reads no framework
file and shares no idea with the definitions (arrays of pupil × year group instead of joins). Where the two differ, one
of them is wrong.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

SIXTH_FORMS = {"sixth-form", "sixth-form-college"}
COLLEGES = {"fe-college", "utc"}
UNIVERSITIES = {"university", "he-in-fe"}
TRAINING = {"itp"}
UNIVERSITY_ROUTES = {"university", "university-abroad", "foundation-year", "higher-technical", "gap-with-place"}
ONLY_AT_16 = {
    *("school-sixth-form", "sixth-form-college", "utc", "special-post-16", "traineeship", "home-education"),
}
STILL_OPEN = {"applied", "interviewed", "conditional", "unconditional", "accepted"}
APPRENTICESHIPS = {"itp", "apprenticeship-employer"}

BREAKDOWNS = {
    "year-group": "year_group",
    "tutor-group": "tutor_group",
    "pupil-premium": "pupil_premium",
    "sen": "sen",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "eal": "eal",
    "looked-after": "looked_after",
}


@dataclass(frozen=True)
class Asked:
    """A criterion for the year groups in which it is judged: so many, of what, over which year groups."""

    criterion: str
    judged: tuple[int, ...]
    window: tuple[int, int]
    number: int
    counts_for: tuple[str, ...]
    of_each: tuple[set[str], ...] = ()  # at least `number` from each of these kinds of partner
    cut_off: bool = False  # in the last year group, up to 28 February only
    of_those_who_consider_it: bool = False


def _by(criterion: str, year_group: int, since: int, number: int = 1, **more: object) -> Asked:
    return Asked(criterion, (year_group,), (since, year_group), number, more.pop("tags", (criterion,)), **more)  # type: ignore[arg-type]


WORK_14, WORK_24 = ("GB14.6.1", "GB14.6.2"), ("GB24.6.1", "GB24.6.2")
SHOWN_WORK_24 = ("GB24.6.1.shown", "GB24.6.2.shown")
ASKED = (
    _by("GB14.2.1", 9, 7),
    _by("GB14.4.1", 9, 7),
    *(_by("GB14.5.1", group, group) for group in range(7, 14)),
    _by("GB14.6.1", 11, 7, tags=WORK_14),
    _by("GB14.6.2", 13, 12, tags=WORK_14),
    _by("GB14.7.1", 11, 7, of_each=(SIXTH_FORMS, COLLEGES, UNIVERSITIES, APPRENTICESHIPS)),
    _by("GB14.7.2", 13, 7, 2, of_those_who_consider_it=True),
    _by("GB14.8.1", 11, 7),
    _by("GB24.2.1", 9, 7),
    _by("GB24.2.1", 11, 10),
    _by("GB24.2.1", 13, 12),
    *(_by("GB24.5.1", group, group) for group in range(7, 14)),
    _by("GB24.6.1", 11, 7, 2, tags=WORK_24),
    _by("GB24.6.2", 13, 12, tags=WORK_24),
    _by("GB24.7.1", 11, 7, of_each=(SIXTH_FORMS, COLLEGES, UNIVERSITIES, TRAINING)),
    _by("GB24.7.2", 13, 7, 2, of_those_who_consider_it=True),
    _by("GB24.8.1", 11, 7),
    _by("GB24.8.1", 13, 12),
    *(_by("GB14.5.1.shown", group, group) for group in range(7, 14)),
    _by("GB14.7.1.shown", 11, 7, of_each=(SIXTH_FORMS, COLLEGES, UNIVERSITIES, APPRENTICESHIPS)),
    *(_by("GB24.5.1.shown", group, group) for group in range(7, 14)),
    _by("GB24.6.1.shown", 11, 7, 2, tags=SHOWN_WORK_24),
    _by("GB24.6.2.shown", 13, 12, tags=SHOWN_WORK_24),
    _by("GB24.7.1.shown", 11, 7, of_each=(SIXTH_FORMS, COLLEGES, UNIVERSITIES, TRAINING)),
    _by("PA.1", 9, 8, 2, cut_off=True),
    _by("PA.2", 11, 10, 2, cut_off=True),
    _by("PA.3", 13, 12, 2, cut_off=True),
    _by("PA.1.shown", 9, 8, 2, cut_off=True),
    _by("PA.2.shown", 11, 10, 2, cut_off=True),
    _by("PA.3.shown", 13, 12, 2, cut_off=True),
)


@dataclass
class Counted:
    """What the judge says: pupils by (year, criterion, state), and cells by (year, criterion, breakdown, value)."""

    met: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    missed: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    unknown: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    not_yet: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    cells: dict[tuple[int, str, str, str], tuple[int, int, int]] = field(default_factory=dict)


class Files:
    """The export as arrays: a line of each array is a pupil, a column an academic year."""

    def __init__(self, folder: Path) -> None:
        pupils = _rows(folder, "pupils")
        self.pupils = [int(row["pupil"]) for row in pupils]
        self.line = {pupil: number for number, pupil in enumerate(self.pupils)}
        self.in_cohort = np.array([row["benchmark_cohort"] == "yes" for row in pupils], dtype=bool)
        self.enrolments = [
            (self.line[int(row["pupil"])], _day(row["starts_on"]), _day(row["ends_on"]), row["status"])
            for row in _rows(folder, "enrolments")
        ]
        self.records = {
            (self.line[int(row["pupil"])], int(row["academic_year"])): row for row in _rows(folder, "year-records")
        }
        self.done = _rows(folder, "participation")
        self.plans: dict[int, list[dict[str, str]]] = defaultdict(list)
        rows = _rows(folder, "plans")
        gone = {row["corrects_id"] for row in rows} | {row["pk"] for row in rows if row["is_withdrawal"] == "True"}
        rows.sort(
            key=lambda row: [row[each] for each in ("as_of", "said_on", "is_backup")] + [row["source"] == "pupil"]
        )
        for row in rows:  # in the order in which they were recorded, where they are of one day
            if row["pk"] not in gone and row["kind"] in {"aspiration", "intention", "offer"}:
                self.plans[self.line[int(row["pupil_id"])]].append(row)
        years = [year for _, year in self.records] + [_year(row["happened_on"]) for row in self.done]
        years += [_year(starts.isoformat()) for _, starts, _, _ in self.enrolments if starts]
        self.first, self.last = min(years), max(years)
        self.years = range(self.first, self.last + 1)

    def grid(self, kind: type = np.int64) -> np.ndarray:
        """Noughts, a line a pupil and a column a year."""
        return np.zeros((len(self.pupils), len(self.years)), dtype=kind)

    def year_groups(self) -> np.ndarray:
        """As recorded; in a year without a record, counted back from the first; none after the last."""
        recorded: dict[int, list[int]] = defaultdict(list)
        for line, year in self.records:
            recorded[line].append(year)
        grid, columns = self.grid(), np.arange(self.first, self.last + 1)
        for line, found in recorded.items():
            step = int(self.records[line, min(found)]["year_group"]) - min(found)
            grid[line] = np.where(columns < max(found), np.maximum(columns + step, 0), 0)
        for (line, year), row in self.records.items():
            grid[line, year - self.first] = int(row["year_group"])
        return grid


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _year(text: str) -> int:
    year, month, _ = text.split("-")
    return int(year) - (int(month) < 9)


def count(folder: Path, *, records_begin: date, today: date) -> Counted:
    """Every figure of every year, from the raw files."""
    files = Files(folder)
    groups = files.year_groups()
    judged_here, known = _rolls(files, records_begin, today)
    out = Counted()
    criteria = dict.fromkeys(asked.criterion for asked in ASKED)
    for column, year in enumerate(files.years):
        if date(year + 1, 8, 31) < records_begin:
            continue  # nobody is judged in a year before the records, though what was done then counts later
        for criterion in criteria:
            for state in (out.met, out.missed, out.unknown, out.not_yet):
                state[year, criterion] = set()
        for asked in ASKED:
            _judge(files, asked, column, groups, judged_here, known, out)
        for criterion in criteria:
            _add_up(files, year, criterion, groups, out)
    return out


def _rolls(files: Files, records_begin: date, today: date) -> tuple[np.ndarray, np.ndarray]:
    """Who is judged in a year, and whose year is covered by records from end to end."""
    judged, known = files.grid(bool), files.grid(bool)
    for column, year in enumerate(files.years):
        reading, by = min(today, date(year + 1, 7, 31)), date(year, 9, 30)
        for line, starts, ends, status in files.enrolments:
            assert starts
            ended_before = ends is not None and ends <= date(year, 9, 1)
            there = starts <= reading and (ends is None or ends > reading) and not ended_before
            judged[line, column] |= there and status in "CM"
            known[line, column] |= starts <= by and (ends is None or ends > by) and records_begin <= date(year, 9, 1)
    return judged & files.in_cohort[:, None], known


def _happenings(files: Files, asked: Asked, kinds: set[str] | None, groups: np.ndarray) -> np.ndarray:
    """How many of what is asked each pupil did in each year."""
    grid = files.grid()
    for row in files.done:
        line, column = files.line[int(row["pupil"])], _year(row["happened_on"]) - files.first
        if row["counts"] != "yes" or not set(asked.counts_for) & set(row["criteria"].split()):
            continue
        if kinds is not None and row["partner_kind"] not in kinds:
            continue
        is_late = not "09-01" <= row["happened_on"][5:] <= "12-31" and row["happened_on"][5:] > "02-28"
        if asked.cut_off and is_late and groups[line, column] == asked.window[1]:
            continue
        grid[line, column] += 1
    return grid


def _left_open(files: Files, asked: Asked) -> np.ndarray:
    grid = files.grid(bool)
    for row in files.done:
        if set(asked.counts_for) & set(row["criteria_unknown"].split()):
            grid[files.line[int(row["pupil"])], _year(row["happened_on"]) - files.first] = True
    return grid


def _judge(
    files: Files,
    asked: Asked,
    column: int,
    groups: np.ndarray,
    judged_here: np.ndarray,
    known: np.ndarray,
    out: Counted,
) -> None:
    """One criterion at one year's end (or today), for the pupils in its year groups."""
    first, last = asked.window
    up_to, year = slice(0, column + 1), files.first + column
    now = groups[:, column]
    inside = (groups >= first) & (groups <= last)
    if first == last:  # this year only: an earlier year in the same year group is another year
        inside = inside & (np.arange(len(files.years)) == column)
    kinds: tuple[set[str] | None, ...] = asked.of_each or (None,)
    reached = np.logical_and.reduce(
        [(_happenings(files, asked, kind, groups) * inside)[:, up_to].sum(axis=1) >= asked.number for kind in kinds]
    )
    is_open = (_left_open(files, asked) & inside)[:, up_to].any(axis=1)
    if first == last:
        is_open |= ~known[:, column]
    else:  # every year since the window opened, whichever year group it was; and the pupil was here when it did
        years = groups[:, up_to]
        since = np.maximum.accumulate(years >= first, axis=1)
        here_then = np.where(years > 0, years, 99).min(axis=1) <= first
        is_open |= ~here_then | (since & ~known[:, up_to]).any(axis=1)
    here = judged_here[:, column] & (now >= first) & (now <= last)
    if asked.of_those_who_consider_it:
        means = np.array([_means_to(files, line, year, groups) for line in range(len(files.pupils))], dtype=object)
        here &= means != "elsewhere"
        reached &= means == "university"
        is_open |= means == "nobody knows"
    at_the_end = np.isin(now, asked.judged)
    for state, truth in (
        (out.met, here & at_the_end & reached),
        (out.unknown, here & at_the_end & ~reached & is_open),
        (out.missed, here & at_the_end & ~reached & ~is_open),
        (out.not_yet, here & ~at_the_end & ~reached & ~is_open),
    ):
        state[year, asked.criterion] |= {files.pupils[line] for line in np.flatnonzero(truth)}


def _means_to(files: Files, line: int, year: int, groups: np.ndarray) -> str:
    """By the last that was said of plans up to the end of that year."""
    said = "nobody knows"
    for row in files.plans.get(line, ()):
        when = _year(row["as_of"])
        if when > year:
            break
        is_sixth_form = when <= files.last and groups[line, when - files.first] >= 12
        means = _one_plan(row)
        if means == "university" or (means and is_sixth_form):
            said = means
    return said


def _one_plan(row: dict[str, str]) -> str:
    level = int(row["level"] or 0)
    is_university = (
        row["route"] in UNIVERSITY_ROUTES
        or row["code"] in {"240", "260"}
        or (row["route"] == "apprenticeship" and level >= 6)
        or (row["route"] in {"college", "college-academic", "college-technical"} and level >= 4)
    )
    if row["kind"] == "offer" and row["offer_state"] not in STILL_OPEN:
        return ""
    if is_university:
        return "university"
    is_first_choice = row["kind"] == "intention" and row["is_backup"] == "False"
    if not is_first_choice and row["offer_state"] != "accepted":
        return ""
    if row["route"] in {"undecided", "not-found", "refused"} or row["code"] in {"810", "820", "830"}:
        return "nobody knows"
    return "" if row["route"] in ONLY_AT_16 or (not row["route"] and row["code"][:1] in {"", "2"}) else "elsewhere"


def _add_up(files: Files, year: int, criterion: str, groups: np.ndarray, out: Counted) -> None:
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for place, state in ((1, out.met), (2, out.unknown), (0, out.missed)):
        for pupil in state[year, criterion]:
            line = files.line[pupil]
            row = files.records.get((line, year), {})
            values = {name: row.get(column, "") for name, column in BREAKDOWNS.items()}
            values |= {"all": "", "year-group": str(groups[line, year - files.first])}
            for key in values.items():
                sums[key][0] += 1
                if place:
                    sums[key][place] += 1
    for (breakdown, value), (of, met, unknown) in sums.items():
        out.cells[year, criterion, breakdown, value] = (of, met, unknown)
