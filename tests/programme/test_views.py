"""The screens of the programme: the errand, the refusal, the other school, and how many questions a page asks."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.participation.queries import live
from dekaan.people.models import StaffMember
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from tests.stock import pupil


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def session_for(stock, pupils, **otherwise):
    activity = changes.plan_activity(title="Talk", activity_type="TALK", by=stock.priya, partner_kind="employer")
    given = {"held_on": today(), "invited": Invited(pupils=tuple(pupils)), "by": stock.priya} | otherwise
    return changes.plan_session(activity, **given)


def marks() -> dict[str, str]:
    return {row.pupil.forename: row.state for row in live().select_related("pupil")}


def test_priya_presses_it_happened_and_sees_the_receipt(in_ashdown, client):
    session = session_for(in_ashdown, [pupil("Ada"), pupil("Ben")])
    client.force_login(in_ashdown.priya)
    page = client.post(at("session-happened", session.pk), follow=True)
    assert "2 recorded, 0 to catch up · absences not checked" in " ".join(page.content.decode().split())
    page = client.post(at("session-absences", session.pk), {"absent": "ben lovell"}, follow=True)
    assert "1 recorded, 1 to catch up" in page.content.decode()
    assert marks() == {"Ada": "attended", "Ben": "absent"}
    client.post(at("session-undo", session.pk))
    assert marks() == {}


def test_a_doubtful_line_is_put_to_priya_and_nothing_is_struck_off_meanwhile(in_ashdown, client):
    one, other = pupil("Ben", "Smith"), pupil("Ben", "Smith")
    session = session_for(in_ashdown, [one, other, pupil("Ada")])
    client.force_login(in_ashdown.priya)
    client.post(at("session-happened", session.pk))
    page = client.post(at("session-absences", session.pk), {"absent": "Ben Smith\nAda Lovell"})
    assert "Nothing is struck off yet" in page.content.decode()
    assert set(marks().values()) == {"attended"}
    ada = page.context["form"].initial["matched"]
    client.post(at("session-absences", session.pk), {"matched": ada, "line_0": str(other.pk)})
    assert sorted(live().filter(state="absent").values_list("pupil__surname", flat=True)) == ["Lovell", "Smith"]
    assert live().get(pupil=one).state == "attended"


def test_the_register_is_saved(in_ashdown, client):
    ada, ben = pupil("Ada"), pupil("Ben")
    session = session_for(in_ashdown, [ada, ben])
    client.force_login(in_ashdown.priya)
    client.post(at("session-register", session.pk), {"present": [ada.pk]})
    assert marks() == {"Ada": "attended", "Ben": "absent"}


def test_the_register_refuses_a_pupil_of_another_school(in_ashdown, client):
    ada = pupil("Ada")
    with working_in(in_ashdown.beckford):
        stranger = pupil("Stranger")
    session = session_for(in_ashdown, [ada])
    client.force_login(in_ashdown.priya)
    page = client.post(at("session-register", session.pk), {"present": [ada.pk, stranger.pk]})
    assert "That pupil is not on this register." in page.content.decode()
    assert marks() == {}


def test_a_session_teacher_sees_the_session_they_lead_and_no_other(in_ashdown, client):
    leo = StaffMember.objects.create(surname="Marsh", forename="Leo", user=in_ashdown.leo)
    mine, other = session_for(in_ashdown, [pupil("Ada")], led_by=leo), session_for(in_ashdown, [pupil("Ben")])
    client.force_login(in_ashdown.leo)
    assert "Ada" in client.get(at("session-register", mine.pk)).content.decode()
    assert client.get(at("session-register", other.pk)).status_code == 404


def test_sam_takes_the_register_of_the_own_tutor_group_only(in_ashdown, client):
    ada, ben = pupil("Ada", tutor_group="10A"), pupil("Ben", tutor_group="10B")
    session = session_for(in_ashdown, [ada, ben])
    client.force_login(in_ashdown.sam)
    page = client.get(at("session-register", session.pk)).content.decode()
    assert ("Ada" in page, "Ben" in page) == (True, False)
    client.post(at("session-register", session.pk), {"present": []})
    assert marks() == {"Ada": "absent", "Ben": "attended"}


def test_a_governor_reads_the_programme_and_no_name(in_ashdown, client):
    session = session_for(in_ashdown, [pupil("Canary")])
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent=set(live().values_list("pupil_id", flat=True)), by=in_ashdown.priya)
    client.force_login(in_ashdown.moira)
    page = client.get(at("session-detail", session.pk))
    assert (page.status_code, "Canary" in page.content.decode()) == (200, False)
    assert client.get(at("session-register", session.pk)).status_code == 403
    assert client.post(at("session-happened", session.pk)).status_code == 403


def test_an_unplanned_talk_is_planned_and_recorded_in_one_form(in_ashdown, client):
    pupil("Ada", year_group=10)
    client.force_login(in_ashdown.tom)
    page = client.post(
        at("session-unplanned"),
        {"title": "A surprise", "activity_type": "TALK", "held_on": str(today()), "year_groups": ["10"]},
        follow=True,
    )
    assert "1 recorded, 0 to catch up" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"held_on": str(today() + timedelta(days=1))}, "That day has not come yet"),
        ({"held_on": "31/02/2026"}, "Give the date as day, month and year"),
        ({"year_groups": []}, "Choose at least one year group or tutor group."),
        ({"partner_name": "Millworks"}, "Say what kind of employer or provider it is"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words_and_keeps_what_was_typed(in_ashdown, client, typed, words):
    pupil("Ada", year_group=10)
    client.force_login(in_ashdown.tom)
    form = {"title": "Kept words", "activity_type": "TALK", "held_on": str(today()), "year_groups": ["10"]} | typed
    page = client.post(at("session-unplanned"), form).content.decode()
    assert (words in page, "Kept words" in page) == (True, True)
    assert marks() == {}


def questions(client, address: str, counter) -> int:
    client.get(address)
    with counter() as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def counter(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


@pytest.mark.parametrize("name", ["session-register", "session-detail", "session-register-print"])
def test_a_page_asks_as_much_of_forty_pupils_as_of_one(in_ashdown, client, counter, name):
    client.force_login(in_ashdown.priya)
    asked = []
    for number in (1, 3, 40):
        session = session_for(in_ashdown, [pupil(f"P{each}") for each in range(number)])
        changes.it_happened(session, by=in_ashdown.priya)
        asked.append(questions(client, at(name, session.pk), counter))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 16


@pytest.mark.parametrize("name", ["programme-calendar", "session-list"])
def test_a_list_asks_as_much_of_thirty_sessions_as_of_one(in_ashdown, client, counter, name):
    client.force_login(in_ashdown.priya)
    ada, asked = pupil("Ada"), []
    for number in (1, 3, 30):
        for _ in range(number):
            session_for(in_ashdown, [ada])
        asked.append(questions(client, at(name), counter))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 12
