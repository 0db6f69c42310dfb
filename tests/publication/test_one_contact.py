"""One contact for providers: the policy on requests follows the public pages, and S1 is met only while all say one number."""

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.duties.queries import duty_board
from dekaan.provider_requests.changes import say_rules
from dekaan.provider_requests.queries import access_rules
from dekaan.publication import changes
from dekaan.publication.models import Page
from dekaan.publication.queries import draft
from tests.publication.test_pages import RULES, client_of, everything_said, made_public

pytestmark = pytest.mark.django_db
FORM = "/provider-access/ashdown/"
BLANK = {"contact_name": "", "contact_email": "", "contact_telephone": ""}


@pytest.fixture
def stock(in_ashdown):
    everything_said(in_ashdown)
    return in_ashdown


def policy(**said) -> None:
    say_rules(granting=["In the school day"], refusing=["No room is free."], by=None, **RULES | BLANK | said)


def s1(stock):
    (line,) = [each for each in duty_board(stock.ashdown, today(), exact=True).lines if each.in_force.duty.id == "S1"]
    return line.judgement


def test_a_blank_contact_is_that_of_the_public_pages_and_follows_it(stock):
    policy()
    assert "Priya Raman, 01632 960123," in Client().get(FORM).content.decode()
    changes.say_facts(telephone="01632 960124", leader_name="Nell Hart", by=stock.priya)
    assert "Nell Hart, 01632 960124," in Client().get(FORM).content.decode()
    assert access_rules().contact_email == stock.priya.email
    assert draft(stock.ashdown, Page.STATEMENT)["facts"]["provider_contact"] == ""
    with working_in(stock.beckford):
        assert access_rules().contact_telephone == ""


def test_the_policy_may_be_left_blank_only_where_the_public_pages_say_it(stock):
    address = reverse("access-rules-change", args=["ashdown"])
    client = client_of(stock.priya)
    said = {
        **BLANK,
        "weeks_notice": "6",
        "decision_days": "10",
        "offers": ["fair"],
        "refusing": "No room.",
        "is_open": "on",
    }
    assert "Blank: as on the public pages, 01632 960123" in client.get(address).content.decode()
    assert client.post(address, said).status_code == 302
    assert access_rules().contact_telephone == "01632 960123"
    changes.say_facts(telephone="", by=None)
    answer = client.post(address, said)
    assert "Give the number that providers can ring." in answer.content.decode()


def test_s1_is_not_met_while_the_published_statement_prints_an_old_number(stock):
    policy()
    version = made_public(stock, Page.STATEMENT)
    assert s1(stock).state in {"met", "at-risk"}
    changes.say_facts(telephone="01632 960 123", by=None)  # the same in figures
    assert "number" not in s1(stock).sentence
    changes.say_facts(telephone="01632 960124", by=None)
    said = s1(stock)
    assert said.state == "broken"
    assert "01632 960124 now" in said.sentence
    assert [(each.words, each.name, each.arguments) for each in said.evidence] == [
        (str(version), "published-version", (version.pk,)),
        ("Publish the next version", "public-pages", ()),
    ]


def test_s1_is_not_met_while_the_policy_gives_the_same_person_another_number(stock):
    policy(contact_telephone="01632 960999")
    made_public(stock, Page.STATEMENT)
    said = s1(stock)
    assert said.state == "at-risk"
    assert said.sentence == (
        "The policy on requests gives Priya Raman the number 01632 960999, and the public pages give 01632 960123. Leave it "
        "blank in the policy, and it is that of the public pages."
    )
    policy(contact_name="Joan Ferry", contact_telephone="01632 960999")  # another person has another number
    made_public(stock, Page.STATEMENT)
    assert "number" not in s1(stock).sentence


def test_s1_is_not_met_where_the_policy_changed_after_the_statement_was_published(stock):
    policy(contact_name="Joan Ferry", contact_telephone="01632 960199")
    made_public(stock, Page.STATEMENT)
    policy(contact_name="Joan Ferry", contact_telephone="01632 960 199")
    assert "number" not in s1(stock).sentence
    policy(contact_name="Joan Ferry", contact_telephone="01632 960200")
    assert s1(stock).state == "broken"
    assert "gives providers the number 01632 960199; it is 01632 960200 now." in s1(stock).sentence


def test_the_boards_link_leads_to_the_version_in_force(stock):
    policy()
    made_public(stock, Page.STATEMENT)
    changes.say_words({"safeguarding": "Visitors ring the bell."}, by=None)
    second = made_public(stock, Page.STATEMENT)
    assert s1(stock).evidence[0].arguments == (second.pk,)
