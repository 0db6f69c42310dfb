"""Recording what was done: who, what, where; never a name."""

import pytest
from django.db import DatabaseError, transaction

from dekaan.audit.changes import record
from dekaan.audit.models import Event
from dekaan.core.scope import NoSchoolInScope, working_in
from tests.databases import ON_POSTGRES
from tests.stock import pupil


def said() -> list[tuple]:
    return list(
        Event.objects.order_by("pk").values_list("school_id", "actor_id", "action", "subject", "subject_id", "detail")
    )


def test_the_school_is_the_one_in_scope_unless_named(stock):
    before = len(said())
    with working_in(stock.ashdown):
        record(action="looked", by=stock.priya, subject="pupil", subject_id=7, detail={"fields": ["sen"]})
    record(action="moved", by=None, school_id=0)
    with working_in(stock.ashdown, stock.beckford):
        record(action="compared", by=stock.anna)
    assert said()[before:] == [
        (stock.ashdown.pk, stock.priya.pk, "looked", "pupil", 7, {"fields": ["sen"]}),
        (0, None, "moved", "", None, {}),
        (None, stock.anna.pk, "compared", "", None, {}),
    ]


def test_nothing_is_recorded_without_saying_where(stock):
    with pytest.raises(NoSchoolInScope):
        record(action="looked", by=stock.priya)


def test_what_was_not_done_is_not_recorded(in_ashdown):
    before = said()
    with transaction.atomic():
        record(action="began", by=in_ashdown.priya)
        assert said() != before
        transaction.set_rollback(True)
    assert said() == before


def test_the_audit_of_a_new_pupil_names_nobody(in_ashdown):
    made = pupil("Canaryforename", "Canarysurname", upn="R201100018042", by=in_ashdown.priya)
    rows = said()
    assert made.pk in {row[4] for row in rows}
    assert [row for row in rows if "canary" in str(row).lower() or "R201100018042" in str(row)] == []


if ON_POSTGRES:  # insert-only by privilege, which SQLite does not have

    @pytest.mark.parametrize("change", [lambda rows: rows.update(action="tampered"), lambda rows: rows.delete()])
    def test_the_web_role_can_neither_change_nor_delete_an_event(stock, change):
        assert Event.objects.exists()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change(Event.objects.all())
