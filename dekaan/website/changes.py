"""What happens: the website is named, a check asked for, made and kept, and old checks go."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import months_after, today
from dekaan.core.fetching.addresses import NotAnAddress, address_of
from dekaan.core.scope import working_in
from dekaan.jobs.queries import job_in_hand
from dekaan.publication.changes import say_facts
from dekaan.schools.changes import hold_school
from dekaan.schools.models import School
from dekaan.website import queries
from dekaan.website.models import WatchedWebsite, WebsiteCheck
from dekaan.website.reading.document import Document
from dekaan.website.visiting import visit

__all__ = [
    "NoWebsite",
    "NotAnAddress",
    "NotSaved",
    "TooLate",
    "UnderWay",
    "ask_for_check",
    "ask_weekly",
    "count_again",
    "forget_in_checks",
    "forget_old_checks",
    "keep_saved_check",
    "make_check",
    "set_aside",
    "stop_watching",
    "watch_website",
]

State = WebsiteCheck.State
LEASE = queries.STANDSTILL
KEPT_MONTHS = 12
NAMED_SOMEBODY = "Words that named a pupil who was erased"

Then = Callable[[WebsiteCheck], Any]


class NoWebsite(Exception):
    """Nobody has said where the school's careers page is."""


class NotSaved(Exception):
    """Only what was read from a saved page is set aside: a visit is the website's own word."""


class TooLate(Exception):
    """The time for undo has passed."""


class UnderWay(Exception):
    """A check is on its way."""


@transaction.atomic
def watch_website(address: str, *, by: User | None) -> WatchedWebsite:
    """The school's careers page is there: its host alone is visited, each week from now on. Raises NotAnAddress."""
    whole = address_of(address).whole
    hold_school()
    watched = WatchedWebsite.objects.select_for_update().first() or WatchedWebsite()
    if watched.address != whole:
        watched.address, watched.set_on = whole, today()
        watched.save()
        record(action="website address changed", by=by, subject="school")
        say_facts(own_page=whole, by=by)  # the public pages say it, and may be shown there
    return watched


@transaction.atomic
def stop_watching(*, by: User | None) -> None:
    """No website is visited any more, and none may show the public page within its own; what was found stays."""
    if WatchedWebsite.objects.all().delete()[0]:
        say_facts(own_page="", by=by)
        record(action="website address removed", by=by, subject="school")


@transaction.atomic
def ask_for_check(*, by: User | None, then: Then) -> WebsiteCheck:
    """A check waits for the worker, to whom `then` hands it. Raises NoWebsite, and UnderWay where one is on its way."""
    check = _waiting(is_weekly=False, by=by)
    record(action="website check asked for", by=by, subject="website check", subject_id=check.pk)
    then(check)
    return check


@transaction.atomic
def ask_weekly(then: Then) -> WebsiteCheck | None:
    """A check waits for the worker where none was asked for in the last week; None where nothing is due."""
    recent = timezone.now() - queries.WEEK + timedelta(hours=12)  # the morning's round is not to the minute
    if WebsiteCheck.objects.filter(how=WebsiteCheck.How.VISIT, asked_at__gt=recent).exists():
        return None
    try:
        check = _waiting(is_weekly=True, by=None)
    except (NoWebsite, UnderWay):
        return None
    then(check)
    return check


def _waiting(*, is_weekly: bool, by: User | None) -> WebsiteCheck:
    watched = WatchedWebsite.objects.select_for_update().first()
    if watched is None:
        raise NoWebsite
    for each in WebsiteCheck.objects.exclude(state=State.DONE):
        if not queries.stands_still(each):
            raise UnderWay
        _end(each, unread="too-much")
    now = timezone.now()
    return WebsiteCheck.objects.create(
        address=watched.address, is_weekly=is_weekly, asked_by=by, asked_at=now, moved_at=now
    )


def _end(check: WebsiteCheck, *, unread: str) -> None:
    """A check whose worker ended and that nobody took up again."""
    check.state, check.unread, check.finished_at, check.leased_until = State.DONE, unread, timezone.now(), None
    check.save(update_fields=["state", "unread", "finished_at", "leased_until"])


# --- the worker's part -------------------------------------------------------------------------------------------------


def make_check(school_id: int, check_id: int) -> None:
    """The website is visited and judged, and the check says what was found. Done again after its worker was killed.

    Nothing of the database is held meanwhile: a visit takes a minute or more.
    """
    with working_in(school_id):
        check = _take_up(check_id)
        school = School.objects.select_related("trust").get(pk=school_id)
    if check is None:
        return
    wire = import_string(settings.WIRE)()

    def tell(words: str, done: int) -> None:
        _tell(school_id, check, words, done)

    try:
        visited = visit(check.address, school=school.name, wire=wire, tell=tell)
    except NotAnAddress:  # it was one when it was kept, and is not visited by what is asked of one now
        visited = queries.Visited([Document(check.address, unread="no-name")])
    with working_in(school_id):
        _keep(check, queries.judged(school, visited, today()))


