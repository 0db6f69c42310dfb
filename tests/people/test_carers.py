"""Parents and carers: added to a pupil, changed, removed, and nobody twice."""

import pytest
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.changes import add_carer, add_carer_of, remove_carer
from dekaan.people.models import Carer, CarerOf
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from tests.factories.schools import person, place, pupils
from tests.stock import pupil


def links():
    return sorted(
        (str(each.carer), each.pupil.forename, each.relationship)
        for each in CarerOf.objects.select_related("carer", "pupil")
    )


def test_a_parent_is_gone_with_the_last_pupil(in_ashdown):
    ada, ben, by = pupil("Ada"), pupil("Ben"), in_ashdown.priya
    mary = add_carer(surname="Lovell", forename="Mary", pupils=[ada], relationship="Mother", by=by)
    add_carer_of(mary, ben, relationship="Stepmother", by=by)
    assert links() == [("Mary Lovell", "Ada", "Mother"), ("Mary Lovell", "Ben", "Stepmother")]
    for each in CarerOf.objects.order_by("pk"):
        assert Carer.objects.count() == 1
        remove_carer(each, by=by)
    assert Carer.objects.count() == 0
    said = Event.objects.filter(action__contains="carer").order_by("pk").values_list("action", flat=True)
    assert list(said) == [
        "parent or carer added",
        "pupil's carer added",
        "pupil's carer added",
        "pupil's carer removed",
        "pupil's carer removed",
        "parent or carer removed",
    ]


def test_whoever_took_part_stays_in_the_ledger(in_ashdown):
    ada, by = pupil("Ada"), in_ashdown.priya
    add_carer(surname="Lovell", forename="Mary", pupils=[ada], by=by)
    evening = plan_activity(title="Evening", activity_type="PARENT", by=by)
    session = plan_session(evening, held_on=today(), invited=Invited(year_groups=(10,)), by=by)
    assert it_happened(session, by=by).recorded == 1
    remove_carer(CarerOf.objects.get(), by=by)
    assert (CarerOf.objects.count(), Carer.objects.count()) == (0, 1)


@pytest.fixture
def northgate(db):
    at = place("northgate")
    at.ada, at.ben = pupils(at, 2, surname="Okafor")
    return at


MARY = {"forename": "Mary", "surname": "Okafor", "relationship": "Mother", "email": "mary@home.example"}


def test_carer_new_asks_whether_it_is_somebody_known_and_adds_nobody_twice(client, northgate):
    client.force_login(person(northgate, "careers-administrator"))

    def added(to, **more):
        return client.post(reverse("carer-new", args=["northgate", to.pk]), MARY | more)

    assert added(northgate.ada).status_code == 302
    asked = added(northgate.ben, surname="Adeyemi", email="MARY@home.example").content.decode()
    assert f"Yes: Mary Okafor, of {northgate.ada.name}" in asked
    with working_in(northgate.school):
        mary = Carer.objects.get()
    assert added(northgate.ben, known=str(mary.pk)).status_code == 302
    assert added(northgate.ben, known="new", email="other@home.example").status_code == 302
    with working_in(northgate.school):
        assert (Carer.objects.count(), [name for name, _, _ in links()]) == (2, ["Mary Okafor"] * 3)


def test_carer_change_and_carer_remove(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    with working_in(northgate.school):
        add_carer(surname="Okafor", forename="Mary", pupils=[northgate.ada, northgate.ben], by=None)
        link = CarerOf.objects.get(pupil=northgate.ada)
    address = reverse("carer-change", args=["northgate", link.pk])
    assert northgate.ben.name in client.get(address).content.decode()
    assert "This field is required" in client.post(address, MARY | {"surname": ""}).content.decode()
    client.post(address, MARY | {"telephone": "01632 960001"})
    page = client.get(reverse("pupil-record", args=["northgate", northgate.ada.pk])).content.decode()
    for words in ("Mary Okafor", "Mother", "mary@home.example", "01632 960001"):
        assert words in page
    client.post(reverse("carer-remove", args=["northgate", link.pk]))
    with working_in(northgate.school):
        assert [name for _, name, _ in links()] == [northgate.ben.forename]


@pytest.mark.parametrize("role", ["tutor", "head-of-year", "senco", "headteacher", "careers-adviser"])
def test_contacts_are_for_the_careers_team_alone(client, northgate, role):
    with working_in(northgate.school):
        add_carer(surname="Zebedee", forename="Mary", telephone="01632 960001", pupils=[northgate.ada], by=None)
    client.force_login(person(northgate, role, {"tutor_groups": ["10A"], "year_groups": [10]}))
    answer = client.get(reverse("pupil-record", args=["northgate", northgate.ada.pk]))
    assert answer.status_code == 200
    for words in ("Zebedee", "01632", "Parents and carers", "Change</a>"):
        assert words not in answer.content.decode()
