"""Leavers are those whose main school this was; neither a guest stay nor a stay still to come makes a leaver or hides one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.destinations.changes import NoneOfOurs, record_statement
from dekaan.destinations.queries import how_kept_by_school, leavers, leaving_days, who_left
from dekaan.people.models import Enrolment, Pupil
from tests.destinations.given import LEFT_IN, LEFT_ON, day

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GUEST, SUBSIDIARY = Enrolment.Status.GUEST, Enrolment.Status.SUBSIDIARY


def found():
    """The leavers of their year, by every way in which they are counted."""
    listed = {each.pupil for each in leavers(LEFT_IN, Pupil.objects.all())}
    assert who_left().get(LEFT_IN, {}).keys() == {each.pk for each in listed}
    (kept,) = how_kept_by_school(today()).values()
    assert sum(each.of for each in kept["three-years"].parts) == len(listed)
    return listed


@pytest.mark.parametrize("status", [GUEST, SUBSIDIARY])
def test_a_guest_and_who_has_another_main_school_are_no_leavers(left, client, status):
    Enrolment.objects.filter(pupil=left.ben).update(status=status)
    assert found() == {left.ada}
    client.force_login(left.priya, backend=BACKEND)
    page = client.get(reverse("destination-detail", args=["ashdown", left.ben.pk])).text
    assert "Not on the roll, and none of the leavers of this school." in page
    with pytest.raises(NoneOfOurs, match="which was not their main school"):
        record_statement(left.ben, by=None, kind="position", source="pupil", route="looking")


@pytest.mark.parametrize("ends_on", [None, LEFT_ON + timedelta(days=60)])
def test_a_guest_stay_after_leaving_hides_no_leaver(left, ends_on):
    Enrolment.objects.create(pupil=left.ada, starts_on=LEFT_ON + timedelta(days=10), ends_on=ends_on, status=GUEST)
    assert found() == {left.ada, left.ben}
    assert leaving_days([left.ada.pk]) == {left.ada.pk: LEFT_ON}


def test_who_is_to_come_back_has_left_until_the_day_comes(left):
    comes = today() + timedelta(days=100)
    Enrolment.objects.create(pupil=left.ada, starts_on=comes)
    assert found() == {left.ada, left.ben}
    said = record_statement(left.ada, by=None, kind="position", source="pupil", route="looking").statement
    assert said.as_of == day(11, 1)
    assert leaving_days([left.ada.pk], comes) == {}
