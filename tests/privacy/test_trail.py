"""The audit trail as sentences, to each role as far as the matrix goes; and reading that leaves a line."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.access.data_classes import Access, DataClass
from dekaan.access.matrix import MATRIX
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.audit.changes import record
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.changes import place_in_tutor_group
from dekaan.people.models import YearRecord
from dekaan.privacy.changes import open_case
from dekaan.privacy.queries.trail import READS, READS_OWN, READS_SUMMARY
from tests.factories.schools import person, place, pupils, talk
from tests.house.test_other_school import OF_A_SCHOOL, arguments_of
from tests.stock import pupil

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def page(user, slug: str = "ashdown", **asked) -> str:
    answer = signed_in(user).get(reverse("audit-trail", args=[slug]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(user, **asked) -> list[str]:
    return re.findall(r"<tr>\s*<td>(.*?)</td>", page(user, **asked), re.DOTALL)


@pytest.fixture
def done(in_ashdown, time_machine):
    """What Priya did on a morning in November, and what others did."""
    time_machine.move_to(datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    ada = pupil()
    time_machine.move_to(datetime(2026, 11, 3, 10, 12, tzinfo=UTC))
    place_in_tutor_group(ada, "10B", on=datetime(2026, 11, 3, tzinfo=UTC).date(), by=in_ashdown.priya)
    time_machine.move_to(datetime(2026, 11, 4, 9, 0, tzinfo=UTC))
    record(action="names exported", by=in_ashdown.priya, subject="criterion", detail={"names": 3, "purpose": "law"})
    give_role(user=in_ashdown.anna, role="tutor", school=in_ashdown.ashdown, scope={"tutor_groups": ["10A"]}, by=None)
    with working_in(in_ashdown.beckford):
        record(action="pupil changed", by=in_ashdown.anna, subject="pupil", subject_id=1, detail={"fields": ["sen"]})
    in_ashdown.people["ada"] = ada
    return in_ashdown


def since(user, **asked) -> list[str]:
    return lines(user, since="2026-11-03", **asked)


def test_the_careers_leader_reads_who_did_what_to_whom_and_when(done):
    shown = page(done.priya, since="2026-11-03")
    assert (
        f"<td>{done.priya} changed Ada Lovell&#x27;s tutor group</td>\n              <td>3 November 2026, 10:12</td>"
        in shown
    )
    assert since(done.priya) == [
        f"{done.priya} exported 3 names behind a figure: for the council or another body, as the law asks",
        f"{done.priya} changed Ada Lovell&#x27;s tutor group",
    ]
    assert [each for each in lines(done.priya) if "role" in each] == []  # the security log is not theirs


@pytest.fixture
def officer(done):
    return _holder(done, "data-protection-officer")


def _holder(done, role: str):
    at = place("elm")
    user = person(at, role)
    give_role(user=user, role=role, school=done.ashdown, by=None)
    return user


def test_the_data_protection_officer_reads_all_and_no_pupils_name(done, officer):
    found = since(officer, until="2026-11-05")
    assert f"{done.priya} changed pupil {done.ada.pk}&#x27;s tutor group" in found
    assert f"Dekaan or a technician gave {done.anna} the role {ROLES['tutor'].name}" in found
    assert "Lovell" not in page(officer)


def test_the_technician_reads_the_security_lines_and_no_others(done):
    technician = _holder(done, "technician")
    kinds = set(re.findall(r"<td>([^<]*)</td>\s*</tr>", page(technician)))
    assert kinds == {"Accounts, roles and the service"}


def test_an_adviser_reads_their_own_lines(done):
    adviser = _holder(done, "careers-adviser")
    with working_in(done.ashdown):
        record(action="pupil changed", by=adviser, subject="pupil", subject_id=done.ada.pk, detail={"fields": ["uln"]})
    assert lines(adviser) == [f"{adviser} changed Ada Lovell&#x27;s ULN"]


def test_the_headteacher_reads_totals_that_name_nobody(done):
    shown = page(_holder(done, "headteacher"))
    assert "November 2026" in shown
    assert "Lovell" not in shown
    assert str(done.priya) not in shown


def test_the_trail_is_narrowed_by_person_pupil_kind_and_date(done, officer):
    moved, exported = (
        f"{done.priya} changed Ada Lovell&#x27;s tutor group",
        "exported 3 names behind a figure: for the council or another body, as the law asks",
    )
    assert since(done.priya, pupil="lovell") == [moved]
    assert since(done.priya, pupil="nobody of that name") == []
    assert since(officer, pupil=done.ada.pk, kind="careers") == [
        f"{done.priya} changed pupil {done.ada.pk}&#x27;s tutor group"
    ]
    assert since(done.priya, kind="export") == [f"{done.priya} {exported}"]
    assert since(done.priya, until="2026-11-03") == [moved]
    assert since(done.priya, person=done.priya.pk, kind="careers") == [moved]
    assert lines(done.priya, since="3rd of nothing", kind="nonsense", page="-4", person="x")  # left out, never a fault


def test_fifty_lines_stand_on_a_page(done):
    with working_in(done.ashdown):
        for _ in range(60):
            record(action="pupil changed", by=done.priya, subject="pupil", subject_id=done.ada.pk)
    assert len(since(done.priya)) == 50
    assert len(since(done.priya, page=2)) == 12


def test_what_a_role_reads_follows_from_the_matrix():
    reads = {role for role in ROLES if MATRIX[role][DataClass.L].opens(Access.READS)}
    assert reads == {*READS, *READS_OWN, *READS_SUMMARY}
    assert {role.key for role in ROLES.values() if Permission.TRAIL_SEE in role.may} == reads


# What the file says of somebody that could only come from a need or a flag, and stands nowhere else on a page.
TELLING = ("Education, health and care plan", "Young carer")


@pytest.mark.parametrize("role", ["careers-leader", "careers-coordinator", "senco", "dsl", "head-of-year"])
def test_no_page_tells_of_needs_or_flags_without_a_line(role, db):
    """Every address is opened; whichever shows a need or flag of a pupil has left a line of its own."""
    at = place("elm")
    ada = pupils(at, 7)[0]
    talk(at, partner_name="Millworks", partner_kind="employer")
    user = person(at, role, {"year_groups": [10]})
    client, told, silent = signed_in(user), [], []
    with working_in(at.school):
        YearRecord.objects.update(sen="E", young_carer=True)
        at.school.refresh_from_db()
    for entry in OF_A_SCHOOL:
        arguments = arguments_of(entry, at.school)
        if "pupil_id" in arguments:
            arguments["pupil_id"] = ada.pk
        before = Event.objects.count()
        answer = client.get(reverse(entry.name, kwargs={"school_slug": at.slug, **arguments}))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        names = f"/pupils/{ada.pk}/".encode() in body or entry.name == "pupil-record"
        if names and any(word.encode() in body for word in TELLING):
            told.append(entry.name)
            new = Event.objects.order_by("-pk")[: Event.objects.count() - before]
            if not [each for each in new if each.action in {"needs or flags read", "list of needs read"}]:
                silent.append(entry.name)
    assert silent == []
    assert "pupil-record" in told


def test_reading_a_pupils_needs_says_who_whose_and_what(in_ashdown):
    ada = pupil(sen="E")
    signed_in(in_ashdown.priya).get(reverse("pupil-record", args=["ashdown", ada.pk]))
    event = Event.objects.latest("pk")
    assert (event.action, event.actor_id, event.subject, event.subject_id, event.detail, event.school_id) == (
        "needs or flags read",
        in_ashdown.priya.pk,
        "pupil",
        ada.pk,
        {"classes": ["S2", "S3"]},
        in_ashdown.ashdown.pk,
    )
    assert lines(in_ashdown.priya)[0] == (
        f"{in_ashdown.priya} read Ada Lovell&#x27;s Special educational needs and Other flags"
    )


def test_a_page_that_is_not_given_leaves_no_line(in_ashdown):
    before = Event.objects.count()
    assert signed_in(in_ashdown.priya).get(reverse("pupil-record", args=["ashdown", 999_999])).status_code == 404
    assert Event.objects.count() == before


@pytest.mark.parametrize("many", [1, 3])
def test_the_trail_makes_10_queries(many, in_ashdown):
    who = [pupil(surname=f"Lovell{number}") for number in range(many)]
    client = signed_in(in_ashdown.priya)
    with working_in(in_ashdown.ashdown):
        for each in who:
            record(action="pupil changed", by=in_ashdown.priya, subject="pupil", subject_id=each.pk)
    with CaptureQueriesContext(connection) as made:
        assert client.get(reverse("audit-trail", args=["ashdown"])).status_code == 200
    plumbing = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    assert len([each for each in made if not each["sql"].startswith(plumbing)]) == 10


def test_the_officer_who_sees_no_pupil_finds_the_lines_by_the_number_and_by_a_cases_reference(done):
    """By the name nothing is found: whose name it is would be told. The case says the number and leads there."""
    case = open_case(kind="access", asked_by="pupil", received_on=today(), pupil=done.ada, by=done.olive)
    placed = f"{done.priya} changed pupil {done.ada.pk}'s tutor group"
    opened = f"{done.olive} opened a case about somebody's data (access)"
    unescaped = [html.unescape(each) for each in lines(done.olive, pupil=str(done.ada.pk))]
    assert placed in unescaped
    assert opened not in unescaped
    by_case = [html.unescape(each) for each in lines(done.olive, pupil=case.reference.lower())]
    assert {placed, opened} <= set(by_case)
    assert not any("names behind a figure" in each for each in by_case)
    assert lines(done.olive, pupil="DP-NOBODY") == []
    detail = signed_in(done.olive).get(reverse("case-detail", args=["ashdown", case.pk])).content.decode()
    assert f"?pupil={case.reference}" in detail
    assert f"number {done.ada.pk} in the trail" in detail


def test_a_technician_is_not_asked_for_a_pupil(done):
    assert 'name="pupil"' in page(done.olive)
    assert 'name="pupil"' not in page(_holder(done, "technician"))
