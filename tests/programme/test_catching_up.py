"""A catch-up that was held is shown as done, as far as small numbers may be told."""

import pytest
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.participation.models import State
from dekaan.participation.queries import live
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Session
from tests.stock import pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(in_ashdown):
    """Sixteen were invited, and nine of them missed it."""
    invited = [pupil(f"P{each}", tutor_group="") for each in range(16)]
    activity = changes.plan_activity(title="Talk", activity_type="TALK", by=in_ashdown.priya, partner_kind="employer")
    session = changes.plan_session(
        activity, held_on=today(), invited=Invited(pupils=tuple(invited)), by=in_ashdown.priya
    )
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent=[each.pk for each in invited[:9]], by=in_ashdown.priya)
    return session


def caught_up(stock, session, number):
    """A catch-up to which all who missed it are invited, and that so many of them come to."""
    later = changes.plan_catch_up(session, held_on=today(), by=stock.priya)
    changes.it_happened(later, by=stock.priya)
    invited = list(live().filter(source_id=later.pk, state=State.ATTENDED).values_list("pupil_id", flat=True))
    changes.strike_off(later, absent=invited[number:], by=stock.priya)


def test_a_catch_up_planned_on_the_sessions_page_says_who_would_be_missing_and_is_taken_back(client, in_ashdown, talk):
    client.force_login(in_ashdown.priya)
    address = reverse("catch-up-new", args=["ashdown", talk.pk])
    page = client.get(address)
    assert "Who is missing from those chosen" in page.content.decode()
    assert page.context["inclusion"].year_groups == (10,)
    later = client.post(address, {"held_on": str(today())}, follow=True)
    page = " ".join(later.content.decode().split())
    assert "9 pupils invited by Priya Raman" in page
    assert "9 missed it" not in client.get(address).content.decode(), "they are invited already"
    session = Session.objects.get(catches_up=talk)
    client.post(reverse("inviting-undo", args=["ashdown", session.invitings.get().pk]))
    assert not Session.objects.filter(catches_up=talk).exists()
    assert "9 missed it" in client.get(address).content.decode()


def receipt(client, person, session):
    client.force_login(person)
    page = client.get(reverse("session-detail", args=["ashdown", session.pk])).content.decode()
    return " ".join(page.partition("<main")[2].split())


def left(client, person):
    client.force_login(person)
    lines = client.get(reverse("session-list", args=["ashdown"])).context["lines"]
    return [line.left for line in lines if line.session.catches_up_id is None]


def test_until_it_is_held_they_are_to_catch_up(in_ashdown, client, talk):
    changes.plan_catch_up(talk, held_on=today(), by=in_ashdown.priya)
    assert "7 recorded, 9 to catch up" in receipt(client, in_ashdown.priya, talk)
    assert left(client, in_ashdown.priya) == [9]


def test_when_all_came_the_session_says_when_they_caught_up(in_ashdown, client, talk):
    caught_up(in_ashdown, talk, 9)
    said = receipt(client, in_ashdown.priya, talk)
    assert f"7 recorded, 9 caught up on {today():%-d %B}" in said
    assert "to catch up" not in said.partition("recorded")[2][:60]
    assert left(client, in_ashdown.priya) == [0]


def test_when_some_came_both_numbers_stand_there_for_the_careers_team_alone(in_ashdown, client, talk):
    """Five and four are small, and each would follow from the other and the nine."""
    caught_up(in_ashdown, talk, 5)
    assert f"7 recorded, 4 to catch up, 5 caught up on {today():%-d %B}" in receipt(client, in_ashdown.priya, talk)
    said = receipt(client, in_ashdown.moira, talk)
    assert "7 recorded, 9 missed it" in said
    assert "4 to catch up" not in said
    assert "5 caught up" not in said
