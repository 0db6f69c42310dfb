"""The audit trail as sentences, to those who may read it, as far as their roles go (the matrix, class L).

A line holds ids: a name is looked up as the line is shown, and a pupil's only for somebody who may see the pupil.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

from dekaan.access.data_classes import CLASS_NAMES, DataClass
from dekaan.access.exporting import PURPOSES
from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import not_here_yet, users_at
from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.budget.models import Agreement, Budget, BudgetLine
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.core.scope import schools_in_scope
from dekaan.curriculum.models import CurriculumLink, Subject
from dekaan.evidence.models import Evidence
from dekaan.exchange.models import ImportRun, OutgoingSheet
from dekaan.library.models import Resource
from dekaan.partners.models import Organisation, TrustOrganisation
from dekaan.people.changes import LiftedBecause
from dekaan.people.models import StaffMember
from dekaan.people.queries import found_by_name, pupils_visible_to
from dekaan.plan.models import Plan, Policy
from dekaan.privacy.models import Case
from dekaan.privacy.queries.trail_kinds import FIELDS, Kind
from dekaan.privacy.queries.trail_words import WORDS
from dekaan.programme.models import Activity, Session
from dekaan.provider_requests.models import ProviderRequest
from dekaan.publication.models import PublishedVersion
from dekaan.reports.models import Report
from dekaan.schemes.models import Scheme, SchemeLesson
from dekaan.schools.models import School
from dekaan.trusts.models import Cluster, TrustItem, TrustObjective

A_PAGE = 50
# Whose lines of which kinds a role reads; the data protection officer reads all, also what has no words yet.
READS: dict[str, frozenset[Kind]] = {
    "careers-leader": frozenset({Kind.CAREERS, Kind.READING, Kind.EXPORT}),
    "dsl": frozenset({Kind.CLOSED}),
    "technician": frozenset({Kind.SECURITY}),
    "data-protection-officer": frozenset(Kind),
}
REASONS = dict(LiftedBecause.choices)
READS_ALL = "data-protection-officer"
READS_OWN = frozenset({"careers-adviser", "commissioned-adviser"})
READS_SUMMARY = frozenset({"headteacher"})


@dataclass(frozen=True)
class Line:
    """One line of the trail, in words."""

    at: datetime
    words: str
    kind: str


@dataclass(frozen=True)
class Asked:
    """By what the trail is narrowed."""

    person: int | None = None
    pupil: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Month:
    """How many lines of each kind there are of a month, in the order of the kinds."""

    month: date
    counts: tuple[int, ...]


def kinds_read(assignments: Iterable[RoleAssignment]) -> list[Kind]:
    """The kinds of line that the roles read of anybody, in order."""
    opened = frozenset[Kind]().union(*(READS.get(each.role, frozenset()) for each in assignments))
    return [kind for kind in Kind if kind in opened]


def reads_lines(assignments: Iterable[RoleAssignment]) -> bool:
    """Whether the roles read lines at all, if only the person's own; else there are totals."""
    return any(each.role in READS or each.role in READS_OWN for each in assignments)


def people_in_trail(school: School) -> QuerySet[User]:
    """Those who hold or held a role here and have opened the school, to choose from."""
    here = users_at(school).filter(known_as="").order_by()
    return User.objects.filter(pk__in=here.values("user_id")).order_by("name", "email")


def _of_school(school: School) -> QuerySet[Event]:
    """The school's lines; and of those of no one school, what was done by or to the accounts that are its own.

    Of an account that is another school's too, only on days on which it held a role here, and had opened the school.
    """
    at = users_at(school).order_by()
    accounts = at.values("user_id")
    elsewhere = RoleAssignment.objects.filter(user_id__in=accounts).exclude(school=school).values("user_id")
    own = at.exclude(user_id__in=elsewhere).values("user_id")
    day = OuterRef("day")
    then = at.filter(Q(ends_on=None) | Q(ends_on__gte=day), known_as="", starts_on__lte=day)
    about = Q(subject="user") & (Q(subject_id__in=own) | Exists(then.filter(user_id=OuterRef("subject_id"))))
    by = Q(actor_id__in=own) | Exists(then.filter(user_id=OuterRef("actor_id")))
    return Event.objects.alias(day=TruncDate("at")).filter(Q(school_id=school.pk) | Q(school_id=0) & (about | by))


def _actions(kinds: Iterable[str]) -> list[str]:
    return [action for action, (kind, _) in WORDS.items() if kind in set(kinds)]


def _opened(school: School, user: User, assignments: list[RoleAssignment]) -> QuerySet[Event]:
    """The lines that the person's roles read; everything that somebody did themselves is theirs to read as an adviser."""
    roles = {each.role for each in assignments}
    lines = _of_school(school)
    if READS_ALL in roles:
        return lines
    opened = Q(action__in=_actions(kinds_read(assignments)))
    if roles & READS_OWN:
        opened |= Q(actor_id=user.pk)
    return lines.filter(opened)


def trail(
    school: School, user: User, assignments: list[RoleAssignment], asked: Asked, *, number: int, a_page: int = A_PAGE
) -> tuple[Page, list[Line]]:
    """A page of the lines that the person may read, newest first, and their words."""
    lines = _opened(school, user, assignments)
    if asked.person:
        lines = lines.filter(actor_id=asked.person)
    if asked.kind:
        lines = lines.filter(action__in=_actions([asked.kind]))
    if asked.since:
        lines = lines.filter(at__date__gte=asked.since)
    if asked.until:
        lines = lines.filter(at__date__lte=asked.until)
    if asked.pupil:
        found = found_by_name(pupils_visible_to(assignments), asked.pupil)[:A_PAGE]
        if asked.pupil.isdecimal() and len(asked.pupil) < 10:
            found.append(int(asked.pupil))
        case = Case.objects.filter(reference=asked.pupil.strip().upper()).first()
        if case and case.pupil_id:
            found.append(case.pupil_id)
        about = Q(subject="pupil", subject_id__in=found) | Q(detail__pupil__in=found)
        lines = lines.filter(about | Q(subject="case", subject_id=case.pk) if case else about)
    page = Paginator(lines.order_by("-at", "-id"), a_page).get_page(number)
    return page, in_words(list(page.object_list), assignments)


