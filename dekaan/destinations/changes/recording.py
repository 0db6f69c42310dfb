"""Statements are recorded, corrected, taken back and ruled on; none is ever overwritten."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import months_after, today
from dekaan.destinations.changes.refusals import (
    AlreadyCorrected,
    BeforeBirth,
    BeforeLeaving,
    CodeNoLongerUsed,
    HadStopped,
    HasNotLeft,
    IsNoDestination,
    LastYears,
    NoneOfOurs,
    NoSuchCode,
    NoSuchRoute,
    NothingSaid,
    NothingSettled,
    NothingToSettle,
    RouteNoLongerUsed,
    StillToCome,
    StoppedBeforeItBegan,
)
from dekaan.destinations.changes.telling import tell
from dekaan.destinations.models import PLANS, Kind, Ruling, Statement, Wish
from dekaan.destinations.queries.days import held_to_its_day
from dekaan.destinations.queries.ledger import (
    away,
    bucket_of,
    leaving_year,
    leavings_of,
    moments_of,
    says_two_things,
    with_places,
)
from dekaan.frameworks.queries import activity_codes, moments, routes
from dekaan.partners.queries import organisation_named
from dekaan.people.models import Pupil

OLDEST = 30 * 12  # months since anything said of whose day of birth is not known: no record here is as old
LEARNING = "education"  # what a bucket of learning counts as; an apprentice may have begun before leaving, as in a job
# What a statement says; who says it of whom is given beside it.
SAYS = (
    "kind as_of said_on source confidence verified_by verified_on words sector occupation route provider provider_name "
    "course level is_backup code starts_on ends_on offer_state batch"
).split()


# What is said beside a statement that is taken all the same, wherever it is met.
BEGAN_BEFORE = "They have been there since before they left; it is judged from leaving on."
TWO_THINGS = (
    "Its code and its route say different things: the council counts by the code, the published measure by the route. Correct "
    "the one that is wrong."
)


@dataclass(frozen=True)
class Recorded:
    """What was recorded, and what whoever recorded it is told."""

    statement: Statement
    provider_is_unknown: bool = (
        False  # the directory has no one organisation of that name; the name is kept as it was said
    )
    disagrees: bool = False  # with what another source says of the same moment
    began_before_leaving: bool = False  # as a job may; it is judged from leaving on
    says_two_things: bool = False  # its code tells of one thing and its route of another; each mapping reads its own
    told_of: str = ""  # the moment of which it was told, by key, where its day is not that moment's


@transaction.atomic
def record_statement(pupil: Pupil, *, by: User | None, **says: Any) -> Recorded:
    """The ledger holds it beside whatever else is said. `says` are fields of Statement; `kind` and `source` must be there.

    The day of which it is said is the moment's own unless given; of September, the day on which it is said. One that is
    given decides of which moment it is: of a day that is no moment's own it is a change. Raises what `refusals` names.
    """
    statement, times = _checked(Statement(pupil=pupil, recorded_by=by), says)
    statement.save(force_insert=True)
    record(action="destination recorded", by=by, subject="pupil", subject_id=pupil.pk)
    _tell(statement)
    return _told(statement, times, says["kind"])


def try_statement(pupil: Pupil, **says: Any) -> Recorded:
    """What would be recorded, and nothing is. Raises what `refusals` names; whether it disagrees is not looked at."""
    statement, (left_on, _) = _checked(Statement(pupil=pupil), says)
    return Recorded(
        statement,
        bool(statement.provider_name) and statement.provider_id is None,
        told_of=_told_of(statement, says["kind"]),
        began_before_leaving=_began_before(statement, left_on),
        says_two_things=says_two_things(statement),
    )


@transaction.atomic
def correct_statement(statement: Statement, *, by: User | None, **says: Any) -> Recorded:
    """Another statement takes its place, which says the same but for `says`; the old one is kept. Raises AlreadyCorrected.

    Who had checked it had checked other words: it stands as checked only where that is said anew.
    """
    kept = {name: getattr(statement, name) for name in SAYS} | {"batch": "", "verified_by": None, "verified_on": None}
    if says.keys() & {"provider_name"} and "provider" not in says:
        kept["provider"] = None
    new, times = _checked(Statement(pupil=_only(statement).pupil, recorded_by=by, corrects=statement), kept | says)
    new.save(force_insert=True)
    record(action="destination corrected", by=by, subject="pupil", subject_id=statement.pupil_id)
    _tell(statement, new)
    return _told(new, times, kept["kind"])


@transaction.atomic
def verify_statement(statement: Statement, *, by: User, on: date | None = None) -> Recorded:
    """It says that `by` has checked it on that day. Raises AlreadyCorrected."""
    return correct_statement(statement, by=by, verified_by=by, verified_on=on or today())


@transaction.atomic
def withdraw_statement(statement: Statement, *, by: User | None, batch: str = "") -> None:
    """It is as if it had never been said; it is kept, with who took it back. Raises AlreadyCorrected."""
    withdrawal_of(_only(statement), {"recorded_by": by, "batch": batch}).save(force_insert=True)
    record(action="destination taken back", by=by, subject="pupil", subject_id=statement.pupil_id)
    _tell(statement)


def withdrawal_of(statement: Statement, written: dict[str, Any]) -> Statement:
    """The row that takes it back, not written yet; `written` says by whom, and in which press."""
    kept = {name: getattr(statement, name) for name in SAYS} | {"words": "", "batch": ""}
    return Statement(pupil_id=statement.pupil_id, corrects=statement, is_withdrawal=True, **kept | written)


@transaction.atomic
def say_which_holds(statement: Statement, *, because: str, by: User, seen: Collection[int] | None = None) -> Ruling:
    """Of what is said of its moment it holds, and what contradicts it is set aside, until something new is said.

    Where it is given which statements were `seen`, by number, whatever else is said of the moment stands. Raises NothingToSettle and AlreadyCorrected.
    """
    pupil = _only(statement).pupil
    times = away(leavings_of(pupil.pk).left, statement.as_of)
    there = moments_of(with_places(Statement.objects.filter(pupil=pupil)), Ruling.objects.filter(pupil=pupil), *times)
    if not any(
        (each.disagrees or each.set_aside) and statement in (*each.set_aside, *sum(each.groups, ())) for each in there
    ):
        raise NothingToSettle
    theirs = Statement.objects.filter(pupil=pupil, pk__in=[*(seen or ()), statement.pk])
    shown = None if seen is None else sorted(theirs.order_by().values_list("pk", flat=True))
    ruling = Ruling.objects.create(pupil=pupil, statement=statement, because=because, ruled_by=by, seen=shown)
    record(action="destination settled", by=by, subject="pupil", subject_id=pupil.pk)
    return ruling


@transaction.atomic
def leave_open(statement: Statement, *, by: User) -> None:
    """Nobody says any more that it holds. Raises AlreadyCorrected, and NothingSettled where nobody said so."""
    pupil = _only(statement).pupil
    there = moments_of(with_places(Statement.objects.filter(pupil=pupil)), Ruling.objects.filter(pupil=pupil))
    if not any(each.holds == statement.pk for each in there):
        raise NothingSettled
    Ruling.objects.create(pupil=pupil, statement=statement, leaves_open=True, ruled_by=by)
    record(action="destination left open", by=by, subject="pupil", subject_id=pupil.pk)


@transaction.atomic
def erase_destinations(pupil_id: int) -> None:
    """The ledger of destinations says nothing of the pupil any more: the one way in which a row of it goes.

    On PostgreSQL a function of the owner does it, and only of a pupil who is noted as erased.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.callproc("erase_destinations", [pupil_id])
    else:
        Ruling.objects.filter(pupil_id=pupil_id).delete()
        Wish.objects.filter(pupil_id=pupil_id).delete()
        Statement.objects.filter(pupil_id=pupil_id).delete()
    tell([pupil_id])


