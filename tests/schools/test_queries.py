"""Reading schools, their years and their half-terms."""

from datetime import date
from itertools import pairwise

from dekaan.core.scope import working_in
from dekaan.schools.changes import begin_year
from dekaan.schools.models import CalendarEntry, School
from dekaan.schools.queries import (
    HalfTerm,
    academic_years,
    all_schools,
    half_terms,
    school_by_slug,
    years_on_record,
)
from tests.stock import THIS_YEAR


def closed(starts_on: date, ends_on: date, kind: str) -> CalendarEntry:
    return CalendarEntry.objects.create(starts_on=starts_on, ends_on=ends_on, kind=kind)


def test_a_school_is_found_by_its_address_and_by_nothing_else(stock):
    assert school_by_slug("ashdown") == stock.ashdown
    assert [school_by_slug(slug) for slug in ("Ashdown", "ashdow", "", "ashdown/")] == [None] * 4


def test_schools_are_listed_by_name(stock):
    assert [school.name for school in all_schools()] == ["Ashdown School", "Beckford Academy", "Farfield High"]


def test_years_are_listed_newest_first_and_on_record_oldest_first(in_ashdown):
    begin_year(THIS_YEAR + 1)
    since = [THIS_YEAR - 2, THIS_YEAR - 1, THIS_YEAR, THIS_YEAR + 1]
    assert [year.start_year for year in academic_years()] == since[::-1]
    assert years_on_record(in_ashdown.ashdown) == since[:-1]  # the year to come has no record yet


def test_a_school_that_never_said_when_records_begin_has_the_years_that_it_has(in_ashdown):
    School.objects.filter(pk=in_ashdown.ashdown.pk).update(records_begin=None)
    assert years_on_record(school_by_slug("ashdown")) == [THIS_YEAR - 2, THIS_YEAR - 1, THIS_YEAR]


def test_without_holidays_entered_there_are_the_usual_six_half_terms(in_ashdown):
    found = half_terms(2026)
    assert [each.number for each in found] == [1, 2, 3, 4, 5, 6]
    assert (found[0], found[-1]) == (
        HalfTerm(1, date(2026, 9, 1), date(2026, 10, 26)),
        HalfTerm(6, date(2027, 6, 5), date(2027, 7, 22)),
    )
    assert all(each.starts_on < each.ends_on for each in found)
    assert all(one.ends_on < other.starts_on for one, other in pairwise(found))


def test_half_terms_lie_between_the_holidays_entered_in_whatever_order(in_ashdown):
    closed(date(2027, 7, 20), date(2027, 8, 31), "holiday")
    closed(date(2026, 12, 19), date(2027, 1, 4), "holiday")
    closed(date(2026, 10, 19), date(2026, 10, 30), "half-term")
    assert half_terms(2026) == [
        HalfTerm(1, date(2026, 9, 1), date(2026, 10, 19)),
        HalfTerm(2, date(2026, 10, 31), date(2026, 12, 19)),
        HalfTerm(3, date(2027, 1, 5), date(2027, 7, 20)),
    ]


def test_an_inset_day_and_another_years_holiday_part_no_half_term(in_ashdown):
    closed(date(2026, 10, 19), date(2026, 10, 30), "half-term")
    before = half_terms(2026)
    closed(date(2026, 9, 14), date(2026, 9, 14), "inset")
    closed(date(2025, 10, 20), date(2025, 10, 31), "half-term")
    assert half_terms(2026) == before


def test_another_schools_holidays_are_not_ours(stock):
    with working_in(stock.beckford):
        closed(date(2026, 10, 5), date(2026, 10, 9), "half-term")
    with working_in(stock.ashdown):
        assert len(half_terms(2026)) == 6
    with working_in(stock.beckford):
        assert half_terms(2026) == [HalfTerm(1, date(2026, 9, 1), date(2026, 10, 5))]
