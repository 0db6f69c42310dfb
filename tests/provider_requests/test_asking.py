"""Asking without an account: what arrives, what a robot is told, and what bad input comes to."""

import html
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dekaan.access.models import Attempts
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.models import Activity, Session
from dekaan.provider_requests import robots
from dekaan.provider_requests.models import FormRefusals, ProviderReply, ProviderRequest
from tests.factories.provider_requests import ASKS, asked, write_policy
from tests.stock import pupil

pytestmark = pytest.mark.django_db
FORM = "/provider-access/ashdown/"


@pytest.fixture
def form(with_policy):
    pupil("Ada", year_group=10)
    pupil("Ben", year_group=9, tutor_group="9A")
    return with_policy


def page_of(client: Client) -> str:
    return re.search(r'name="page" value="([^"]+)"', client.get(FORM).content.decode()).group(1)


def send(client: Client, *, page: str = "", address: str = "127.0.0.1", **said):
    typed = {name: [str(each) for each in value] if isinstance(value, list) else value for name, value in ASKS.items()}
    return client.post(FORM, {"page": page or page_of(client), **typed, **said}, follow=True, REMOTE_ADDR=address)


def words(answer) -> str:
    return html.unescape(answer.content.decode())


def test_a_college_asks_and_is_given_a_reference_and_a_telephone_number(form, anybody):
    answer = send(anybody)
    request = ProviderRequest.objects.get()
    assert answer.redirect_chain == [(f"/provider-access/ashdown/received/{request.reference}/", 302)]
    assert "Your request has arrived" in words(answer)
    assert request.reference in words(answer)
    assert "01632 960 123" in words(answer)
    kept = {name: getattr(request, name) for name in ASKS}
    assert kept == ASKS
    assert (request.state, request.received_on, request.decided_on) == ("new", today(), None)
    assert (Activity.objects.count(), Session.objects.count()) == (0, 0), "it is matched to nothing"


def test_the_mail_that_it_arrived_repeats_nothing_that_was_typed(form, anybody):
    send(anybody)
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == (["jo@northtees.example"], ["careers@ashdown.example"])
    assert "Ashdown School" in sent.from_email
    assert ProviderRequest.objects.get().reference in sent.body
    for name in ("organisation", "contact_name", "what", "needs", "when_said"):
        assert ASKS[name] not in sent.body + sent.subject
    assert ProviderReply.objects.get().kind == "receipt"


def test_the_same_twice_is_told_that_it_is_there_and_kept_once(form, anybody):
    page = page_of(anybody)
    first = send(anybody, page=page)
    for answer in (send(anybody, page=page), send(anybody), send(anybody, what=ASKS["what"].upper())):
        assert "It is here already" in words(answer)
        assert ProviderRequest.objects.get().reference in words(answer)
    assert "Your request has arrived" in words(first)
    assert (ProviderRequest.objects.count(), len(mail.outbox)) == (1, 1)


def test_other_words_from_the_same_page_after_a_step_back_are_another_request(form, anybody):
    page = page_of(anybody)
    send(anybody, page=page)
    answer = send(anybody, page=page, what="A workshop on nursing")
    assert "Your request has arrived" in words(answer)
    assert [each.what for each in ProviderRequest.objects.order_by("pk")] == [ASKS["what"], "A workshop on nursing"]
    ProviderRequest.objects.update(same_as=None)  # both are answered
    assert "It is here already" in words(send(anybody, page=page, what="A workshop on nursing"))
    assert ProviderRequest.objects.count() == 2


def test_another_request_of_the_same_address_is_another(form, anybody):
    send(anybody)
    answer = send(anybody, what="A workshop on nursing")
    assert "Your request has arrived" in words(answer)
    assert ProviderRequest.objects.count() == 2


