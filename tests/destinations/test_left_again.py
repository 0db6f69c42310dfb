"""Who left, came back and left again begins anew: what was said of the first absence stays with it, and counts no more."""

from datetime import date

import pytest
from django.urls import reverse

from dekaan.core.academic_year import today, year_start
from dekaan.destinations.changes import (
    HasNotLeft,
    correct_statement,
    record_statement,
    say_which_holds,
    verify_statement,
    withdraw_statement,
)
from dekaan.destinations.models import Ruling, Statement
from dekaan.destinations.queries import followed, how_kept_by_school, leavers, person
from dekaan.destinations.queries.missing import not_known_of
from dekaan.frameworks.queries import keepings
from dekaan.people.changes import leave_school, return_to_school
from dekaan.people.models import Pupil
from dekaan.principles.queries.records import Gathered, Records
from tests.destinations.given import LEFT_IN, LEFT_ON, day
from tests.stock import THIS_YEAR, pupil

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIRST_LEFT_ON = year_start(LEFT_IN)
COLLEGE = {"kind": "position", "source": "pupil", "route": "college-technical", "by": None}


@pytest.fixture
def carys(left):
    """She left from Year 11, was at college on 1 November, came back in January and left again from Year 12."""
    made = pupil("Carys", "Abbot", year_group=12 + THIS_YEAR - LEFT_IN, joined=year_start(LEFT_IN - 1), tutor_group="")
    leave_school(made, on=FIRST_LEFT_ON, by=None)
    record_statement(made, **COLLEGE, said_on=date(LEFT_IN, 11, 2))
    return_to_school(made, year_group=12, starts_on=date(LEFT_IN + 1, 1, 8), by=None)
    leave_school(made, on=LEFT_ON, by=None)
    return made


def test_what_was_said_of_the_first_absence_is_not_what_became_of_her_now(left, carys):
    (found,) = (each for each in leavers(LEFT_IN, Pupil.objects.all()) if each.pupil == carys)
    assert found.moments == ()
    (line,) = followed(LEFT_IN, Pupil.objects.filter(pk=carys.pk), day(12, 1))
    assert line.ask_of == "position"
    records = Records(Gathered(left.stock.ashdown, [today()]), today())
    assert records.known_of(LEFT_IN) == (3, 0)
    years = [each.known for each in how_kept_by_school(today())[left.stock.ashdown.pk]["three-years"].parts]
    assert keepings()["three-years"].years == 3
    assert sum(years) == 0
    assert not_known_of(Pupil.objects.filter(pk=carys.pk), day(12, 1)).count() == 1


def test_what_is_said_of_the_first_absence_contradicts_nothing_of_the_second(left, carys):
    assert not record_statement(carys, **COLLEGE | {"route": "looking"}).disagrees
    other = record_statement(carys, **COLLEGE | {"route": "university", "source": "council"})
    assert other.disagrees
    say_which_holds(other.statement, because="", by=left.priya)
    (found,) = (each for each in leavers(LEFT_IN, Pupil.objects.all()) if each.pupil == carys)
    assert [len(each.set_aside) for each in found.moments] == [1]
    assert Ruling.objects.count() == 1


def test_her_page_keeps_it_under_the_earlier_leaving(left, carys, client):
    now = record_statement(carys, **COLLEGE | {"route": "looking"}).statement
    found = person(carys)
    assert [each.groups for each in found.moments] == [((now,),)]
    (earlier,) = found.earlier
    assert (earlier.left_on, len(earlier.moments)) == (FIRST_LEFT_ON, 1)
    assert "college" not in " ".join(found.changed).lower()
    client.force_login(left.priya, backend=BACKEND)
    page = client.get(reverse("destination-detail", args=["ashdown", carys.pk])).text
    assert f"Where Carys went after leaving on {FIRST_LEFT_ON:%-d %B %Y}" in page


def test_whoever_left_once_has_no_earlier_leaving(left):
    record_statement(left.ada, **COLLEGE)
    assert (person(left.ada).earlier, len(person(left.ada).moments)) == ((), 1)
    assert Statement.objects.count() == 1


def test_of_who_came_back_what_was_said_is_shown_and_can_be_checked_corrected_and_taken_back(left, client):
    said = record_statement(left.ada, **COLLEGE).statement
    return_to_school(left.ada, year_group=12, starts_on=year_start(THIS_YEAR), by=None)
    client.force_login(left.priya, backend=BACKEND)
    page = client.get(reverse("destination-detail", args=["ashdown", left.ada.pk])).text
    assert f"Where Ada went after leaving on {LEFT_ON:%-d %B %Y}" in page
    assert "On the roll." in page
    assert reverse("statement-correct", args=["ashdown", said.pk]) in page
    checked = verify_statement(said, by=left.priya).statement
    mended = correct_statement(checked, by=left.priya, route="looking").statement
    assert (mended.as_of, mended.route) == (day(11, 1), "looking")
    withdraw_statement(mended, by=left.priya)
    assert person(left.ada).earlier == ()
    with pytest.raises(HasNotLeft):
        record_statement(left.ada, **COLLEGE)


def test_what_was_said_of_the_first_absence_is_corrected_by_the_day_of_that_leaving(left, carys):
    said = Statement.objects.get(pupil=carys)
    mended = correct_statement(said, by=left.priya, course="Plumbing").statement
    assert person(carys).earlier[0].moments[0].groups == ((mended,),)
