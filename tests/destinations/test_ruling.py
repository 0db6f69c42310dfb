"""What a person says holds goes on holding as long as it says the same, and sets aside only what they saw."""

import pytest
from django.urls import reverse

from dekaan.destinations.changes import correct_statement, record_statement, say_which_holds, verify_statement
from dekaan.destinations.models import Ruling, Statement
from dekaan.destinations.queries import judged
from tests.destinations.given import LEFT_IN
from tests.destinations.test_changes import COUNCIL, PROVIDER, at_college, in_words, moments

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def settled(person, by):
    """That she is at college holds, and what the council says is set aside."""
    held = at_college(person, source=PROVIDER).statement
    aside = record_statement(person, by=None, kind="position", source=COUNCIL, code="619", route="looking").statement
    say_which_holds(held, because="The college sent its register", by=by)
    return held, aside


def test_what_is_settled_stays_so_when_it_is_checked_or_a_slip_in_it_is_mended(left):
    held, aside = settled(left.ada, left.priya)
    held = verify_statement(held, by=left.priya).statement
    held = correct_statement(held, by=left.priya, course="Plumbing", level=2).statement
    aside = correct_statement(aside, by=left.priya, words="Looks for a place in the spring").statement
    (moment,) = moments(left.ada)
    assert (in_words(moment), moment.set_aside) == ([[(PROVIDER, "college-technical")]], (aside,))
    assert (moment.ruling.because, moment.fallen) == ("The college sent its register", None)
    verdict = judged(Statement.objects.filter(pupil=left.ada), Ruling.objects.all(), LEFT_IN)
    assert verdict.council.why != "disagree"


@pytest.mark.parametrize("mended", [{"route": "university"}, {"code": "310"}, {"provider_name": "Alder College"}])
def test_what_is_settled_falls_when_what_holds_is_corrected_to_another_place_and_the_page_says_so(left, client, mended):
    held, _ = settled(left.ada, left.priya)
    correct_statement(held, by=left.priya, **mended)
    (moment,) = moments(left.ada)
    assert (moment.disagrees, moment.ruling, moment.fallen) == (True, None, Ruling.objects.get())
    client.force_login(left.priya, backend=BACKEND)
    page = client.get(reverse("destination-detail", args=["ashdown", left.ada.pk])).text
    assert "which holds; that was corrected since and says something else, so nothing is set aside any more." in page


def test_what_was_set_aside_and_is_corrected_to_another_place_stands_again(left):
    _, aside = settled(left.ada, left.priya)
    correct_statement(aside, by=left.priya, code="", route="university")
    (moment,) = moments(left.ada)
    assert (moment.disagrees, moment.set_aside) == (True, ())


def hold(client, statement, **sent):
    return client.post(reverse("statement-hold", args=["ashdown", statement.pk]), sent, follow=True)


def test_what_came_in_while_the_page_was_open_is_not_set_aside_and_the_page_says_so(left, client):
    client.force_login(left.priya, backend=BACKEND)
    held = at_college(left.ada, source=PROVIDER).statement
    aside = record_statement(left.ada, by=None, kind="position", source=COUNCIL, route="looking").statement
    page = client.get(reverse("destination-detail", args=["ashdown", left.ada.pk])).text
    assert f'<input type="hidden" name="seen" value="{held.pk} {aside.pk}">' in page
    unseen = record_statement(left.ada, by=None, kind="position", source="parent", route="abroad").statement
    aside = correct_statement(aside, by=None, words="Told by telephone").statement  # a slip, and the same place
    answer = hold(client, held, because="Her register", seen=f"{held.pk} {aside.corrects_id} 999999 x {10**30}")
    (moment,) = moments(left.ada)
    assert (moment.groups, moment.set_aside) == (((held,), (unseen,)), (aside,))
    assert moment.ruling.seen == [held.pk, aside.corrects_id]
    said = "While the page was open something else came in that contradicts it. It is not set aside"
    assert said in answer.text
    assert said not in hold(client, held, seen=moment.shown).text
    (moment,) = moments(left.ada)
    assert moment.set_aside == (unseen, aside)


def test_what_was_corrected_to_another_place_while_the_page_was_open_was_not_seen(left):
    held = at_college(left.ada, source=PROVIDER).statement
    aside = record_statement(left.ada, by=None, kind="position", source=COUNCIL, route="looking").statement
    now = correct_statement(aside, by=None, route="university").statement
    say_which_holds(held, because="", by=left.priya, seen=[held.pk, aside.pk])
    (moment,) = moments(left.ada)
    assert (moment.groups, moment.set_aside) == (((held,), (now,)), ())
