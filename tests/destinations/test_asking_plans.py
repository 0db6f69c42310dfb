"""A tutor group is asked by a link where they mean to go: who asks whom, the page, and what becomes of an answer."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dekaan.access.changes import give_role, open_account
from dekaan.core.academic_year import today
from dekaan.destinations.changes import remind_due
from dekaan.destinations.models import Asked, Asking, Statement
from dekaan.destinations.queries import asking_people, in_force, intents
from dekaan.people.changes import leave_school
from dekaan.people.models import Group, Pupil
from tests.destinations.test_asking import TYPED, later
from tests.destinations.test_views import at, browser, words
from tests.stock import pupil

pytestmark = pytest.mark.django_db

SAYS = {
    "route": "t-level",
    "provider_name": "Mereside College",
    "course": "Digital",
    "level": "3",
    "confidence": "high",
}


@pytest.fixture
def group(left):
    """Zoe and Yan of 11B, with addresses, and Xia without; Wil of 11C."""
    for forename, name in (("Zoe", "11B"), ("Yan", "11B"), ("Xia", "11B"), ("Wil", "11C")):
        email = "" if forename == "Xia" else f"{forename.lower()}@ashdown.example"
        made = pupil(forename, "Hart", year_group=11, tutor_group=name)
        Pupil.objects.filter(pk=made.pk).update(email=email)
    return Group.objects.get(name="11B")


def page(group) -> str:
    return f"{at('asking-new')}?group={group.pk}"


def ask(user, group):
    shown = browser(user).post(page(group), TYPED)
    return browser(user).post(page(group), TYPED | {"seen": shown.context["shown"].mark}, follow=True)


def link(forename="Zoe") -> str:
    return reverse("asked-answer", args=["ashdown", Asked.objects.get(pupil__forename=forename).made_key])


def said() -> list[tuple]:
    found = in_force(Statement.objects.filter(kind="intention"))
    return [(each.pupil.forename, each.route, each.is_backup, each.confidence, each.source) for each in found]


def test_a_group_is_asked_and_whoever_has_no_address_is_named(left, group):
    before = words(browser(left.priya).get(page(group)))
    assert "Ask 11B where they mean to go" in before
    assert "2 can be asked" in before
    assert "Hart, Xia No e-mail address is held" in before
    answer = words(ask(left.priya, group))
    assert "11B: asked on" in answer
    assert sorted(each.to[0] for each in mail.outbox) == ["yan@ashdown.example", "zoe@ashdown.example"]
    assert "What do you mean to do next?" in mail.outbox[0].subject
    assert "asked again" not in mail.outbox[0].body  # who is here is asked each term
    assert "Asked by a link" in words(browser(left.priya).get(at("intention-grid"), {"group": group.pk}))


def test_an_answer_is_an_intention_by_the_pupil_with_its_backup(left, group):
    ask(left.priya, group)
    answer = Client().post(link(), SAYS | {"backup": "apprenticeship"}, follow=True)
    assert "It has arrived." in words(answer)
    assert said() == [("Zoe", "t-level", False, "high", "pupil"), ("Zoe", "apprenticeship", True, "some", "pupil")]
    zoe = Pupil.objects.get(forename="Zoe")
    (intent,) = intents([zoe])
    assert (intent.shown["route"], intent.shown["backup"]) == ("T Level 3", "Apprenticeship")
    (asking,) = Asking.objects.all()
    assert [(each.asked.pupil.forename, each.stands.value) for each in asking_people(asking)] == [
        ("Yan", "waiting"),
        ("Zoe", "answered"),
    ]


def test_said_anew_it_corrects_both_and_keeps_them(left, group):
    ask(left.priya, group)
    Client().post(link(), SAYS | {"backup": "apprenticeship"})
    Client().post(link(), SAYS | {"route": "undecided", "confidence": "low", "backup": "apprenticeship"})
    assert said() == [("Zoe", "apprenticeship", True, "some", "pupil"), ("Zoe", "undecided", False, "low", "pupil")]
    assert Statement.objects.count() == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose what you mean to do. If you do not know yet, choose “Undecided”."),
        (SAYS | {"confidence": ""}, "Choose how sure you are."),
        (SAYS | {"backup": "t-level"}, "That is your first choice. Choose another, or leave it open."),
        (SAYS | {"route": "university"}, "Choose what you mean to do."),  # after Year 11
    ],
)
def test_a_wrong_answer_is_a_sentence(left, group, typed, sentence):
    ask(left.priya, group)
    answer = words(Client().post(link(), typed))
    assert sentence in answer
    assert "Hello Zoe" in answer
    assert "Yan" not in answer
    assert Statement.objects.count() == 0


def test_who_does_not_answer_is_reminded_and_then_asked_in_the_room(left, group, settings):
    ask(left.priya, group)
    Client().post(link("Yan"), SAYS)
    mail.outbox.clear()
    for days, letters in ((7, 1), (14, 2), (7, 2)):
        later(settings, days)
        remind_due(left.stock.ashdown, today())
        assert len(mail.outbox) == letters
    assert {each.to[0] for each in mail.outbox} == {"zoe@ashdown.example"}
    answer = words(browser(left.priya).get(at("asking-detail", Asking.objects.get().pk)))
    assert "1 to be asked in the room" in answer


def test_who_has_left_since_has_nothing_to_answer_here(left, group):
    ask(left.priya, group)
    leave_school(Pupil.objects.get(forename="Zoe"), on=today(), by=None)
    assert "since you have left" in words(Client().get(link()))
    assert "since you have left" in words(Client().post(link(), SAYS))
    assert Statement.objects.count() == 0
    assert "has left since" in words(browser(left.priya).get(at("asking-detail", Asking.objects.get().pk)))


def test_a_tutor_asks_their_own_group_and_sees_no_other_asking(left, group):
    tess = open_account(email="tess@ashdown.example", name="Tess Marsh", password=None)
    give_role(user=tess, role="tutor", school=left.stock.ashdown, scope={"tutor_groups": [group.name]}, by=None)
    other = Group.objects.get(name="11C")
    assert "Ask 11B where they mean to go" in words(browser(tess).get(page(group)))
    ask(left.priya, other)
    theirs = Asking.objects.get()
    for name in ("asking-detail", "asking-undo", "asking-stop"):
        assert browser(tess).post(at(name, theirs.pk)).status_code == 404, name
    ask(tess, group)
    own = Asking.objects.latest("pk")
    assert browser(tess).get(at("asking-detail", own.pk)).status_code == 200
