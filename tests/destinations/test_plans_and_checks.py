"""Plans may begin on a day to come, and are no older than whose they are; what is said otherwise has not been checked."""

from datetime import date, timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.destinations.changes import (
    BeforeBirth,
    StillToCome,
    StoppedBeforeItBegan,
    correct_statement,
    record_statement,
    verify_statement,
)
from tests.stock import THIS_YEAR, pupil

OFFER = {"kind": "offer", "source": "provider", "route": "t-level", "offer_state": "unconditional", "by": None}


@pytest.fixture
def cleo(left):
    return pupil("Cleo", year_group=11, birth_date=date(THIS_YEAR - 15, 2, 3))


def test_a_course_that_is_offered_may_begin_and_end_on_days_to_come(left, cleo):
    begins = today() + timedelta(days=300)
    said = record_statement(cleo, **OFFER, starts_on=begins, ends_on=begins + timedelta(days=600)).statement
    assert (said.starts_on, said.as_of) == (begins, today())
    with pytest.raises(StoppedBeforeItBegan):
        record_statement(cleo, **OFFER, starts_on=begins, ends_on=begins - timedelta(days=1))


@pytest.mark.parametrize("name", ["said_on", "as_of"])
def test_a_plan_is_not_said_on_a_day_to_come(left, cleo, name):
    with pytest.raises(StillToCome):
        record_statement(cleo, **OFFER, **{name: today() + timedelta(days=1)})


def test_where_somebody_is_does_not_begin_on_a_day_to_come(left):
    says = {"kind": "position", "source": "pupil", "route": "looking", "starts_on": today() + timedelta(days=1)}
    with pytest.raises(StillToCome):
        record_statement(left.ada, by=None, **says)


def test_what_is_corrected_has_not_been_checked_unless_that_is_said_anew(left):
    said = record_statement(left.ada, by=None, kind="position", source="pupil", route="college-technical").statement
    checked = verify_statement(said, by=left.priya).statement
    mended = correct_statement(checked, by=left.priya, route="looking").statement
    assert (mended.is_verified, mended.verified_by) == (False, None)
    again = {"verified_by": left.priya, "verified_on": today()}
    assert correct_statement(mended, by=left.priya, route="university", **again).statement.is_verified


@pytest.mark.parametrize("said_on", [date(1, 1, 1), date(1926, 1, 1)])
def test_a_plan_from_before_the_pupil_was_born_is_refused_in_words(left, cleo, said_on):
    with pytest.raises(BeforeBirth) as caught:
        record_statement(cleo, **OFFER, said_on=said_on)
    assert str(caught.value) == (
        f"1 January {said_on.year} is before they were born, on {cleo.birth_date:%-d %B %Y}. Look at the year that was "
        "typed, or correct the day of birth on their record."
    )
    with pytest.raises(BeforeBirth) as caught:  # nor is it taken of whose day of birth nobody knows
        record_statement(pupil("Dev", year_group=11), **OFFER, said_on=said_on)
    assert str(caught.value) == f"1 January {said_on.year} is before they were born. Look at the year that was typed."


def test_a_job_from_before_the_pupil_was_born_is_refused(left):
    says = {"kind": "position", "source": "pupil", "route": "looking", "starts_on": date(1926, 1, 1)}
    with pytest.raises(BeforeBirth):
        record_statement(left.ada, by=None, **says)
