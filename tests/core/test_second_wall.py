"""On PostgreSQL the database itself hides other schools' rows, whoever asks and however."""

import pytest
from django.db import DatabaseError, connection, transaction

from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from tests.databases import ON_POSTGRES
from tests.stock import make_stock, pupil


def asked(sql: str, *values) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


SURNAMES = "SELECT surname FROM people_pupil ORDER BY surname"

if ON_POSTGRES:

    def test_a_raw_cursor_sees_the_school_in_scope_and_no_other(two_schools):
        with working_in(two_schools.ashdown):
            assert asked(SURNAMES) == [("Lovell",)]
            assert asked("SELECT count(*) FROM people_pupil WHERE surname = 'Canary'") == [(0,)]
        with working_in(two_schools.beckford):
            assert asked(SURNAMES) == [("Canary",)]
        with working_in(two_schools.ashdown, two_schools.beckford):
            assert asked(SURNAMES) == [("Canary",), ("Lovell",)]

    def test_without_a_scope_there_are_no_rows(two_schools):
        assert asked(SURNAMES) == []
        with working_in():
            assert asked(SURNAMES) == []

    def test_the_kept_tables_stand_behind_the_wall_too(two_schools):
        ids = "SELECT DISTINCT pupil_id FROM measures_pupil_year"
        with working_in(two_schools.ashdown):
            assert asked(ids) == [(two_schools.ada.pk,)]
            assert asked("SELECT DISTINCT school_id FROM measures_coverage") == [(two_schools.ashdown.pk,)]
        assert asked(ids) == []

    def test_a_raw_update_or_delete_changes_nothing_of_another_school(two_schools):
        with working_in(two_schools.ashdown):
            assert asked("UPDATE people_pupil SET surname = 'Struck' WHERE id = %s", two_schools.bruno.pk) == [(0,)]
            assert asked("DELETE FROM people_enrolment WHERE pupil_id = %s", two_schools.bruno.pk) == [(0,)]
        with working_in(two_schools.beckford):
            assert (Pupil.objects.get().surname, Pupil.objects.get().enrolments.count()) == ("Canary", 1)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE people_pupil SET school_id = %s",
            (
                "INSERT INTO schools_calendarentry (school_id, starts_on, ends_on, kind, title, year_groups) "
                "VALUES (%s, now(), now(), 'inset', '', '[]')"
            ),
        ],
    )
    def test_no_row_is_given_to_another_school(two_schools, statement):
        with working_in(two_schools.ashdown):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                asked(statement, two_schools.beckford.pk)
            assert asked(SURNAMES) == [("Lovell",)]

    @pytest.mark.django_db(transaction=True)
    def test_the_scope_does_not_outlive_its_transaction():
        """A setting of the session would leak through the pool to the next person."""
        stock = make_stock()
        with working_in(stock.ashdown):
            pupil("Ada", "Lovell")
            assert asked(SURNAMES) == [("Lovell",)]
        assert asked(SURNAMES) == []
        with pytest.raises(ZeroDivisionError), working_in(stock.ashdown):
            _ = 1 / 0
        assert asked(SURNAMES) == []
        assert asked("SELECT coalesce(current_setting('app.school_ids', true), '')") == [("",)]

    def test_a_scope_that_fails_is_put_back_unless_the_transaction_is_broken(two_schools):
        with working_in(two_schools.ashdown):
            with pytest.raises(ZeroDivisionError), working_in(two_schools.beckford):
                _ = 1 / 0
            assert asked(SURNAMES) == [("Lovell",)]
            with pytest.raises(DatabaseError), transaction.atomic(), working_in(two_schools.beckford):
                asked("SELECT nonsense")
            assert asked(SURNAMES) == [("Lovell",)]
