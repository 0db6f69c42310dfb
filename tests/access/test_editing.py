"""Two people edit one thing: the second is shown both versions and chooses; walked over every form that edits."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.changes import give_role, open_account
from dekaan.core.academic_year import today
from dekaan.core.editing import AS_READ
from dekaan.core.scope import working_in
from dekaan.participation.models import Participation, State
from dekaan.people.changes import add_carer, add_staff_member
from dekaan.programme.changes import keep_as_template
from dekaan.programme.models import Activity
from dekaan.team.changes import lead_by
from tests.access.test_pressing import Forms, meaning, pages, signed_in
from tests.factories.provider_requests import write_policy
from tests.factories.schools import Place, person, place, pupils, talk

pytestmark = pytest.mark.django_db

BY = re.compile(r'id="meanwhile">([^<]+)</h2>')
# Where somebody corrects what is held; a new one is found by the walk, and must be added here knowingly.
EDITED = {
    "access-rules-change",
    "action-change",
    "decision-change",
    "meeting-change",
    "objective-change",
    "plan-change",
    "policy-change",
    "task-change",
    "activity-change",
    "activity-learning-change",
    "agreement-change",
    "briefing-change",
    "budget-change",
    "budget-line-change",
    "activity-meaning",
    "activity-resources-change",
    "calendar-entry-change",
    "carer-change",
    "outgoing-sheet-change",
    "contact-change",
    "conversation-change",
    "organisation-change",
    "collection-change",
    "curriculum-link-change",
    "data-protection-facts",
    "evidence-change",
    "evidence-settings",
    "observation-change",
    "free-time-change",
    "outcome-change",
    "evaluation-change",
    "improvement-change",
    "publication-facts",
    "publication-leavers-change",
    "publication-words-change",
    "pupil-change",
    "questionnaire-change",
    "resource-change",
    "retention-change",
    "scheme-change",
    "scheme-lesson-change",
    "school-settings",
    "session-change",
    "session-meaning",
    "template-meaning",
    "session-register",
    "staff-change",
    "subject-change",
    "template-change",
    "taken-item-change",
    "term-dates-change",
    "usual-costs-change",
    "team-model-change",
    "team-people-change",
    "team-needs-change",
    "team-time-change",
    "post-change",
    "responsibilities-change",
    "terms-change",
    "training-change",
    "profile-change",
    "need-change",
    "network-change",
    "website-change",
}
# Fields of theirs into which words are typed.
TYPED = set(
    "title place forename surname name controller purpose words learnt what own_1 seen leader_name programme "
    "contact_name said decided reporting_line grade".split()
)


@pytest.fixture
def kestrel(db) -> Place:
    at = place("kestrel")
    person(at, "careers-leader")
    here = pupils(at, 3)
    talk(at, title="Millworks", invited=here[:2], absent=here[:1])
    with working_in(at.school):
        add_carer(surname="Quill", forename="Rose", pupils=here[:1], by=None)
        add_staff_member(surname="Marsh", forename="Ivo", by=None, starts_on=today() - timedelta(days=400))
        lead_by(starts_on=today(), model="middle", by=None)
        write_policy()
        keep_as_template(Activity.objects.get(), by=None)
    return at


@pytest.fixture
def una(kestrel) -> Client:
    user = open_account(email="una@kestrel.example", name="Una Marsh", password=None)
    for role in ("careers-leader", "slt-line-manager"):  # who may say on what terms another leads
        give_role(user=user, role=role, school=kestrel.school, by=None)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def editing_forms(client: Client, at: Place):
    for name, address in pages(at):
        if name not in EDITED:
            continue
        page = client.get(address)
        if page.status_code == 200 and not page.streaming and "text/html" in page["Content-Type"]:
            for where, sent in Forms(page.content.decode(), address).found:
                if AS_READ in sent:
                    yield name, where, sent


def test_every_form_that_begins_with_what_is_held_says_how_it_read(kestrel):
    """A form with something filled in that is sent to its own address edits what is held, or says why not."""
    client, found = signed_in(kestrel), {}
    for name, address in pages(kestrel):
        page = client.get(address)
        if page.status_code != 200 or page.streaming or "text/html" not in page["Content-Type"]:
            continue
        if not re.search(r"-(change|settings|facts|register|meaning)$", name):
            continue
        forms = [sent for where, sent in Forms(page.content.decode(), address).found if where == address]
        found[name] = any(AS_READ in sent for sent in forms)
    assert {name for name, says in found.items() if says} == EDITED
    assert {name for name, says in found.items() if not says} == set()


def test_nothing_is_overwritten_in_silence(kestrel, una):
    client, walked = signed_in(kestrel), set()
    for name, where, sent in list(editing_forms(client, kestrel)):
        texts = [key for key, values in sent.items() if key in TYPED]
        if not texts or name.endswith("-meaning"):
            continue
        field = texts[0]
        theirs, mine = sent | {field: ["Saved by Una"]}, sent | {field: ["Typed by me"]}
        assert una.post(where, theirs).status_code == 302, (name, where)
        before = meaning(kestrel)
        answer = client.post(where, mine)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 200, name
        assert BY.search(page).group(1).startswith("Una Marsh, at "), name
        assert "Saved meanwhile: Saved by Una" in page, name
        assert "You typed: Typed by me (stands below)" in page, name
        assert meaning(kestrel) == before, name
        (again,) = [each for _, each in Forms(answer.content.decode(), where).found if AS_READ in each]
        assert again[field] == ["Typed by me"], name
        assert client.post(where, again).status_code == 302, name
        assert meaning(kestrel) != before, name
        walked.add(name)
    apart = {  # marks, numbers, yes or no, an address of the web: tests of their own
        "activity-learning-change",
        "activity-meaning",
        "activity-resources-change",
        "budget-change",
        "collection-change",
        "evidence-settings",
        "retention-change",
        "session-meaning",
        "template-meaning",
        "session-register",
        "post-change",
        "team-needs-change",
        "team-people-change",
        "team-time-change",
        "profile-change",
        "publication-leavers-change",
        "responsibilities-change",
        "term-dates-change",
        "usual-costs-change",
        "website-change",
    }
    assert walked == EDITED - apart


def test_what_was_not_touched_is_taken_over(kestrel, una):
    client = signed_in(kestrel)
    with working_in(kestrel.school):
        activity = Activity.objects.get()
    address = reverse("activity-change", args=["kestrel", activity.pk])
    ((_, sent),) = [each for each in Forms(client.get(address).content.decode(), address).found if AS_READ in each[1]]
    una.post(address, sent | {"description": ["Bring boots"]})
    answer = client.post(address, sent | {"title": ["Mill visit"]})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Saved meanwhile: Bring boots" in page
    assert "You had not changed it: theirs stands below" in page
    ((_, again),) = [each for each in Forms(answer.content.decode(), address).found if AS_READ in each[1]]
    assert (again["title"], again["description"]) == (["Mill visit"], ["Bring boots"])


def register_of(client: Client, address: str) -> dict:
    ((_, sent),) = [each for each in Forms(client.get(address).content.decode(), address).found if AS_READ in each[1]]
    return sent


def states(at: Place) -> dict[str, str]:
    with working_in(at.school):
        rows = Participation.objects.filter(superseded_at__isnull=True, pupil__isnull=False).select_related("pupil")
        return {row.pupil.forename: row.state for row in rows}


def test_two_tutors_of_one_register_never_undo_each_other(kestrel, una):
    here = pupils(kestrel, 2, surname="Wren")
    session = talk(kestrel, title="Two tutors", invited=here)
    address = reverse("session-register", args=["kestrel", session.pk])
    client = signed_in(kestrel)
    mine, theirs = register_of(client, address), register_of(una, address)
    first, second = (str(each.pk) for each in here)
    assert una.post(address, theirs | {"present": [second]}).status_code == 302
    assert client.post(address, mine | {"present": [first]}).status_code == 302
    marks = {name: state for name, state in states(kestrel).items() if name in {each.forename for each in here}}
    assert marks == {here[0].forename: State.ABSENT, here[1].forename: State.ABSENT}


def test_one_pupil_marked_otherwise_by_two_is_put_to_the_second(kestrel, una):
    (wren,) = pupils(kestrel, 1, surname="Wren")
    session = talk(kestrel, title="One pupil", invited=[wren])
    address = reverse("session-register", args=["kestrel", session.pk])
    client = signed_in(kestrel)
    mine, theirs = register_of(client, address), register_of(una, address)
    assert una.post(address, theirs | {"part": [str(wren.pk)]}).status_code == 302
    answer = client.post(address, mine | {"present": []})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Una Marsh, at " in page
    assert f"Saved meanwhile: {State.PART.label.lower()}" in page
    assert states(kestrel)[wren.forename] == State.PART
    ((_, again),) = [each for each in Forms(answer.content.decode(), address).found if AS_READ in each[1]]
    assert "present" not in again
    assert client.post(address, again).status_code == 302
    assert states(kestrel)[wren.forename] == State.ABSENT