def test_an_address_that_is_known_is_answered_like_one_that_is_not(form, anybody):
    send(anybody)
    known, unknown = send(anybody, what="Another"), send(anybody, what="Another", contact_email="new@college.example")

    def plain(answer):
        return re.sub(r"PA-[A-Z2-7]{5}", "", words(answer))

    assert plain(known) == plain(unknown)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("organisation", "", "Give the name of your organisation."),
        ("organisation_kind", "a bank", "Choose which of these you are."),
        ("contact_email", "jo at northtees", "Give an e-mail address, such as name@college.ac.uk."),
        ("contact_email", "jo@northtees.example\nBcc: all@school.example", "Give an e-mail address"),
        ("contact_telephone", "ring me", "Give the telephone number in figures"),
        ("year_groups", [], "Choose at least one year group."),
        ("year_groups", ["99"], "Choose at least one year group."),
        ("what", "", "Say what you would like to do."),
        ("what", "x" * 10_000, "Say it in 1,500 letters or fewer: it has 10000."),
        ("organisation", "x" * 10_000, "Say it in 150 letters or fewer."),
        ("staff_number", "many", "Give a whole number from 1 to 200."),
        ("mode", "recorded", "Choose where."),
    ],
)
def test_what_is_typed_wrongly_is_said_plainly_and_nothing_is_lost(form, anybody, field, value, says):
    answer = send(anybody, **{field: value})
    assert answer.status_code == 200
    assert says in words(answer)
    assert "Jo Abara" in words(answer)
    if isinstance(value, str):
        assert value in words(answer) or field in {"organisation_kind", "mode"}
    assert (ProviderRequest.objects.count(), len(mail.outbox)) == (0, 0)


