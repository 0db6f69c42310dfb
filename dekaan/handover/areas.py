"""What each area knows of as held by a colleague, and how it goes to another. A test finds a field that is in none."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import TextField
from django.db.models.functions import Cast

from dekaan.access.models import User
from dekaan.budget import changes as budget
from dekaan.budget.queries import kinds_held as agreements_held
from dekaan.curriculum.models import Subject
from dekaan.evidence.models import Evidence
from dekaan.evidence.queries import facts
from dekaan.library.models import Resource
from dekaan.people.changes import pass_on
from dekaan.people.models import StaffMember
from dekaan.people.queries import Held, Kind, each_held
from dekaan.plan import changes as plan
from dekaan.plan.queries import held_by as held_of_plan
from dekaan.programme.models import Session
from dekaan.quality.models import Improvement
from dekaan.schemes import changes as schemes
from dekaan.schemes.models import Observation, SchemeOwner
from dekaan.team import changes as team
from dekaan.team.queries import held_by as held_of_team
from dekaan.trusts.models import VisitStep

Kinds = Callable[[StaffMember, date], list[Kind]]


@dataclass(frozen=True)
class Area:
    """One area: its name for a screen, what somebody holds of it on a day, and how all of that goes to another, but for rows that stay."""

    key: str
    name: str
    held: Callable[[StaffMember, date], list[Held]]
    hand_over: Callable[[StaffMember, StaffMember, User | None, date, Collection[str]], list[str]]


def _plain(key: str, name: str, kinds: Kinds) -> Area:
    """An area of which only a field changes hands."""
    return Area(
        key,
        name,
        lambda person, on: each_held(kinds(person, on)),
        lambda from_, to, _by, on, but: pass_on(kinds(from_, on), to, but),
    )


def _sessions(person: StaffMember, on: date) -> list[Kind]:
    to_come = Session.objects.filter(held_on__gte=on, recorded_at=None, cancelled_at=None).select_related("activity")
    led = to_come.filter(led_by=person)
    words = ("session to lead", "sessions to lead")
    return [Kind(led, "led_by", *words, "session-detail", "held_on", lambda row: row.title)]


def _evidence(person: StaffMember, _on: date) -> list[Kind]:
    """What is in the cabinet under the colleague's name, but for what shows something of themself, as a certificate."""
    kept = Evidence.objects.filter(owner=person, set_aside_on=None)
    for key, fact in facts().items():
        if fact.of_a_person:
            kept = kept.alias(shown=Cast("facts", TextField())).exclude(shown__contains=f'"{key}"')
    return [Kind(kept, "owner", "piece of evidence", "pieces of evidence", "evidence-detail", "valid_until")]


def _library(person: StaffMember, _on: date) -> list[Kind]:
    used = Resource.objects.filter(owner=person, set_aside_on=None)
    return [Kind(used, "owner", "resource", "resources", "resource-detail", "review_on")]


def _schemes(person: StaffMember) -> list[Kind]:
    owned = SchemeOwner.objects.filter(staff=person).select_related("scheme")
    kind = ("scheme of work", "schemes of work")
    return [Kind(owned, "staff", *kind, "scheme-detail", "", lambda row: str(row.scheme), "scheme_id")]


def _observations(person: StaffMember, _on: date) -> list[Kind]:
    to_do = Observation.objects.filter(action_who=person, action_done_on=None, action_dropped_on=None).exclude(
        action=""
    )
    kind = ("action after an observation", "actions after an observation")
    return [
        Kind(to_do, "action_who", *kind, "observation-detail", "action_due_on", lambda row: row.action),
    ]


def _improvements(person: StaffMember, _on: date) -> list[Kind]:
    to_do = Improvement.objects.filter(who=person, done_on=None)
    kind = ("thing to do differently", "things to do differently")
    return [Kind(to_do, "who", *kind, "evaluation-detail", "due_on", number="evaluation_id")]


def _subjects(person: StaffMember, _on: date) -> list[Kind]:
    spoken_for = Subject.objects.filter(representative=person, given_up_on=None)
    return [Kind(spoken_for, "representative", "subject to speak for", "subjects to speak for", "subject-change")]


def _visit_steps(person: StaffMember, _on: date) -> list[Kind]:
    to_do = VisitStep.objects.filter(owner=person, done_on=None)
    return [Kind(to_do, "owner", "step agreed with the trust", "steps agreed with the trust", "", "due_on")]


AREAS = (
    Area(
        "team",
        "Post and responsibilities",
        held_of_team,
        lambda from_, to, by, on, but: team.hand_over(from_, to, by=by, on=on, but=but),
    ),
    Area(
        "plan",
        "Tasks, actions, meetings and policies",
        held_of_plan,
        lambda from_, to, by, on, but: plan.hand_over(from_, to, by=by, on=on, but=but),
    ),
    _plain("programme", "Sessions to come", _sessions),
    Area(
        "budget",
        "Service agreements",
        lambda person, on: each_held(agreements_held(person, on)),
        lambda from_, to, by, on, but: budget.hand_over(from_, to, by=by, on=on, but=but),
    ),
    _plain("evidence", "Evidence", _evidence),
    Area(
        "schemes",
        "Schemes of work",
        lambda person, _on: each_held(_schemes(person)),
        lambda from_, to, _by, _on, but: schemes.hand_over(from_, to, but),
    ),
    _plain("observations", "Observations", _observations),
    _plain("quality", "Evaluations", _improvements),
    _plain("library", "Library", _library),
    _plain("curriculum", "Curriculum", _subjects),
    _plain("trusts", "Visits of the trust", _visit_steps),
)
