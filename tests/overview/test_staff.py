"""One colleague: who they are, whether guidance meetings with them count, their account."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.measures.queries import states_of
from dekaan.people.changes import add_staff_member
from dekaan.people.models import StaffMember
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from tests.factories.schools import person, place, pupils

pytestmark = pytest.mark.django_db


@pytest.fixture
def northgate():
    return place("northgate")


def grace_of(at, **details):
    with working_in(at.school):
        return add_staff_member(surname="Bell", forename="Grace", by=None, **details)


def told(client, at, role, name, data, **kwargs):
    client.force_login(person(at, role))
    address = reverse(name, kwargs={"school_slug": at.slug, **kwargs})
    return client.post(address, {"surname": "Bell", "forename": "Grace"} | data)


def test_staff_new_adds_a_colleague(client, northgate):
    said = {"post": "Careers adviser", "email": "grace@northgate.example", "guidance_qualified_from": "2024-09-01"}
    assert told(client, northgate, "careers-coordinator", "staff-new", said).status_code == 302
    with working_in(northgate.school):
        member = StaffMember.objects.get()
    assert (str(member), member.post, str(member.guidance_qualified_from)) == (
        "Grace Bell",
        "Careers adviser",
        "2024-09-01",
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"surname": ""}, "This field is required"),
        ({"starts_on": "2026-09-01", "ends_on": "2026-08-31"}, "This is before 1 September 2026"),
        ({"guidance_qualified_until": "2026-08-31"}, "Say from which day they were qualified"),
        ({"guidance_qualified_from": "31/02/2026"}, "Give the date as day, month and year"),
        ({"is_employed_here": "no"}, "Say since which day that is so"),
        ({"employment_known_from": "2024-09-01"}, "Say whether the school employs them"),
        ({"employment_source": "Contract"}, "Say whether the school employs them"),
        ({"is_employed_here": "no", "employment_known_from": "soon"}, "Give the date as day, month and year"),
        ({"is_employed_here": "perhaps"}, "Select a valid choice"),
    ],
)
def test_staff_change_says_what_is_wrong(client, northgate, said, words):
    grace = grace_of(northgate)
    answer = told(client, northgate, "careers-leader", "staff-change", said, staff_member_id=grace.pk)
    assert words in answer.content.decode()


@pytest.mark.parametrize(("said", "kept"), [("yes", True), ("no", False)])
def test_staff_change_says_whether_the_school_employs_them_since_when_and_how_that_is_known(
    client, northgate, said, kept
):
    grace = grace_of(northgate)
    typed = {
        "is_employed_here": said,
        "employment_known_from": "2024-09-01",
        "employment_source": "Agreement with the guidance service",
    }
    assert told(client, northgate, "careers-leader", "staff-change", typed, staff_member_id=grace.pk).status_code == 302
    with working_in(northgate.school):
        grace.refresh_from_db()
    assert (grace.is_employed_here, grace.employment_known_from, grace.employment_source) == (
        kept,
        date(2024, 9, 1),
        "Agreement with the guidance service",
    )
    page = client.get(reverse("staff-list", args=["northgate"])).content.decode()
    assert f"{'Yes' if kept else 'No'}, since 1 Sep 2024" in page
    assert told(client, northgate, "careers-leader", "staff-change", {}, staff_member_id=grace.pk).status_code == 302
    with working_in(northgate.school):
        grace.refresh_from_db()
    assert (grace.is_employed_here, grace.employment_known_from, grace.employment_source) == (None, None, "")


def test_of_an_adviser_nobody_has_said_it_until_somebody_does(client, northgate):
    grace_of(northgate, guidance_qualified_from=date(2024, 9, 1))
    client.force_login(person(northgate, "careers-leader"))
    assert "Nobody has said" in client.get(reverse("staff-list", args=["northgate"])).content.decode()


def test_staff_change_of_the_qualification_judges_the_meetings_again(client, northgate):
    grace, leader = grace_of(northgate), person(northgate, "careers-leader")
    (ada,) = pupils(northgate, 1, year_group=11, tutor_group="11A")
    with working_in(northgate.school):
        activity = plan_activity(title="Guidance", activity_type="PG", by=leader)
        held = today() - timedelta(days=1)
        it_happened(
            plan_session(activity, held_on=held, invited=Invited(pupils=(ada,)), adviser=grace, by=leader), by=leader
        )
    answer = told(
        client,
        northgate,
        "careers-administrator",
        "staff-change",
        {"guidance_qualified_from": "2020-09-01"},
        staff_member_id=grace.pk,
    )
    assert answer.status_code == 302
    with working_in(northgate.school):
        assert {each.criterion: each.state for each in states_of(ada.pk)}["GB24.8.1"] == "met"
    assert set(
        Event.objects.filter(subject="staff", action="staff member changed").values_list("subject_id", flat=True)
    ) == {grace.pk}


def test_staff_change_that_changes_nothing_records_nothing(client, northgate):
    grace = grace_of(northgate)
    person(northgate, "careers-leader")
    before = Event.objects.count()
    told(client, northgate, "careers-leader", "staff-change", {}, staff_member_id=grace.pk)
    assert Event.objects.count() == before


def test_staff_change_shows_the_account_and_only_a_leader_undoes_it(client, northgate):
    lead = person(northgate, "subject-lead")
    grace = grace_of(northgate, email=lead.email)
    for role, sees in (("careers-leader", True), ("careers-administrator", False)):
        client.force_login(person(northgate, role))
        page = client.get(reverse("staff-change", args=["northgate", grace.pk])).content.decode()
        assert f"Signs in with {lead.email}" in page
        assert ("somebody else" in page) is sees


def test_a_role_given_to_a_colleague_opens_their_sessions(client, northgate):
    grace = grace_of(northgate, email="Grace@northgate.example")
    client.force_login(person(northgate, "careers-leader"))
    role = {"name": "Grace Bell", "email": "grace@northgate.example", "role": "session-teacher"}
    page = client.post(reverse("role-new", args=["northgate"]), role, follow=True).content.decode()
    assert "Nobody on the staff" not in page
    with working_in(northgate.school):
        assert StaffMember.objects.get(pk=grace.pk).user.email == "grace@northgate.example"
    stranger = role | {"name": "Nobody", "email": "nobody@northgate.example"}
    page = client.post(reverse("role-new", args=["northgate"]), stranger, follow=True).content.decode()
    assert "Nobody on the staff has that e-mail address" in page