def _tell(*said: Statement) -> None:
    """Of where somebody went the counting room counts nothing."""
    if any(each.kind in PLANS for each in said):
        tell([said[0].pupil_id])


def _only(statement: Statement) -> Statement:
    """The statement, kept still; AlreadyCorrected where another has taken its place or it is itself taken back."""
    Pupil.objects.select_for_update(no_key=True).get(pk=statement.pupil_id)
    if statement.is_withdrawal or Statement.objects.filter(corrects=statement).exists():
        raise AlreadyCorrected
    return statement


Times = tuple[date | None, date | None]  # since when they had been away, and when they had left again if they did


def _checked(statement: Statement, says: dict[str, Any]) -> tuple[Statement, Times]:
    """The statement, filled in, and of which absence it is: of plans of none."""
    for name, value in says.items():
        setattr(statement, name, value)
    statement.said_on = statement.said_on or today()
    is_plan = statement.kind in PLANS
    times: Times = (None, None) if is_plan else _away(statement)
    left_on, _ = times
    if not statement.as_of:
        statement.as_of = _usual_day(statement, left_on)
    if left_on:
        statement.kind = held_to_its_day(statement.kind, statement.as_of, leaving_year(left_on))
    _check_days(statement, left_on)
    _check_words(statement, is_plan=is_plan)
    if statement.provider is None and statement.provider_name:
        statement.provider = organisation_named(statement.provider_name)
    if statement.provider and not statement.provider_name:
        statement.provider_name = statement.provider.name
    return statement, times


