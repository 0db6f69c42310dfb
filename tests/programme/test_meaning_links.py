"""Whoever was there says by a link whether it was meaningful; nobody else, and once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import Answers, flags
from dekaan.participation.queries import live
from dekaan.programme import changes
from dekaan.programme.models import Session
from dekaan.programme.queries import answers_of, flags_asked_of, meter_of
from tests.isolation.world import BACKEND
from tests.stock import pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(in_ashdown) -> Session:
    """An employer's talk yesterday, at which Ada was."""
    ada = pupil("Ada")
    activity = changes.plan_activity(
        title="Millworks", activity_type="TALK", partner_kind="employer", by=in_ashdown.priya
    )
    session = changes.plan_session(
        activity, held_on=today() - timedelta(days=1), invited=changes.Invited(pupils=(ada,)), by=in_ashdown.priya
    )
    changes.it_happened(session, by=in_ashdown.priya)
    return Session.objects.select_related("activity").get(pk=session.pk)


@pytest.fixture
def anybody() -> Client:
    """A browser in which nobody is signed in."""
    return Client()


def link_to(session, *, days=7) -> str:
    link = changes.ask_meaning(session, open_until=today() + timedelta(days=days), by=None)
    return reverse("meaning-say", args=["ashdown", link.made_key])


def all_of(session, said) -> dict:
    return {flag.key: said for flag in flags_asked_of(session)}


def states(session) -> set[str]:
    return {line.state for line in meter_of(Session.objects.select_related("activity", "adviser").get(pk=session.pk))}


def test_what_the_provider_says_otherwise_than_we_stands_on_the_page_of_the_session(talk, anybody, client, in_ashdown):
    client.force_login(in_ashdown.priya)
    page = reverse("session-detail", args=["ashdown", talk.pk])
    anybody.post(link_to(talk), all_of(talk, "yes") | {"said_by": "Jo of Millworks"})
    assert "said otherwise" not in client.get(page).content.decode()
    changes.say_of_session(talk, Answers(0, flags()["two-way"].bit), by=in_ashdown.priya)
    assert (
        f"Jo of Millworks said otherwise by the link on {today():%-d %B %Y}: two-way (they: yes, here: no)."
        in client.get(page).content.decode()
    )


def test_the_provider_says_it_and_it_is_shown_to_be_meaningful(talk, anybody):
    assert states(talk) == {"unknown"}
    address = link_to(talk)
    assert "Millworks" in anybody.get(address).content.decode()
    answer = anybody.post(address, all_of(talk, "yes") | {"said_by": "R. Mill"}, follow=True)
    assert "Thank you" in answer.content.decode()
    assert states(talk) == {"shown"}
    assert live().get().counts == 1


def test_what_fails_is_recorded_and_does_not_count(talk, anybody):
    anybody.post(link_to(talk), all_of(talk, "no"))
    assert states(talk) == {"missing"}
    row = live().get()
    assert (row.state, row.criteria) == ("attended", 0)


def test_what_the_careers_team_has_said_of_the_session_stands(talk, anybody):
    first, *others = flags_asked_of(talk)
    changes.say_of_session(talk, Answers(yes=0, no=first.bit), by=None)
    anybody.post(link_to(talk), all_of(talk, "yes"))
    said = answers_of(Session.objects.select_related("activity").get(pk=talk.pk))
    assert (said.of(first), {said.of(each) for each in others}) == ("no", {"yes"})


def test_it_is_said_once_and_not_after_its_day_and_not_by_a_link_of_before(talk, anybody, time_machine):
    before = link_to(talk)
    now = link_to(talk)
    assert anybody.get(before).status_code == 404
    assert anybody.post(now, all_of(talk, "yes")).status_code == 302
    assert anybody.post(now, all_of(talk, "no")).status_code == 404
    assert states(talk) == {"shown"}
    late = link_to(talk, days=0)
    time_machine.move_to(f"{today() + timedelta(days=1)}T09:00:00+00:00")
    assert anybody.get(late).status_code == 404


def test_what_was_said_outlives_the_name_that_was_given(talk, anybody):
    anybody.post(link_to(talk), all_of(talk, "yes") | {"said_by": "R. Mill"})
    assert changes.forget_who_said(today()) == 0
    assert changes.forget_who_said(today() + timedelta(days=1)) == 1
    talk.meaning_link.refresh_from_db()
    assert (talk.meaning_link.said_by, talk.meaning_link.said_on, states(talk)) == ("", today(), {"shown"})
    assert Event.objects.get(action="old names of links let go").detail == {"names": 1}


def test_nobody_says_it_before_it_has_been(talk, anybody):
    talk.held_on = today() + timedelta(days=1)
    talk.save()
    address = link_to(talk)
    page = anybody.post(address, all_of(talk, "yes")).content.decode()
    assert "It has not been yet." in page
    assert talk.meaning_link.is_open


def test_nothing_said_is_refused_in_words(talk, anybody):
    page = anybody.post(link_to(talk), {"said_by": "R. Mill"}).content.decode()
    assert "Say yes or no to at least one of the questions." in page
    assert 'value="R. Mill"' in page
    assert states(talk) == {"unknown"}


def test_the_page_names_no_pupil_and_opens_in_its_own_school_only(talk, anybody):
    address = link_to(talk)
    assert "Ada" not in anybody.get(address).content.decode()
    assert anybody.get(address.replace("ashdown", "beckford")).status_code == 404


def test_priya_makes_a_link_reads_what_was_said_and_may_say_otherwise(talk, in_ashdown, client, anybody):
    client.force_login(in_ashdown.priya, backend=BACKEND)
    ask = reverse("session-meaning-ask", args=["ashdown", talk.pk])
    assert "Give a day from today on" in client.post(ask, {"open_until": "2020-01-01"}).content.decode()
    page = client.post(ask, {"open_until": f"{today()}"}, follow=True).content.decode()
    address = re.search(r"/was-it-meaningful/ashdown/[^/]+/", page).group()
    anybody.post(address, all_of(talk, "yes") | {"said_by": "R. Mill"})
    page = client.get(reverse("session-meaning", args=["ashdown", talk.pk])).content.decode()
    assert "R. Mill said on" in page
    assert "R. Mill said it by the link on" in page
    assert "is no longer kept here then" in page
    client.post(reverse("session-meaning", args=["ashdown", talk.pk]), all_of(talk, "no"))
    assert states(talk) == {"missing"}
    actions = (
        Event.objects.filter(subject="session", subject_id=talk.pk).order_by("pk").values_list("action", flat=True)
    )
    assert list(actions)[-3:] == [
        "meaning of a session asked",
        "meaning of a session said by link",
        "meaning of a session said",
    ]


def test_a_link_of_another_school_is_not_made_here(stock, talk, client):
    client.force_login(stock.dora, backend=BACKEND)
    assert client.post(reverse("session-meaning-ask", args=["farfield", talk.pk])).status_code == 404
    with working_in(stock.ashdown):
        assert not hasattr(Session.objects.get(pk=talk.pk), "meaning_link")
