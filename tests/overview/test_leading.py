"""What Home says of leading careers, to whom, and that it costs no statement."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import in_force
from dekaan.budget import changes as budget
from dekaan.core.academic_year import today
from dekaan.handover import changes as handover
from dekaan.handover.models import HandOver
from dekaan.people.changes import end_roles_of_leavers
from dekaan.plan import changes as plan
from dekaan.plan.models import Objective, Plan
from dekaan.programme.changes import plan_activity
from dekaan.reports.models import Report, ReportApproval
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


def test_an_agreement_that_lapsed_stays_on_home_until_it_is_renewed_or_ended(in_ashdown, settings):
    last, begun = today() + timedelta(days=3), today() - timedelta(days=300)
    usual = {"with_whom": "Guidance Ltd", "starts_on": begun, "renewal_on": last, "by": None}
    advice, coaches = (budget.add_agreement(title=title, **usual) for title in ("Advice", "Coaches"))
    settings.TODAY = last.isoformat()
    assert told(in_ashdown, "priya") == [("2 service agreements end within two months", "agreement-list")]
    for later in (1, 400):
        settings.TODAY = (last + timedelta(days=later)).isoformat()
        both = "2 service agreements have lapsed: renew them, or say when they ended"
        assert told(in_ashdown, "priya") == [(both, "agreement-list")]
    budget.renew(advice, starts_on=last + timedelta(days=1), renewal_on=last + timedelta(days=800), by=None)
    one = "1 service agreement has lapsed: renew it, or say when it ended"
    assert told(in_ashdown, "priya") == [(one, "agreement-list")]
    budget.change_agreement(coaches, ended_on=last, by=None)
    assert told(in_ashdown, "priya") == []


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
    left = ("Somebody who has left still has the Careers Leader’s role: hand careers over", "hand-over-page")
    assert told(in_ashdown, "ellen") == [nobody, left]


def approved_plan(stock, kind: str) -> tuple[Plan, Objective]:
    written = plan.write_plan(kind=kind, title="Plan", first_year=THIS_YEAR, written_on=today(), by=stock.priya)
    aim = objective(written)
    plan.approve_plan(written, approved_on=today(), by=stock.david, **CHAIR)
    return written, aim


def test_words_of_a_plan_that_are_others_than_approved_are_told_until_they_are_approved_or_as_they_were(in_ashdown):
    changed = (f"The plan for {THIS_YEAR}/{(THIS_YEAR + 1) % 100} was changed since it was approved", "plan-list")
    written, aim = approved_plan(in_ashdown, Plan.Kind.DEVELOPMENT)
    _, of_strategy = approved_plan(in_ashdown, Plan.Kind.STRATEGY)
    assert told(in_ashdown, "priya") == []
    done = plan.add_action(aim, title="Ring the college", due_on=today(), by=None)
    assert told(in_ashdown, "priya") == [changed]
    plan.approve_plan(written, approved_on=today(), by=in_ashdown.david, **CHAIR)
    plan.end_action(done, ending="done", outcome="They come in May", by=None)  # as it is done no word changes
    assert told(in_ashdown, "priya") == []
    plan.change_plan(written, vision="Nobody is left out", by=None)
    assert told(in_ashdown, "priya") == [changed]
    plan.change_plan(written, vision="", by=None)
    assert told(in_ashdown, "priya") == []
    plan.add_action(of_strategy, title="Ring the university", due_on=today(), by=None)
    assert told(in_ashdown, "priya") == [("The strategy was changed since it was approved", "plan-list")]


def test_an_activity_that_is_called_otherwise_is_told_from_the_next_morning_on(in_ashdown):
    talk = plan_activity(title="Talk", activity_type="TALK", partner_kind="employer", by=None)
    written, _ = approved_plan(in_ashdown, Plan.Kind.DEVELOPMENT)
    objective(written, "Another", activities=[talk])
    plan.approve_plan(written, approved_on=today(), by=in_ashdown.david, **CHAIR)
    talk.title = "Two talks"
    talk.save()
    plan.note_words_of_plans()
    assert [words for words, _ in told(in_ashdown, "priya")] == [
        f"The plan for {THIS_YEAR}/{(THIS_YEAR + 1) % 100} was changed since it was approved"
    ]


def paper(term: str, days_ago: int) -> Report:
    return Report.objects.create(
        title="Paper",
        academic_year=THIS_YEAR,
        term=term,
        figures_on=today(),
        content={},
        pdf=b"%PDF",
        issued_at=datetime(THIS_YEAR, 11, 24, 8, tzinfo=UTC) - timedelta(days=days_ago),
    )


def test_a_report_that_was_issued_anew_since_governors_approved_it_is_told_until_they_approve_that(in_ashdown):
    anew = ("The report that governors approved was issued anew, and is not approved", "report-list")
    said = {"signed_by": "P. Aldous", "signed_on": today(), "capacity": "governors", "digest": "0" * 64}
    first = paper("autumn", 9)
    ReportApproval.objects.create(report=first, **said)
    paper("summer", 5)  # of another term
    assert told(in_ashdown, "priya") == []
    second = paper("autumn", 2)
    assert told(in_ashdown, "priya") == [anew]
    assert told(in_ashdown, "sam") == []
    second.withdrawn_at, second.withdrawn_because = second.issued_at, "A slip"
    second.save()
    assert told(in_ashdown, "priya") == []
    third = paper("autumn", 1)
    assert told(in_ashdown, "priya") == [anew]
    ReportApproval.objects.create(report=third, **said)
    assert told(in_ashdown, "priya") == []


def test_who_left_and_still_has_the_leaders_role_is_told_to_whoever_passes_it_on_until_a_hand_over_is_planned(
    in_ashdown,
):
    words = "Somebody who has left still has the Careers Leader’s role"
    names = ("ellen", "david", "olive", "sam", "tom", "moira")
    priya, nell = colleague(in_ashdown.priya), colleague(in_ashdown.nell)
    assert [told(in_ashdown, name) for name in names] == [[]] * 6
    priya.ends_on = today()
    priya.save()
    end_roles_of_leavers()
    passes_on = [(f"{words}: hand careers over", "hand-over-page")]
    others = [(f"{words}: the headteacher or the line manager hands careers over", "role-list")]
    assert {name: told(in_ashdown, name) for name in names} == {
        "ellen": passes_on, "david": passes_on, "olive": others, "sam": [], "tom": [], "moira": [],
    }  # fmt: skip
    client = Client()
    client.force_login(in_ashdown.ellen, backend=BACKEND)
    said = {"from_staff": priya.pk, "to_staff": nell.pk, "starts_on": today().isoformat()}
    client.post(reverse("hand-over-new", args=["ashdown"]), said)
    assert told(in_ashdown, "ellen") == []
    handover.agree(HandOver.objects.get(), in_ashdown.ashdown, by=in_ashdown.david, here="https://dekaan.example")
    assert not in_force_of(in_ashdown.priya)
    assert told(in_ashdown, "david") == []


def in_force_of(user: User) -> bool:
    return RoleAssignment.objects.filter(in_force(today()), user=user).exists()
