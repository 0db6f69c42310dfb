"""The pages of handing over, the book and the first fortnight."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.curriculum.models import Subject
from dekaan.demo.people import PASSWORD
from dekaan.handover import changes, queries
from dekaan.handover.models import HandOver
from dekaan.handover.paper import book_pdf
from dekaan.handover.queries.book import CHAPTERS
from dekaan.handover.queries.fortnight import asked
from dekaan.library.models import Resource
from dekaan.partners.models import Contact, Conversation, Organisation
from dekaan.people.models import StaffMember
from dekaan.plan import changes as plan
from dekaan.plan.models import Decision, Meeting
from dekaan.team.models import Post, TermsOfPost
from tests.access.signing_in import code_of
from tests.databases import ON_POSTGRES
from tests.handover.conftest import DAY, NOW
from tests.handover.given import holds_everything, staffed
from tests.stock import pupil

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def words(answer) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def test_priya_hands_over_reads_what_goes_and_david_agrees_from_home(in_ashdown, at_work):
    priya, nell = staffed(in_ashdown)
    holds_everything(priya, in_ashdown.priya)
    browser = at_work("priya")
    said = {"from_staff": priya.pk, "to_staff": nell.pk, "starts_on": NOW.isoformat()}
    preview = browser.get(at("hand-over-new"), said)
    assert "Ring the college" in words(preview)
    goes = [each.key for each in queries.what_goes(priya, NOW)]
    receipt = browser.post(at("hand-over-new"), said | {"goes": goes}, follow=True)
    assert "It opens nothing until a second person agrees: David Ansah or Olive Tan" in words(receipt)
    one = HandOver.objects.get()
    assert "their account closes: it is their last role." in words(browser.get(at("hand-over-detail", one.pk)))
    home = at_work("david").get(at("home"))
    assert "it waits for you as the second person to agree. They get the Careers Leader’s access" in words(home)
    at_work("david").post(at("hand-over-agree", one.pk), follow=True)
    assert "Nell Hartley took careers over from Priya Raman" in words(at_work("nell").get(at("home")))
    assert browser.get(at("hand-over-page"))["Location"].startswith("/sign-in/")  # it was Priya's last role
    shown = words(at_work("nell").get(at("hand-over-detail", one.pk)))
    assert "1 agreement" in shown
    assert "Undo" in shown


def test_whoever_agrees_gives_the_second_factor_again_first(in_ashdown, at_work, settings):
    """As for whatever two people do: a session that was left open agrees to nothing."""
    priya, nell = staffed(in_ashdown)
    one = changes.plan_hand_over(in_ashdown.ashdown, from_=priya, to=nell, starts_on=NOW, by=in_ashdown.ellen)
    settings.SECOND_FACTOR = True
    key, browser, began = generate_totp_secret(), Client(), datetime.now(UTC)
    TOTP.activate(in_ashdown.priya, key)
    with time_machine.travel(began, tick=False):
        browser.post("/sign-in/", {"login": in_ashdown.priya.email, "password": PASSWORD})
        browser.post("/sign-in/code/", {"code": code_of(key)})
    with time_machine.travel(began + timedelta(minutes=16), tick=False):
        stopped = browser.post(at("hand-over-agree", one.pk))
        one.refresh_from_db()
        assert (stopped["Location"].split("?")[0], one.waits) == ("/sign-in/code/again/", True)
        browser.post(stopped["Location"], {"code": code_of(key), "next": at("hand-over-agree", one.pk)}, follow=True)
    one.refresh_from_db()
    assert one.agreed_by == in_ashdown.priya


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"to_staff": ""}, "Say who takes over"),
        ({"to_staff": "same"}, "Priya Raman has it already: choose somebody else"),
        ({"to_staff": "no address"}, "No Address has no e-mail address here: give one under Settings, Staff, and come back"),
        ({"to_staff": "leaves"}, f"Soon Gone works here until {DAY - timedelta(days=4):%-d %B %Y} only: choose somebody else"),
        ({"to_staff": "left"}, "Select a valid choice. That choice is not one of the available choices."),
        ({"starts_on": (NOW - timedelta(days=1)).isoformat()}, f"Give a day from {NOW:%-d %B %Y} on, within a year"),
        ({"starts_on": "tomorrow"}, "Give the day as day, month and year"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_nothing_is_planned(in_ashdown, at_work, changed, sentence):
    priya, nell = staffed(in_ashdown)
    others = {
        "same": priya,
        "no address": StaffMember.objects.create(forename="No", surname="Address"),
        "leaves": StaffMember.objects.create(
            forename="Soon", surname="Gone", email="soon@ashdown.example", ends_on=DAY - timedelta(days=4)
        ),
        "left": StaffMember.objects.create(
            forename="Gone", surname="Yesterday", email="gone@ashdown.example", ends_on=NOW - timedelta(days=1)
        ),
    }
    said = {"from_staff": priya.pk, "to_staff": nell.pk, "starts_on": DAY.isoformat()} | changed
    if said["to_staff"] in others:
        said["to_staff"] = others[said["to_staff"]].pk
    for answer in (at_work("priya").get(at("hand-over-new"), said), at_work("priya").post(at("hand-over-new"), said)):
        assert answer.status_code == 200
        assert sentence in words(answer)
    assert not HandOver.objects.exists()


def test_ellen_lets_nell_cover_and_says_that_priya_is_back(in_ashdown, at_work):
    priya, nell = staffed(in_ashdown)
    ellen = at_work("ellen")
    said = {"from_staff": priya.pk, "to_staff": nell.pk, "until": (NOW + timedelta(days=7)).isoformat()}
    ellen.post(at("cover-new"), said)
    one = HandOver.objects.get()
    at_work("david").post(at("hand-over-agree", one.pk))
    assert f"Nell Hartley covers for Priya Raman until {NOW + timedelta(days=7):%-d %B %Y}" in words(
        at_work("nell").get(at("home"))
    )
    assert "Priya Raman is back" in words(ellen.get(at("hand-over-detail", one.pk)))
    ellen.post(at("hand-over-call-off", one.pk))
    one.refresh_from_db()
    assert one.ending == HandOver.Ending.BACK


def test_a_second_plan_is_refused_in_words(in_ashdown, at_work):
    priya, nell = staffed(in_ashdown)
    said = {"from_staff": priya.pk, "to_staff": nell.pk, "starts_on": DAY.isoformat()}
    at_work("priya").post(at("hand-over-new"), said)
    again = at_work("ellen").post(at("hand-over-new"), said, follow=True)
    assert "Nothing was planned: a hand-over is planned or lasts already" in words(again)
    assert HandOver.objects.count() == 1


def test_the_book_of_a_new_school_says_of_each_chapter_what_would_fill_it(in_ashdown):
    of_nothing = queries.book(in_ashdown.ashdown, NOW, ROLES["careers-leader"].may)
    assert [each.slug for each in of_nothing.chapters] == list(CHAPTERS)
    assert all(section.lines or section.empty for each in of_nothing.chapters for section in each.sections)
    assert book_pdf(of_nothing).startswith(b"%PDF")


def test_the_book_names_no_pupil_no_terms_and_opens_nothing(in_ashdown, at_work):
    """Held here and kept out: a pupil by name who is invited, what the post is paid, and who signs in how."""
    priya, _ = staffed(in_ashdown)
    holds_everything(priya, in_ashdown.priya)
    pupil("Zebedee", "Quillfeather")
    TermsOfPost.objects.create(post=Post.objects.get(), grade="Grade SECRET")
    pages = [words(at_work("priya").get(at("handover-chapter", slug))) for slug in CHAPTERS]
    said = str(queries.book(in_ashdown.ashdown, NOW, ROLES["careers-leader"].may)) + " ".join(pages)
    assert "Careers policy" in said
    assert [each for each in ("Zebedee", "Quillfeather", "SECRET", "md5", "password$") if each in said] == []


def test_the_paper_is_the_same_for_the_same_records_and_says_that_it_was_printed(in_ashdown, at_work):
    priya, _ = staffed(in_ashdown)
    holds_everything(priya, in_ashdown.priya)
    one, two = (at_work("priya").get(at("handover-book-paper")) for _ in range(2))
    assert one["Content-Type"] == "application/pdf"
    assert one.content == two.content


@pytest.mark.parametrize("slug", CHAPTERS)
def test_a_chapter_asks_as_much_of_three_of_everything_as_of_one(in_ashdown, at_work, slug):
    priya, _ = staffed(in_ashdown)
    holds_everything(priya, in_ashdown.priya)
    browser, counted = at_work("priya"), []
    for _ in range(2):
        browser.get(at("handover-chapter", slug))
        with CaptureQueriesContext(connection) as made:
            browser.get(at("handover-chapter", slug))
        counted.append(len(made))
        for number in range(3):
            plan.give_task(title=f"Task {number}", due_on=NOW, owner=priya, by=None)
            plan.add_policy(title=f"Policy {number}", owner=priya, by=None)
    assert counted[0] == counted[1]
    assert counted[0] <= 20 + 2 * ON_POSTGRES


def test_what_goes_over_asks_as_much_of_many_things_as_of_one(in_ashdown, at_work):
    priya, nell = staffed(in_ashdown)
    holds_everything(priya, in_ashdown.priya)
    browser = at_work("priya")
    said = {"from_staff": priya.pk, "to_staff": nell.pk, "starts_on": DAY.isoformat()}
    one = changes.plan_hand_over(in_ashdown.ashdown, from_=priya, to=nell, starts_on=DAY, by=in_ashdown.priya)
    pages = {"preview": (at("hand-over-new"), said), "receipt": (at("hand-over-detail", one.pk), {})}
    counted = []
    for again in range(2):
        browser.get(at("hand-over-page"))
        counted.append({name: len(asked_by(browser, *page)) for name, page in pages.items()})
        if not again:
            Subject.objects.all().delete()  # its name is one a school has once
            Resource.objects.all().delete()
            for _ in range(3):
                holds_everything(priya, in_ashdown.priya)
                Subject.objects.all().update(name=F("pk"))
                Resource.objects.all().update(number=F("pk") + 10)
    assert counted[0] == counted[1]
    # Four at the door, two colleagues, whether they lead the trust, and one for each of seventeen kinds of thing.
    assert max(counted[0].values()) <= 24 + 2 * ON_POSTGRES


def asked_by(browser: Client, address: str, said: dict) -> list[dict]:
    with CaptureQueriesContext(connection) as made:
        assert "Ring the college" in words(browser.get(address, said))
    return list(made)


def test_a_chapter_that_is_none_is_not_there(in_ashdown, at_work):
    staffed(in_ashdown)
    assert at_work("priya").get(at("handover-chapter", "secrets")).status_code == 404


def test_nells_first_fortnight_knows_what_records_tell_and_takes_a_tick_for_the_rest(in_ashdown, at_work, settings):
    priya, nell = staffed(in_ashdown)
    one = changes.plan_hand_over(in_ashdown.ashdown, from_=priya, to=nell, starts_on=NOW, by=None)
    one.refresh_from_db()
    assert len(asked()) == 10
    plan.give_task(title="Late", due_on=NOW - timedelta(days=1), owner=nell, by=None)

    def done() -> set[str]:
        return {each.asked.key for each in queries.first_fortnight(one, NOW) if each.is_done}

    assert done() == {"providers"}
    browser = at_work("nell")
    browser.post(at("first-step", one.pk), {"step": "book", "done": "yes"})
    assert done() == {"providers", "book"}
    browser.post(at("first-step", one.pk), {"step": "book", "done": "no"})
    assert done() == {"providers"}
    assert browser.post(at("first-step", one.pk), {"step": "promises", "done": "yes"}).status_code == 404
    assert "The first fortnight" in words(browser.get(at("home")))
    settings.TODAY = (NOW + timedelta(days=14)).isoformat()
    assert "first fortnight" not in words(browser.get(at("home")))


def test_who_has_a_role_stands_in_the_book_of_those_alone_who_may_see_roles(in_ashdown, at_work):
    staffed(in_ashdown)
    pages = {name: words(at_work(name).get(at("handover-chapter", "access"))) for name in ("priya", "ellen", "david")}
    assert [name for name, said in pages.items() if "Olive Tan" in said] == ["priya"]


def test_every_line_of_the_book_leads_to_a_page_that_its_reader_may_open(in_ashdown, at_work):
    priya, _ = staffed(in_ashdown)
    holds_everything(priya, in_ashdown.priya)
    plan.give_task(title="Ring", due_on=NOW, owner=priya, by=None)
    meeting = Meeting.objects.create(kind="group", held_on=NOW)
    Decision.objects.create(meeting=meeting, words="Two lessons a term")
    for name in ("priya", "ellen", "david"):
        browser, led = at_work(name), set()
        for slug in CHAPTERS:
            page = browser.get(at("handover-chapter", slug)).content.decode()
            led |= set(re.findall(r'<dt><a class="govuk-link" href="([^"]+)"', page))
        assert len(led) > 10
        assert {address: code for address in led if (code := browser.get(address).status_code) != 200} == {}, name


def test_the_book_tells_how_a_partner_is_reached_to_those_alone_who_see_the_people_there(in_ashdown):
    """A person at an organisation who is no longer there is reached no more."""
    works = Organisation.objects.create(name="Millworks", kind="employer", added_on=NOW)
    basis = {"basis": "public-task", "basis_on": NOW, "basis_source": "Themselves", "added_on": NOW}
    asked_for = {"telephone": "01632 960 001", "email": "ida@millworks.example"}
    Contact.objects.create(organisation=works, name="Ida Bell", role="Director", **asked_for, **basis)
    Contact.objects.create(organisation=works, name="Gone Now", telephone="01632 960 002", left_on=NOW, **basis)
    Conversation.objects.create(organisation=works, how="telephone", held_on=NOW, said="Likes spring")
    may = ROLES["careers-leader"].may
    said = str(queries.book(in_ashdown.ashdown, NOW, may))
    assert "Ida Bell, Director, 01632 960 001, ida@millworks.example" in said
    assert "01632 960 002" not in said
    said = str(queries.book(in_ashdown.ashdown, NOW, may - {Permission.PARTNERS_SEE}))
    assert ["Millworks" in said, "960 001" in said, "ida@" in said] == [False, False, False]


def test_of_the_colleagues_who_could_take_over_those_with_a_role_stand_first_and_no_leaver_does(in_ashdown, at_work):
    priya, _ = staffed(in_ashdown)
    priya.ends_on = NOW  # from today she works here no more, and still hands over
    priya.save()
    StaffMember.objects.create(forename="Una", surname="Storey", email="una@ashdown.example")
    form = at_work("ellen").get(reverse("hand-over-page", args=["ashdown"])).context["form"]
    offered = {
        name: [(heading, [words for _, words in people]) for heading, people in form.fields[name].choices[1:]]
        for name in ("from_staff", "to_staff")
    }
    first, rest = "Who has a role in careers", "Everybody else"
    assert offered["to_staff"] == [(first, ["Nell Hartley"]), (rest, ["Una Storey"])]
    assert offered["from_staff"] == [(first, ["Nell Hartley", "Priya Raman"]), (rest, ["Una Storey"])]
