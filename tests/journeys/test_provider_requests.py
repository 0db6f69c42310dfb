"""A provider asks by the public form and gets the reply over real SMTP; answering takes four clicks from Home."""

import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from dekaan.core.scope import working_in
from dekaan.jobs.changes import begin_work, send_due
from dekaan.programme.models import Session
from dekaan.provider_requests import robots
from dekaan.provider_requests.models import ProviderRequest
from tests.factories.provider_requests import GROUNDS, asked, free_time, write_policy
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE, Visit
from tests.stock import Stock, make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CLICKS = 4


class Postbox:
    """A real mail server that keeps what it is given."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@pytest.fixture
def postbox(settings):
    handler = Postbox()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "dekaan.jobs.outbox.Outbox"
    settings.EMAIL_URL, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = *["127.0.0.1"] * 2, port, 5
    yield handler
    controller.stop()


@pytest.fixture
def school() -> Stock:
    stock = make_stock()
    pupils(Place(stock.ashdown), 7)
    pupils(Place(stock.ashdown), 7, year_group=9, tutor_group="9A", surname="Brook")
    with working_in(stock.ashdown):
        write_policy()
        free_time()
    return stock


def looks_right(person: Visit) -> None:
    assert person.violations() == []
    assert not person.is_too_wide()
    assert person.failures == []


def fill_in(person: Visit) -> None:
    person.type("Your organisation", "North Tees College")
    person.page.get_by_label("We offer technical qualifications").check()
    person.type("Your name", "Jo Abara")
    person.type("Your e-mail address", "jo@northtees.example")
    person.page.get_by_label("Year 9", exact=True).check()
    person.page.get_by_label("An assembly").check()
    person.type("What would you like to do?", "Twenty minutes on T Levels, with two learners")
    for each in ("About you", "The careers that these", "What learning or training", "Answers to pupils"):
        person.page.get_by_label(each).check()


def test_from_the_public_form_to_the_reply_received_over_smtp(visit, school, postbox):
    jo, priya = visit(width=NARROW), visit(school.priya, width=WIDE)
    jo.open("/provider-access/ashdown/")
    looks_right(jo)
    fill_in(jo)
    jo.page.wait_for_timeout(robots.LEAST_SECONDS * 1000)
    jo.press("Send")
    assert "Your request has arrived" in jo.words
    assert "01632 960 123" in jo.words
    looks_right(jo)

    worker = begin_work()
    send_due(worker)
    ((to, receipt),) = postbox.mails
    with working_in(school.ashdown):
        request = ProviderRequest.objects.get()
    assert (to, request.reference in receipt.get_content()) == (["jo@northtees.example"], True)

    priya.open("/ashdown/")
    assert "1 provider waits for an answer, due" in priya.words
    looks_right(priya)
    priya.press("North Tees College")
    looks_right(priya)
    priya.press("Look at the offer")
    looks_right(priya)
    seen = priya.page.locator("#letter").inner_text()
    priya.press("Send", role="button")
    assert "The offer is on its way." in priya.words
    looks_right(priya)
    assert priya.clicks <= CLICKS

    send_due(worker)
    to, offer = postbox.mails[1]
    assert to == ["jo@northtees.example"]
    assert offer["Reply-To"] == "careers@ashdown.example"
    assert str(offer["From"]).startswith("Ashdown School")
    assert offer.get_content().split() == seen.split(), "what was seen is what came"

    priya.page.locator("input[name=slot]").first.check()
    priya.press("Look at the agreement")
    priya.press("Send and plan it")
    assert "the session is planned" in priya.words
    send_due(worker)
    assert len(postbox.mails) == 3
    with working_in(school.ashdown):
        assert Session.objects.get().activity.partner_name == "North Tees College"


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_job_7_a_providers_request_is_answered_in_four_clicks(visit, school, width):
    with working_in(school.ashdown):
        declined, offered = asked(school.ashdown), asked(school.ashdown, organisation="Weirside Training")
    for request, unfold, look in (
        (declined, "Decline, on a ground of the policy", GROUNDS[1]),
        (offered, "", "Look at the offer"),
    ):
        priya = visit(school.priya, width=width)
        priya.open("/ashdown/")
        priya.press(request.organisation)
        looks_right(priya)
        if unfold:
            priya.unfold(unfold)
            looks_right(priya)
        priya.press(look)
        looks_right(priya)
        priya.press("Send", role="button")
        assert "is on its way" in priya.words
        assert priya.clicks <= CLICKS
        looks_right(priya)
    with working_in(school.ashdown):
        states = dict(ProviderRequest.objects.values_list("organisation", "state"))
    assert states == {"North Tees College": "refused", "Weirside Training": "offered"}


def test_a_provider_without_a_script_asks_as_well(visit, school):
    jo = visit(javascript=False)
    jo.open("/provider-access/ashdown/")
    fill_in(jo)
    jo.page.wait_for_timeout(robots.LEAST_SECONDS * 1000)
    jo.press("Send")
    assert "Your request has arrived" in jo.words
    assert jo.clicks == 1


def test_what_is_wrong_is_said_where_it_is_and_a_robot_is_told_so(visit, school):
    jo = visit(width=NARROW)
    jo.open("/provider-access/ashdown/")
    jo.press("Send")
    assert "Give the name of your organisation." in jo.words
    assert "as robots do" not in jo.words
    looks_right(jo)
    fill_in(jo)
    jo.page.locator("#fax").evaluate("box => { box.value = '01632 960 999' }")
    jo.press("Send")
    assert "A box that people do not see was filled in" in jo.words
    assert "There is a problem" not in jo.words
    looks_right(jo)
    jo.page.wait_for_timeout(robots.LEAST_SECONDS * 1000)
    jo.press("Send")
    assert "Your request has arrived" in jo.words