def summary(school: School) -> list[Month]:
    """How many lines of each kind there are, month by month of this academic year, newest first; nobody is named."""
    begin = year_start(academic_year_of(today()))
    rows = (
        Event.objects.filter(school_id=school.pk, at__date__gte=begin)
        .order_by()
        .annotate(month=TruncMonth("at"))
        .values_list("month", "action")
        .annotate(count=Count("id"))
    )
    counted: dict[date, Counter[Kind]] = {}
    for month, action, count in rows:
        if action in WORDS:
            counted.setdefault(month.date(), Counter())[WORDS[action][0]] += count
    return [Month(month, tuple(counted[month][kind] for kind in Kind)) for month in sorted(counted, reverse=True)]


def in_words(events: list[Event], assignments: list[RoleAssignment]) -> list[Line]:
    """What each line says."""
    names = _Names(events, assignments)
    return [_line(event, names) for event in events]


def _line(event: Event, names: "_Names") -> Line:
    kind, sentence = WORDS.get(event.action, (None, "{who}: " + event.action.replace("{", "").replace("}", "")))
    said = {
        **{name: _plain(value) for name, value in event.detail.items()},
        "who": names.of("user", event.actor_id) if event.actor_id else "Dekaan or a technician",
        "whom": names.of(event.subject, event.subject_id),
        "child": names.of("pupil", pupil) if isinstance(pupil := event.detail.get("pupil"), int) else "a pupil",
        "reason": REASONS.get(str(event.detail.get("because")), ""),
        "fields": _listed(event.detail.get("fields")),
        "classes": _listed([CLASS_NAMES[each][0] for each in DataClass if each in event.detail.get("classes", ())]),
        "purpose": PURPOSES.get(str(event.detail.get("purpose")), "no purpose said"),
        "role": ROLES[role].name if (role := event.detail.get("role")) in ROLES else "",
    }
    return Line(timezone.localtime(event.at), sentence.format_map(_Known(said)), kind.words if kind else "")


class _Known(dict[str, str]):
    """A line of before may lack what its sentence asks for today."""

    def __missing__(self, key: str) -> str:
        return "?"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _listed(fields: object) -> str:
    names = [FIELDS.get(str(each), str(each).replace("_", " ")) for each in fields] if isinstance(fields, list) else []
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "record"


class _Names:
    """Who and what the lines are about: one question for each kind of thing."""

    def __init__(self, events: list[Event], assignments: list[RoleAssignment]) -> None:
        wanted: dict[str, set[int]] = {}
        for event in events:
            wanted.setdefault("user", set()).add(event.actor_id or 0)
            if isinstance(pupil := event.detail.get("pupil"), int):
                wanted.setdefault("pupil", set()).add(pupil)
            if event.subject_id is not None:
                wanted.setdefault(event.subject, set()).add(event.subject_id)
        trusts = School.objects.filter(pk__in=schools_in_scope()).values("trust")
        found: dict[str, QuerySet] = {
            "user": User.objects.all(),
            "pupil": pupils_visible_to(assignments),
            "staff": StaffMember.objects.all(),
            "activity": Activity.objects.all(),
            "session": Session.objects.select_related("activity"),
            "import": ImportRun.objects.all(),
            "outgoing sheet": OutgoingSheet.objects.all(),
            "report": Report.objects.defer(*Report.HEAVY),
            "curriculum subject": Subject.objects.all(),
            "curriculum link": CurriculumLink.objects.all(),
            "scheme": Scheme.objects.all(),
            "resource": Resource.objects.all(),
            "scheme lesson": SchemeLesson.objects.all(),
            "evidence": Evidence.objects.all(),
            "budget": Budget.objects.all(),
            "budget line": BudgetLine.objects.all(),
            "agreement": Agreement.objects.all(),
            "plan": Plan.objects.all(),
            "policy": Policy.objects.all(),
            "published version": PublishedVersion.objects.all(),
            "provider request": ProviderRequest.objects.all(),
            "organisation": Organisation.objects.all(),
            "trust's organisation": TrustOrganisation.objects.filter(trust__in=trusts),
            "cluster": Cluster.objects.filter(trust__in=trusts),
            "trust's objective": TrustObjective.objects.filter(trust__in=trusts),
            "trust's item": TrustItem.objects.filter(trust__in=trusts),
        }
        self._names = {
            (subject, pk): _name(row)
            for subject, pks in wanted.items()
            if subject in found
            for pk, row in found[subject].filter(pk__in=pks).in_bulk().items()
        }
        for school_id in schools_in_scope():
            self._names |= {("user", pk): name for pk, name in not_here_yet(school_id).items()}

    def of(self, subject: str, pk: int | None) -> str:
        """The name, or its number where there is none or it is not for the reader."""
        words = {"staff": "member of staff", "user": "account"}.get(subject, subject)
        return self._names.get((subject, pk or 0)) or (
            f"{words} {pk}" if words and words != "academic year" else f"{pk}"
        )


def _name(row: Model) -> str:
    if isinstance(row, ImportRun):
        return f"import {row.pk}"
    if isinstance(row, Session):
        return f"{row.activity} on {row.held_on:%-d %B %Y}"
    return str(getattr(row, "name", "") or row)
