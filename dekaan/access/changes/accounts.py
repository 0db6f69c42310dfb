"""Opening accounts and giving roles."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from dekaan.access.matrix import needs_two
from dekaan.access.models import Attempts, Device, Invitation, Press, RoleAssignment, User
from dekaan.access.queries import (
    REVIEW,
    assignments_in,
    may_confirm,
    roles_given_by,
    roles_not_over,
    roles_to_review,
)
from dekaan.access.roles import ROLES
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.schools.models import School, Trust

PRESSES_KEPT_FOR = timedelta(days=1)


class NoSuchRole(Exception):
    """The role is not in the list of roles."""


class OwnRole(Exception):
    """Nobody gives or ends a role of their own."""


class NotTheirsToGive(Exception):
    """Whoever gives or ends the role holds none that may, at that school."""


class AlreadyOver(Exception):
    """The role ends by that day in any case, or was never held and never will be."""


class ListChanged(Exception):
    """The roles that were looked through are not those that are held now."""


class NotTheirsToConfirm(Exception):
    """Whoever confirms or declines the role gave it, is to hold it, or holds none that may; or it does not wait."""


def _check_may_give(role: str, *, to: User, school: School | None, by: User | None) -> None:
    """`by` is None on the command line and in the demonstration, where there is full trust."""
    if by is None:
        return
    if by.pk == to.pk:
        raise OwnRole
    if school is None or ROLES[role] not in roles_given_by(assignments_in(by, school)):
        raise NotTheirsToGive(role)


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None, by: User | None = None) -> User:
    """The person has an account that grants nothing yet; an existing account is returned as it is."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email=email, name=name, password=password)
        record(
            action="account opened",
            by=by,
            subject="user",
            subject_id=user.pk,
            school_id=0,
        )
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    by: User | None,
    school: School | None = None,
    trust: Trust | None = None,
    scope: dict[str, Any] | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    known_as: str = "",
) -> RoleAssignment:
    """The person holds the role from `starts_on` (today unless told otherwise).

    A role that asks for two people (`matrix.needs_two`) and is given by one is held from the day on which a second
    confirms it, and opens nothing before. Until they have opened the school, it knows them as `known_as`.

    Raises NoSuchRole; OwnRole and NotTheirsToGive where `by` may not give it.
    """
    if role not in ROLES:
        raise NoSuchRole(role)
    _check_may_give(role, to=user, school=school, by=by)
    waits = by is not None and needs_two(role)
    assignment = RoleAssignment.objects.create(
        user=user,
        role=role,
        school=school,
        trust=trust,
        scope=scope or {},
        starts_on=None if waits else starts_on or today(),
        ends_on=ends_on,
        given_by=by,
        known_as=known_as,
    )
    record(action="role asked for" if waits else "role given", by=by, **_of(assignment))
    if not waits:
        _open_again(user, by=by)
    return assignment


@transaction.atomic
def confirm_role(assignment: RoleAssignment, *, by: User) -> None:
    """The role that waited is held from today: two people have given it.

    Raises NotTheirsToConfirm; NotTheirsToGive where whoever gave it may not give it any more.
    """
    _check_may_confirm(assignment, by=by)
    _check_may_give(assignment.role, to=assignment.user, school=assignment.school, by=assignment.given_by)
    _settle(assignment, starts_on=today())
    record(action="role confirmed", by=by, **_of(assignment))
    _open_again(assignment.user, by=by)


@transaction.atomic
def decline_role(assignment: RoleAssignment, *, by: User) -> None:
    """The role that waited was never held, and never will be. Raises NotTheirsToConfirm."""
    _check_may_confirm(assignment, by=by)
    _settle(assignment, ends_on=today() - timedelta(days=1))
    record(action="role declined", by=by, **_of(assignment))
    _close_if_nothing_is_left(assignment.user, by=by)


def _check_may_confirm(assignment: RoleAssignment, *, by: User) -> None:
    school = assignment.school
    if school is None or not may_confirm(assignment, by, assignments_in(by, school)):
        raise NotTheirsToConfirm


def _settle(assignment: RoleAssignment, **days: date) -> None:
    """Of two who confirm and decline at once, one is refused."""
    waiting = RoleAssignment.objects.filter(pk=assignment.pk, starts_on=None, ends_on=None)
    if not waiting.update(**days):
        raise NotTheirsToConfirm
    assignment.refresh_from_db(fields=["starts_on", "ends_on"])


def _of(assignment: RoleAssignment) -> dict[str, Any]:
    """What the audit keeps of the role: whose it is, which, and where."""
    return {
        "subject": "user",
        "subject_id": assignment.user_id,
        "detail": {"role": assignment.role},
        "school_id": assignment.school_id or 0,
    }


@transaction.atomic
def end_role(assignment: RoleAssignment, *, on: date, by: User | None) -> None:
    """The role is not held after `on`; one that waited is taken back. With the last role the account closes.

    Raises OwnRole and NotTheirsToGive where `by` may not end it, and AlreadyOver: no end is written anew.
    """
    _check_may_give(assignment.role, to=assignment.user, school=assignment.school, by=by)
    ends = Q(ends_on=None) | Q(ends_on__gt=on, ends_on__gte=today())
    if not RoleAssignment.objects.filter(ends, pk=assignment.pk).update(ends_on=on):
        raise AlreadyOver
    assignment.ends_on = on
    record(action="role ended", by=by, **_of(assignment))
    if on < today() and assignment.starts_on is not None:
        _leave(assignment)
    _close_if_nothing_is_left(assignment.user, by=by)


