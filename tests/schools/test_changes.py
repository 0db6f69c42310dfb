"""Setting up trusts and schools: what is true afterwards, and what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dekaan.audit.models import Event
from dekaan.core.academic_year import today, year_start
from dekaan.core.scope import NoSchoolInScope, working_in
from dekaan.schools.changes import (
    SlugTaken,
    add_school,
    add_trust,
    begin_year,
    change_school,
    close_year,
    reopen_year,
    take_back_year,
)
from dekaan.schools.models import AcademicYear, School
from tests.stock import THIS_YEAR


def years_of(school) -> list[int]:
    with working_in(school):
        return list(AcademicYear.objects.values_list("start_year", flat=True))


def test_records_of_a_new_school_begin_on_1_september_of_the_current_year(db):
    made = add_school(name="Hill Top", slug="hill-top")
    assert made.records_begin == year_start(THIS_YEAR)
    assert years_of(made) == [THIS_YEAR]


def test_a_school_with_older_records_has_every_year_since(db):
    made = add_school(name="Hill Top", slug="hill-top", records_begin=date(THIS_YEAR - 1, 3, 1))
    assert years_of(made) == [THIS_YEAR - 2, THIS_YEAR - 1, THIS_YEAR]


def test_two_schools_cannot_have_one_address(stock):
    before = list(School.objects.values_list("slug", flat=True))
    with pytest.raises(SlugTaken):
        add_school(name="Another Ashdown", slug="ashdown")
    assert list(School.objects.values_list("slug", flat=True)) == before


def test_two_trusts_cannot_have_one_address(stock):
    with pytest.raises(IntegrityError), transaction.atomic():
        add_trust(name="Another Weirbrook", slug="weirbrook")


def test_beginning_a_year_twice_begins_it_once_and_keeps_its_own_dates(in_ashdown):
    assert begin_year(THIS_YEAR + 1) is True
    year = AcademicYear.objects.get(start_year=THIS_YEAR + 1)
    assert (year.starts_on, year.ends_on) == (date(THIS_YEAR + 1, 9, 1), date(THIS_YEAR + 2, 8, 31))
    assert (year.joined_by, year.roll_on) == (date(THIS_YEAR + 1, 9, 30), date(THIS_YEAR + 2, 7, 31))
    AcademicYear.objects.filter(pk=year.pk).update(starts_on=date(THIS_YEAR + 1, 9, 3))
    assert begin_year(THIS_YEAR + 1) is False
    assert AcademicYear.objects.get(start_year=THIS_YEAR + 1).starts_on == date(THIS_YEAR + 1, 9, 3)


def test_a_year_that_was_begun_ahead_of_its_time_is_taken_back_and_a_present_one_is_not(in_ashdown):
    begin_year(THIS_YEAR + 1)
    before = years_of(in_ashdown.ashdown)
    take_back_year(THIS_YEAR)
    assert years_of(in_ashdown.ashdown) == before
    take_back_year(THIS_YEAR + 1)
    assert years_of(in_ashdown.ashdown) == before[:-1]


def test_a_year_is_closed_once_and_opened_again_with_an_event(in_ashdown):
    reopen_year(THIS_YEAR - 1, by=in_ashdown.priya)  # it is open: nothing to say
    close_year(THIS_YEAR - 1, by=in_ashdown.priya)
    frozen = AcademicYear.objects.get(start_year=THIS_YEAR - 1).frozen_at
    close_year(THIS_YEAR - 1, by=in_ashdown.priya)
    assert AcademicYear.objects.get(start_year=THIS_YEAR - 1).frozen_at == frozen
    assert not AcademicYear.objects.exclude(start_year=THIS_YEAR - 1).filter(frozen_at__isnull=False).exists()
    reopen_year(THIS_YEAR - 1, by=in_ashdown.priya)
    assert not AcademicYear.objects.filter(frozen_at__isnull=False).exists()
    said = Event.objects.filter(subject="academic year").order_by("pk").values_list("action", "subject_id")
    assert list(said) == [
        ("academic year closed", THIS_YEAR - 1),
        ("academic year closed", THIS_YEAR - 1),
        ("academic year reopened", THIS_YEAR - 1),
    ]


def test_each_school_begins_its_own_year(stock):
    with working_in(stock.ashdown):
        begin_year(THIS_YEAR + 1)
    assert THIS_YEAR + 1 in years_of(stock.ashdown)
    assert THIS_YEAR + 1 not in years_of(stock.beckford)


def test_a_year_begins_in_a_school_or_not_at_all(db):
    with pytest.raises(NoSchoolInScope):
        begin_year(THIS_YEAR)


def test_a_change_of_a_schools_facts_is_kept_and_recorded_by_field_name(in_ashdown):
    change_school(in_ashdown.ashdown, by=in_ashdown.priya, part_counts=True, urn="999999")
    kept = School.objects.get(slug="ashdown")
    assert (kept.part_counts, kept.urn, kept.name) == (True, "999999", "Ashdown School")
    said = Event.objects.filter(action="school changed").get()
    assert (said.actor_id, said.school_id, said.detail) == (
        in_ashdown.priya.pk,
        kept.pk,
        {"fields": ["part_counts", "urn"]},
    )


def test_a_new_school_and_its_trust_are_recorded(db):
    trust = add_trust(name="Weirbrook", slug="weirbrook")
    made = add_school(name="Hill Top", slug="hill-top", trust=trust)
    assert list(Event.objects.order_by("pk").values_list("action", "school_id", "subject_id")) == [
        ("trust added", 0, trust.pk),
        ("school added", made.pk, made.pk),
    ]
    assert today() >= made.records_begin
