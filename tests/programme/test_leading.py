"""Who may lead a session, and that leading one opens no name to a role whose line in the matrix opens none."""

import pytest
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.access.matrix import opens_names
from dekaan.access.roles import ROLES
from dekaan.core.scope import working_in
from dekaan.people.models import StaffMember
from dekaan.people.queries import may_lead
from dekaan.programme.changes import renew_calendar_address
from dekaan.programme.forms import NewSession
from dekaan.programme.models import Session
from tests.factories.schools import person, place, pupils, talk

pytestmark = pytest.mark.django_db

NAMELESS = ["link-governor", "enterprise-adviser", "enterprise-coordinator", "data-protection-officer"]
PAGES = ("session-detail", "session-briefing", "session-register", "session-register-print")


@pytest.fixture
def elm():
    """Eight of Year 10 were invited to a talk, and three of them missed it."""
    at = place("elm")
    ten = pupils(at, 8, surname="Canarybird")
    talk(at, absent=ten[:3])
    return at


def led_by(client, at, role):
    user = person(at, role)
    with working_in(at.school):
        moira = StaffMember.objects.create(surname="Lunt", forename="Moira", user=user)
        Session.objects.filter(pk=at.sessions[0].pk).update(led_by=moira)
    client.force_login(user)
    return user


def seen(client, at):
    """What the pages of the session, the list of catch-ups and Home say, in one text."""
    addresses = [reverse(name, args=["elm", at.sessions[0].pk]) for name in PAGES]
    lists = reverse("session-list", args=["elm"])
    addresses += [f"{lists}?show={show}" for show in ("", "catch-up", "unrecorded")] + [reverse("home", args=["elm"])]
    return " ".join(client.get(each).content.decode() for each in addresses)


def test_the_roles_that_open_no_name_are_those_whose_line_says_so():
    assert {each for each in ROLES if not opens_names(each)} == {
        *NAMELESS,
        "trust-careers-adviser",
        "technician",
        "pupil",
        "carer",
    }


@pytest.mark.parametrize("role", [*NAMELESS, "technician"])
def test_whoever_sees_no_names_sees_none_of_a_session_that_they_lead_and_no_small_number(client, elm, role):
    led_by(client, elm, role)
    text = seen(client, elm)
    assert "Canarybird" not in text
    assert "3 to catch up" not in text


def test_a_teacher_who_leads_it_sees_them(client, elm):
    """The names and the number of the test above are there to be seen."""
    led_by(client, elm, "session-teacher")
    text = seen(client, elm)
    assert "Canarybird" in text
    assert "3 to catch up" in text


def test_a_governor_who_teaches_too_leads_as_a_teacher(client, elm):
    user = led_by(client, elm, "link-governor")
    give_role(user=user, role="session-teacher", school=elm.school, by=None)
    assert "Canarybird" in seen(client, elm)


def test_a_governor_s_calendar_tells_of_the_session_and_of_nobody_in_it(client, elm):
    user = led_by(client, elm, "link-governor")
    with working_in(elm.school):
        token = renew_calendar_address(school=elm.school, by=user)
    answer = client.get(reverse("calendar-feed", args=[token]))
    assert "Engineers" in answer.content.decode()
    assert "Canarybird" not in answer.content.decode()


def test_the_list_of_who_may_lead_leaves_out_whoever_sees_no_names(elm):
    for role in (*NAMELESS, "technician", "session-teacher", "tutor", "commissioned-adviser"):
        user = person(elm, role)
        with working_in(elm.school):
            StaffMember.objects.create(surname=role, forename="A", user=user)
    with working_in(elm.school):
        StaffMember.objects.create(surname="without-account", forename="A")
        assert {each.surname for each in may_lead()} == {
            "session-teacher",
            "tutor",
            "commissioned-adviser",
            "without-account",
        }
        form = NewSession(activity=elm.sessions[0].activity)
        assert set(form.fields["led_by"].queryset) == set(form.fields["adviser"].queryset) == set(may_lead())
