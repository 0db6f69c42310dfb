"""Restricted contacts: set by the safeguarding lead, seen by nobody without the marker, lifted by nothing but a press."""

import pytest
from django.urls import reverse

from dekaan.access.data_classes import DataClass
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_in
from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.changes import EverythingBuiltUpon, import_file, undo
from dekaan.exchange.models import ImportRun
from dekaan.people.changes import (
    LiftedBecause,
    add_carer,
    add_carer_of,
    change_carer,
    delete_pupil,
    lift_restriction,
    remove_carer,
    restrict_contact,
)
from dekaan.people.models import Carer, CarerOf, Pupil, RestrictedContact
from dekaan.people.queries import carers_of, is_restricted, shown_to_carer
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from tests.exchange.test_reading import CTF
from tests.factories.schools import person, place, pupils

pytestmark = pytest.mark.django_db

ROGER = {"forename": "Roger", "surname": "Zebedee", "email": "roger@zebedee.example", "telephone": "01632 960001"}


@pytest.fixture
def northgate():
    """Ada and Ben, with Mary; Roger cares for Ada, and Ada's safeguarding lead has restricted him."""
    at = place("northgate")
    at.ada, at.ben = pupils(at, 2, surname="Okafor", sen="K")
    with working_in(at.school):
        at.mary = add_carer(surname="Okafor", forename="Mary", pupils=[at.ada, at.ben], by=None)
        at.roger = add_carer(pupils=[at.ada], relationship="Father", by=None, **ROGER)
        at.link = CarerOf.objects.get(carer=at.roger)
        at.row = restrict_contact(at.link, by=person(at, "dsl"))
    return at


def restricted(at):
    with working_in(at.school):
        return [(each.name, each.inherited_by) for each in RestrictedContact.objects.filter(carer__isnull=False)]


def page(client, at, name, *args):
    return client.get(reverse(name, args=["northgate", *args]))


def test_restricted_parent_sees_nothing_of_class_w_and_neither_dates_nor_places(northgate):
    with working_in(northgate.school):
        mothers, fathers = (shown_to_carer(each, northgate.ada) for each in (northgate.mary, northgate.roger))
        of_nobody = shown_to_carer(northgate.roger, northgate.ben)
    assert DataClass.W in mothers.classes
    assert mothers.when_and_where
    assert fathers.classes == mothers.classes - {DataClass.W}  # the account looks as usual
    assert not fathers.when_and_where
    assert (of_nobody.classes, of_nobody.when_and_where) == (frozenset(), False)


@pytest.mark.parametrize("role", [each for each in ROLES if Permission.PUPILS_SEE in ROLES[each].may])
def test_only_who_is_opened_the_marker_sees_the_contact_or_that_there_is_a_restriction(client, northgate, role):
    client.force_login(person(northgate, role, {"tutor_groups": ["10A"], "year_groups": [10]}))
    answer = page(client, northgate, "pupil-record", northgate.ada.pk)
    assert answer.status_code == 200
    said = answer.content.decode().casefold()
    traces = {word for word in ("zebedee", "roger", "960001", "restricted", "father") if word in said}
    told = {"careers-leader", "dsl"}
    contact = {"zebedee", "roger", "960001", "restricted", "father"}
    assert traces == (contact if role in told else set())
    assert ("mary okafor" in said) == (role in told | {"careers-administrator", "careers-coordinator"})


def test_who_keeps_contacts_without_the_marker_finds_no_way_to_the_contact(client, northgate):
    client.force_login(person(northgate, "careers-administrator"))
    assert page(client, northgate, "carer-change", northgate.link.pk).status_code == 404
    assert client.post(reverse("carer-remove", args=["northgate", northgate.link.pk])).status_code == 404
    typed = ROGER | {"relationship": "Father"}
    asked = client.post(reverse("carer-new", args=["northgate", northgate.ben.pk]), typed | {"surname": ""})
    assert "Roger" not in asked.content.decode().replace('value="Roger"', "")
    with working_in(northgate.school):
        mary = CarerOf.objects.get(carer=northgate.mary, pupil=northgate.ben)
        assert page(client, northgate, "carer-change", mary.pk).status_code == 200
        assert (
            len(carers_of(northgate.ada, assignments_in(person(northgate, "careers-administrator"), northgate.school)))
            == 1
        )
        assert len(carers_of(northgate.ada, assignments_in(person(northgate, "dsl"), northgate.school))) == 2


@pytest.mark.parametrize(
    ("details", "by"),
    [
        ({"forename": "Roger", "surname": "Zébedee"}, "name"),
        ({"forename": "R.", "surname": "Smith", "email": "ROGER@zebedee.example"}, "email"),
        ({"forename": "R.", "surname": "Smith", "telephone": "+44 1632 960001"}, "telephone"),
    ],
)
def test_added_anew_the_contact_is_restricted_again(northgate, details, by):
    with working_in(northgate.school):
        remove_carer(northgate.link, by=None)
        assert not Carer.objects.filter(surname="Zebedee").exists()
        back = add_carer(
            pupils=[northgate.ada, northgate.ben], by=person(northgate, "careers-administrator"), **details
        )
        assert is_restricted(back, northgate.ada)
        assert not is_restricted(back, northgate.ben)
    assert restricted(northgate) == [(f"{details['forename']} {details['surname']}", by)]


def test_a_second_entry_of_the_same_person_is_restricted_beside_the_first(northgate):
    with working_in(northgate.school):
        twice = add_carer(pupils=[northgate.ada], by=None, **ROGER)
        assert is_restricted(twice, northgate.ada)
        assert is_restricted(northgate.roger, northgate.ada)
        add_carer_of(northgate.roger, northgate.ada, relationship="Guardian", by=None)
        assert is_restricted(northgate.roger, northgate.ada)