def _take_up(check_id: int) -> WebsiteCheck | None:
    """The check is in this worker's hand; None where it is over or in another's."""
    now, job = timezone.now(), job_in_hand()
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    if job:
        free |= Q(leased_by=job)
    taken = (
        WebsiteCheck.objects.filter(free, pk=check_id)
        .exclude(state=State.DONE)
        .update(state=State.VISITING, leased_until=now + LEASE, leased_by=job, moved_at=now)
    )
    return WebsiteCheck.objects.get(pk=check_id) if taken else None


def _tell(school_id: int, check: WebsiteCheck, words: str, done: int) -> None:
    """Whoever looks sees how far it is."""
    now = timezone.now()
    with working_in(school_id):
        WebsiteCheck.objects.filter(pk=check.pk).update(
            step=words[:200], pages=done, moved_at=now, leased_until=now + LEASE
        )


@transaction.atomic
def _keep(check: WebsiteCheck, found: queries.Checked) -> None:
    check.state, check.unread, check.finished_at, check.step = State.DONE, found.unread, timezone.now(), ""
    check.leased_until, check.moved_at = None, timezone.now()
    check.pages = sum(not each.unread for each in found.visited.documents)
    check.findings = [asdict(each) for each in found.findings]
    check.documents = [
        {"address": each.address, "called": each.named, "kind": each.kind, "unread": each.unread}
        for each in found.visited.documents
    ]
    check.broken = [asdict(each) for each in found.visited.broken]
    check.words_read = [] if found.unread else queries.words_of(found.visited)
    check.save()
    if check.how == WebsiteCheck.How.VISIT and not found.unread:  # what was read before it counts no more
        WebsiteCheck.objects.filter(finished_at__lte=check.finished_at).exclude(pk=check.pk).update(words_read=[])
    alarms = sum(each.state.is_alarm for each in found.findings)
    record(
        action="website checked",
        by=check.asked_by,
        subject="website check",
        subject_id=check.pk,
        detail={"alarms": alarms},
    )


# --- saved pages -------------------------------------------------------------------------------------------------------


@transaction.atomic
def keep_saved_check(school: School, visited: queries.Visited, *, called: str, by: User | None) -> WebsiteCheck:
    """What was read of saved pages is judged and kept as a check; the files are not."""
    now = timezone.now()
    check = WebsiteCheck(how=WebsiteCheck.How.SAVED, address=called[:500], asked_by=by, asked_at=now, moved_at=now)
    _keep(check, queries.judged(school, visited, today()))
    return check


@transaction.atomic
def set_aside(check: WebsiteCheck, *, by: User | None) -> None:
    """The saved page no longer counts for how the website stands; what was found of it stays on record. Raises NotSaved."""
    if check.how != WebsiteCheck.How.SAVED or not check.is_over:
        raise NotSaved
    if WebsiteCheck.objects.filter(pk=check.pk, set_aside_at=None).update(set_aside_at=timezone.now()):
        record(action="saved page set aside", by=by, subject="website check", subject_id=check.pk)


@transaction.atomic
def count_again(check: WebsiteCheck, *, by: User | None) -> None:
    """The saved page that was set aside counts again. Raises TooLate after the time for undo."""
    if check.set_aside_at is not None and not queries.may_count_again(check):
        raise TooLate
    if WebsiteCheck.objects.filter(pk=check.pk).exclude(set_aside_at=None).update(set_aside_at=None):
        record(action="saved page counts again", by=by, subject="website check", subject_id=check.pk)


# --- what goes ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def forget_old_checks(on: date) -> None:
    """Checks of more than a year ago are gone, but for the last that read something, and the last such visit."""
    read = WebsiteCheck.objects.filter(state=State.DONE, unread="", set_aside_at=None)
    visits = read.filter(how=WebsiteCheck.How.VISIT)
    last = [each.pk for each in (read.first(), visits.first()) if each]
    WebsiteCheck.objects.filter(asked_at__date__lt=months_after(on, -KEPT_MONTHS)).exclude(pk__in=last).delete()


def forget_in_checks(names: Callable[[str], bool]) -> None:
    """No sentence that was found names the pupil of whom `names` tells."""
    for check in WebsiteCheck.objects.all():
        before = [check.findings, check.documents, check.broken, check.words_read]
        after = [_without(each, names) for each in before]
        if after != before:
            check.findings, check.documents, check.broken, check.words_read = after
            check.save(update_fields=["findings", "documents", "broken", "words_read"])
        if names(check.step) or names(check.address):
            check.step, check.address = "", NAMED_SOMEBODY if names(check.address) else check.address
            check.save(update_fields=["step", "address"])


def _without(kept: Any, names: Callable[[str], bool]) -> Any:
    """The same, however deep, without the words that name the pupil."""
    if isinstance(kept, str):
        return NAMED_SOMEBODY if names(kept) else kept
    if isinstance(kept, dict):
        return {name: _without(value, names) for name, value in kept.items()}
    return [_without(each, names) for each in kept] if isinstance(kept, list) else kept
