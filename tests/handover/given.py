"""What Priya holds in every area, and the colleagues to whom it could go."""

from datetime import timedelta

from dekaan.access.models import User
from dekaan.budget import changes as budget
from dekaan.curriculum.models import Subject
from dekaan.evidence.models import Evidence
from dekaan.frameworks.queries import responsibilities
from dekaan.library.models import Resource
from dekaan.people.models import StaffMember
from dekaan.plan import changes as plan
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.quality.models import Evaluation, Improvement
from dekaan.schemes.models import Observation, Scheme, SchemeOwner
from dekaan.team.models import Assignment, Post, Profile
from dekaan.trusts.models import SupportVisit, VisitStep
from tests.handover.conftest import NOW
from tests.plan.given import colleague
from tests.stock import THIS_YEAR

SOON = NOW + timedelta(days=60)


def staffed(stock) -> tuple[StaffMember, StaffMember]:
    """Priya, who leads careers, and Nell, who coordinates."""
    priya, nell = colleague(stock.priya), colleague(stock.nell)
    Post.objects.create(role="leader", staff=priya, starts_on=NOW - timedelta(days=400))
    return priya, nell


def holds_everything(priya: StaffMember, by: User) -> None:
    """One thing of each area is Priya's."""
    plan.give_task(title="Ring the college", due_on=SOON, owner=priya, by=by)
    plan.add_policy(title="Careers policy", owner=priya, by=by)
    talk = plan_activity(
        title="Millworks", activity_type="TALK", partner_kind="employer", partner_name="Millworks", by=by
    )
    session = plan_session(talk, held_on=SOON, invited=Invited(year_groups=[10]), by=by)
    session.led_by = priya
    session.save()
    budget.add_agreement(title="Advice", with_whom="Guidance Ltd", owner=priya, starts_on=NOW, renewal_on=SOON, by=by)
    Evidence.objects.create(title="Policy, signed", kind="statement", statement="Signed", owner=priya, dated_on=NOW)
    scheme = Scheme.objects.create(title="Year 10 careers", year_groups=[10])
    SchemeOwner.objects.create(scheme=scheme, staff=priya)
    Observation.objects.create(
        kind="walk", seen_on=NOW, seen="Corridors", of_what="Year 10", action="New posters", action_who=priya
    )
    looked = Evaluation.objects.create(academic_year=THIS_YEAR, written_on=NOW, learnt="Fewer, longer visits")
    Improvement.objects.create(evaluation=looked, what="Longer visits", who=priya, due_on=SOON)
    Resource.objects.create(
        title="Job profiles",
        address="https://careers.example/",
        kind="job-profiles",
        owner=priya,
        number=1,
        audiences=["pupils"],
        key_stages=[10],
        added_on=NOW,
    )
    Subject.objects.create(name="Physics", representative=priya, year_groups=[10])
    visit = SupportVisit.objects.create(visited_on=NOW, looked_at="The plan")
    VisitStep.objects.create(visit=visit, what="Send the plan", owner=priya, due_on=SOON)


def holds_everything_else(priya: StaffMember) -> None:
    """A second thing of most kinds, and what the first lacks: meetings, a responsibility, a colleague to mentor, an action."""
    plan.give_task(title="Ring the works", due_on=SOON, owner=priya, by=None)
    plan.add_policy(title="Access policy", owner=priya, by=None)
    for held_on in (SOON, SOON + timedelta(days=7)):
        plan.plan_meeting(kind="group", held_on=held_on, chair=priya, members=[priya], by=None)
    of = plan.add_objective(
        plan.write_plan(kind="development", title="Plan", first_year=THIS_YEAR, by=None), title="Visits", by=None
    )
    for title in ("Book a coach", "Ask a college"):
        plan.add_action(of, title=title, due_on=SOON, owner=priya, by=None)
    budget.add_agreement(title="Coaches", with_whom="Coach Ltd", owner=priya, starts_on=NOW, renewal_on=SOON, by=None)
    Evidence.objects.create(title="Minutes", kind="statement", statement="Seen", owner=priya, dated_on=NOW)
    SchemeOwner.objects.create(scheme=Scheme.objects.create(title="Year 9 careers", year_groups=[9]), staff=priya)
    Post.objects.create(role="head-of-year", of_what="Year 10", staff=priya, starts_on=NOW - timedelta(days=9))
    for each in list(responsibilities())[:2]:
        Assignment.objects.create(
            responsibility=each, responsible_staff=priya, accountable_staff=priya, starts_on=NOW - timedelta(days=9)
        )
    for forename in ("Una", "Ivo"):
        Profile.objects.create(staff=StaffMember.objects.create(forename=forename, surname="Storey"), mentor=priya)