def test_only_what_is_said_anew_makes_somebody_a_restricted_contact(northgate):
    """Mary shares the house's telephone: whoever types it for her is taken at their word by nobody but the lead."""
    with working_in(northgate.school):
        link = CarerOf.objects.get(carer=northgate.mary, pupil=northgate.ada)
        said = {
            "relationship": "Mother",
            "forename": "Mary",
            "surname": "Okafor",
            "email": "",
            "telephone": "01632960001",
        }
        change_carer(link, by=None, **said)
        assert is_restricted(northgate.mary, northgate.ada)
        row = RestrictedContact.objects.get(carer=northgate.mary)
        lift_restriction(row, because=LiftedBecause.ANOTHER_PERSON, by=person(northgate, "dsl"))
        link.carer.refresh_from_db()
        change_carer(link, by=None, **said | {"email": "mary@okafor.example"})
        assert not is_restricted(northgate.mary, northgate.ada)
        assert is_restricted(northgate.roger, northgate.ada)


def test_a_transfer_file_and_its_undo_do_not_lift_it_and_an_erasure_takes_it_along(northgate, tmp_path):
    file = tmp_path / "ctf.xml"
    file.write_text(CTF, encoding="utf-8")
    with working_in(northgate.school):
        leader = person(northgate, "careers-leader")
        before = list(RestrictedContact.objects.values())
        import_file(file, kind="pupils", by=leader, whole_roll=False)
        run = ImportRun.objects.get()
        smith = Pupil.objects.get(surname__iexact="Smith")
        restrict_contact(CarerOf.objects.create(carer=northgate.roger, pupil=smith), by=None)
        CarerOf.objects.filter(pupil=smith).delete()
        with pytest.raises(EverythingBuiltUpon) as refusal:
            undo(run, by=leader)
        assert "has a new carer of since" in " ".join(refusal.value.words)  # as of any contact
        assert list(RestrictedContact.objects.filter(pupil=northgate.ada).values()) == before
        delete_pupil(Pupil.objects.get(pk=northgate.ada.pk), by=None)
        assert [each.pupil for each in RestrictedContact.objects.all()] == [smith]


def test_the_lead_restricts_in_two_presses_and_lifts_for_a_reason_with_a_fresh_factor(client, northgate, settings):
    lead = person(northgate, "dsl")
    client.force_login(lead)
    with working_in(northgate.school):
        mary = CarerOf.objects.get(carer=northgate.mary, pupil=northgate.ada)
    address = reverse("contact-restrict", args=["northgate", mary.pk])
    assert address in page(client, northgate, "pupil-record", northgate.ada.pk).content.decode()
    assert "Restrict this contact" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    with working_in(northgate.school):
        row = RestrictedContact.objects.get(carer=northgate.mary)
    lift = reverse("contact-lift", args=["northgate", row.pk])
    assert "Say why it is lifted" in client.post(lift, {"because": ""}).content.decode()
    assert "Select a valid choice" in client.post(lift, {"because": "he was kind"}).content.decode()
    assert client.post(lift, {"because": "order-ended"}).status_code == 302
    assert restricted(northgate) == [("Roger Zebedee", "")]
    with working_in(northgate.school):
        said = Event.objects.filter(actor_id=lead.pk, subject="restricted contact").order_by("pk")
        acts = [(each.action, each.detail.get("because")) for each in said if each.action != "restricted contacts read"]
    assert acts == [
        ("contact restricted", None),
        ("contact restricted", None),
        ("contact's restriction lifted", "order-ended"),
    ]
    trail = page(client, northgate, "audit-trail").content.decode()
    assert "lifted the restriction of a contact of" in trail
    assert "The court order has ended or was changed" in trail
    settings.SECOND_FACTOR = True
    assert client.get(reverse("contact-lift", args=["northgate", northgate.row.pk])).status_code == 302


@pytest.mark.parametrize(
    "role", ["careers-leader", "careers-administrator", "tutor", "headteacher", "data-protection-officer"]
)
def test_nobody_but_the_lead_restricts_or_lifts(client, northgate, role):
    client.force_login(person(northgate, role, {"tutor_groups": ["10A"]}))
    for name, pk in (("contact-restrict", northgate.link.pk), ("contact-lift", northgate.row.pk)):
        assert client.post(reverse(name, args=["northgate", pk]), {"because": "agreed"}).status_code == 403
    assert page(client, northgate, "restricted-list").status_code == 403
    assert restricted(northgate) == [("Roger Zebedee", "")]


def test_a_restricted_contact_is_not_invited_and_is_named_to_nobody_without_the_marker(client, northgate):
    with working_in(northgate.school):
        evening = plan_activity(title="Evening", activity_type="PARENT", by=None)
        invited = Invited(year_groups=(10,))
        later = plan_session(evening, held_on=today(), invited=invited, by=None)
        northgate.row.delete()
        before = plan_session(evening, held_on=today(), invited=invited, by=None)
        assert it_happened(before, by=None).recorded == 2  # Mary and Roger
        restrict_contact(northgate.link, by=None)
        assert it_happened(later, by=None).recorded == 1  # Mary
    for role, sees in (("careers-administrator", False), ("careers-leader", True)):
        client.force_login(person(northgate, role))
        said = page(client, northgate, "session-detail", before.pk).content.decode()
        assert "Okafor, Mary" in said
        assert ("Zebedee" in said) == sees
