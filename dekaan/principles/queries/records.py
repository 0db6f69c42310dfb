"""What a school's records said on a day, gathered once for all judges and for several days. To be used in scope."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from dekaan.access.models import RoleAssignment
from dekaan.budget.models import STANDING, Allocation, Budget, Spend
from dekaan.compass.models import RealResult, SelfEvaluation
from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.destinations.models import PLANS, Statement
from dekaan.destinations.queries import is_told, who_left
from dekaan.evidence.queries import FactShown, facts_on_days
from dekaan.frameworks.queries import benchmarks_in_force
from dekaan.plan.models import Action, Approval, Meeting
from dekaan.programme.models import Session
from dekaan.publication.queries import Said, said_on
from dekaan.quality.models import Evaluation
from dekaan.quality.queries import FeedbackByGroup, feedback_on_days
from dekaan.reports.models import Handed
from dekaan.schools.models import School
from dekaan.team.models import (
    Acknowledgement,
    AgreedDescription,
    Leadership,
    NetworkJoined,
    Post,
    Profile,
    Training,
)

# Whoever belongs to the careers team by an account: their actions are the team's own.
CAREERS_TEAM = ("careers-leader", "careers-administrator", "careers-coordinator", "careers-adviser")


class Gathered:
    """Everything dated that the judges look at, each read once, when it is first wanted, for all the days asked."""

    def __init__(self, school: School, days: Sequence[date]) -> None:
        self.school, self.days = school, tuple(days)

    @cached_property
    def evaluated_on(self) -> list[date]:
        """Days on which an evaluation was kept or its real result typed in."""
        kept = SelfEvaluation.objects.order_by().values_list("kept_on", flat=True)
        return sorted({*kept, *(each.completed_on for each in self.real_results)})

    @cached_property
    def real_results(self) -> list[RealResult]:
        """Real results, the newest first."""
        return list(RealResult.objects.order_by("-completed_on", "-pk"))

    @cached_property
    def feedback(self) -> dict[date, FeedbackByGroup | None]:
        """Which groups had been asked by each day, by the benchmarks in force then."""
        found: dict[date, FeedbackByGroup | None] = {}
        versions = {day: benchmarks_in_force(day).key for day in self.days}
        for version in dict.fromkeys(versions.values()):
            days = [day for day in self.days if versions[day] == version]
            found |= dict(zip(days, feedback_on_days(version, days), strict=True))
        return found

    @cached_property
    def facts(self) -> dict[date, dict[str, FactShown]]:
        """What the cabinet showed on each day."""
        return dict(zip(self.days, facts_on_days(self.days), strict=True))

    @cached_property
    def actions(self) -> list[Action]:
        """Every action of every development plan."""
        found = Action.objects.filter(objective__plan__kind="development")
        return list(found.select_related("objective__plan", "owner"))

    @cached_property
    def approvals(self) -> list[Approval]:
        """Every approval of a strategy or plan, the newest first."""
        return list(Approval.objects.select_related("plan").defer("words"))

    @cached_property
    def governors_met_on(self) -> list[date]:
        """Days on which a meeting with governors was held, as recorded."""
        kinds = Meeting.objects.filter(kind=Meeting.Kind.GOVERNOR, state=Meeting.State.HELD)
        return sorted(kinds.order_by().values_list("held_on", flat=True))

    @cached_property
    def leaderships(self) -> list[Leadership]:
        """How careers was led, the newest first."""
        return list(Leadership.objects.order_by("-starts_on", "-pk"))

    @cached_property
    def posts(self) -> list[Post]:
        """Everybody who holds or held a key role."""
        return list(Post.objects.select_related("staff"))

    @cached_property
    def descriptions_on(self) -> list[date]:
        """Days on which a job description was agreed."""
        return sorted(AgreedDescription.objects.order_by().values_list("agreed_on", flat=True))

    @cached_property
    def acknowledged_on(self) -> list[date]:
        """Days on which colleagues said that they had read their page."""
        return sorted(Acknowledgement.objects.order_by().values_list("given_on", flat=True))

    @cached_property
    def profiles(self) -> dict[int, Profile]:
        """Background and training, by colleague."""
        return {each.staff_id: each for each in Profile.objects.all()}

    @cached_property
    def trainings(self) -> list[tuple[int, date]]:
        """(colleague, day) of the training log."""
        return list(Training.objects.order_by("done_on", "pk").values_list("staff_id", "done_on"))

    @cached_property
    def networks(self) -> list[NetworkJoined]:
        """Hubs, networks and bodies that colleagues joined."""
        return list(NetworkJoined.objects.order_by("pk"))

    @cached_property
    def handed(self) -> list[tuple[str, date]]:
        """(to whom, day) of the report log, but lines taken back and papers withdrawn."""
        found = Handed.objects.filter(taken_back_at=None, report__withdrawn_at=None)
        return list(found.order_by("handed_on", "pk").values_list("whom", "handed_on"))

    @cached_property
    def sessions(self) -> list[tuple[date, int | None, int | None, bool]]:
        """(day, who leads, which adviser, is recorded) of the years asked, but those called off."""
        years = {academic_year_of(day) for day in self.days}
        found = Session.objects.filter(
            cancelled_at=None, held_on__gte=year_start(min(years)), held_on__lte=year_end(max(years))
        )
        rows = found.order_by("held_on", "pk").values_list("held_on", "led_by_id", "adviser_id", "recorded_at")
        return [(held_on, led_by, adviser, recorded is not None) for held_on, led_by, adviser, recorded in rows]

    @cached_property
    def budgets(self) -> list[Budget]:
        """Every budget."""
        return list(Budget.objects.all())

    @cached_property
    def allocated(self) -> list[tuple[int, date, int]]:
        """(budget, day agreed, pence) of what stands."""
        return list(Allocation.objects.filter(STANDING).order_by("pk").values_list("budget_id", "agreed_on", "pence"))

    @cached_property
    def spends(self) -> list[tuple[int, Spend]]:
        """(budget, spend) of what stands."""
        return [(each.line.budget_id, each) for each in Spend.objects.filter(STANDING).select_related("line")]

    @cached_property
    def assignments(self) -> list[RoleAssignment]:
        """Who belonged to the careers team by an account, or answers for the school's careers otherwise."""
        found = RoleAssignment.objects.filter(school=self.school, role__in=CAREERS_TEAM, starts_on__isnull=False)
        return list(found.order_by("pk"))

    @cached_property
    def destinations(self) -> list[tuple[str, date, int, str, str, date]]:
        """(kind, said on, pupil, route, council's code, of which day) of every statement about plans and places that stands."""
        every = Statement.objects.order_by("said_on", "pk").filter(is_withdrawal=False)
        of_those = every.exclude(pk__in=Statement.objects.filter(corrects__isnull=False).values("corrects"))
        return list(of_those.values_list("kind", "said_on", "pupil_id", "route", "code", "as_of"))

    @cached_property
    def leavers(self) -> dict[int, dict[int, date]]:
        """By the year in which they left, who left from Year 11 or above and is not back, and since when."""
        return who_left()

    @cached_property
    def evaluations(self) -> list[tuple[date, int]]:
        """(day, how many changes) of evaluations that were written down."""
        found = Evaluation.objects.prefetch_related("improvements")
        return sorted((each.written_on, len(each.improvements.all())) for each in found)


