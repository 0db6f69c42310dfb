"""What the trust offers and says, and what a school makes of it."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import mask_of
from dekaan.programme.changes import change_template, remove_template
from dekaan.programme.models import ActivityTemplate
from dekaan.trusts.bodies import NotOfThatKind
from dekaan.trusts.changes import (
    NothingNewer,
    TakenAlready,
    add_objective,
    change_item,
    change_taken,
    keep_own,
    offer_item,
    say_vision,
    take_item,
    take_newer,
)
from dekaan.trusts.models import Cluster, TakenItem, TrustItem
from dekaan.trusts.queries import standings, standings_at
from tests.stock import pupil
from tests.trusts.test_comparing import at_the_browser

pytestmark = pytest.mark.django_db
FAIR = {"activity_type": "FAIR", "mode": "in_school", "year_groups": [9], "minutes": 90, "criteria": ["GB24.5.1"]}
POLICY = {"words": "Every pupil meets employers."}


def words(client: Client, named: str, /, *arguments: object, school: str = "ashdown", **sent: object) -> str:
    """The page after it was sent, or as it is read where nothing is."""
    address = reverse(named, args=[school, *arguments])
    answer = client.post(address, sent, follow=True) if sent else client.get(address)
    assert answer.status_code == 200, answer.status_code
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def pressed(client: Client, name: str, *arguments: object, school: str = "ashdown") -> str:
    answer = client.post(reverse(name, args=[school, *arguments]), follow=True)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


@pytest.fixture
def fair(stock) -> TrustItem:
    return offer_item(stock.weirbrook, kind="template", title="Valley fair", body=FAIR, by=stock.anna)


@pytest.fixture
def policy(stock) -> TrustItem:
    return offer_item(stock.weirbrook, kind="policy", title="For whom", body=POLICY, by=stock.anna)


def test_a_template_of_the_trust_becomes_one_of_the_schools_own(stock, fair):
    with working_in(stock.ashdown):
        take_item(fair, by=stock.priya)
        own = ActivityTemplate.objects.get()
        assert (own.title, own.activity_type, own.year_groups, own.minutes) == ("Valley fair", "FAIR", [9], 90)
        assert own.criteria == mask_of(["GB24.5.1"])
        with pytest.raises(TakenAlready):
            take_item(fair, by=stock.priya)
    with working_in(stock.beckford):
        assert not ActivityTemplate.objects.exists()


def test_what_is_changed_here_is_told_to_both_in_the_same_words(stock, fair):
    with working_in(stock.ashdown):
        taken = take_item(fair, by=stock.priya)
        assert [each.words for each in standings(stock.weirbrook, stock.ashdown)] == ["As the trust says"]
        change_template(taken.template, criteria=["GB24.5.1"], minutes=60, by=stock.priya)
        (here,) = standings(stock.weirbrook, stock.ashdown)
    assert [(each.label, each.trusts, each.here) for each in here.lines if each.is_changed_here] == [
        ("Minutes", "90", "60")
    ]
    at_both = standings_at(fair, [stock.ashdown, stock.beckford])
    assert [each.words for each in at_both] == ["Changed here", "Not taken"]
    seen = [words(at_the_browser(who), "trust-item-detail", fair.pk) for who in (stock.priya, stock.anna)]
    for each in seen:
        assert '60 <strong class="tag">changed here</strong>' in each
    assert "Minutes: 60" in seen[1]


def test_a_new_version_is_offered_and_changes_no_copy(stock, policy):
    with working_in(stock.ashdown):
        taken = take_item(policy, by=stock.priya)
        change_taken(taken, own={"title": "For whom", "words": "Ours."}, by=stock.priya)
    change_item(policy, title="For whom", body={"words": "New."}, is_offered=True, by=stock.anna)
    with working_in(stock.ashdown):
        (here,) = standings(stock.weirbrook, stock.ashdown)
        assert here.words == "Changed here; version 2 is offered"
        (line,) = [each for each in here.lines if each.is_new]
        assert (line.trusts, line.as_taken, line.here) == ("New.", POLICY["words"], "Ours.")
        assert TakenItem.objects.get().own == {"title": "For whom", "words": "Ours."}


def test_a_school_stays_with_its_own_until_a_later_version(stock, policy):
    with working_in(stock.ashdown):
        taken = take_item(policy, by=stock.priya)
        with pytest.raises(NothingNewer):
            keep_own(taken, by=stock.priya)
    change_item(policy, title="For whom", body={"words": "New."}, is_offered=True, by=stock.anna)
    with working_in(stock.ashdown):
        keep_own(TakenItem.objects.get(), by=stock.priya)
        assert [each.words for each in standings(stock.weirbrook, stock.ashdown)] == ["Stays with version 1"]
    change_item(policy, title="For whom", body={"words": "Newer."}, is_offered=True, by=stock.anna)
    with working_in(stock.ashdown):
        assert [each.is_newer for each in standings(stock.weirbrook, stock.ashdown)] == [True]
        take_newer(TakenItem.objects.get(), by=stock.priya)
        assert TakenItem.objects.get().own["words"] == "Newer."
        assert [each.words for each in standings(stock.weirbrook, stock.ashdown)] == ["As the trust says"]
        with pytest.raises(NothingNewer):
            take_newer(TakenItem.objects.get(), by=stock.priya)


def test_saved_without_a_change_it_is_no_new_version(stock, policy):
    change_item(policy, title="For whom", body=POLICY, is_offered=False, by=stock.anna)
    assert (policy.version, policy.no_longer_offered_on) == (1, today())
    with working_in(stock.ashdown):
        assert standings(stock.weirbrook, stock.ashdown) == []


def test_a_template_that_was_removed_can_be_taken_again(stock, fair):
    with working_in(stock.ashdown):
        taken = take_item(fair, by=stock.priya)
        remove_template(taken.template, by=stock.priya)
        (here,) = standings(stock.weirbrook, stock.ashdown)
        assert (here.words, here.lines) == ("Taken, and removed since", ())
        take_newer(TakenItem.objects.get(), by=stock.priya)
        assert ActivityTemplate.objects.get().title == "Valley fair"


def test_a_body_has_the_fields_of_its_kind(stock):
    for kind, body in (("policy", {}), ("policy", {"words": "x", "minutes": 3}), ("objective", {"measured_by": "x"})):
        with pytest.raises(NotOfThatKind):
            offer_item(stock.weirbrook, kind=kind, title="No", body=body, by=None)
    assert not TrustItem.objects.exists()


def test_the_adviser_offers_a_template_and_a_leader_takes_it(stock):
    anna, priya = at_the_browser(stock.anna), at_the_browser(stock.priya)
    address = f"{reverse('trust-item-new', args=['ashdown'])}?kind=template"
    sent = {
        "title": "Valley fair",
        "activity_type": "FAIR",
        "mode": "in_school",
        "year_groups": ["9"],
        "criteria": ["GB24.5.1"],
    }
    assert "Offered to the schools" in anna.post(address, sent, follow=True).content.decode()
    item = TrustItem.objects.get()
    assert item.body["year_groups"] == [9]
    assert priya.get(address).status_code == 403
    assert "Taken: Valley fair" in pressed(priya, "trust-item-take", item.pk)
    assert "You have it already" in pressed(priya, "trust-item-take", item.pk)
    assert "Taken by 1 of 2 schools" in words(anna, "trust-item-detail", item.pk)
    assert anna.post(reverse("trust-item-take", args=["ashdown", item.pk])).status_code == 403
    with working_in(stock.ashdown):
        taken = TakenItem.objects.get()
    leads = priya.get(reverse("taken-item-change", args=["ashdown", taken.pk]))
    assert leads["Location"] == reverse("template-change", args=["ashdown", taken.template_id])


def test_a_form_that_is_not_filled_in_says_what_is_missing(stock):
    anna = at_the_browser(stock.anna)
    for kind, said in (
        ("policy", "Give the words of the policy."),
        ("standard", "Say what is expected of every school."),
    ):
        answer = anna.post(f"{reverse('trust-item-new', args=['ashdown'])}?kind={kind}", {"title": "x"})
        assert said in answer.content.decode()
    assert (
        "Say what the trust wants of careers."
        in anna.post(reverse("trust-vision-change", args=["ashdown"])).content.decode()
    )
    assert not TrustItem.objects.exists()


def test_a_school_of_another_trust_finds_nothing_of_this_one(stock, policy):
    dora = at_the_browser(stock.dora)
    for name in ("trust-item-detail", "trust-item-take"):
        assert dora.post(reverse(name, args=["farfield", policy.pk])).status_code == 404


def test_what_a_school_says_of_its_own_copy_names_no_pupil(stock, policy):
    with working_in(stock.ashdown):
        taken = take_item(policy, by=stock.priya)
        pupil("Ada", "Lovell")
    priya = at_the_browser(stock.priya)
    said = words(priya, "taken-item-change", taken.pk, title="For whom", words="As Ada Lovell said.")
    assert "Leave the name out" in said
    assert "Saved as our own" in words(priya, "taken-item-change", taken.pk, title="For whom", words="As a pupil said.")


def test_the_vision_is_read_by_every_school_and_objectives_are_taken_in_its_own_words(stock):
    say_vision(stock.weirbrook, words="A next step for all.", strategy="", starts_on=today(), ends_on=today(), by=None)
    objective = add_objective(stock.weirbrook, title="An employer every year", by=stock.anna)
    priya, bea, anna = (at_the_browser(who) for who in (stock.priya, stock.bea, stock.anna))
    for client, slug in ((priya, "ashdown"), (bea, "beckford"), (anna, "beckford")):
        assert "A next step for all." in words(client, "trust-vision", school=slug)
    assert "Say in a sentence" in words(priya, "trust-objective-take", objective.pk, how="")
    assert "In our plan" in words(priya, "trust-objective-take", objective.pk, how="Two talks a term.")
    assert "In the plan of 1 of 2 schools" in words(anna, "trust-vision", school="beckford")
    assert "Ashdown School: Two talks a term." in words(anna, "trust-vision", school="beckford")
    assert "Two talks a term." not in words(bea, "trust-vision", school="beckford")
    assert "Not in our plan any more" in pressed(priya, "trust-objective-leave", objective.pk)
    assert "In the plan of 0 of 2 schools" in words(anna, "trust-vision")


def test_a_vision_ends_after_it_begins_and_an_objective_can_be_let_go(stock):
    anna, day = at_the_browser(stock.anna), today()
    sent = {"words": "All", "starts_on": day, "ends_on": day - timedelta(days=1)}
    assert "It ends before it begins" in words(anna, "trust-vision-change", **sent)
    assert "reads it now" in words(anna, "trust-vision-change", **sent | {"ends_on": day})
    assert "Every school reads it now" in words(anna, "trust-objective-new", title="An employer every year")
    objective = add_objective(stock.weirbrook, title="Another", by=None)
    words(anna, "trust-objective-change", objective.pk, title="Another", is_dropped="on")
    seen = words(anna, "trust-vision")
    assert ">An employer every year</h3>" in seen
    assert ">Another</h3>" not in seen
    assert at_the_browser(stock.priya).get(reverse("trust-vision-change", args=["ashdown"])).status_code == 403


def test_the_adviser_keeps_the_clusters(stock):
    anna = at_the_browser(stock.anna)
    assert "Made: North" in words(anna, "cluster-new", name="North", schools=[stock.ashdown.pk])
    assert "There is a cluster of that name" in words(anna, "cluster-new", name="north")
    north = Cluster.objects.get()
    assert "Saved: Near" in words(anna, "cluster-change", north.pk, name="Near", schools=[stock.beckford.pk])
    assert "no cluster any more" in pressed(anna, "cluster-remove", north.pk)
    assert not Cluster.objects.exists()
