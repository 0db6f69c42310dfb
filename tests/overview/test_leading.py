"""What Home says of leading careers, to whom, and that it costs no statement."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.budget import changes as budget
from dekaan.core.academic_year import today
from dekaan.plan import changes as plan
from dekaan.plan.models import Plan
from dekaan.team.models import GuidedStart, Post
from tests.isolation.world import BACKEND
from tests.plan.given import CHAIR, colleague, objective
from tests.stock import THIS_YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november(settings):
    settings.TODAY = f"{THIS_YEAR}-11-24"


def told(stock, name: str) -> list[tuple[str, str]]:
    client = Client()
    client.force_login(getattr(stock, name), backend=BACKEND)
    queue = client.get(reverse("home", args=["ashdown"])).context["queue"]
    return [(each.words, each.to) for each in queue.leading]


def test_where_nothing_is_said_yet_nobody_is_told_that_it_is_missing(in_ashdown):
    assert {name: told(in_ashdown, name) for name in ("priya", "ellen", "sam", "moira")} == {
        "priya": [],
        "ellen": [],
        "sam": [],
        "moira": [],
    }


def test_each_is_told_what_is_theirs_to_mend(in_ashdown):
    now = today()
    GuidedStart.objects.create(begun_on=now, finished_on=now, done=[])
    priya, sam = colleague(in_ashdown.priya), colleague(in_ashdown.sam)
    for owner in (priya, sam):
        plan.give_task(title="Ring the college", due_on=now - timedelta(days=1), owner=owner, by=None)
    plan.give_task(title="Not due", due_on=now, owner=sam, by=None)
    policy = plan.add_policy(title="Careers policy", owner=priya, by=None)
    type(policy).objects.update(next_review_on=now - timedelta(days=1))
    budget.add_agreement(
        title="Advice", with_whom="Guidance Ltd", starts_on=now, renewal_on=now + timedelta(days=60), by=None
    )
    budget.add_agreement(
        title="Later", with_whom="Guidance Ltd", starts_on=now, renewal_on=now + timedelta(days=61), by=None
    )
    nobody = ("Nobody who works here is named as Careers Leader", "team-page")
    own = ("1 of your tasks and actions is overdue", "my-week")
    rest = [
        ("1 policy is due to be looked at", "policy-list"),
        ("1 service agreement ends within two months", "agreement-list"),
    ]
    without_plan = (f"No plan is written for {THIS_YEAR}/{(THIS_YEAR + 1) % 100}", "plan-list")
    assert told(in_ashdown, "priya") == [nobody, own, without_plan, *rest]
    assert (told(in_ashdown, "ellen"), told(in_ashdown, "sam")) == ([nobody], [own])
    Post.objects.create(role="leader", staff=priya, starts_on=now)
    written = plan.write_plan(
        kind=Plan.Kind.DEVELOPMENT, title="Plan", first_year=THIS_YEAR, written_on=now, by=in_ashdown.priya
    )
    objective(written)
    not_approved = (f"The plan for {THIS_YEAR}/{(THIS_YEAR + 1) % 100} is not approved", "plan-list")
    assert told(in_ashdown, "priya") == [own, not_approved, *rest]
    plan.approve_plan(written, approved_on=now, by=in_ashdown.david, **CHAIR)
    assert told(in_ashdown, "priya") == [own, *rest]
    priya.ends_on = now  # the first day on which she no longer works here
    priya.save()
    assert told(in_ashdown, "ellen") == [nobody]
