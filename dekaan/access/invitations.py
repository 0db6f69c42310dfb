"""Codes that open one account, once: the first account of a school, and that of a person without a password.

There are no default accounts: the first is made by whoever can run a command on the machine (security paper, R10).
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dekaan.access.changes import forget_invitations, give_role, open_account
from dekaan.access.models import Invitation, User
from dekaan.audit.changes import record
from dekaan.schools.models import School

HOURS = 24  # of a code from the console
DAYS = 7  # of an invitation
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read as something else


class Spent(Exception):
    """There is no such code, or it was used, or its time is over: the same words for all three."""


class AddressTaken(Exception):
    """Somebody has an account with that address already."""


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter in ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()


def _new_code() -> str:
    """Twenty letters in groups of five: about a hundred bits, typed in half a minute."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(20))
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))


def invite_first(school: School, role: str) -> tuple[str, datetime]:
    """A code opens the first account of the school, for a day; earlier such codes that nobody used are void."""
    with transaction.atomic():
        Invitation.objects.filter(school=school, used_at=None).delete()
        made = _make(HOURS, school=school, role=role)
        record(action="first account offered", by=None, subject="school", subject_id=school.pk, school_id=school.pk)
    return made


def invite(user: User, *, by: User | None) -> tuple[str, datetime]:
    """A code lets the person choose a password or link their single sign-on, for a week; earlier ones are void.

    So is a password that they had: whoever has one needs no code, and an open code beside it would be a second key.
    """
    with transaction.atomic():
        forget_invitations(user)
        if user.has_usable_password():
            user.set_unusable_password()
            user.save(update_fields=["password"])
        made = _make(24 * DAYS, user=user)
        record(action="invited", by=by, subject="user", subject_id=user.pk, school_id=0)
    return made


def _make(hours: int, **of: object) -> tuple[str, datetime]:
    code, now = _new_code(), timezone.now()
    expires = now + timedelta(hours=hours)
    Invitation.objects.create(code_hash=_hash(code), made_at=now, expires_at=expires, **of)
    return code, expires


def find(code: str) -> Invitation:
    """The invitation that the code opens. Raises Spent, also where its person has found another way in since."""
    found = Invitation.objects.filter(code_hash=_hash(code), used_at=None, expires_at__gt=timezone.now()).first()
    if found is None or (found.user is not None and _has_come_in_since(found, found.user)):
        raise Spent
    return found


def _has_come_in_since(invitation: Invitation, user: User) -> bool:
    """Single sign-on of before counts for nothing: it stays where two people reset a factor and the password with it."""
    linked = SocialAccount.objects.filter(user=user, date_joined__gt=invitation.made_at)
    return user.has_usable_password() or linked.exists()


def _spend(code: str) -> Invitation:
    """The code opens nothing any more; of two who use it at once, one is refused. Raises Spent."""
    found = find(code)
    now = timezone.now()
    if not Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=now):
        raise Spent
    return found


@transaction.atomic
def open_first_account(code: str, *, email: str, name: str, password: str) -> User:
    """The person has an account with that password and leads the school; the code is spent.

    Raises Spent, and AddressTaken where the address has an account already.
    """
    invitation = _spend(code)
    if invitation.school is None:
        raise Spent
    if User.objects.filter(email__iexact=email).exists():
        raise AddressTaken
    user = open_account(email=email, name=name, password=password)
    give_role(user=user, role=invitation.role, school=invitation.school, by=None)
    return user


@transaction.atomic
def choose_password(code: str, *, password: str) -> User:
    """The person has that password; the code is spent. Raises Spent."""
    invitation = _spend(code)
    if invitation.user is None or not invitation.user.is_active:
        raise Spent
    invitation.user.set_password(password)
    invitation.user.save(update_fields=["password"])
    record(
        action="password chosen by invitation",
        by=invitation.user,
        subject="user",
        subject_id=invitation.user.pk,
        school_id=0,
    )
    return invitation.user


@transaction.atomic
def spend_for_link(code: str, *, provider: str, uid: str) -> User:
    """The person whose single sign-on is linked by the code, or was before; the code is spent.

    Raises Spent, also where the person has another account of that provider linked, or that account is another person's.
    """
    invitation = _spend(code)
    if invitation.user is None or not invitation.user.is_active:
        raise Spent
    theirs, this = Q(user=invitation.user), Q(uid=uid)
    if SocialAccount.objects.filter(theirs & ~this | this & ~theirs, provider=provider).exists():
        raise Spent
    return invitation.user
