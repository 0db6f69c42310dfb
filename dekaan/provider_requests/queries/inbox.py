"""Requests as lists, and one on its card."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.matrix import cell
from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.frameworks.queries import access_duty_of
from dekaan.jobs.models import Mail
from dekaan.jobs.queries import did_not_arrive
from dekaan.people.queries import pupils_named
from dekaan.provider_access.queries import Short, short_by_year_group
from dekaan.provider_requests.models import AccessRules, FormRefusals, ProviderReply, ProviderRequest
from dekaan.provider_requests.queries.clock import WorkingDays, due_in_words
from dekaan.provider_requests.queries.free import Free, Slot, free_slots
from dekaan.provider_requests.queries.rules import free_times
from dekaan.schools.models import School

State = ProviderRequest.State


@dataclass(frozen=True)
class Line:
    """A request in a list, with its clock in words."""

    request: ProviderRequest
    clock: str
    is_late: bool
    is_due: bool = False  # its day has come or gone, so that somebody is to do something today
    did_not_arrive: bool = False  # a mail to them came back


@dataclass(frozen=True)
class Gap:
    """How many pupils of a year group still lack an encounter, or its offer, and whether the request is about them."""

    short: Short
    is_asked: bool


@dataclass(frozen=True)
class Sent:
    """A reply, and what has become of its mail where it has not arrived."""

    reply: ProviderReply
    trouble: str

    @property
    def slots(self) -> list[Slot]:
        """The times that it named."""
        return [Slot.from_kept(each) for each in self.reply.dates]


def opens_contacts(assignments: Iterable[RoleAssignment]) -> bool:
    """Whether a role reads whom a provider's people are and what they wrote (the matrix, class X), without a limit."""
    return any(
        part.does in {"r", "rw"} and not part.scope and not part.only
        for each in assignments
        for part in cell(each.role, DataClass.X).parts
    )


def requests(state: str = "") -> list[Line]:
    """Every request of that state, or of every one: those that wait first, by when they are due; then the newest."""
    found = _with_mail(ProviderRequest.objects.filter(state=state) if state else ProviderRequest.objects.all())
    waiting = sorted((each for each in found if each.waits), key=lambda each: (each.due_on, each.pk))
    return _lines([*waiting, *(each for each in found if not each.waits)], WorkingDays())


def providers_waiting() -> list[Line]:
    """What a person is to look at: requests that wait for the school, and those whose mail did not arrive; one statement."""
    held = ProviderRequest.objects.filter(forgotten_on=None)
    new = _with_mail(held).filter(Q(state=State.NEW) | Q(state=State.ASKED) | Q(has_failed=True))
    now = today()
    # A question that was asked is theirs to answer until the day on which the school has to.
    due = [
        each for each in new if each.state != State.ASKED or each.due_on <= now or getattr(each, "has_failed", False)
    ]
    return _lines(sorted(due, key=lambda each: (each.due_on, each.pk)), None)


def _with_mail(found: QuerySet[ProviderRequest]) -> QuerySet[ProviderRequest]:
    failed = ProviderReply.objects.filter(request=OuterRef("pk"), message_id__in=did_not_arrive().values("message_id"))
    return found.annotate(has_failed=Exists(failed))


def _lines(found: Iterable[ProviderRequest], working: WorkingDays | None) -> list[Line]:
    now = today()
    return [
        Line(
            each,
            due_in_words(each.due_on, now, working) if each.waits else "",
            each.waits and each.due_on < now,
            each.waits and each.due_on <= now,
            bool(getattr(each, "has_failed", False)),
        )
        for each in found
    ]


def line_of(request: ProviderRequest) -> Line:
    """One request with its clock."""
    return _lines([request], WorkingDays())[0]


def replies_to(request: ProviderRequest) -> list[Sent]:
    """What was sent, oldest first."""
    sent = list(request.replies.select_related("sent_by"))
    failed = did_not_arrive().filter(message_id__in=[each.message_id for each in sent])
    states = dict(failed.values_list("message_id", "state"))
    return [Sent(each, TROUBLE.get(states.get(each.message_id, ""), "")) for each in sent]


TROUBLE: dict[str, str] = {
    Mail.State.UNSENDABLE: "Their mail server refused the address or the mail for good.",
    Mail.State.IN_DOUBT: "It was handed over and the answer was not heard: it may have arrived.",
    Mail.State.GIVEN_UP: "It was not taken for more than a day, or a restore stopped it.",
}


def pupils_in(request: ProviderRequest) -> list[str]:
    """Pupils of the school whom the provider's own words name."""
    return sorted({name for _, name in pupils_named([request.what, request.when_said, request.needs])})


def slots_offered(request: ProviderRequest) -> list[Slot]:
    """The times that were offered, each once."""
    offers = request.replies.filter(kind=ProviderReply.Kind.OFFER)
    found = {slot.key: slot for each in offers for kept in each.dates if (slot := Slot.from_kept(kept))}
    return sorted(found.values(), key=lambda each: (each.day, each.starts_at))


def free_for(request: ProviderRequest, rules: AccessRules) -> Free:
    """When they could come: not before the notice that the policy asks for, counted from when they asked."""
    notice = request.received_on + timedelta(weeks=rules.weeks_notice)
    since = max(notice, today() + timedelta(days=1))
    return free_slots(request.year_groups, free_times(), since=since, working=WorkingDays())


def phase_gaps(school: School, year_groups: Collection[int], *, exactly: bool) -> list[Gap]:
    """For each year group that the law means, who is short so far, as the duty's own page counts it."""
    found = short_by_year_group(school, academic_year_of(today()), exactly=exactly)
    return [Gap(each, each.year_group in year_groups) for each in found]


def lacking(school: School) -> list[Short]:
    """Year groups with any pupil who is short and whose phase has not ended, first ended first: fit to be named to anybody.

    Nobody where the law does not bind the school. What is named is a year group and never a number.
    """
    if access_duty_of(school.establishment_type).binds is False:
        return []
    found = short_by_year_group(school, academic_year_of(today()), exactly=False)
    return sorted((each for each in found if each.is_any and not each.is_over), key=lambda each: each.until)


@dataclass(frozen=True)
class Log:
    """A year of requests as an inspector reads it, and how often the form refused a robot."""

    requests: list[ProviderRequest]
    refused: int

    @property
    def late(self) -> int:
        """How many were answered after their day, or are not answered and it has gone."""
        return sum(was_late(each) for each in self.requests)


def was_late(request: ProviderRequest) -> bool:
    """Whether the day by which it was to be answered went by without an answer."""
    return (request.decided_on or today()) > request.due_on and (request.decided_on is not None or request.is_open)


def log(academic_year: int) -> Log:
    """Every request that was received in the year, oldest first."""
    within = (year_start(academic_year), year_end(academic_year))
    found = ProviderRequest.objects.filter(received_on__range=within).select_related("session")
    refusals = FormRefusals.objects.filter(day__range=within).values_list("number", flat=True)
    return Log(list(found.order_by("received_on", "pk")), sum(refusals))


def years_of_log() -> list[int]:
    """The academic years in which a request was received, and this one, newest first."""
    days = ProviderRequest.objects.order_by().values_list("received_on", flat=True).distinct()
    return sorted({academic_year_of(day) for day in days} | {academic_year_of(today())}, reverse=True)
