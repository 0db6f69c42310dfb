"""Reading plans: their words and what was approved of them, how far they are, and what a person holds in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import Permission
from dekaan.access.queries import in_force
from dekaan.benchmarks.queries.criterion import framework_of
from dekaan.core.academic_year import today
from dekaan.core.fingerprint import digest_of
from dekaan.frameworks.queries import Criterion, Framework, benchmarks_in_force, counterpart, criterion
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.plan.models import Action, Approval, Objective, ObjectiveActivity, Plan
from dekaan.plan.queries.measuring import Measured, measured
from dekaan.programme.models import Activity
from dekaan.schools.models import School

NOT_APPROVED, APPROVED, CHANGED = "not-approved", "approved", "changed"
STANDINGS = {
    NOT_APPROVED: "Not approved yet",
    APPROVED: "Approved",
    CHANGED: "Changed since it was approved",
}
TEAM = ("careers-leader", "careers-administrator", "careers-coordinator", "careers-adviser", "commissioned-adviser")


def plans() -> QuerySet[Plan]:
    """Every strategy and plan, the newest first."""
    return Plan.objects.select_related("strategy", "written_by")


def plan_of_year(academic_year: int) -> Plan | None:
    """The development plan of that year."""
    return plans().filter(kind=Plan.Kind.DEVELOPMENT, first_year=academic_year).first()


def strategies_over(academic_year: int) -> QuerySet[Plan]:
    """Strategies of whose years that one is."""
    of = Plan.objects.filter(kind=Plan.Kind.STRATEGY, first_year__lte=academic_year, last_year__gte=academic_year)
    return of.order_by("-first_year", "pk")


def plans_of_strategy(plan: Plan) -> list[Plan]:
    """The development plans that belong to a strategy, in order of their years."""
    if plan.kind != Plan.Kind.STRATEGY:
        return []
    return list(plans().filter(strategy=plan).order_by("first_year", "pk"))


def later_plans(plan: Plan) -> QuerySet[Plan]:
    """Development plans of later years, to which what is left undone can go."""
    return Plan.objects.filter(kind=Plan.Kind.DEVELOPMENT, first_year__gt=plan.last_year).order_by("first_year", "pk")


def objectives_of(plan: Plan) -> list[Objective]:
    """Its objectives in order, with their actions, owners and activities."""
    actions = Action.objects.select_related("owner", "moved_to__objective__plan")
    links = ObjectiveActivity.objects.select_related("activity").order_by("pk")
    found = Objective.objects.filter(plan=plan).order_by("number", "pk")
    return list(found.prefetch_related(Prefetch("actions", actions), Prefetch("links", links)))


def plan_words(plan: Plan, objectives: Iterable[Objective]) -> dict[str, Any]:
    """What is approved of a plan: its words. Not whose an action is nor what became of it, which change as it is done."""
    return {
        "title": plan.title,
        "years": plan.years,
        "vision": plan.vision,
        "objectives": [
            {
                "title": each.title,
                "criteria": list(each.criteria),
                "school_plan": each.school_plan,
                "outcome": each.outcome,
                "activities": sorted(link.activity.title for link in each.links.all()),
                "actions": [_action_words(one) for one in each.actions.all()],
            }
            for each in objectives
        ],
    }


def _action_words(action: Action) -> dict[str, Any]:
    return {
        "title": action.title,
        "due_on": action.due_on.isoformat(),
        "cost_pence": action.cost_pence,
        "success": action.success,
        "measure": [
            action.measure_criterion,
            action.measure_breakdown,
            action.measure_value,
            action.measure_target,
        ],
    }


@dataclass(frozen=True)
class Standing:
    """Whether the words as they are now were approved, by whom, and what has changed since."""

    state: str
    approvals: list[Approval]
    changed: list[str]

    @property
    def words(self) -> str:
        """The state in words."""
        return STANDINGS[self.state]

    @property
    def last(self) -> Approval | None:
        """The last approval."""
        return self.approvals[0] if self.approvals else None

    @property
    def last_of_governors(self) -> Approval | None:
        """The last that governors gave."""
        return next((each for each in self.approvals if each.is_of_governors), None)

    @property
    def mark(self) -> str:
        """How its tag is drawn."""
        return {APPROVED: "met", CHANGED: "open"}.get(self.state, "unknown")


def standing_of(plan: Plan, objectives: Iterable[Objective]) -> Standing:
    """How the plan's words stand to its approvals: approved where any approval is of just these words."""
    approvals = list(plan.approvals.all())
    if not approvals:
        return Standing(NOT_APPROVED, [], [])
    now = plan_words(plan, objectives)
    if any(each.digest == digest_of(now) for each in approvals):
        return Standing(APPROVED, approvals, [])
    return Standing(CHANGED, approvals, what_changed(approvals[0].words, now))


