"""What happens around meetings: planned, held with notes, called off; decisions are taken; tasks are given and ended."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.people.models import StaffMember
from dekaan.plan.changes.plans import EndedAlready, set_fields
from dekaan.plan.models import Decision, Meeting, MeetingMember, Task
from dekaan.plan.queries.agenda import agenda, frozen
from dekaan.schools.models import School

State, Ending = Meeting.State, Task.Ending
Others = Iterable[tuple[str, str]]  # name and capacity of those who are not on the staff list


class NotHeldYet(Exception):
    """The day of the meeting has not come."""


class WasCalledOff(Exception):
    """The meeting was called off."""


class WasHeld(Exception):
    """The meeting was held, so it cannot be called off."""


class HeldBefore(Exception):
    """The meeting was held, so its day is none that is still to come."""


class NothingChanged(Exception):
    """A task that follows from a decision ends with what changed because of it."""


@transaction.atomic
def plan_meeting(
    *,
    kind: str,
    held_on: date,
    members: Iterable[StaffMember] = (),
    others: Others = (),
    by: User | None,
    **details: Any,
) -> Meeting:
    """The meeting is in the diary, with whoever belongs to it; `details` are further fields of Meeting."""
    meeting = Meeting.objects.create(kind=kind, held_on=held_on, **details)
    _belong(meeting, members, others)
    record(action="meeting planned", by=by, subject="meeting", subject_id=meeting.pk)
    return meeting


def _hold(meeting: Meeting) -> None:
    """The meeting is as it is now, and nobody else changes it until the transaction ends."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update(of=("self",), no_key=True))


def _belong(meeting: Meeting, members: Iterable[StaffMember], others: Others) -> bool:
    """Exactly these belong to it; whether that is otherwise than before. Whether somebody came stays with them."""
    wanted: dict[tuple[int | None, str, str], None] = {(each.pk, "", ""): None for each in members}
    wanted |= {(None, name, capacity): None for name, capacity in others}
    held = {
        (each.staff_id, each.name, each.capacity if each.staff_id is None else ""): each
        for each in MeetingMember.objects.filter(meeting=meeting)
    }
    for key, row in held.items():
        if key not in wanted:
            row.delete()
    for staff_id, name, capacity in wanted:
        if (staff_id, name, capacity) not in held:
            MeetingMember.objects.create(meeting=meeting, staff_id=staff_id, name=name, capacity=capacity)
    return set(wanted) != set(held)


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, members: Iterable[StaffMember], others: Others, by: User | None, **fields: Any
) -> None:
    """The meeting is as given. Raises HeldBefore."""
    _hold(meeting)
    if meeting.state == State.HELD and fields.get("held_on", meeting.held_on) > today():
        raise HeldBefore
    changed = set_fields(meeting, fields)
    if _belong(meeting, members, others):
        changed.append("members")
    if changed:
        record(action="meeting changed", by=by, subject="meeting", subject_id=meeting.pk, detail={"fields": changed})


@transaction.atomic
def hold_meeting(
    meeting: Meeting, school: School, *, notes: str, came: Iterable[MeetingMember], by: User | None
) -> None:
    """The meeting was held: with these notes and these people, on the agenda as it stood when this was first said.

    What is kept of the agenda is as it may leave the careers team. Raises NotHeldYet, WasCalledOff.
    """
    _hold(meeting)
    if meeting.held_on > today():
        raise NotHeldYet
    if meeting.state == State.CALLED_OFF:
        raise WasCalledOff
    there = {each.pk for each in came}
    for each in MeetingMember.objects.filter(meeting=meeting):
        set_fields(each, {"came": each.pk in there})
    if meeting.state == State.PLANNED:
        meeting.agenda = frozen(meeting, agenda(school, today(), frozenset()))
    meeting.notes, meeting.state = notes, State.HELD
    meeting.save()
    record(action="meeting held", by=by, subject="meeting", subject_id=meeting.pk)


@transaction.atomic
def call_meeting_off(meeting: Meeting, *, because: str, by: User | None) -> None:
    """The meeting does not take place, for that reason. Raises WasHeld."""
    _hold(meeting)
    if meeting.state == State.HELD:
        raise WasHeld
    set_fields(meeting, {"state": State.CALLED_OFF, "because": because})
    record(action="meeting called off", by=by, subject="meeting", subject_id=meeting.pk)


@transaction.atomic
def put_meeting_back(meeting: Meeting, *, by: User | None) -> None:
    """A meeting that was called off takes place after all; one that was not stays as it is."""
    _hold(meeting)
    if meeting.state != State.CALLED_OFF:
        return
    set_fields(meeting, {"state": State.PLANNED, "because": ""})
    record(action="meeting put back", by=by, subject="meeting", subject_id=meeting.pk)


@transaction.atomic
def decide(meeting: Meeting, *, words: str, by: User | None, task: dict[str, Any] | None = None) -> Decision:
    """That was decided, and where something is to be done about it, it is somebody's task. Raises WasCalledOff."""
    _hold(meeting)
    if meeting.state == State.CALLED_OFF:
        raise WasCalledOff
    decision = Decision.objects.create(meeting=meeting, words=words)
    record(action="decision taken", by=by, subject="decision", subject_id=decision.pk)
    if task:
        give_task(decision=decision, by=by, **task)
    return decision


@transaction.atomic
def change_decision(decision: Decision, *, words: str, by: User | None) -> None:
    """The decision reads so."""
    if set_fields(decision, {"words": words}):
        record(action="decision changed", by=by, subject="decision", subject_id=decision.pk)


@transaction.atomic
def give_task(*, title: str, due_on: date, by: User | None, decision: Decision | None = None, **details: Any) -> Task:
    """That is somebody's to do by the day; `details` are further fields of Task."""
    task = Task.objects.create(title=title, due_on=due_on, decision=decision, given_by=by, **details)
    record(action="task given", by=by, subject="task", subject_id=task.pk)
    return task


@transaction.atomic
def change_task(task: Task, *, by: User | None, **fields: Any) -> None:
    """The task is as given."""
    if changed := set_fields(task, fields):
        record(action="task changed", by=by, subject="task", subject_id=task.pk, detail={"fields": changed})


@transaction.atomic
def end_task(task: Task, *, ending: str, outcome: str = "", by: User | None, on: date | None = None) -> None:
    """The task is done or dropped. From a decision, it is done with what changed because of it.

    Raises EndedAlready, NothingChanged.
    """
    task = Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
    if not task.is_open:
        raise EndedAlready
    if not outcome and (ending == Ending.DROPPED or task.decision_id is not None):
        raise NothingChanged
    set_fields(task, {"ending": ending, "outcome": outcome, "ended_on": on or today()})
    record(action="task ended", by=by, subject="task", subject_id=task.pk, detail={"ending": ending})


@transaction.atomic
def reopen_task(task: Task, *, by: User | None) -> None:
    """The task is to be done after all."""
    set_fields(task, {"ending": Ending.OPEN, "outcome": "", "ended_on": None})
    record(action="task reopened", by=by, subject="task", subject_id=task.pk)
