"""What a person holds in plans, meetings, tasks and policies, as far as it is open."""

from datetime import date

from django.db.models import QuerySet

from dekaan.core.academic_year import today
from dekaan.people.models import StaffMember
from dekaan.people.queries import Held, Kind, each_held, row_key
from dekaan.plan.models import Action, Meeting, MeetingMember, Policy, Task


def kinds_held(person: StaffMember, on: date) -> list[Kind]:
    """What is open of each kind, with the field that says whose it is."""
    planned = Meeting.objects.filter(state=Meeting.State.PLANNED, held_on__gte=on)
    tasks = Task.objects.filter(owner=person, ending=Task.Ending.OPEN)
    actions = Action.objects.filter(owner=person, ending=Action.Ending.OPEN).select_related("objective")
    policies = Policy.objects.filter(owner=person, withdrawn_on=None)
    return [
        Kind(tasks, "owner", "task", "tasks", "task-end", "due_on"),
        Kind(
            actions,
            "owner",
            "action of the plan",
            "actions of the plan",
            "plan-detail",
            "due_on",
            number="objective.plan_id",
        ),
        Kind(policies, "owner", "policy", "policies", "policy-change", "next_review_on"),
        Kind(
            planned.filter(chair=person), "chair", "meeting to chair", "meetings to chair", "meeting-detail", "held_on"
        ),
    ]


def meetings_to_attend(person: StaffMember, on: date) -> QuerySet[MeetingMember]:
    """Where the person belongs to a meeting to come."""
    return MeetingMember.objects.filter(staff=person, meeting__state=Meeting.State.PLANNED, meeting__held_on__gte=on)


def held_by(person: StaffMember, on: date | None = None) -> list[Held]:
    """What is open and theirs, the most urgent first."""
    on = on or today()
    found = each_held(kinds_held(person, on)) + [
        Held(
            "meeting to attend",
            str(each.meeting),
            each.meeting.held_on,
            "meeting-detail",
            each.meeting_id,
            row_key(each),
        )
        for each in meetings_to_attend(person, on).select_related("meeting")
    ]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.kind, each.words, each.pk or 0))
