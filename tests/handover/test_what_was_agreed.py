"""What two agreed is not undone by one; what is a person's own stays theirs; terms are not lost on the way."""

import re

import pytest
from django.urls import reverse

from dekaan.access.changes import NotTheirsToConfirm, give_role
from dekaan.evidence.models import Evidence
from dekaan.handover import changes, queries
from dekaan.handover.models import HandOver
from dekaan.plan import changes as plan
from dekaan.team.models import Post, TermsOfPost
from tests.handover.conftest import DAY, NOW
from tests.handover.given import holds_everything, holds_everything_else, staffed
from tests.handover.test_handing_over import HERE, planned

pytestmark = pytest.mark.django_db


def test_what_two_agreed_neither_of_the_two_whom_it_is_about_nor_who_planned_it_calls_off(in_ashdown, at_work):
    """Ellen plans it and David agrees: Priya keeps no role, and Nell and Ellen undo no decision, by a press of their own."""
    one, _, _ = planned(in_ashdown, by=in_ashdown.ellen)
    school = in_ashdown.ashdown
    give_role(user=in_ashdown.nell, role="headteacher", school=school, by=None, starts_on=NOW)
    changes.agree(one, school, by=in_ashdown.david, here=HERE)
    for name in ("priya", "nell", "ellen"):
        with pytest.raises(NotTheirsToConfirm):
            changes.call_off(one, school, by=getattr(in_ashdown, name))
    detail, press = (reverse(name, args=["ashdown", one.pk]) for name in ("hand-over-detail", "hand-over-call-off"))
    page = at_work("priya").get(detail).content.decode()
    assert ("so David Ansah calls it off, or" in page, "Call it off" in page) == (True, False)
    told = at_work("priya").post(press, follow=True).content.decode()
    assert "never by whoever takes over or is replaced" in told
    assert "Call it off" in at_work("david").get(detail).content.decode()
    changes.call_off(one, school, by=in_ashdown.olive)  # who could have agreed
    one.refresh_from_db()
    assert one.ending == HandOver.Ending.CALLED_OFF


def test_what_waits_and_what_she_may_end_alone_priya_calls_off_alone(in_ashdown):
    one, priya, nell = planned(in_ashdown)
    changes.call_off(one, in_ashdown.ashdown, by=in_ashdown.priya)
    school = in_ashdown.ashdown
    give_role(user=in_ashdown.nell, role="careers-leader", school=school, by=None, starts_on=NOW)
    own = changes.plan_hand_over(school, from_=priya, to=nell, starts_on=DAY, by=in_ashdown.priya)
    assert not own.waits
    changes.call_off(own, school, by=in_ashdown.priya)


def test_the_leaders_own_certificate_stays_with_her_and_the_policy_goes_over(in_ashdown):
    one, priya, nell = planned(in_ashdown, starts_on=NOW)
    for title, facts in (("Certificate of careers leader training", ["leader-trained"]), ("Policy", ["published"])):
        Evidence.objects.create(title=title, kind="statement", statement="Seen", owner=priya, dated_on=NOW, facts=facts)
    assert [each.words for goes in queries.what_goes(priya, NOW) for each in goes.things if goes.key == "evidence"] == [
        "Policy"
    ]
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    assert {each.title: each.owner for each in Evidence.objects.all()} == {
        "Certificate of careers leader training": priya,
        "Policy": nell,
    }


def test_terms_of_a_post_begun_on_the_same_day_are_kept_with_whoever_had_them(in_ashdown):
    """Priya's post and its terms were written this morning; Nell takes over today. The terms are nobody else's to read."""
    one, priya, nell = planned(in_ashdown, starts_on=NOW)
    post = Post.objects.get(staff=priya)
    post.starts_on = NOW
    post.save()
    TermsOfPost.objects.create(post=post, grade="Leadership point 8")
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    terms = TermsOfPost.objects.select_related("post").get()
    assert (terms.grade, terms.post.staff, terms.post.ends_on) == ("Leadership point 8", priya, NOW)
    assert list(Post.objects.filter(staff=nell).values_list("starts_on", "ends_on")) == [(NOW, None)]
    one.refresh_from_db()
    assert changes.undo(one, in_ashdown.ashdown, by=in_ashdown.nell) == 0
    assert list(Post.objects.values_list("staff", "starts_on", "ends_on")) == [(priya.pk, NOW, None)]
    assert TermsOfPost.objects.get().post.staff == priya


def test_one_thing_stays_where_its_tick_was_taken_out_and_the_rest_of_its_group_goes(in_ashdown):
    """Each kind of thing that Priya holds can stay by itself: two of each, and one of them is left."""
    priya, nell = staffed(in_ashdown)
    school = in_ashdown.ashdown
    holds_everything(priya, in_ashdown.priya)
    holds_everything_else(priya)
    held = {thing.row: (area.key, thing.kind) for area in queries.what_goes(priya, NOW) for thing in area.things}
    assert all(held)
    assert len(held) == sum(len(area.things) for area in queries.what_goes(priya, NOW))
    stays = sorted({kind: row for row, kind in held.items()}.values())  # the last of each kind
    one = changes.plan_hand_over(school, from_=priya, to=nell, starts_on=NOW, stays=stays, by=in_ashdown.ellen)
    changes.agree(one, school, by=in_ashdown.david, here=HERE)
    left = {thing.row for area in queries.what_goes(priya, NOW) for thing in area.things}
    assert left == set(stays)
    one.refresh_from_db()
    assert changes.undo(one, school, by=in_ashdown.nell) == 0
    assert {thing.row for area in queries.what_goes(priya, NOW) for thing in area.things} == set(held)


def test_the_page_offers_each_thing_and_what_comes_meanwhile_goes_with_its_group(in_ashdown, at_work):
    priya, nell = staffed(in_ashdown)
    ring, write = (plan.give_task(title=title, due_on=DAY, owner=priya, by=None) for title in ("Ring", "Write"))
    ask = {"from_staff": priya.pk, "to_staff": nell.pk, "starts_on": DAY.isoformat()}
    page = at_work("ellen").get(reverse("hand-over-new", args=["ashdown"]), ask)
    shown = re.search('name="shown" value="([^"]*)"', page.content.decode()).group(1)
    ticked = re.findall('name="row" value="([^"]*)" checked', page.content.decode())
    assert (shown.split(), len(ticked)) == (ticked, 3)  # her post, and the two
    plan.give_task(title="Came meanwhile", due_on=DAY, owner=priya, by=None)
    said = ask | {
        "goes": ["team", "plan"],
        "shown": shown,
        "row": [each for each in ticked if each != f"plan.Task.{ring.pk}"],
    }
    at_work("ellen").post(reverse("hand-over-new", args=["ashdown"]), said)
    one = HandOver.objects.get()
    assert one.stays == [f"plan.Task.{ring.pk}"]
    told = at_work("ellen").get(reverse("hand-over-detail", args=["ashdown", one.pk])).content.decode()
    assert ("1 thing of other groups" in told, "Write" in told, "Ring" in told) == (True, True, False)
    changes.call_off(one, in_ashdown.ashdown, by=in_ashdown.ellen)
    at_work("ellen").post(reverse("hand-over-new", args=["ashdown"]), said | {"goes": ["team"]})
    assert HandOver.objects.first().stays == ["plan"]
    assert write.owner == priya
