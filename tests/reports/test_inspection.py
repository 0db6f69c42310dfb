"""The mock inspection answers from live records, says what is weak, and draws pupils for those who may see them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.permissions import Permission
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.evidence.asked import facts
from dekaan.evidence.changes import add_evidence
from dekaan.frameworks.queries import criterion, duties
from dekaan.reports.changes import hand_over, issue_report
from dekaan.reports.models import Whom
from dekaan.reports.queries.inspection import READERS, mock_inspection
from dekaan.reports.queries.questions import questions, records
from tests.factories.schools import person, place, pupils, talk
from tests.isolation.world import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashdown(settings):
    settings.TODAY = "2026-11-24"
    at = place("ashdown")
    pupils(at, 20, sen="N", pupil_premium=False)
    pupils(at, 8, sen="K", pupil_premium=True, year_group=11, tutor_group="11A", surname="Lowe")
    talk(at, partner_name="Millworks", partner_kind="employer")
    return at


def as_a(at, role, **scope):
    client = Client()
    client.force_login(person(at, role, **scope), backend=BACKEND)
    return client


def answers(at):
    with working_in(at.school):
        return {each.question.key: each for each in mock_inspection(at.school, today())}


# --- the file ----------------------------------------------------------------------------------------------------


@pytest.mark.once
def test_there_are_twenty_questions_that_name_only_what_there_is():
    assert len(questions()) == len({each.key for each in questions()}) == 20
    for each in questions():
        assert each.asks.endswith("?")
        assert each.source
        assert each.look
        assert each.duties or each.criteria or each.benchmarks or each.facts or each.readers
        assert set(each.duties) <= set(duties())
        assert all(criterion(key) for key in each.criteria)
        assert set(each.facts) <= set(facts())
        assert set(each.readers) <= set(READERS)
        for look in each.look:
            assert look.address("ashdown").startswith("/ashdown/")
            assert isinstance(look.needs, Permission)
    assert set(READERS) == {reader for each in questions() for reader in each.readers}
    assert all(each.address("ashdown") for each in records())


# --- live answers ------------------------------------------------------------------------------------------------


def test_each_answer_comes_from_the_records_and_says_what_is_weak(ashdown):
    found = answers(ashdown)
    assert len(found) == 20
    employers = found["employers"]
    assert employers.says[0].startswith("An employer every year: 71 %, 20 of 28")
    assert "An employer every year: 8 pupils have not had it." in employers.weak
    assert "Employers and pupils know what an encounter is for: nothing in the cabinet shows it." in employers.weak
    assert found["stereotypes"].is_open
    assert any(each.startswith("No destinations are recorded here") for each in found["destinations"].weak)
    assert "No paper is noted as handed to governors within a year." in found["governors"].weak


def test_an_answer_changes_with_the_records(ashdown):
    leader = person(ashdown, "careers-leader")
    with working_in(ashdown.school):
        piece = add_evidence(title="Assemblies on stereotypes", kind="record", dated_on=today(), by=leader)
        piece.facts = ["stereotypes-challenged"]
        piece.save()
        report = issue_report(ashdown.school, on=today(), by=leader)
        hand_over(report, whom=Whom.GOVERNORS, form="pdf", on=today(), by=leader)
    found = answers(ashdown)
    assert found["stereotypes"].says[0].startswith("Stereotypes and misconceptions are challenged: “Assemblies on")
    assert found["governors"].says[0].startswith("Governors were last told on 24 November 2026")
    assert "No paper is noted as handed to governors within a year." not in found["governors"].weak
    assert "No paper is noted as handed to senior leaders within a term." in found["governors"].weak


def test_a_school_without_anything_is_answered_and_not_broken():
    found = answers(place("new", years=0))
    assert len(found) == 20
    assert [key for key, each in found.items() if not (each.says or each.weak)] == []


def test_no_number_of_pupils_from_1_to_5_stands_in_any_answer():
    at = place("calder")
    made = pupils(at, 9, sen="E")
    talk(at, invited=made, absent=made[:3])
    said = [sentence for each in answers(at).values() for sentence in (*each.says, *each.weak)]
    assert not [sentence for sentence in said if re.search(r"\b[1-5] (of \d+|pupils?)\b", sentence)]


def test_the_page_leads_where_the_reader_may_go(ashdown):
    page = as_a(ashdown, "careers-leader").get(reverse("inspection", args=["ashdown"])).content.decode()
    assert page.count("Where to look:") == 20
    assert reverse("inspection-pupils", args=["ashdown"]) in page
    governor = as_a(ashdown, "link-governor").get(reverse("inspection", args=["ashdown"])).content.decode()
    assert reverse("inspection-pupils", args=["ashdown"]) not in governor
    assert reverse("role-list", args=["ashdown"]) not in governor


# --- sample pupils -----------------------------------------------------------------------------------------------


def drawn(client, query=""):
    page = client.get(reverse("inspection-pupils", args=["ashdown"]) + query)
    assert page.status_code == 200
    found = re.findall(r"/ashdown/pupils/(\d+)/.*?Drawn from\">([^<]+)<", page.content.decode())
    return [(int(pk), part) for pk, part in found]


def test_pupils_are_drawn_over_year_groups_and_groups_and_the_draw_stays(ashdown):
    leader = as_a(ashdown, "careers-leader")
    first = drawn(leader)
    assert [part for _, part in first] == ["Year 10", "Year 11", "SEN support", "Pupil premium"]
    assert len({pk for pk, _ in first}) == 4
    assert drawn(leader) == first == drawn(leader, "?draw=1") == drawn(leader, "?draw=x")
    assert len({tuple(drawn(leader, f"?draw={number}")) for number in range(1, 9)}) > 1
    with working_in(ashdown.school):
        assert Event.objects.filter(action="list of needs read").exists()


def test_whoever_may_not_see_needs_or_flags_is_told_of_no_group(ashdown):
    parts = [part for _, part in drawn(as_a(ashdown, "careers-administrator"))]
    assert parts == ["Year 10", "Year 11"]


def test_a_head_of_year_draws_from_that_year_alone(ashdown):
    found = drawn(as_a(ashdown, "head-of-year", scope={"year_groups": [11]}))
    assert next(part for _, part in found) == "Year 11"
    assert "Year 10" not in [part for _, part in found]
    with working_in(ashdown.school):
        names = {pupil.pk for name, pupil in ashdown.pupils.items() if name.startswith("Lo")}
    assert {pk for pk, _ in found} <= names


def test_governors_draw_nobody(ashdown):
    assert as_a(ashdown, "link-governor").get(reverse("inspection-pupils", args=["ashdown"])).status_code == 403
