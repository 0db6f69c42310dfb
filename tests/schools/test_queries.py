"""Reading schools, their years and their half-terms."""

from datetime import date
from itertools import pairwise

import pytest

from dekaan.core.scope import working_in
from dekaan.schools.changes import begin_year, set_term_dates
from dekaan.schools.models import CalendarEntry, School
from dekaan.schools.queries import (
    HalfTerm,
    SchoolDay,
    academic_years,
    all_schools,
    bank_holidays,
    calendar,
    calendars,
    half_terms,
    school_by_slug,
    usual_breaks,
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


@pytest.mark.parametrize(
    ("day", "is_one", "is_worked", "why"),
    [
        (date(2026, 11, 24), True, True, ""),
        (date(2026, 11, 28), False, False, "Saturday"),
        (date(2026, 12, 25), False, False, "Christmas Day"),
        (date(2026, 12, 29), False, False, "Holiday"),
        (date(2027, 5, 3), False, False, "Early May bank holiday"),
        (date(2027, 1, 11), False, True, "INSET day"),
        (date(2027, 8, 10), False, False, "Holiday"),
    ],
)
def test_of_each_day_it_is_said_whether_pupils_and_staff_are_in(in_ashdown, day, is_one, is_worked, why):
    set_term_dates(2026, breaks=usual_breaks(2026), by=None)
    closed(date(2027, 1, 11), date(2027, 1, 11), "inset")
    dates = calendar(2026)
    assert (dates.school_day(day), dates.is_worked(day)) == (SchoolDay(is_one, why), is_worked)


def test_without_term_dates_only_weekends_bank_holidays_and_what_is_entered_are_known_not_to_be_school_days(in_ashdown):
    closed(date(2027, 1, 11), date(2027, 1, 11), "inset")
    dates = calendar(2026)
    days = [date(2026, 11, 24), date(2026, 12, 29), date(2026, 12, 25), date(2026, 11, 28), date(2027, 1, 11)]
    assert [dates.school_day(each).is_one for each in days] == [None, None, False, False, False]
    assert [dates.school_day(each).is_usual for each in days] == [True, False, False, False, False]


def test_calendars_of_many_years_are_those_of_each_in_one_statement(in_ashdown, django_assert_num_queries):
    set_term_dates(2026, breaks=usual_breaks(2026), by=None)
    closed(date(2026, 8, 20), date(2026, 9, 2), "holiday")
    school = in_ashdown.ashdown.pk
    each = {(school, year): calendar(year) for year in (2025, 2026, 2027)}
    with django_assert_num_queries(1):
        assert calendars([school], [2025, 2026, 2027]) == each


def test_every_bank_holiday_of_the_file_is_a_working_day_of_the_week_and_eight_are_in_each_year():
    days = bank_holidays()
    assert [day for day in days if day.isoweekday() > 5] == []
    added = {2022: 2, 2023: 1}
    for year in range(2017, 2033):
        assert sum(day.year == year for day in days) == 8 + added.get(year, 0), year
