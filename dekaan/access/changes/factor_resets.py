"""A colleague who has lost telephone and recovery codes is let in again: by two people, never by one (T18).

One asks and another agrees; neither chooses or sees a password, a code or a link. Where the second person has not seen
the colleague, a day passes first. Any sign-in with a factor in the meantime stops it: whoever still holds a factor needs
no reset, and somebody else may have asked in their name.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from dekaan.access.changes.accounts import forget_factors
from dekaan.access.factors import kinds_of
from dekaan.access.models import FactorReset, RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_in, may, may_agree_to_reset, open_factor_resets, roles_not_over
from dekaan.audit.changes import record
from dekaan.schools.models import School

NOTICE = timedelta(hours=24)  # where nobody has seen the colleague


class OwnReset(Exception):
    """Nobody asks for a reset of their own factor."""


class NothingToReset(Exception):
    """The person has no second factor: a new password by mail is enough."""


class NotOfOneSchool(Exception):
    """The person works elsewhere too, or has not yet opened this school: no two people of it decide on their account."""


class AlreadyAsked(Exception):
    """It was asked already, and is neither done nor stopped."""


class NotTheirsToReset(Exception):
    """Whoever asks, agrees or stops it may not at that school, or it is about them or asked for by them, or settled or over."""


@transaction.atomic
def ask_for_factor_reset(assignment: RoleAssignment, *, by: User) -> FactorReset:
    """The reset of the factor of whoever holds the role waits for a second person, for a week.

    Raises OwnReset, NotOfOneSchool, NothingToReset, AlreadyAsked, NotTheirsToReset.
    """
    user, school = assignment.user, assignment.school
    if by.pk == user.pk:
        raise OwnReset
    if school is None or not may(by, school, Permission.ACCOUNTS_CHANGE):
        raise NotTheirsToReset
    if not user.is_active or not roles_not_over().filter(pk=assignment.pk).exists():
        raise NotTheirsToReset
    if not _is_of_one_school(user, school):
        raise NotOfOneSchool
    if not kinds_of(user):
        raise NothingToReset
    _forget_those_over(user)
    try:
        with transaction.atomic():
            reset = FactorReset.objects.create(assignment=assignment, user=user, asked_by=by, asked_at=timezone.now())
    except IntegrityError:
        raise AlreadyAsked from None
    record(action="factor reset asked for", by=by, **_of(reset))
    return reset


def _is_of_one_school(user: User, school: School) -> bool:
    """Whether the person has opened that school and works nowhere else; what only waits for a second person is no work."""
    held = roles_not_over().filter(user=user, starts_on__isnull=False)
    return held.filter(school=school, known_as="").exists() and not held.exclude(school=school).exists()


def _forget_those_over(user: User) -> None:
    """What nobody agreed to in time, or was asked through a role that has ended, stands in the way of no new asking."""
    still = open_factor_resets().filter(user=user).values("pk")
    waiting = FactorReset.objects.filter(user=user, done_at=None, stopped_at=None)
    waiting.exclude(pk__in=list(still.values_list("pk", flat=True))).update(stopped_at=timezone.now())


@transaction.atomic
def agree_to_factor_reset(reset: FactorReset, *, by: User, seen: bool) -> None:
    """The reset takes effect now where whoever agrees has `seen` the colleague, else a day later.

    Raises NotTheirsToReset.
    """
    school = reset.assignment.school
    if school is None or not may_agree_to_reset(reset, by, assignments_in(by, school)):
        raise NotTheirsToReset
    if not _is_of_one_school(reset.user, school):
        raise NotTheirsToReset
    if reset.asked_by is None or not may(reset.asked_by, school, Permission.ACCOUNTS_CHANGE):
        raise NotTheirsToReset
    due = timezone.now() + (timedelta() if seen else NOTICE)
    if not (
        open_factor_resets().filter(pk=reset.pk).exists()
        and _unsettled(reset.pk, due_at=None).update(agreed_by=by, due_at=due)
    ):
        raise NotTheirsToReset
    reset.refresh_from_db(fields=["agreed_by", "due_at"])
    if seen:
        record(action="factor reset agreed in person", by=by, **_of(reset))
    else:
        record(action="factor reset agreed", by=by, **_of(reset))


@transaction.atomic
def stop_factor_reset(reset: FactorReset, *, by: User) -> None:
    """The reset does not take effect; also between the agreement and the day after. Raises NotTheirsToReset."""
    school = reset.assignment.school
    if school is None or not may(by, school, Permission.ROLES_CONFIRM) or not _stopped(reset.pk):
        raise NotTheirsToReset
    record(action="factor reset stopped", by=by, **_of(reset))


@transaction.atomic
def stop_factor_reset_by_signing_in(user: User) -> bool:
    """The person has shown a factor, so none is reset. Answers whether one was about to be."""
    waiting = open_factor_resets().filter(user=user).select_related("assignment").first()
    if waiting is None or not _stopped(waiting.pk):
        return False
    record(action="factor reset stopped by signing in", by=user, **_of(waiting))
    return True


def _stopped(pk: int) -> bool:
    return bool(_unsettled(pk).update(stopped_at=timezone.now()))


def _unsettled(pk: int, **more: Any) -> QuerySet[FactorReset]:
    """By columns of its own row only: of two who write at once, the database then refuses one."""
    return FactorReset.objects.filter(pk=pk, done_at=None, stopped_at=None, **more)


@transaction.atomic
def reset_factor(reset_id: int) -> User | None:
    """What was agreed to is in effect once its time has come: answers with the person, who now needs a way in.

    App, passkeys, recovery codes, known browsers and sessions are gone, and the password opens nothing: whoever had
    learnt it could else set up a factor of their own. Linked single sign-on stays: it is the school's own, and asks for
    a factor itself. Answers None where it was stopped, is not due, or the account was closed.
    """
    reset = FactorReset.objects.filter(pk=reset_id).select_related("assignment", "user").first()
    if reset is None or not reset.user.is_active:
        return None
    if reset.done_at is not None:
        return reset.user
    now = timezone.now()
    if not (
        open_factor_resets().filter(pk=reset_id).exists() and _unsettled(reset_id, due_at__lte=now).update(done_at=now)
    ):
        return None
    user = reset.user
    forget_factors(user, by=None)
    record(action="factor reset", by=None, **_of(reset))
    return user


def forget_old_resets() -> None:
    """What was settled, or nobody agreed to, is kept for 90 days in its own table; the audit trail keeps its lines."""
    FactorReset.objects.filter(asked_at__lt=timezone.now() - timedelta(days=90)).delete()


def _of(reset: FactorReset) -> dict[str, Any]:
    """What the audit keeps of it: whose, and where it was asked for."""
    return {"subject": "user", "subject_id": reset.user_id, "school_id": reset.assignment.school_id or 0}
