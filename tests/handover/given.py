"""What Priya holds in every area, and the colleagues to whom it could go."""

from datetime import timedelta

from dekaan.access.models import User
from dekaan.budget import changes as budget
from dekaan.curriculum.models import Subject
from dekaan.evidence.models import Evidence
from dekaan.library.models import Resource
from dekaan.people.models import StaffMember
from dekaan.plan import changes as plan
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.quality.models import Evaluation, Improvement
from dekaan.schemes.models import Observation, Scheme, SchemeOwner
from dekaan.team.models import Post
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