class Records:
    """What of it was so on a day."""

    def __init__(self, gathered: Gathered, on: date) -> None:
        self.all, self.on, self.school = gathered, on, gathered.school
        self.year = academic_year_of(on)

    @property
    def are_kept(self) -> bool:
        """Whether records had begun before that day, so that what is not there means something."""
        return self.school.records_begin is None or self.school.records_begin < self.on

    def last(self, days: Iterable[date]) -> date | None:
        """The last of the days that is not after this one."""
        return max((each for each in days if each <= self.on), default=None)

    @cached_property
    def said(self) -> dict[str, Said]:
        """What the public could read."""
        return said_on(self.on, self.school if self.on == today() else None)

    def held(self, role: str) -> list[Post]:
        """Those who hold the key role."""
        return [each for each in self.all.posts if each.role == role and each.is_held(self.on)]

    @property
    def leadership(self) -> "Leadership | None":
        """How careers is led."""
        return next((each for each in self.all.leaderships if each.starts_on <= self.on), None)

    def known_of(self, left_in: int) -> tuple[int, int]:
        """(how many left in that year, of how many of them somebody had said by then where they went)."""
        left = self.all.leavers.get(left_in, {})
        known = {
            pupil_id
            for kind, said_on, pupil_id, route, code, as_of in self.all.destinations
            if kind not in PLANS
            and as_of >= left.get(pupil_id, date.max)
            and said_on <= self.on
            and is_told(route, code)
        }
        return len(left), len(known)

    @property
    def leaders(self) -> set[int]:
        """The colleagues who are the Careers Leader."""
        return {each.staff_id for each in self.held("leader") if each.staff_id}

    @property
    def plan_actions(self) -> list[Action]:
        """The actions of the year's development plan, as far as it was written by then."""
        return [
            each
            for each in self.all.actions
            if each.objective.plan.first_year == self.year and each.objective.plan.written_on <= self.on
        ]

    @property
    def careers_team(self) -> set[int]:
        """The accounts of the careers team."""
        return {
            each.user_id
            for each in self.all.assignments
            if each.starts_on and each.starts_on <= self.on and (each.ends_on is None or each.ends_on >= self.on)
        }