def plan_lines() -> list[tuple[Plan, Standing, int]]:
    """Every strategy and plan with its standing and how many objectives it has; as many statements however many plans."""
    objectives = Objective.objects.order_by("number", "pk").prefetch_related("actions", "links__activity")
    found = plans().prefetch_related("approvals", Prefetch("objectives", objectives))
    return [(each, standing_of(each, each.objectives.all()), len(each.objectives.all())) for each in found]


def what_changed(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What is otherwise than it was approved, a sentence each."""
    said = [
        f"The {name} reads otherwise." for name in ("title", "years", "vision") if before.get(name) != now.get(name)
    ]
    said += _changed_rows("objective", before.get("objectives", []), now["objectives"], besides=("actions",))
    rows = [[action for each in words.get("objectives", []) for action in each["actions"]] for words in (before, now)]
    return said + _changed_rows("action", *rows, besides=())


def _changed_rows(
    noun: str, before: list[dict[str, Any]], now: list[dict[str, Any]], *, besides: tuple[str, ...]
) -> list[str]:
    was, are = ({each["title"]: each for each in rows} for rows in (before, now))
    said = [f"New {noun}: {title}." for title in are if title not in was]
    said += [f"Gone: the {noun} “{title}”." for title in was if title not in are]
    for title in are:
        if title in was and any(
            was[title].get(name) != are[title].get(name) for name in are[title] if name not in besides
        ):
            said.append(f"Changed {noun}: {title}.")
    return said


@dataclass(frozen=True)
class CriterionLine:
    """A criterion of an objective, by the version against which it was written; and what is in its place by now."""

    criterion: Criterion
    version: Framework
    is_in_force: bool
    now: Criterion | None


@dataclass(frozen=True)
class ActionLine:
    """An action, and how far the records say that it is."""

    action: Action
    measured: Measured | None


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective with what it is for, what serves it and what is done."""

    objective: Objective
    criteria: list[CriterionLine]
    activities: list[Activity]
    actions: list[ActionLine]


@dataclass(frozen=True)
class Progress:
    """How far a plan is: what was done, what is open, what the records say, and whether its words are approved."""

    plan: Plan
    objectives: list[ObjectiveLine]
    standing: Standing

    @property
    def lines(self) -> list[ActionLine]:
        """Every action."""
        return [line for each in self.objectives for line in each.actions]

    def _ended(self, ending: str) -> int:
        return sum(each.action.ending == ending for each in self.lines)

    @property
    def done(self) -> int:
        """How many actions are done."""
        return self._ended(Action.Ending.DONE)

    @property
    def dropped(self) -> int:
        """How many were dropped."""
        return self._ended(Action.Ending.DROPPED)

    @property
    def moved(self) -> int:
        """How many went to the next plan."""
        return self._ended(Action.Ending.MOVED)

    @property
    def open(self) -> int:
        """How many are under way, overdue or not."""
        return self._ended(Action.Ending.OPEN)

    @property
    def overdue(self) -> list[Action]:
        """Those whose day has passed, the longest ago first."""
        return sorted((each.action for each in self.lines if each.action.is_overdue), key=lambda one: one.due_on)

    @property
    def measures(self) -> list[Measured]:
        """What is read from the records, of actions that were neither dropped nor moved."""
        gone = {Action.Ending.DROPPED, Action.Ending.MOVED}
        return [each.measured for each in self.lines if each.measured and each.action.ending not in gone]

    @property
    def reached(self) -> int:
        """How many of these targets are reached."""
        return sum(each.state == "reached" for each in self.measures)

    @property
    def cost_pence(self) -> int:
        """What the actions cost, as far as anybody said, without those dropped or moved."""
        gone = {Action.Ending.DROPPED, Action.Ending.MOVED}
        return sum(each.action.cost_pence or 0 for each in self.lines if each.action.ending not in gone)

    @property
    def cost(self) -> str:
        """The same in pounds."""
        return f"£{self.cost_pence // 100:,}.{self.cost_pence % 100:02d}"


def progress_of(plan: Plan, permissions: frozenset[Permission] = frozenset(), *, on: date | None = None) -> Progress:
    """How far the plan is, in figures fit for those permissions; without any, as they may leave the careers team."""
    objectives, now = objectives_of(plan), on or today()
    actions = [one for each in objectives for one in each.actions.all()]
    read = measured(plan.school_id, plan, actions, permissions, now)
    return Progress(
        plan,
        [
            ObjectiveLine(
                each,
                criterion_lines(each.criteria, now),
                [link.activity for link in each.links.all()],
                [ActionLine(one, read.get(one.pk)) for one in each.actions.all()],
            )
            for each in objectives
        ],
        standing_of(plan, objectives),
    )


def only_those(found: Progress, show: str) -> list[ObjectiveLine]:
    """The objectives with those actions alone that a figure counts: how they ended, "overdue", "measured", "reached"."""
    overdue, measures = {each.pk for each in found.overdue}, found.measures
    counted = {
        each.action.pk
        for each in found.lines
        if each.action.ending == show
        or (show == "overdue" and each.action.pk in overdue)
        or (show in {"measured", "reached"} and each.measured in measures and show in {"measured", each.measured.state})
    }
    kept = [
        replace(each, actions=[one for one in each.actions if one.action.pk in counted]) for each in found.objectives
    ]
    return [each for each in kept if each.actions]


def progress(
    school: School, academic_year: int, permissions: frozenset[Permission] = frozenset(), *, on: date | None = None
) -> Progress | None:
    """The same of the school's development plan of that year; None where it has none. The school is in scope."""
    plan = plan_of_year(academic_year)
    if plan is None or plan.school_id != school.pk:
        return None
    return progress_of(plan, permissions, on=on)


def overdue_by_school(academic_year: int, on: date) -> dict[int, int]:
    """Of each school in scope that has a development plan of that year, how many of its actions are overdue. One statement."""
    late = Q(objectives__actions__ending=Action.Ending.OPEN, objectives__actions__due_on__lt=on)
    found = Plan.objects.filter(kind=Plan.Kind.DEVELOPMENT, first_year=academic_year).order_by()
    return dict(
        found.values("school_id")
        .annotate(late=Count("objectives__actions", filter=late))
        .values_list("school_id", "late")
    )


def criterion_lines(ids: Iterable[str], on: date) -> list[CriterionLine]:
    """The criteria with the version each belongs to; of one that is no longer in force, what is in its place."""
    found = []
    for each in ids:
        if (known := criterion(each)) is None:
            continue
        version = framework_of(known)
        now = None if version.is_in_force(on) else counterpart(known)
        if now is not None and now.framework != benchmarks_in_force(on).key:
            now = None
        found.append(CriterionLine(known, version, version.is_in_force(on), now))
    return found


def open_actions() -> QuerySet[Action]:
    """Actions of plans that have begun which are neither done, dropped nor moved."""
    return Action.objects.filter(ending=Action.Ending.OPEN).select_related("owner", "objective__plan")


def overdue_actions(on: date | None = None) -> QuerySet[Action]:
    """Those whose day has passed."""
    return open_actions().filter(due_on__lt=on or today()).order_by("due_on", "pk")


def owned_outside_careers(plan: Plan) -> list[Action]:
    """Actions of the plan whose owner is none of the careers team: nobody on its list of roles, or somebody by name."""
    team = RoleAssignment.objects.filter(in_force(today()), school_id=plan.school_id, role__in=TEAM).values("user_id")
    owned = Action.objects.filter(objective__plan=plan).exclude(owner__user_id__in=team).select_related("owner")
    return [each for each in owned if each.who]


def possible_owners(besides: Iterable[int | None] = ()) -> QuerySet[StaffMember]:
    """Those who work at the school; and whoever is given, for a row stays somebody's until another is chosen."""
    kept = [each for each in besides if each]
    return staff() | StaffMember.objects.filter(pk__in=kept) if kept else staff()