def _away(statement: Statement) -> Times:
    """Of who came back what was said while they were away can still be corrected, of the days on which they were."""
    left, left_on, is_here = leavings_of(statement.pupil_id)
    if statement.corrects:
        then = away(left, statement.corrects.as_of)
        if then[0]:
            return then
    if left_on is None:
        raise HasNotLeft if is_here else NoneOfOurs
    return left_on, None


def _usual_day(statement: Statement, left_on: date | None) -> date:
    moment = moments().get(statement.kind)
    if moment is None or left_on is None:
        return statement.said_on
    day = moment.day_after_leaving(leaving_year(left_on))
    begins = day.replace(day=1)
    return (
        max(begins, statement.said_on)
        if statement.kind == Kind.ENROLMENT and begins <= statement.said_on < day
        else day
    )


def _check_days(statement: Statement, left_on: date | None) -> None:
    born = statement.pupil.birth_date or months_after(today(), -OLDEST)
    for day in (statement.said_on, statement.as_of, statement.starts_on, statement.ends_on):
        if day and day < born:
            raise BeforeBirth(day, statement.pupil.birth_date)
    for day in (statement.as_of, statement.ends_on):
        if left_on and day and day < left_on:
            raise BeforeLeaving(day, left_on)
    is_plan = statement.kind in PLANS  # of what begins or ends on a day to come, as a course that is offered does
    told = (statement.said_on, statement.as_of)
    for day in told if is_plan else (*told, statement.starts_on, statement.ends_on):
        if day and day > today():
            raise StillToCome(day)
    if statement.as_of > statement.said_on and not is_plan:
        raise StillToCome(statement.as_of)
    last = statement.ends_on or (None if is_plan else statement.as_of)
    if statement.starts_on and last and statement.starts_on > last:
        raise StoppedBeforeItBegan(statement.starts_on, last)
    of_a_day = statement.kind in moments() and statement.kind != Kind.ENROLMENT
    if of_a_day and statement.ends_on and statement.ends_on < statement.as_of:
        raise HadStopped(statement.ends_on, statement.as_of)
    bucket = bucket_of(statement)
    if left_on and statement.starts_on and statement.starts_on < left_on and bucket and bucket.counts_as == LEARNING:
        raise LastYears(statement.starts_on, left_on)


def _began_before(statement: Statement, left_on: date | None) -> bool:
    return bool(left_on and statement.starts_on and statement.starts_on < left_on)


def _check_words(statement: Statement, *, is_plan: bool) -> None:
    in_words = statement.words or statement.provider_name or statement.sector or statement.occupation
    if not (statement.route or statement.code or (is_plan and in_words)):
        raise NothingSaid
    if statement.route:
        route = routes().get(statement.route)
        if route is None:
            raise NoSuchRoute(statement.route)
        if not route.is_in_force(statement.as_of):
            raise RouteNoLongerUsed(route)
        if route.is_plan_only and not is_plan:
            raise IsNoDestination(route)
    if statement.code:
        code = activity_codes().get(statement.code)
        if code is None:
            raise NoSuchCode(statement.code)
        if not code.is_in_force(statement.as_of):
            raise CodeNoLongerUsed(code)


def _told_of(statement: Statement, kind: str) -> str:
    return "" if statement.kind == kind else kind


def _told(statement: Statement, times: Times, kind: str) -> Recorded:
    said = with_places(Statement.objects.filter(pupil_id=statement.pupil_id))
    there = moments_of(said, Ruling.objects.filter(pupil_id=statement.pupil_id), *times)
    return Recorded(
        statement=statement,
        provider_is_unknown=bool(statement.provider_name) and statement.provider_id is None,
        disagrees=statement.kind not in PLANS
        and any(each.disagrees and statement in sum(each.groups, ()) for each in there),
        began_before_leaving=_began_before(statement, times[0]),
        says_two_things=says_two_things(statement),
        told_of=_told_of(statement, kind),
    )
