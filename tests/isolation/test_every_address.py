"""Every address × every role × our school, one of the same trust, one elsewhere × reading and sending (I1, I4, I5).

Words of every school and every class of data are looked for in every byte that is sent. The whole run (ended roles
everywhere, every role with other schools' rows, on both databases) is `make isolation`; each address and role once is
in `make test`, and on PostgreSQL what its second wall may change: rows of other schools, writing, and sabotage.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.roles import ROLES
from tests.house.test_other_school import EXAMPLES, OF_A_SCHOOL, WITH_A_ROW
from tests.house.test_views import addresses
from tests.isolation.policy import LEADS_ON, NARROWER, OUTSIDE, POLICY
from tests.isolation.said import IS_WHOLE, said
from tests.isolation.walk import METHODS, Tally, address_of, ask, every_byte, walk, words_in
from tests.isolation.world import BACKEND, build, somebody

pytestmark = pytest.mark.django_db

CHUNKS = 4
NO_SUCH_ROW = 987654321
# Rows of a trust, which are its other schools' too.
OF_THE_TRUST = {
    "trust-organisation-change", "trust-organisation-take", "cluster-change", "cluster-remove", "trust-item-detail",
    "trust-item-change", "trust-item-take", "trust-objective-change", "trust-objective-take", "trust-objective-leave",
}  # fmt: skip


@pytest.fixture
def world():
    return build()


@pytest.mark.once
def test_every_address_has_a_policy_and_asks_for_it():
    asked = {entry.name: entry.callback.permission for _, entry in addresses()}
    assert asked == POLICY | OUTSIDE


@pytest.mark.once
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_role_is_given_a_word_that_it_must_not_see(chunk, world):
    """And each is given the pages that its permissions open, so that refusing everybody would fail."""
    tally, opened, expected = Tally(), {}, {}
    at_home, abroad = (world.corners, []) if IS_WHOLE else (world.corners[:1], world.corners[1:])  # there read only
    for role in list(ROLES)[chunk::CHUNKS]:
        client, places = somebody(role, world)
        held = ROLES[role].may
        found = walk(world, client, role=role, places=places, held=held, policy=POLICY, corners=at_home)
        opened[role] = found.opened
        allowed = {name for name, asks in POLICY.items() if asks in held}
        expected[role] = allowed - LEADS_ON - NARROWER.get(role, frozenset())
        tally += found
        tally += walk(
            world, client, role=role, places=places, held=held, policy=POLICY, corners=abroad, methods=METHODS[:1]
        )
        if not IS_WHOLE and len(opened) > 1:
            continue  # whoever's role has ended holds nothing, whichever it was
        ended, nowhere = somebody(role, world, ended=True)
        corners = world.corners if IS_WHOLE else world.corners[:1]
        methods = METHODS if IS_WHOLE else METHODS[:1]
        tally += walk(world, ended, role="", places=nowhere, held=held, policy=POLICY, corners=corners, methods=methods)
    said(requests=tally.requests, leaks=len(tally.leaks) + len(tally.surprises))
    assert tally.leaks == []
    assert tally.surprises == []
    assert opened == expected


@pytest.mark.once
def test_a_stranger_is_led_to_the_sign_in_whatever_is_asked(world):
    asked, wrong = 0, []
    for corner in world.corners:
        for entry in OF_A_SCHOOL:
            for method in METHODS:
                address = address_of(entry, corner)
                status, leaks = ask(Client(), address, method, role="", places=set(), world=world, name=entry.name)
                asked += 1
                if status != 302 or leaks:
                    wrong.append((entry.name, method, status, leaks))
    said(requests=asked, leaks=len(wrong))
    assert wrong == []


@pytest.mark.once
def test_a_session_with_a_password_only_is_shown_no_page_of_staff(world, settings):
    """Of every role that has pages, at every address, reading and sending: it is led to the second factor."""
    settings.SECOND_FACTOR = True
    asked, wrong = 0, []
    for role in [key for key in ROLES if ROLES[key].may][:: 1 if IS_WHOLE else 5]:
        client, _ = somebody(role, world)
        for entry in OF_A_SCHOOL:
            for method in METHODS:
                address = address_of(entry, world.ours)
                status, leaks = ask(client, address, method, role="", places=set(), world=world, name=entry.name)
                asked += 1
                if status != 302 or leaks:
                    wrong.append((role, entry.name, method, status, leaks))
    said(requests=asked, leaks=len(wrong))
    assert wrong == []


@pytest.mark.parametrize("role", list(ROLES) if IS_WHOLE else ["careers-leader"])
def test_another_schools_row_and_no_row_at_all_are_answered_alike(role, world):
    """I4: the same bytes, so that nobody learns whether a number exists elsewhere."""
    client, places = somebody(role, world)
    asked, wrong = 0, []
    for entry in WITH_A_ROW:
        own = world.ours.arguments(entry)
        nothing = {name: NO_SUCH_ROW if name.endswith("_id") and name not in EXAMPLES else own[name] for name in own}
        random = reverse(entry.name, kwargs={"school_slug": "ours"} | nothing)
        for corner in (world.elsewhere,) if entry.name in OF_THE_TRUST else (world.sister, world.elsewhere):
            smuggled = address_of(entry, world.ours, of=corner)
            for method in METHODS:
                answers = [getattr(client, method)(address) for address in (smuggled, random)]
                asked += 2
                alike = {(each.status_code, without_tokens(each.content)) for each in answers}
                leaks = [each for each in words_in(every_byte(answers[0]), world) if each.school not in places]
                if len(alike) != 1 or leaks or answers[0].status_code not in {403, 404, 405}:
                    wrong.append((entry.name, method, [each.status_code for each in answers], leaks))
    said(requests=asked, leaks=len(wrong))
    assert wrong == []


@pytest.mark.once
def test_nothing_that_a_signed_in_person_is_answered_is_kept_by_a_browser(world):
    """I5, in every address; and two people who take turns are never given each other's page."""
    leader, _ = somebody("careers-leader", world)
    other = Client()
    other.force_login(world.elsewhere.at.people["careers-leader"], backend=BACKEND)
    kept, mixed = [], []
    for entry in OF_A_SCHOOL:
        for client, own, foreign in ((leader, world.ours, world.elsewhere), (other, world.elsewhere, world.ours)):
            answer = client.get(address_of(entry, own))
            if "no-store" not in answer.headers.get("Cache-Control", ""):
                kept.append(entry.name)
            mixed += [
                each for each in world.words if each.school == foreign.school.slug and each.text in every_byte(answer)
            ]
    said(requests=2 * len(OF_A_SCHOOL), leaks=len(kept) + len(mixed))
    assert kept == []
    assert mixed == []


def test_the_words_are_there_to_be_found(world):
    """The Careers Leader of each school is given words of its own, of each class that a page shows."""
    for corner in world.corners:
        client = Client()
        client.force_login(corner.at.people["careers-leader"], backend=BACKEND)
        found = set()
        for entry in OF_A_SCHOOL:
            found |= {
                (each.school, each.data_class)
                for each in words_in(every_byte(client.get(address_of(entry, corner))), world)
                if each.text.startswith("Kanari")
            }
        assert found == {(corner.school.slug, each) for each in ("P", "D", "E", "I", "S2", "S3", "R", "X", "U")}


def without_tokens(content: bytes) -> bytes:
    """A page without what is new each time: the tokens of its forms, and the address itself."""
    return re.sub(rb'(csrfmiddlewaretoken|once|press|form_token)" value="[^"]*"|nonce="[^"]*"', b"", content)
