"""What happens to plans: they are written, changed and approved; their actions are done, dropped or moved on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today, year_end
from dekaan.core.fingerprint import digest_of
from dekaan.frameworks.queries import criteria
from dekaan.plan.models import Action, Approval, Objective, ObjectiveActivity, Plan
from dekaan.plan.queries.measuring import baseline_of
from dekaan.plan.queries.plans import objectives_of, plan_words
from dekaan.programme.models import Activity

Ending = Action.Ending
MEASURE = ("measure_criterion", "measure_breakdown", "measure_value", "measure_target")


class UnknownCriterion(Exception):
    """A criterion that no framework's file has."""


class PlanThere(Exception):
    """There is a plan of that kind which begins in that year."""


class ApprovedOnce(Exception):
    """A plan that was approved is kept: it is on record that it was."""


class WrittenAfterApproval(Exception):
    """It was approved before that day; `args[0]` is the day."""


class HasActions(Exception):
    """An objective goes only when nothing is to be done for it."""


class EndedAlready(Exception):
    """The action is done, dropped or moved already."""


class NoLaterPlan(Exception):
    """There is no later plan to which an action could go."""


class CannotApprove(Exception):
    """The approval cannot be kept as it was given."""


class NotYet(CannotApprove):
    """It would be given on a day that has not come."""


class BeforeWritten(CannotApprove):
    """It would be given before the plan was written."""


class AfterItEnded(CannotApprove):
    """It would be given after the plan's last day."""


class ByWhoeverWroteIt(CannotApprove):
    """Whoever wrote a plan does not enter that it was approved."""


class NothingToApprove(CannotApprove):
    """The plan has no objective."""


class SaidAlready(CannotApprove):
    """That approval of just these words is kept already."""


@transaction.atomic
def write_plan(
    *,
    kind: str,
    title: str,
    first_year: int,
    years: int = 1,
    vision: str = "",
    strategy: Plan | None = None,
    written_on: date | None = None,
    by: User | None,
) -> Plan:
    """There is a strategy of so many years, or a development plan of one, without objectives yet. Raises PlanThere."""
    if Plan.objects.filter(kind=kind, first_year=first_year).exists():
        raise PlanThere
    plan = Plan.objects.create(
        kind=kind,
        title=title,
        first_year=first_year,
        last_year=first_year + (years if kind == Plan.Kind.STRATEGY else 1) - 1,
        vision=vision,
        strategy=strategy if kind == Plan.Kind.DEVELOPMENT else None,
        written_on=written_on or today(),
        written_by=by,
    )
    record(action="plan written", by=by, subject="plan", subject_id=plan.pk)
    return plan


@transaction.atomic
def change_plan(plan: Plan, *, by: User | None, **fields: Any) -> None:
    """What is said of the plan as a whole is as given. Its kind and first year stay. Raises WrittenAfterApproval."""
    _hold(plan)
    first = plan.approvals.aggregate(first=Min("approved_on"))["first"]
    if first is not None and fields.get("written_on", plan.written_on) > max(first, plan.written_on):
        raise WrittenAfterApproval(first)
    changed = set_fields(plan, fields)
    if changed:
        record(action="plan changed", by=by, subject="plan", subject_id=plan.pk, detail={"fields": changed})
        _note_words(plan.pk)


def _note_words(plan_id: int) -> None:
    """Where the plan was approved once, it is known by its words as they are now."""
    plan = Plan.objects.filter(pk=plan_id, pk__in=Approval.objects.values("plan")).first()
    if plan is not None:
        now = digest_of(plan_words(plan, objectives_of(plan)))
        Plan.objects.filter(pk=plan_id).exclude(words_digest=now).update(words_digest=now)


def note_words_of_plans() -> None:
    """Each plan of the school in scope that was approved is known by its words: an activity’s title is one, and not a plan’s."""
    for plan_id in Approval.objects.order_by("plan").values_list("plan", flat=True).distinct():
        _note_words(plan_id)


@transaction.atomic
def remove_plan(plan: Plan, *, by: User | None) -> int:
    """The plan is gone with all that is in it; answers how many actions of other plans had been moved to it and are open again.

    One that had gone on from it to a plan after it has gone there. Raises ApprovedOnce.
    """
    _hold(plan)
    if plan.approvals.exists():
        raise ApprovedOnce
    came = Action.objects.select_for_update(of=("self",), no_key=True).filter(moved_to__objective__plan=plan)
    back = 0
    for each in came.exclude(objective__plan=plan).select_related("moved_to"):
        on = each.moved_to.moved_to_id if each.moved_to else None
        if on is None:
            reopen_action(each, by=by)
            back += 1
        else:
            set_fields(each, {"moved_to_id": on})
    record(action="plan removed", by=by, subject="plan", subject_id=plan.pk)
    plan.delete()
    return back


