"""Who is a leaver of which year."""

from dekaan.core.academic_year import year_start
from dekaan.destinations.queries import leavers, who_left
from dekaan.people.changes import leave_school, return_to_school
from dekaan.people.models import Pupil
from tests.destinations.given import LEFT_IN, LEFT_ON, leaver
from tests.stock import THIS_YEAR, pupil


def test_leavers_of_a_year_left_from_year_11_or_above_in_it_and_are_not_back(left):
    back, older = leaver("Carys", "Abbot"), leaver("Dev", "Bell", year_group=13)
    return_to_school(back, starts_on=year_start(THIS_YEAR), year_group=12, by=None)
    young = pupil("Gil", "Moss", year_group=8)
    leave_school(young, on=year_start(THIS_YEAR), by=None)
    assert who_left() == {LEFT_IN: dict.fromkeys((left.ada.pk, left.ben.pk, older.pk), LEFT_ON)}
    assert {each.pupil.pk for each in leavers(LEFT_IN, Pupil.objects.all())} == who_left()[LEFT_IN].keys()
