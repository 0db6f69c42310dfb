"""Whether what a pupil did is on record: one answer for whoever judges by kept years what the counting room does not."""

from collections.abc import Mapping
from typing import NamedTuple

LAST = 14  # no pupil is in a year group above it


class KeptYear(NamedTuple):
    """One academic year of a pupil as the counting room keeps it, so far as it says what is known.

    `known` says whether all of the year is on record here, `unrecorded` of what it was not recorded who was there.
    """

    year_group: int
    known: int
    unrecorded: int = 0


def is_open(
    years: Mapping[int, KeptYear], academic_year: int, from_year: int, to_year: int = LAST, mask: int = 0
) -> bool:
    """Whether something may have happened from year group `from_year` to that academic year of which nothing is known.

    As the counting room judges it (`measures.definitions.counting`), and a test holds the two together. Known must be
    every year from the one in which the window opened, by year rather than by year group; and of what the mask says no
    attendance may be left unrecorded in the year groups up to `to_year`. `years` are all years of the pupil that are kept.
    """
    past = {year: each for year, each in years.items() if year <= academic_year}
    lowest = min((each.year_group for each in past.values() if each.year_group), default=None)
    opened = year_opened(past, academic_year, from_year)
    if opened is None or lowest is None or lowest > from_year:
        return True
    if any(each.unrecorded & mask for each in past.values() if from_year <= each.year_group <= to_year):
        return True
    inside = [past.get(year) for year in range(opened, academic_year + 1)]
    return not all(each and each.known and each.year_group >= from_year for each in inside)


def year_opened(years: Mapping[int, KeptYear], academic_year: int, from_year: int) -> int | None:
    """The first academic year, up to that one, in which the pupil was in that year group or above; None where in none."""
    return min(
        (year for year, each in years.items() if year <= academic_year and each.year_group >= from_year), default=None
    )
