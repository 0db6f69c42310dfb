"""Reading meetings, decisions and tasks; and what changed because of decisions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today, year_end, year_start
from dekaan.plan.models import Decision, Meeting, MeetingMember, Task


def meetings() -> QuerySet[Meeting]:
    """Every meeting with whoever belongs to it, the newest first."""
    members = MeetingMember.objects.select_related("staff").order_by("pk")
    return Meeting.objects.select_related("chair").prefetch_related(Prefetch("members", members))


def meetings_of_year(academic_year: int) -> list[Meeting]:
    """Those of one academic year, with their decisions, the newest first."""
    found = meetings().filter(held_on__range=(year_start(academic_year), year_end(academic_year)))
    return list(found.prefetch_related("decisions"))


def last_of_kind(kind: str) -> Meeting | None:
    """The last meeting of that kind which was not called off: who belongs to it belongs to the next."""
    return meetings().filter(kind=kind).exclude(state=Meeting.State.CALLED_OFF).first()


def decisions_of(meeting: Meeting) -> list[Decision]:
    """What was decided, with the tasks that follow from it."""
    tasks = Task.objects.select_related("owner").order_by("due_on", "pk")
    return list(meeting.decisions.order_by("pk").prefetch_related(Prefetch("tasks", tasks)))


@dataclass(frozen=True)
class Came:
    """A decision, and what was done about it since a day: each task that ended with what changed because of it."""

    decision: Decision
    ended: list[Task]

    @property
    def outcomes(self) -> list[str]:
        """What changed, in the words in which the tasks ended."""
        return [each.outcome for each in self.ended if each.ending == Task.Ending.DONE and each.outcome]


def decisions_since(since: date, until: date | None = None) -> list[Came]:
    """What changed because of decisions: those of which a task ended from that day on, in the order of the meetings."""
    ended = Task.objects.filter(ended_on__gte=since, ended_on__lte=until or today()).select_related("owner")
    ended = ended.order_by("ended_on", "pk")
    of = Decision.objects.filter(pk__in=ended.values("decision_id")).select_related("meeting")
    of = of.order_by("meeting__held_on", "meeting_id", "pk").prefetch_related(Prefetch("tasks", ended, to_attr="over"))
    return [Came(each, each.over) for each in of]


def changed_before(meeting: Meeting) -> list[Came]:
    """What came of decisions between the last meeting of that kind and this one, or today."""
    earlier = Meeting.objects.filter(kind=meeting.kind, state=Meeting.State.HELD, held_on__lt=meeting.held_on)
    last = earlier.order_by("-held_on", "-pk").first()
    return decisions_since(last.held_on, min(meeting.held_on, today())) if last else []


def tasks() -> QuerySet[Task]:
    """Every task, by its day."""
    return Task.objects.select_related("owner", "decision__meeting")


def tasks_visible_to(user: User, permissions: frozenset[Permission]) -> QuerySet[Task]:
    """Whoever gives tasks has all of them; everybody else their own."""
    if Permission.PLAN_CHANGE in permissions:
        return tasks()
    return tasks().filter(owner__user=user)


def open_tasks() -> QuerySet[Task]:
    """Those that are neither done nor dropped, the most urgent first."""
    return tasks().filter(ending=Task.Ending.OPEN).order_by("due_on", "pk")


def ended_tasks(since: date) -> QuerySet[Task]:
    """Those that ended from that day on, the last first."""
    return tasks().filter(~Q(ending=Task.Ending.OPEN), ended_on__gte=since).order_by("-ended_on", "-pk")
