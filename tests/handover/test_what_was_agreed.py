"""What two agreed is not undone by one; what is a person's own stays theirs; terms are not lost on the way."""

import pytest
from django.urls import reverse

from dekaan.access.changes import NotTheirsToConfirm, give_role
from dekaan.evidence.models import Evidence
from dekaan.handover import changes, queries
from dekaan.handover.models import HandOver
from dekaan.team.models import Post, TermsOfPost
from tests.handover.conftest import DAY, NOW
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
