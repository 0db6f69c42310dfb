"""The rows that a test finds are the rows that the changes write."""

from django.db import transaction

from dekaan.core.scope import working_in
from dekaan.schools.models import School
from tests.kept import every_row, once_made
from tests.stock import make_stock


def _cast_and_rows():
    """Everybody, and every row there is; gone again afterwards."""
    with transaction.atomic():
        stock = once_made(make_stock)
        with working_in(*School.objects.all()):
            found = (stock, every_row())
        transaction.set_rollback(True)
    return found


def test_the_cast_put_back_is_the_cast_that_was_made(db, monkeypatch):
    monkeypatch.setattr("tests.kept._kept", {})
    first, made = _cast_and_rows()
    second, put_back = _cast_and_rows()
    assert put_back == made
    assert second == first
    assert second.priya is not first.priya


def test_after_the_cast_is_put_back_a_new_row_has_a_number_of_its_own(stock):
    for name in ("One", "Two"):
        School.objects.create(name=name, slug=name.lower())
    assert School.objects.count() == 5
