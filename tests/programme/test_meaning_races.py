"""A link is asked for, or used, in the moment in which somebody else presses: nothing is lost and nobody sees an error."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import Answers, flags
from dekaan.programme import changes
from dekaan.programme.models import MeaningLink, Session
from tests.databases import ON_POSTGRES
from tests.factories.schools import place, pupils, talk
from tests.two_connections import meanwhile

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time"),
]


@pytest.fixture
def kestrel():
    at = place("kestrel")
    pupils(at, 1)
    talk(at)
    return at


def asks(at):
    changes.ask_meaning(Session.objects.get(), open_until=today() + timedelta(days=7), by=None)


def test_what_the_careers_team_says_while_the_link_is_used_is_not_written_over(kestrel):
    two_way, prepared = (flags()[key].bit for key in ("two-way", "purpose"))

    def provider():
        link = MeaningLink.objects.select_related("session").get()
        changes.say_by_link(link, Answers(yes=two_way | prepared), said_by="Rowan")

    def priya():
        session = Session.objects.select_for_update(of=("self",)).get()
        changes.say_of_session(session, Answers(session.flags_yes & ~two_way, session.flags_no | two_way), by=None)

    with working_in(kestrel.school):
        asks(kestrel)
    meanwhile(kestrel.school, provider, priya, before='UPDATE "programme_session"')
    with working_in(kestrel.school):
        session, link = Session.objects.get(), MeaningLink.objects.get()
    assert (session.flags_yes, session.flags_no) == (prepared, two_way)
    assert (link.said_by, link.said_yes) == ("Rowan", two_way | prepared)


def test_two_who_ask_for_the_first_link_in_one_moment_make_one_link(kestrel):
    meanwhile(
        kestrel.school, lambda: asks(kestrel), lambda: asks(kestrel), before='INSERT INTO "programme_meaninglink"'
    )
    with working_in(kestrel.school):
        assert [each.link_round for each in MeaningLink.objects.all()] == [2]