def _hold(plan: Plan) -> None:
    """The plan is as it is now, and nobody else changes or approves it until the transaction ends."""
    plan.refresh_from_db(from_queryset=Plan.objects.select_for_update(of=("self",), no_key=True))


def set_fields(row: Any, fields: dict[str, Any]) -> list[str]:
    """The row has these values, and is saved where that changes it; which fields were otherwise."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save()
    return changed


def _known(ids: Iterable[str], *, held: Iterable[str] = ()) -> list[str]:
    """The criteria in the order of the files; those that were held already stay, though a file lost them."""
    wanted, before = set(ids), list(held)
    if unknown := wanted - set(criteria()) - set(before):
        raise UnknownCriterion(*sorted(unknown))
    return [each for each in criteria() if each in wanted] + [
        each for each in before if each in wanted and each not in criteria()
    ]


@transaction.atomic
def add_objective(
    plan: Plan,
    *,
    title: str,
    criteria: Iterable[str] = (),
    school_plan: str = "",
    outcome: str = "",
    activities: Iterable[Activity] = (),
    by: User | None,
) -> Objective:
    """The plan wants that too, as its last objective. Raises UnknownCriterion."""
    Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)  # numbers are given one after another
    last = Objective.objects.filter(plan=plan).aggregate(last=Max("number"))["last"]
    objective = Objective.objects.create(
        plan=plan,
        number=(last or 0) + 1,
        title=title,
        criteria=_known(criteria),
        school_plan=school_plan,
        outcome=outcome,
    )
    _serve(objective, activities)
    record(action="objective added", by=by, subject="objective", subject_id=objective.pk)
    _note_words(plan.pk)
    return objective


def _serve(objective: Objective, activities: Iterable[Activity]) -> bool:
    """Exactly these activities serve it; whether that is otherwise than before."""
    wanted = {each.pk for each in activities}
    linked = {each.activity_id: each for each in ObjectiveActivity.objects.filter(objective=objective)}
    for activity_id, link in linked.items():
        if activity_id not in wanted:
            link.delete()
    for activity_id in sorted(wanted - set(linked)):
        ObjectiveActivity.objects.create(objective=objective, activity_id=activity_id)
    return wanted != set(linked)


@transaction.atomic
def change_objective(
    objective: Objective,
    *,
    criteria: Iterable[str],
    activities: Iterable[Activity],
    by: User | None,
    **fields: Any,
) -> None:
    """The objective is as given. Raises UnknownCriterion."""
    changed = set_fields(objective, {**fields, "criteria": _known(criteria, held=objective.criteria)})
    if _serve(objective, activities):
        changed.append("activities")
    if changed:
        record(
            action="objective changed", by=by, subject="objective", subject_id=objective.pk, detail={"fields": changed}
        )
        _note_words(objective.plan_id)


@transaction.atomic
def remove_objective(objective: Objective, *, by: User | None) -> None:
    """The objective is gone, and those after it move up. Raises HasActions."""
    if objective.actions.exists():
        raise HasActions
    record(action="objective removed", by=by, subject="objective", subject_id=objective.pk)
    plan_id, number = objective.plan_id, objective.number
    objective.delete()
    for each in Objective.objects.filter(plan_id=plan_id, number__gt=number).order_by("number"):
        each.number -= 1
        each.save(update_fields=["number"])
    _note_words(plan_id)


@transaction.atomic
def add_action(objective: Objective, *, title: str, due_on: date, by: User | None, **details: Any) -> Action:
    """That is to be done for the objective; `details` are further fields of Action. Raises UnknownCriterion."""
    _known([str(details["measure_criterion"])] if details.get("measure_criterion") else [])
    action = Action.objects.create(objective=objective, title=title, due_on=due_on, **details)
    record(action="action added", by=by, subject="action", subject_id=action.pk)
    _note_words(objective.plan_id)
    return action


@transaction.atomic
def change_action(action: Action, *, by: User | None, **fields: Any) -> None:
    """The action is as given. Measured by something else it has no baseline until the plan is approved anew."""
    held = [action.measure_criterion] if action.measure_criterion else []
    _known([fields["measure_criterion"]] if fields.get("measure_criterion") else [], held=held)
    changed = set_fields(action, fields)
    if set(changed) & set(MEASURE[:3]):
        set_fields(action, {"baseline": None})
    if changed:
        record(action="action changed", by=by, subject="action", subject_id=action.pk, detail={"fields": changed})
        _note_words(action.objective.plan_id)


@transaction.atomic
def end_action(action: Action, *, ending: str, outcome: str, by: User | None, on: date | None = None) -> None:
    """The action is done with what came of it, or dropped for a reason. Raises EndedAlready."""
    action = _open(action)
    set_fields(action, {"ending": ending, "outcome": outcome, "ended_on": on or today()})
    record(action="action ended", by=by, subject="action", subject_id=action.pk, detail={"ending": ending})


def _open(action: Action) -> Action:
    now = Action.objects.select_for_update(of=("self",), no_key=True).get(pk=action.pk)
    if not now.is_open:
        raise EndedAlready
    return now


@transaction.atomic
def reopen_action(action: Action, *, by: User | None) -> None:
    """The action is to be done after all. One that was moved on stays in the plan to which it went, too."""
    set_fields(action, {"ending": Ending.OPEN, "outcome": "", "ended_on": None, "moved_to": None})
    record(action="action reopened", by=by, subject="action", subject_id=action.pk)


@transaction.atomic
def move_action(action: Action, to: Plan, *, by: User | None) -> Action:
    """The action goes on in a later plan, under the objective of the same words there, which is added where it is not.

    It is due by the same day, or where that is before the plan begins by the plan's last. Answers the action there.
    Raises EndedAlready, NoLaterPlan.
    """
    action = _open(action)
    old = action.objective
    if to.first_year <= old.plan.last_year:
        raise NoLaterPlan
    objective = Objective.objects.filter(plan=to, title=old.title).order_by("number").first() or add_objective(
        to,
        title=old.title,
        criteria=[each for each in old.criteria if each in criteria()],
        school_plan=old.school_plan,
        outcome=old.outcome,
        activities=[each.activity for each in old.links.select_related("activity")],
        by=by,
    )
    goes_on = add_action(
        objective,
        title=action.title,
        due_on=action.due_on if academic_year_of(action.due_on) >= to.first_year else year_end(to.first_year),
        owner=action.owner,
        owner_name=action.owner_name,
        cost_pence=action.cost_pence,
        success=action.success,
        measure_criterion=action.measure_criterion if action.measure_criterion in criteria() else "",
        measure_breakdown=action.measure_breakdown,
        measure_value=action.measure_value,
        measure_target=action.measure_target if action.measure_criterion in criteria() else None,
        by=by,
    )
    set_fields(action, {"ending": Ending.MOVED, "ended_on": today(), "moved_to": goes_on})
    record(action="action moved", by=by, subject="action", subject_id=action.pk, detail={"to": goes_on.pk})
    return goes_on


@transaction.atomic
def approve_plan(
    plan: Plan, *, approved_by: str, capacity: str, approved_on: date, minute: str = "", by: User | None
) -> Approval:
    """The plan's words as they are now are approved: by that person, in that capacity, on that day.

    Each target that is read from the records gets its baseline, if it has none: as the records are at this moment.
    `by` is whoever enters it, and None where it was given by a link. Raises CannotApprove, by its reason.
    """
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    objectives = objectives_of(plan)
    _refuse(plan, objectives, approved_on, by)
    words = plan_words(plan, objectives)
    said = {"digest": digest_of(words), "approved_by": approved_by, "capacity": capacity, "approved_on": approved_on}
    if Approval.objects.filter(plan=plan, **said).exists():
        raise SaidAlready
    approval = Approval.objects.create(plan=plan, words=words, minute=minute, entered_by=by, **said)
    _freeze(plan, objectives)
    _note_words(plan.pk)
    record(action="plan approved", by=by, subject="plan", subject_id=plan.pk, detail={"capacity": capacity})
    return approval


def _refuse(plan: Plan, objectives: list[Objective], approved_on: date, by: User | None) -> None:
    if not objectives:
        raise NothingToApprove
    if approved_on > today():
        raise NotYet
    if approved_on < plan.written_on:
        raise BeforeWritten
    if approved_on > plan.ends_on:
        raise AfterItEnded
    if by is not None and by.pk == plan.written_by_id:
        raise ByWhoeverWroteIt


def _freeze(plan: Plan, objectives: list[Objective]) -> None:
    actions = [one for each in objectives for one in each.actions.all() if one.is_open and one.baseline is None]
    kept = baseline_of(plan.school_id, plan, actions, today())
    for action in actions:
        if action.pk in kept:
            action.baseline = kept[action.pk]
            action.save(update_fields=["baseline"])
