"""Asking leavers by a link: who is asked and who is not, the letter that is seen first, what is taken back, who is reminded."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.destinations.changes import begin_asking, draft_asking, remind_due, say_wish, stop_asking
from dekaan.destinations.ladder import ladder
from dekaan.destinations.models import Asked, Asking
from dekaan.destinations.queries import asked_of, call_list, leavers_to_ask
from dekaan.frameworks.queries import routes
from dekaan.jobs.models import Mail
from dekaan.people.changes import return_to_school
from dekaan.people.models import Pupil
from tests.databases import ON_POSTGRES
from tests.destinations.given import LEFT_IN, leaver
from tests.destinations.test_views import at, browser, say, words
from tests.stock import pupil

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 20
TYPED = {
    "contact_name": "Priya Raman",
    "contact_email": "careers@ashdown.example",
    "contact_telephone": "01632 960001",
    "own_words": "The new sixth form block is open.",
    "reminds": "on",
}


@pytest.fixture
def outbox(settings) -> None:
    """Mail goes the way it goes outside tests: it is written down, and waits."""
    settings.EMAIL_BACKEND = "dekaan.jobs.outbox.Outbox"


def allow(person, address="", allows=True, until=None):
    return say_wish(
        person,
        about="in-touch",
        allows=allows,
        who="pupil",
        by=None,
        until=until,
        reached_at=address or f"{person.forename.lower()}@home.example",
    )


def ask(left, *people, kind="position", reminds=True) -> Asking:
    """Those who can be asked were, with reminders."""
    asks = leavers_to_ask(LEFT_IN, kind, Pupil.objects.all())
    chosen = [each for each in asks.people if not people or each.pupil in people]
    typed = {name: TYPED[name] for name in TYPED if name != "reminds"}
    draft = draft_asking(kind=kind, left_in=LEFT_IN, here="https://dekaan.example", reminds=reminds, **typed)
    return begin_asking(draft, left.stock.ashdown, chosen, by=left.priya)


def page(moment="position", year=LEFT_IN) -> str:
    return f"{at('asking-new')}?year={year}&moment={moment}"


def later(settings, days: int) -> None:
    """So many days on."""
    settings.TODAY = (today() + timedelta(days=days)).isoformat()


def sent_by_press(left):
    """The page is looked at and sent; what came of it."""
    shown = browser(left.priya).post(page(), TYPED)
    return browser(left.priya).post(page(), TYPED | {"seen": shown.context["shown"].mark}, follow=True)


def test_every_answer_is_a_route_and_every_route_is_offered_or_says_why_not():
    offered, said = {each.route for each in ladder().answers}, ladder().not_asked
    outcomes = {each.key for each in routes().values() if not each.is_plan_only}
    assert offered | set(said) == outcomes
    assert offered & set(said) == set()
    assert [each.key for each in ladder().steps] == ["ask", "remind", "remind-again", "telephone"]


def test_who_is_asked_and_who_is_not_is_said_with_the_reason(left):
    carys, dev, eve, flo, gil = (leaver(name, "Abbot") for name in ("Carys", "Dev", "Eve", "Flo", "Gil"))
    allow(left.ada)
    allow(carys, allows=False)
    allow(dev, until=today())
    allow(eve, "01632 960777")
    allow(flo)
    say(flo)
    allow(gil)
    say(gil, route="refused")
    Pupil.objects.filter(pk=dev.pk).update(email="dev@school.example")
    asks = leavers_to_ask(LEFT_IN, "position", Pupil.objects.all(), today() + timedelta(days=1))
    assert [(each.pupil.forename, each.to) for each in asks.people] == [("Ada", "ada@home.example")]
    assert {each.pupil.forename: each.why for each in asks.left_out} == {
        "Carys": "does not want to be contacted",
        "Dev": f"permission ended on {today():%-d %B %Y}",
        "Eve": "no e-mail address is held",
        "Gil": "was asked and does not want to say",
        "Ben": "was never asked whether the school may keep in touch",
    }
    assert asks.known == 1
    ask(left)
    again = leavers_to_ask(LEFT_IN, "position", Pupil.objects.filter(pk=left.ada.pk))
    assert [each.why for each in again.left_out] == [f"was asked on {today():%-d %B %Y}, and that link is still open"]
    assert leavers_to_ask(LEFT_IN, "six-months", Pupil.objects.filter(pk=left.ada.pk)).people  # another moment


def test_nothing_leaves_before_it_was_seen_and_what_was_seen_leaves(left):
    allow(left.ada)
    allow(left.ben)
    shown = browser(left.priya).post(page(), TYPED)
    assert "This is what goes out to 2" in words(shown)
    assert "Dear Ada," in words(shown)
    assert "Reminded again: after 14 days" in words(shown)
    assert (Asking.objects.count(), len(mail.outbox)) == (0, 0)
    answer = browser(left.priya).post(page(), TYPED | {"seen": shown.context["shown"].mark}, follow=True)
    assert "2 asked, 0 answered" in words(answer)
    first, second = mail.outbox
    assert (first.to, second.to) == (["ada@home.example"], ["ben@home.example"])
    assert first.reply_to == ["careers@ashdown.example"]
    assert "Ben" not in first.body
    assert "Okoro" not in first.subject + first.body
    assert "01632 960001" in first.body
    assert "The new sixth form block is open." in first.body
    assert "Ada" not in first.subject
    keys = [each.made_key for each in Asked.objects.order_by("pk")]
    assert [f"/where-next/ashdown/{key}/" in each.body for key, each in zip(keys, mail.outbox, strict=True)] == [
        True,
        True,
    ]
    assert len(set(keys)) == 2


def test_somebody_found_meanwhile_is_not_sent_a_letter_that_was_seen_before(left):
    allow(left.ada)
    allow(left.ben)
    shown = browser(left.priya).post(page(), TYPED)
    say(left.ben)
    answer = browser(left.priya).post(page(), TYPED | {"seen": shown.context["shown"].mark})
    assert "It reads otherwise than when you looked" in words(answer)
    assert "This is what goes out to 1" in words(answer)
    assert len(mail.outbox) == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"contact_email": "nobody"}, "Give an address such as careers@school.example."),
        ({"contact_telephone": ""}, "Give the school’s telephone number"),
        ({"own_words": "Ben Okoro is at college already."}, "Ben Okoro is the name of a pupil"),
    ],
)
def test_what_cannot_be_sent_so_is_a_sentence_and_stands_as_typed(left, typed, sentence):
    allow(left.ada)
    answer = browser(left.priya).post(page(), TYPED | typed)
    assert sentence in words(answer)
    assert TYPED["contact_name"] in answer.content.decode()
    assert len(mail.outbox) == 0


def test_letters_wait_and_are_taken_back_until_they_leave(left, outbox):
    allow(left.ada)
    allow(left.ben)
    answer = sent_by_press(left)
    assert "2 letters wait a few minutes before they leave" in words(answer)
    waits = [each.due_at - each.written_at for each in Mail.objects.all()]
    assert all(timedelta(minutes=9) < each < timedelta(minutes=11) for each in waits)
    Mail.objects.filter(to="ben@home.example").update(state=Mail.State.SENT, sealed="")  # the worker was quicker
    asking = Asking.objects.get()
    back = browser(left.priya).post(at("asking-undo", asking.pk), follow=True)
    assert "1 letter taken back: they were never asked. 1 had left by then and stands." in words(back)
    assert [each.pupil.forename for each in Asked.objects.all()] == ["Ben"]
    assert [each.to for each in Mail.objects.all()] == ["ben@home.example"]
    too_late = browser(left.priya).post(at("asking-undo", asking.pk), follow=True)
    assert "Too late: all have left." in words(too_late)


def test_taken_back_whole_nobody_was_asked(left, outbox):
    allow(left.ada)
    sent_by_press(left)
    answer = browser(left.priya).post(at("asking-undo", Asking.objects.get().pk), follow=True)
    assert "1 letter taken back" in words(answer)
    assert (Asking.objects.count(), Asked.objects.count(), Mail.objects.count()) == (0, 0, 0)


def test_the_ladder_reminds_twice_and_ends_at_the_telephone(left, settings):
    allow(left.ada)
    asking, ashdown = ask(left), left.stock.ashdown
    mail.outbox.clear()
    begun = asking.begun_on
    for days, letters in ((1, 0), (6, 0), (7, 1), (8, 1), (20, 1), (21, 2), (27, 2)):
        later(settings, days - (today() - begun).days)
        remind_due(ashdown, today())
        remind_due(ashdown, today())  # the morning comes twice
        assert len(mail.outbox) == letters, days
    assert not asked_of([left.ada.pk])[left.ada.pk].is_to_be_called
    later(settings, 1)
    remind_due(ashdown, today())
    assert len(mail.outbox) == 2
    assert mail.outbox[0].body.count(Asked.objects.get().made_key) == 1
    assert "have not heard from you yet" in mail.outbox[0].body
    assert asked_of([left.ada.pk])[left.ada.pk].stands == "telephone"
    first = call_list(LEFT_IN, "position", Pupil.objects.all()).calls[0]
    assert (first.leaver.pupil, first.comes_first) == (left.ada, True)


def test_whoever_is_to_be_telephoned_stands_first_on_the_grid(left):
    zoe = leaver("Zoe", "Young")
    allow(zoe)
    ask(left, zoe)
    names = [each.leaver.pupil.forename for each in call_list(LEFT_IN, "position", Pupil.objects.all()).calls]
    assert names == ["Ada", "Ben", "Zoe"]
    Asking.objects.update(open_until=today() - timedelta(days=1))
    names = [each.leaver.pupil.forename for each in call_list(LEFT_IN, "position", Pupil.objects.all()).calls]
    assert names == ["Zoe", "Ada", "Ben"]


def stops_it(how: str, left) -> None:
    """Something happens to Ada that makes a reminder needless or unwanted."""
    if how == "known":
        say(left.ada, source="provider")
    elif how == "opted-out":
        allow(left.ada, allows=False)
    elif how == "objected":
        say_wish(left.ada, about="in-touch", allows=False, who="parent", by=left.priya)
    elif how == "ended":
        allow(left.ada, until=today() + timedelta(days=3))
    elif how == "back":
        return_to_school(left.ada, starts_on=today(), year_group=13, by=None)
    elif how == "failed":
        name = Asked.objects.get().letters.get().message_id
        Mail.objects.create(
            message_id=name,
            to="a@b.example",
            state=Mail.State.UNSENDABLE,
            written_at=timezone.now(),
            due_at=timezone.now(),
        )
    elif how == "stopped":
        stop_asking(Asking.objects.get(), by=left.priya)


@pytest.mark.parametrize(
    ("how", "stands"),
    [
        ("known", "known"),
        ("opted-out", "opted-out"),
        ("objected", "opted-out"),
        ("ended", "ended"),
        ("back", "back"),
        ("failed", "failed"),
        ("stopped", "waiting"),
    ],
)
def test_the_ladder_stops(left, settings, how, stands):
    allow(left.ada)
    ask(left)
    stops_it(how, left)
    mail.outbox.clear()
    later(settings, 8)
    remind_due(left.stock.ashdown, today())
    assert len(mail.outbox) == 0
    assert asked_of([left.ada.pk])[left.ada.pk].stands == stands


def test_a_letter_that_came_back_is_known_to_have_when_the_mail_is_forgotten(left):
    allow(left.ada)
    ask(left)
    stops_it("failed", left)
    remind_due(left.stock.ashdown, today())
    Mail.objects.all().delete()
    assert asked_of([left.ada.pk])[left.ada.pk].stands == "failed"
    assert "the mail came back" in words(browser(left.priya).get(at("leaver-list"), {"year": LEFT_IN}))


def test_whose_mail_came_back_is_asked_again_at_another_address_and_not_at_that_one(left):
    allow(left.ada)
    ask(left)
    stops_it("failed", left)
    again = leavers_to_ask(LEFT_IN, "position", Pupil.objects.filter(pk=left.ada.pk))
    assert [each.why for each in again.left_out] == [
        f"was asked on {today():%-d %B %Y}, and the mail to ada@home.example came back"
    ]
    allow(left.ada, "ada@new.example")
    again = leavers_to_ask(LEFT_IN, "position", Pupil.objects.filter(pk=left.ada.pk))
    assert [each.to for each in again.people] == ["ada@new.example"]


def test_a_page_asks_the_database_as_often_for_many_as_for_one(left):
    priya = browser(left.priya)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert priya.get(address).status_code == 200
        return len(found)

    allow(left.ada)
    asking = ask(left)
    pages = [f"{at('leaver-list')}?year={LEFT_IN}", page("six-months"), at("asking-detail", asking.pk)]
    one = [asked(each) for each in pages]
    for name in ("Carys", "Dev", "Eve"):
        allow(leaver(name, "Abbot"))
    many = ask(left)
    assert [asked(each) for each in [*pages[:2], at("asking-detail", many.pk)]] == one
    # On PostgreSQL each request says twice whose rows it may see.
    assert max(one) <= MOST_STATEMENTS + 2 * ON_POSTGRES


def test_nobody_is_reminded_where_nobody_began_it(left, settings):
    allow(left.ada)
    ask(left, reminds=False)
    mail.outbox.clear()
    later(settings, 8)
    remind_due(left.stock.ashdown, today())
    assert len(mail.outbox) == 0


def test_the_list_of_leavers_says_how_it_stands(left):
    allow(left.ada)
    asking = ask(left)
    said = words(browser(left.priya).get(at("leaver-list"), {"year": LEFT_IN}))
    assert f"Asked {today():%-d %b}" in said
    assert "Ask by a link" in said
    detail = words(browser(left.priya).get(at("asking-detail", asking.pk)))
    assert "1 asked, 0 answered" in detail
    assert "ada@home.example" in detail
    stopped = browser(left.priya).post(at("asking-stop", asking.pk), follow=True)
    assert "No more reminders go out." in words(stopped)
    assert Asking.objects.get().stopped_on == today()


def test_another_schools_asking_is_not_found(left):
    allow(left.ada)
    asking = ask(left)
    with working_in(left.stock.beckford):
        away = pupil("Bea", "Marsh", year_group=11)
    assert away.school_id != asking.school_id
    maeve = left.stock.maeve
    for name in ("asking-detail", "asking-undo", "asking-stop"):
        client = browser(maeve)
        assert client.post(at(name, asking.pk, slug="beckford")).status_code == 404
