"""Answering by a link: one page without an account; what is said is a statement, nothing is overwritten, and no is no."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.destinations.changes import correct_statement, remind_due, say_which_holds
from dekaan.destinations.models import Asked, Asking, Statement, Wish
from dekaan.destinations.queries import in_force, latest_wishes, leavers_to_ask, person
from dekaan.people.models import Pupil
from tests.destinations.given import LEFT_IN, day
from tests.destinations.test_asking import allow, ask, later, stops_it
from tests.destinations.test_views import say, words

pytestmark = pytest.mark.django_db

GUESSES = 61  # wrong keys, after which whoever sends them waits
SAYS = {"route": "college-technical", "provider_name": "Mereside College", "course": "Electrics", "level": "3"}


@pytest.fixture
def link(left) -> str:
    """Ada was asked of 1 November, with a permission that ends before leavers stop being followed."""
    allow(left.ada, until=today() + timedelta(days=30))
    ask(left, left.ada)
    return where()


def where(slug: str = "ashdown", key: str = "") -> str:
    return reverse("asked-answer", args=[slug, key or Asked.objects.order_by("pk").last().made_key])


def send(link, **typed):
    return Client().post(link, typed, follow=True)


def said_of(pupil) -> list[tuple]:
    found = in_force(Statement.objects.filter(pupil=pupil))
    return [(each.kind, each.route, each.provider_name, each.level, each.source, each.is_verified) for each in found]


def test_the_page_names_nobody_else_and_nothing_that_was_said(left, link):
    say(left.ada, "enrolment", "provider", "apprenticeship", provider_name="Rowan Motors")
    page = words(Client().get(link))
    assert "Hello Ada" in page
    assert f"What were you doing on 1 November {LEFT_IN + 1}?" in page
    assert "Ring Priya Raman on 01632 960001" in page
    for word in ("Lovell", "Ben", "Okoro", "Rowan", "enchmark"):
        assert word not in page


def test_an_answer_is_a_statement_by_the_pupil_that_nobody_has_checked(left, link):
    page = send(link, **SAYS, starts_on=str(day(9, 10)))
    assert "It has arrived." in words(page)
    assert said_of(left.ada) == [("position", "college-technical", "Mereside College", 3, "pupil", False)]
    (made,) = Statement.objects.all()
    assert (made.as_of, made.said_on, made.course, made.starts_on) == (day(11, 1), today(), "Electrics", day(9, 10))
    assert (made.recorded_by, made.provider) == (None, None)  # of no directory; kept as it was said
    assert Asked.objects.get().answered_on == today()
    assert leavers_to_ask(LEFT_IN, "position", Pupil.objects.filter(pk=left.ada.pk)).known == 1


def test_what_another_source_says_stands_beside_it(left, link):
    say(left.ada, source="provider", route="apprenticeship")
    send(link, **SAYS)
    assert [each.disagrees for each in person(left.ada).moments] == [True]
    assert Statement.objects.count() == 2


def test_a_second_answer_corrects_the_first_and_the_first_is_kept(left, link):
    send(link, **SAYS)
    assert "You have answered already" in words(Client().get(link))
    send(link, route="apprenticeship", provider_name="Rowan Motors", level="3")
    assert said_of(left.ada) == [("position", "apprenticeship", "Rowan Motors", 3, "pupil", False)]
    first, second = Statement.objects.order_by("pk")
    assert second.corrects == first
    assert (first.provider_name, second.course) == ("Mereside College", "")


def test_the_same_sent_twice_is_said_once(left, link):
    send(link, **SAYS)
    send(link, **SAYS)
    assert Statement.objects.count() == 1
    assert Asked.objects.get().answers == 1


def test_what_the_school_corrected_since_is_not_written_over(left, link):
    send(link, **SAYS)
    correct_statement(Statement.objects.get(), by=left.priya, source="school", provider_name="Hilltop College")
    send(link, route="apprenticeship")
    assert [each[1:3] for each in said_of(left.ada)] == [
        ("college-technical", "Hilltop College"),
        ("apprenticeship", ""),
    ]
    assert [each.disagrees for each in person(left.ada).moments] == [True]


def test_what_somebody_checked_is_unchecked_once_it_is_said_otherwise(left, link):
    send(link, **SAYS)
    correct_statement(Statement.objects.get(), by=left.priya, verified_by=left.priya, verified_on=today())
    send(link, route="looking")
    assert [each[5] for each in said_of(left.ada)] == [True, False]  # both stand: the school checked the one


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose what you were doing."),
        ({"provider_name": "Mereside College"}, "Choose what comes nearest, so that we do not misread it."),
        ({"route": "not-found"}, "Choose one of those on the list."),
        ({"route": "university"}, "Choose one of those on the list."),  # after Year 11
        (SAYS | {"level": "9"}, "Choose one of the levels on the list."),
        (SAYS | {"starts_on": "soon"}, "Give the date as day, month and year, such as 24/11/2026."),
        (SAYS | {"starts_on": str(day(11, 2))}, "which is after 1 November"),
        (SAYS | {"starts_on": str(date(LEFT_IN + 1, 2, 3))}, "is before you left school"),
        (SAYS | {"provider_name": "x" * 201}, "Say it in 200 letters or fewer."),
        (SAYS | {"longer": "on", "opts_out": "on"}, "You ticked both."),
    ],
)
def test_a_wrong_answer_is_a_sentence_and_nothing_typed_is_lost(left, link, typed, sentence):
    page = send(link, **typed)
    assert sentence in words(page)
    assert Statement.objects.count() == 0
    if "course" in typed:
        assert 'value="Electrics"' in page.content.decode()


def test_longer_is_a_permission_of_their_own_and_keeps_the_address(left, link):
    send(link, **SAYS, longer="on")
    wish = latest_wishes([left.ada.pk])[left.ada.pk, "in-touch"]
    assert (wish.allows, wish.until, wish.reached_at) == (True, day(11, 30, years_on=3), "ada@home.example")
    assert (wish.who, wish.recorded_by) == ("pupil", None)
    assert "You may keep in touch until" not in words(Client().get(link))


def test_do_not_ask_again_needs_no_other_answer_and_holds(left, link, settings, mailoutbox):
    page = send(link, opts_out="on")
    assert "It has arrived." in words(page)
    assert Statement.objects.count() == 0
    assert not latest_wishes([left.ada.pk])[left.ada.pk, "in-touch"].allows
    mailoutbox.clear()
    later(settings, 8)
    assert remind_due(left.stock.ashdown, today()) == 0
    assert mailoutbox == []
    asks = leavers_to_ask(LEFT_IN, "six-months", Pupil.objects.filter(pk=left.ada.pk))
    assert [each.why for each in asks.left_out] == ["does not want to be contacted"]


def test_a_reply_after_opting_out_is_kept_since_they_chose_to_say_it_and_they_are_still_not_asked(left, link):
    send(link, opts_out="on")
    page = words(Client().get(link))
    assert "We were asked not to ask you again, and we will not. What you say here is kept all the same" in page
    assert "Please do not ask me again" not in page
    assert "You may keep in touch" not in page
    send(link, **SAYS, longer="on")  # the box is not on their page
    assert said_of(left.ada) == [("position", "college-technical", "Mereside College", 3, "pupil", False)]
    assert [each.allows for each in Wish.objects.order_by("pk")] == [True, False]
    asks = leavers_to_ask(LEFT_IN, "six-months", Pupil.objects.filter(pk=left.ada.pk))
    assert [each.why for each in asks.left_out] == ["does not want to be contacted"]


def test_a_parents_objection_stops_the_asking_and_not_their_own_word(left, link):
    stops_it("objected", left)
    assert "We were asked not to ask you again" in words(Client().get(link))
    send(link, **SAYS)
    assert len(said_of(left.ada)) == 1


def test_who_came_back_is_told_that_there_is_nothing_to_answer(left, link):
    stops_it("back", left)
    assert "since you are at the school again" in words(Client().get(link))
    assert "since you are at the school again" in words(send(link, **SAYS))
    assert Statement.objects.count() == 0


def test_an_ended_a_wrong_and_another_schools_link_are_answered_alike(left, link):
    key = Asked.objects.get().made_key
    wrong, elsewhere, nowhere = where(key="no-such-key"), where("beckford", key), where("nowhere", key)
    answers = [Client().get(each) for each in (wrong, elsewhere, nowhere)]
    Asking.objects.update(open_until=today() - timedelta(days=1))
    answers.append(Client().get(link))
    assert [each.status_code for each in answers] == [404] * 4
    assert len({words(each) for each in answers}) == 1
    assert "This link opens nothing" in words(answers[0])
    assert send(link, **SAYS).status_code == 404
    assert Statement.objects.count() == 0


def test_wrong_keys_are_slowed_down_where_they_come_from_and_nowhere_else(left, link):
    guessing, elsewhere = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    for _ in range(GUESSES):
        guessing.post(where(key="no-such-key"), SAYS)
    assert guessing.get(link).status_code == 404
    assert elsewhere.get(link).status_code == 200


def test_one_link_takes_so_many_answers_and_no_more(left, link):
    for number in range(10):
        send(link, route="looking", course=f"Plan {number}")
    page = send(link, **SAYS)
    assert "More answers have come by this link than it takes." in words(page)
    assert Statement.objects.count() == 10


def test_what_a_person_ruled_is_open_again_once_something_new_is_said(left, link):
    other = say(left.ada, source="provider", route="apprenticeship")
    send(link, **SAYS)
    say_which_holds(other, because="The employer rang", by=left.priya)
    assert [each.disagrees for each in person(left.ada).moments] == [False]
    send(link, **SAYS | {"course": "Plumbing"})
    assert [each.disagrees for each in person(left.ada).moments] == [True]
