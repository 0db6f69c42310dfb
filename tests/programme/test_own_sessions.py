"""Whoever takes registers alone sees of the programme what is their own: their sessions, and the activities of these."""

import pytest
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.core.scope import working_in
from dekaan.people.models import StaffMember
from tests.factories.schools import person, place, talk

pytestmark = pytest.mark.django_db

OWN_ONLY = ["session-teacher", "subject-lead"]


@pytest.fixture
def elm():
    """Two talks at one school; the teacher of the day leads the first."""
    at = place("elm")
    talk(at, title="Weir and water", partner_name="Weir Works")
    talk(at, title="Mill and market", partner_name="Mill Works")
    return at


def signed_in(client, at, role):
    user = person(at, role)
    with working_in(at.school):
        at.sessions[0].led_by = StaffMember.objects.create(surname="Bell", forename="Grace", user=user)
        at.sessions[0].save()
    client.force_login(user)
    return user


def opened(client, at):
    """The titles of the activities whose page opens."""
    pages = [reverse("activity-detail", args=["elm", each.activity_id]) for each in at.sessions]
    return [
        each.activity.title
        for each, page in zip(at.sessions, pages, strict=True)
        if client.get(page).status_code == 200
    ]


def found(client, words):
    answer = client.get(reverse("search", args=["elm"]), {"q": words}).context["found"]
    return [each.title for each in answer.activities], [each.name for each in answer.partners]


@pytest.mark.parametrize("role", OWN_ONLY)
def test_only_the_activities_of_own_sessions_open(client, elm, role):
    signed_in(client, elm, role)
    assert opened(client, elm) == ["Weir and water"]


@pytest.mark.parametrize("role", OWN_ONLY)
def test_only_these_and_their_partners_are_found(client, elm, role):
    signed_in(client, elm, role)
    assert (found(client, "weir"), found(client, "mill")) == ((["Weir and water"], ["Weir Works"]), ([], []))
    with working_in(elm.school):
        elm.sessions[1].partner_name = "Mill Works"  # said of the session, not of the activity
        elm.sessions[1].save()
    assert found(client, "mill") == ([], [])


def test_a_tutor_and_whoever_holds_another_role_besides_see_the_whole_programme(client, elm):
    client.force_login(person(elm, "tutor", {"tutor_groups": ["10A"]}))
    assert opened(client, elm) == ["Weir and water", "Mill and market"]
    teacher = signed_in(client, elm, "session-teacher")
    give_role(user=teacher, role="link-governor", school=elm.school, by=None)
    assert opened(client, elm) == ["Weir and water", "Mill and market"]
    assert found(client, "mill") == (["Mill and market"], ["Mill Works"])
