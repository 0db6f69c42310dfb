"""An independent count in NumPy over the files of `dekaan export`, written from the benchmarks' own words.

It shares nothing with the definitions: no registry, no rules, no SQL. Where the two differ, one of them is wrong.
"""

import csv
from datetime import date
from pathlib import Path

import numpy as np

SIXTH, COLLEGE, UNIVERSITY = (
    {"sixth-form", "sixth-form-college"},
    {"fe-college", "utc"},
    {"university", "he-in-fe"},
)
ITP, APPRENTICESHIP = {"itp"}, {"itp", "apprenticeship-employer"}

# criterion: [(judged year groups, first year group, last, [(kinds or None)], how many, cut-off in the last year?)]
JUDGED = {
    "GB14.2.1": [((9,), 7, 9, [None], 1, False)],
    "GB14.4.1": [((9,), 7, 9, [None], 1, False)],
    "GB14.5.1": [((year,), year, year, [None], 1, False) for year in range(7, 14)],
    "GB14.6.1": [((11,), 7, 11, [None], 1, False)],
    "GB14.6.2": [((13,), 12, 13, [None], 1, False)],
    "GB14.7.1": [((11,), 7, 11, [SIXTH, COLLEGE, UNIVERSITY, APPRENTICESHIP], 1, False)],
    "GB14.7.2": [((13,), 7, 13, "cohort unknown", 2, False)],
    "GB14.8.1": [((11,), 7, 11, [None], 1, False)],
    "GB24.2.1": [((9,), 7, 9, [None], 1, False), ((11,), 10, 11, [None], 1, False), ((13,), 12, 13, [None], 1, False)],
    "GB24.5.1": [((year,), year, year, [None], 1, False) for year in range(7, 14)],
    "GB24.6.1": [((11,), 7, 11, [None], 2, False)],
    "GB24.6.2": [((13,), 12, 13, [None], 1, False)],
    "GB24.7.1": [((11,), 7, 11, [SIXTH, COLLEGE, UNIVERSITY, ITP], 1, False)],
    "GB24.7.2": [((13,), 7, 13, "cohort unknown", 2, False)],
    "GB24.8.1": [((11,), 7, 11, [None], 1, False), ((13,), 12, 13, [None], 1, False)],
    "PA.1": [((9,), 8, 9, [None], 2, True)],
    "PA.2": [((11,), 10, 11, [None], 2, True)],
    "PA.3": [((13,), 12, 13, [None], 2, True)],
}
# A further workplace counts an experience tagged for either of the two.
SAME = {name: {name[:4] + ".6.1", name[:4] + ".6.2"} for name in ("GB14.6.1", "GB14.6.2", "GB24.6.1", "GB24.6.2")}
GROUPS = {
    "year-group": "year_group",
    "tutor-group": "tutor_group",
    "pupil-premium": "pupil_premium",
    "sen": "sen",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "eal": "eal",
    "looked-after": "looked_after",
}


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """One exported file as rows."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def start_of(day: date) -> int:
    """The year that the academic year of that day starts in."""
    return day.year if day.month >= 9 else day.year - 1


class Oracle:
    """The exported facts as arrays, and the count over them."""

    def __init__(self, folder: Path, *, records_begin: date, today: date) -> None:
        self.today, self.begin = today, records_begin
        self.pupils = {row["pupil"]: row["benchmark_cohort"] == "yes" for row in rows_of(folder, "pupils")}
        self.ids = sorted(self.pupils, key=int)
        place = {pupil: number for number, pupil in enumerate(self.ids)}
        self.stays = [
            (
                place[row["pupil"]],
                date.fromisoformat(row["starts_on"]),
                date.fromisoformat(row["ends_on"]) if row["ends_on"] else date.max,
                row["status"] in ("C", "M"),
            )
            for row in rows_of(folder, "enrolments")
        ]
        self.records = {
            (place[row["pupil"]], int(row["academic_year"])): row for row in rows_of(folder, "year-records")
        }
        self.grade = {place: int(row["year_group"]) - year for (place, year), row in sorted(self.records.items())}
        did = [row for row in rows_of(folder, "participation") if row["pupil"]]
        days = [date.fromisoformat(row["happened_on"]) for row in did]
        self.who = np.array([place[row["pupil"]] for row in did], dtype=int)
        self.year = np.array([start_of(day) for day in days], dtype=int)
        self.late = np.array([(day.month, day.day) > (2, 28) and day.month < 9 for day in days], dtype=bool)
        self.counted = np.array([row["counts"] == "yes" for row in did], dtype=bool)
        self.kind = np.array([row["partner_kind"] for row in did], dtype=object)
        self.tags = [set(row["criteria"].split()) for row in did]
        self.open = [set(row["criteria_unknown"].split()) for row in did]

    def year_group(self, place: int, year: int) -> int:
        """From the record of that year, else from the nearest that there is."""
        row = self.records.get((place, year))
        return int(row["year_group"]) if row else year + self.grade.get(place, -9999)

    def on_roll(self, place: int, year: int) -> bool:
        """On the roll with a main enrolment on the roll date."""
        roll = min(self.today, date(year + 1, 7, 31))
        return any(who == place and main and starts <= roll < ends for who, starts, ends, main in self.stays)

    def is_known(self, place: int, year: int) -> bool:
        """Whether the whole year is covered by the records and by the pupil's being there."""
        september = date(year, 9, 30)
        there = any(who == place and starts <= september < ends for who, starts, ends, _ in self.stays)
        return there and self.begin <= date(year, 9, 1)

    def verdicts(self, criterion: str, year: int) -> dict[int, str]:
        """Pupil → "met", "unknown" or "missed", for everybody judged that year."""
        wanted = SAME.get(criterion, {criterion})
        tagged = np.array([bool(tags & wanted) for tags in self.tags], dtype=bool) & self.counted
        opened = np.array([bool(tags & wanted) for tags in self.open], dtype=bool)
        found = {}
        for place, pupil in enumerate(self.ids):
            if not self.pupils[pupil] or not self.on_roll(place, year):
                continue
            now = self.year_group(place, year)
            for judged, first, last, kinds, enough, has_cut_off in JUDGED[criterion]:
                if now in judged:
                    found[place] = self._verdict(place, year, first, last, kinds, enough, has_cut_off, tagged, opened)
        return found

    def _verdict(self, place, year, first, last, kinds, enough, has_cut_off, tagged, opened) -> str:
        if kinds == "cohort unknown":
            return "unknown"
        mine = np.flatnonzero((self.who == place) & (self.year <= year))
        grades = np.array([self.year_group(place, int(each)) for each in self.year[mine]], dtype=int)
        inside = (grades >= first) & (grades <= last)
        if first == last:
            inside &= self.year[mine] == year
        counted = inside & tagged[mine]
        if has_cut_off:
            counted &= ~((grades == last) & self.late[mine])
        numbers = [
            int((counted & (True if wanted is None else np.isin(self.kind[mine], list(wanted)))).sum())
            for wanted in kinds
        ]
        if all(number >= enough for number in numbers):
            return "met"
        now = self.year_group(place, year)
        years = [year] if first == last else range(year - (now - first), year + 1)
        known = {self.year_group(place, each) for each in years if self.is_known(place, each)}
        needed = {now} if first == last else set(range(first, now + 1))
        if needed - known or bool((inside & opened[mine]).any()):
            return "unknown"
        return "missed"

    def figures(self, criterion: str, year: int, breakdown: str) -> dict[str, tuple[int, int, int]]:
        """Value → (met, of, unknown)."""
        found: dict[str, list[int]] = {}
        for place, verdict in self.verdicts(criterion, year).items():
            row = self.records.get((place, year), {})
            value = "" if breakdown == "all" else str(row.get(GROUPS[breakdown], ""))
            cell = found.setdefault(value, [0, 0, 0])
            cell[0] += verdict == "met"
            cell[1] += 1
            cell[2] += verdict == "unknown"
        return {value: (met, of, unknown) for value, (met, of, unknown) in found.items()}