@transaction.atomic
def review_roles(school: School, *, seen: set[int], wrong: set[int], by: User) -> tuple[int, list[RoleAssignment]]:
    """Whoever gives roles there looked through all of them: those that are wrong open nothing any more.

    How many are kept, and those that ended. Nothing is changed where it raises: NotTheirsToGive and OwnRole as
    `end_role`, ListChanged where a role came or went since the list was opened.
    """
    if not roles_given_by(assignments_in(by, school)):
        raise NotTheirsToGive(REVIEW)
    held = list(roles_to_review(school))
    if {each.pk for each in held} != seen:
        raise ListChanged
    ended = [each for each in held if each.pk in wrong]
    for each in ended:
        end_role(each, on=today() - timedelta(days=1), by=by)
    kept = len(held) - len(ended)
    record(action="roles reviewed", by=by, subject=REVIEW, detail={"kept": kept, "ended": len(ended)})
    return kept, ended


def _leave(assignment: RoleAssignment) -> None:
    """Whoever is signed in is signed out, or sees that school no more where they work at another one too.

    Nobody at one school then disturbs somebody's work at another. The door asks again within each press, for which the
    end waits by the person's row (`access.door`).
    """
    elsewhere = roles_not_over().filter(user=assignment.user, starts_on__lte=today()).exclude(school=assignment.school)
    if elsewhere.exists():
        User.objects.select_for_update(no_key=True).get(pk=assignment.user_id)
    elif roles_not_over().filter(user=assignment.user).exists():
        _end_rounds(assignment.user)  # an invitation on its way still leads to the role that is left
    else:
        _next_round(assignment.user)


def open_with_roles(assignments: Iterable[RoleAssignment]) -> None:
    """The person has opened the school with the roles, so it knows from now on who they are."""
    RoleAssignment.objects.filter(pk__in=[each.pk for each in assignments]).update(known_as="")


def close_accounts_without_roles() -> None:
    """Whoever's last role ran out on its day has an account that is closed; one that never held any waits for its first."""
    past = User.objects.filter(role_assignments__isnull=False, is_active=True)
    for user in past.exclude(pk__in=roles_not_over().values("user_id")).distinct():
        _close_if_nothing_is_left(user, by=None)


def forget_presses() -> None:
    """Which forms were sent is not known any more a day later, in the schools in scope."""
    Press.objects.filter(at__lt=timezone.now() - PRESSES_KEPT_FOR).delete()


def forget_tries() -> None:
    """Wrong tries of more than a day ago, and sessions that are over, are gone."""
    Attempts.objects.filter(last_at__lt=timezone.now() - timedelta(days=1)).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


@transaction.atomic
def end_sessions(user: User, *, by: User | None) -> None:
    """Whoever is signed in as that person, anywhere, is signed out by their next press."""
    _next_round(user)
    record(action="signed out everywhere", by=by, subject="user", subject_id=user.pk, school_id=0)


@transaction.atomic
def close_account(user: User, *, by: User | None) -> None:
    """A leaver's account opens nothing any more, and whoever is signed in with it is signed out; their roles are over."""
    for held in roles_not_over().filter(user=user).select_related("school"):
        RoleAssignment.objects.filter(pk=held.pk).update(ends_on=today() - timedelta(days=1))
        record(action="role ended", by=by, **_of(held))
    _close(user, by=by)


def _close_if_nothing_is_left(user: User, *, by: User | None) -> None:
    if user.is_active and not roles_not_over().filter(user=user).exists():
        _close(user, by=by)


def _close(user: User, *, by: User | None) -> None:
    """Nobody comes in with the account, nor by a link or code that was sent before; a new role opens it again."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    _next_round(user)
    record(action="account closed", by=by, subject="user", subject_id=user.pk, school_id=0)


def _open_again(user: User, *, by: User | None) -> None:
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(action="account opened again", by=by, subject="user", subject_id=user.pk, school_id=0)


@transaction.atomic
def forget_factors(user: User, *, by: User | None) -> None:
    """A lost telephone: app, passkeys, recovery codes, known browsers and every session are gone, and the password too.

    Whoever had learnt the password could else set up a factor of their own. Linked single sign-on stays: it is the
    school's own, and asks for a factor itself. By a link in a mail the person chooses a password, and sets up a factor
    before anything is seen.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    Device.objects.filter(user=user).delete()
    _next_round(user)
    record(action="second factor forgotten", by=by, subject="user", subject_id=user.pk, school_id=0)


def forget_invitations(user: User) -> None:
    """No code that was made for the person before opens anything."""
    Invitation.objects.filter(user=user, used_at=None).delete()


def _next_round(user: User) -> None:
    """Sessions of earlier rounds are over, and so are invitations that nobody has used."""
    forget_invitations(user)
    _end_rounds(user)


def _end_rounds(user: User) -> None:
    """Sessions of earlier rounds are over."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])
