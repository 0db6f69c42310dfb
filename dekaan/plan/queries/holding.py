"""What a person holds in plans, meetings, tasks and policies, as far as it is open."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dekaan.core.academic_year import today
from dekaan.people.models import StaffMember
from dekaan.plan.models import Action, Meeting, MeetingMember, Policy, Task


@dataclass(frozen=True)
class Kind:
    """One kind of thing that somebody holds: its open rows, and the field that says whose they are."""

    rows: QuerySet
    field: str
    one: str
    many: str

    def words(self, number: int) -> str:
        """ "3 tasks"."""
        return f"{number} {self.one if number == 1 else self.many}"


@dataclass(frozen=True)
class Held:
    """One thing that somebody holds, what kind it is, and until when where there is a day."""

    kind: str
    words: str
    due_on: date | None
    to: str
    pk: int


def kinds_held(person: StaffMember, on: date) -> list[Kind]:
    """What is open of each kind, with the field that says whose it is."""
    planned = Meeting.objects.filter(state=Meeting.State.PLANNED, held_on__gte=on)
    return [
        Kind(Task.objects.filter(owner=person, ending=Task.Ending.OPEN), "owner", "task", "tasks"),
        Kind(
            Action.objects.filter(owner=person, ending=Action.Ending.OPEN),
            "owner",
            "action of the plan",
            "actions of the plan",
        ),
        Kind(Policy.objects.filter(owner=person, withdrawn_on=None), "owner", "policy", "policies"),
        Kind(planned.filter(chair=person), "chair", "meeting to chair", "meetings to chair"),
    ]


def meetings_to_attend(person: StaffMember, on: date) -> QuerySet[MeetingMember]:
    """Where the person belongs to a meeting to come."""
    return MeetingMember.objects.filter(staff=person, meeting__state=Meeting.State.PLANNED, meeting__held_on__gte=on)


def held_by(person: StaffMember, on: date | None = None) -> list[Held]:
    """What is open and theirs, the most urgent first."""
    on = on or today()
    tasks, actions, policies, meetings = (each.rows for each in kinds_held(person, on))
    found = [Held("task", each.title, each.due_on, "task-end", each.pk) for each in tasks]
    found += [
        Held("action of the plan", each.title, each.due_on, "plan-detail", each.objective.plan_id)
        for each in actions.select_related("objective")
    ]
    found += [Held("policy", each.title, each.next_review_on, "policy-change", each.pk) for each in policies]
    found += [Held("meeting to chair", str(each), each.held_on, "meeting-detail", each.pk) for each in meetings]
    found += [
        Held("meeting to attend", str(each.meeting), each.meeting.held_on, "meeting-detail", each.meeting_id)
        for each in meetings_to_attend(person, on).select_related("meeting")
    ]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.kind, each.words, each.pk))