def test_markup_is_taken_as_the_text_that_it_is_and_shown_so_everywhere(form, anybody, priya):
    evil = "<script>alert(1)</script> <b>Bold</b>"
    send(anybody, what=evil, organisation="<img src=x onerror=alert(2)>")
    request = ProviderRequest.objects.get()
    assert request.what == evil
    card = priya.get(reverse("provider-request-detail", args=["ashdown", request.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in card
    assert ("<script>alert" in card, "<img src=x" in card) == (False, False)
    everywhere = ["/ashdown/", "/ashdown/requests/", "/ashdown/requests/log/"]
    assert not any("<img src=x" in priya.get(each).content.decode() for each in everywhere)
    taken = priya.get("/ashdown/requests/log/export/").content.decode("utf-8-sig")
    assert "<img src=x onerror=alert(2)>" in taken


@pytest.mark.parametrize(
    ("spoilt", "why", "says"),
    [
        ({"fax": "01632 960 999"}, "trap", "A box that people do not see was filled in"),
        ({"what": "https://a.example www.b.example <a href=c>"}, "links", "It holds more than 2 web addresses written"),
        ({"what": "[url=x] [url=y]", "needs": "http://z.example"}, "links", "It holds more than 2 web addresses"),
        ({"page": "made-up"}, "too-fast", "It was sent within"),
    ],
)
def test_a_robot_is_refused_in_a_sentence_kept_nowhere_and_counted(form, anybody, spoilt, why, says):
    answer = send(anybody, **spoilt)
    assert says in words(answer)
    assert 'role="alert"' in words(answer)
    assert "Jo Abara" in words(answer), "a person who is meant by mistake loses nothing"
    assert (ProviderRequest.objects.count(), len(mail.outbox)) == (0, 0)
    assert list(FormRefusals.objects.values_list("day", "why", "number")) == [(today(), why, 1)]
    page = re.search(r'name="page" value="([^"]+)"', answer.content.decode()).group(1)
    assert "Your request has arrived" in words(send(anybody, page=page)), "and presses once more"


MISTAKES = {
    "a blank": ({"contact_name": ""}, "Give your name."),
    "an address": ({"contact_email": "jo at northtees"}, "Give an e-mail address, such as"),
    "too many links": (
        {"what": "https://a.example https://b.example www.c.example"},
        "Give 2 web addresses or fewer: take some out.",
    ),
    "too long": ({"what": "word " * 300 + "end"}, "Say it in 1,500 letters or fewer: it has 1503."),
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("sign", [{}, {"fax": "01632 960 999"}, {"page": "made-up"}])
def test_an_ordinary_mistake_is_said_alone_and_counted_as_no_robot(form, anybody, mistake, sign):
    typed, says = MISTAKES[mistake]
    for _ in range(7):
        answer = send(anybody, **typed, **sign)
    assert says in words(answer)
    assert 'class="receipt broken"' not in words(answer), "nothing of robots stands above it"
    assert answer.status_code == 200
    assert FormRefusals.objects.count() == 0
    for value in typed.values():
        assert value in words(answer), "what was typed stands in the form"
    assert "Your request has arrived" in words(send(anybody)), "and nobody is made to wait for it"


def test_the_browser_cuts_nothing_and_the_limit_stands_beside_the_box(form, anybody):
    page = words(anybody.get(FORM))
    assert "maxlength" not in page
    for said in ("In plain text of 1,500 letters or fewer", "in 200 letters or fewer", "in 300 letters or fewer"):
        assert said in page
    lines = "\r\n".join(["x" * 299] * 5)  # 1,499 letters as a person counts them
    assert "Your request has arrived" in words(send(anybody, what=lines))


def test_nobody_types_as_fast_as_a_robot(form, anybody, monkeypatch):
    monkeypatch.setattr(robots, "LEAST_SECONDS", 5)
    assert "It was sent within" in words(send(anybody))
    page = robots.new_page(now=robots.time.time() - 6)
    assert "Your request has arrived" in words(send(anybody, page=page))


def test_two_web_addresses_are_no_robots(form, anybody):
    answer = send(anybody, what="See https://northtees.example and www.northtees.example/visits")
    assert "Your request has arrived" in words(answer)


def test_whoever_sends_often_waits_and_is_told_for_how_long_and_whom_to_ring(form, anybody):
    for number in range(6):
        answer = send(anybody, what=f"Talk {number}")
    assert answer.status_code == 429
    assert re.search(r"wait \d+ seconds and press Send again, or telephone", words(answer))
    assert "01632 960 123" in words(answer)
    assert "Talk 5" in words(answer)
    assert ProviderRequest.objects.count() == 5
    assert FormRefusals.objects.get().why == "too-often"
    Attempts.objects.update(wait_until=robots_past())
    assert "Your request has arrived" in words(send(anybody, what="Talk 5"))


def test_thirty_robots_from_everywhere_do_not_shut_out_a_college(form, anybody):
    for number in range(30):
        send(anybody, what=f"Buy {number}", fax="x", address=f"203.0.113.{number}")
    assert ProviderRequest.objects.count() == 0
    assert "Your request has arrived" in words(send(anybody, address="198.51.100.7"))


def test_a_robot_that_keeps_on_from_one_address_waits(form, anybody):
    answers = [send(anybody, what=f"Buy {number}", fax="x").status_code for number in range(6)]
    assert answers == [200] * 5 + [429]


def test_what_was_sent_is_forgotten_by_and_by_also_where_others_follow(form, anybody):
    for number in range(4):
        send(anybody, what=f"Talk {number}")
    Attempts.objects.update(last_at=robots_past() - timedelta(minutes=44))
    for number in range(4, 6):
        assert "Your request has arrived" in words(send(anybody, what=f"Talk {number}"))
    assert sorted(Attempts.objects.values_list("count", flat=True)) == [2, 2, 3]


def robots_past():
    from django.utils import timezone  # the moment is that of the test

    return timezone.now() - timedelta(minutes=1)


def test_when_very_many_wait_no_more_are_taken_and_the_telephone_is_named(form, anybody, monkeypatch):
    monkeypatch.setattr("dekaan.provider_requests.changes.MOST_WAITING", 1)
    asked(form.ashdown)
    answer = send(anybody, what="One more")
    assert "So many requests wait" in words(answer)
    assert ProviderRequest.objects.count() == 1


def test_a_school_without_a_policy_a_closed_form_and_no_school_are_answered_alike(form, anybody):
    write_policy(is_open=False)
    with working_in(form.beckford):
        pupil("Cleo")
    answers = [anybody.get(f"/provider-access/{slug}/") for slug in ("ashdown", "beckford", "nowhere")]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert anybody.post(FORM, ASKS).status_code == 404
    assert ProviderRequest.objects.count() == 0


def test_the_receipt_looks_nothing_up_and_shows_nothing_made_up(form, anybody):
    assert anybody.get("/provider-access/ashdown/received/PA-AAAAA/").status_code == 200
    for made_up in ("hello", "PA-aaaaa", "PA-AAAAAA", "PA-1111-x"):
        assert anybody.get(f"/provider-access/ashdown/received/{made_up}/").status_code == 404


def test_the_form_names_nobody_but_whom_to_write_to(form, anybody):
    page = anybody.get(FORM).content.decode()
    assert ("Lovell" in page, "Priya Raman" in page, "Year 9" in page) == (False, True, True)
    assert "erased four months after it is over" in page


def test_somebody_whom_the_law_does_not_mean_may_ask_and_the_card_says_so(form, anybody, priya):
    send(anybody, organisation="Ashdown Bank", organisation_kind="something-else")
    request = ProviderRequest.objects.get()
    card = words(priya.get(reverse("provider-request-detail", args=["ashdown", request.pk])))
    assert "the law on provider access is not about them" in card
    assert request.state == "new", "a person decides"


def test_the_form_is_headed_by_the_school_and_not_by_the_program(form, anybody):
    page = anybody.get(FORM).content.decode()
    assert '<span class="mark">Ashdown School</span>' in page
    assert "Dekaan" not in page
