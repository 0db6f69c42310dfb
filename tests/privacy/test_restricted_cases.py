"""A request that a restricted contact may have made stops until the safeguarding lead has cleared it."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.changes import add_carer, restrict_contact
from dekaan.people.models import CarerOf
from dekaan.privacy.answer import answer
from dekaan.privacy.changes import (
    AwaitsSafeguarding,
    NothingToClear,
    agree_to_case,
    clear_case,
    decide_about_others,
    open_case,
    release_pack,
)
from dekaan.privacy.queries.cases import cases_to_clear
from dekaan.privacy.queries.holdings import data_protection
from dekaan.privacy.queries.pack import pack
from tests.factories.schools import person, place, pupils

pytestmark = pytest.mark.django_db


@pytest.fixture
def northgate():
    at = place("northgate")
    (at.ada,) = pupils(at, 1, surname="Okafor")
    at.leader, at.officer, at.lead = (person(at, role) for role in ("careers-leader", "data-protection-officer", "dsl"))
    with working_in(at.school):
        roger = add_carer(surname="Zebedee", forename="Roger", pupils=[at.ada], by=None)
        restrict_contact(CarerOf.objects.get(carer=roger), by=at.lead)
    return at


def asked(at, *, kind="access", asked_by="carer"):
    case = open_case(kind=kind, asked_by=asked_by, proof="known", received_on=today(), pupil=at.ada, by=at.officer)
    decide_about_others(case, {value.place: False for value in pack(at.ada, case).to_decide}, by=at.officer)
    return case


@pytest.mark.parametrize("kind", ["access", "erasure"])
@pytest.mark.parametrize("asked_by", ["carer", "other"])
def test_a_request_that_a_restricted_contact_may_have_made_waits_for_the_lead(northgate, kind, asked_by):
    with working_in(northgate.school):
        case = asked(northgate, kind=kind, asked_by=asked_by)
        assert cases_to_clear() == [case]
        with pytest.raises(AwaitsSafeguarding):
            agree_to_case(case, by=northgate.officer)
        clear_case(case, by=northgate.lead)
        assert cases_to_clear() == []
        assert agree_to_case(case, by=northgate.officer).first_by == northgate.officer
        with pytest.raises(NothingToClear):
            clear_case(case, by=northgate.lead)


@pytest.mark.parametrize(("kind", "asked_by"), [("access", "pupil"), ("complaint", "carer")])
def test_what_the_pupil_asks_and_a_complaint_do_not_wait(northgate, kind, asked_by):
    with working_in(northgate.school):
        case = asked(northgate, kind=kind, asked_by=asked_by)
        assert cases_to_clear() == []
        agree_to_case(case, by=northgate.officer)


def test_a_restriction_set_since_it_was_cleared_stops_the_answer_again(northgate):
    with working_in(northgate.school):
        case = asked(northgate)
        clear_case(case, by=northgate.lead)
        for each in (northgate.officer, northgate.leader):
            agree_to_case(case, by=each)
        release_pack(case, by=northgate.officer, sent_to="Handed over")
        mary = add_carer(surname="Okafor", forename="Mary", pupils=[northgate.ada], by=None)
        restrict_contact(CarerOf.objects.get(carer=mary), by=northgate.lead)
        with pytest.raises(AwaitsSafeguarding):
            release_pack(case, by=northgate.officer, sent_to="Handed over")


def test_no_answer_holds_that_there_is_a_restriction(northgate, client):
    """Neither the row nor its heading, nor what the trail keeps of it: setting, reading, clearing."""
    client.force_login(northgate.lead)
    client.get(reverse("pupil-record", args=["northgate", northgate.ada.pk]))
    with working_in(northgate.school):
        case = asked(northgate)
        clear_case(case, by=northgate.lead)
        kept = set(Event.objects.filter(school_id=northgate.school.pk).values_list("action", flat=True))
        assert {"contact restricted", "restricted contacts read", "case cleared"} <= kept
        parts = pack(northgate.ada, case).parts
        said = json.dumps([[part.holding.what, [[value.said for value in row] for row in part.rows]] for part in parts])
    assert "Okafor" in said
    assert "restrict" not in said.casefold()
    assert "cleared" not in said.casefold()


def test_the_answer_that_goes_out_tells_neither_that_a_case_was_cleared_nor_who_else_asked(northgate, client):
    """Mr Doherty's request about Ada waits for a decision in the answer to Ada, with what was noted of it."""
    with working_in(northgate.school):
        his = open_case(
            kind="access",
            asked_by="other",
            proof="known",
            received_on=today(),
            pupil=northgate.ada,
            note="Mr Doherty wrote",
            by=None,
        )
        clear_case(his, by=northgate.lead)
        case = asked(northgate, asked_by="pupil")
        waiting = {(value.said, value.why) for value in pack(northgate.ada, case).to_decide}
        assert ("Somebody for them, such as a solicitor", "it tells who asked") in waiting
        assert ("Mr Doherty wrote", "somebody typed it") in waiting
        for each in (northgate.officer, northgate.leader):
            agree_to_case(case, by=each)
        zipped = answer(northgate.school, data_protection(northgate.school), case, pack(northgate.ada, case))
    with ZipFile(BytesIO(zipped)) as files:
        for name in ("answer.html", "answer.json"):
            text = files.read(name).decode().casefold()
            assert his.reference.casefold() in text
            for word in ("cleared", "restricted contact", "safeguarding lead", "solicitor", "doherty"):
                assert word not in text, (name, word)


def test_the_lead_clears_it_on_the_page_and_the_others_are_told_to_wait(northgate, client):
    with working_in(northgate.school):
        case = asked(northgate)
    client.force_login(northgate.officer)
    detail = reverse("case-detail", args=["northgate", case.pk])
    assert "Waits for the safeguarding lead" in client.get(detail).content.decode()
    answer = client.post(reverse("case-agree", args=["northgate", case.pk]), follow=True)
    assert "The safeguarding lead looks at this case first" in answer.content.decode()
    client.force_login(northgate.lead)
    page = client.get(reverse("restricted-list", args=["northgate"])).content.decode()
    for words in (case.reference, "Roger Zebedee", "Okafor", "Clear it"):
        assert words in page
    answer = client.post(reverse("case-clear", args=["northgate", case.pk]), follow=True)
    assert f"{case.reference} is cleared" in answer.content.decode()
    client.force_login(northgate.officer)
    assert "Waits for the safeguarding lead" not in client.get(detail).content.decode()


def test_home_tells_the_lead_alone_that_a_case_waits_to_be_cleared(northgate, client):
    with working_in(northgate.school):
        asked(northgate)
    for who, is_told in ((northgate.officer, False), (northgate.lead, True)):
        client.force_login(who)
        said = client.get(reverse("home", args=["northgate"])).content.decode()
        assert ("waits for you: a restricted contact may be who asks" in said) is is_told
