"""Who may do what, at which school, today."""

import tomllib
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from dekaan.access.models import FactorReset, RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.roles import PASSED_ON, ROLES, Role
from dekaan.audit.models import Event
from dekaan.audit.queries import of_chain
from dekaan.core.academic_year import today
from dekaan.core.scope import schools_in_scope
from dekaan.schools.models import School

REVIEW = "roles"  # what the audit calls the list of roles that was looked through
# In the order of what the school calls them: a real name would be told by its place in the list.
AS_CALLED = Coalesce(NullIf("known_as", Value("")), "user__name")
RESET_WAITS_FOR = timedelta(days=7)  # an asking to reset a factor to which nobody has agreed is over then


def in_force(on: date) -> Q:
    """Roles that are held on the day, as a condition."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def assignments_of(user: User) -> list[RoleAssignment]:
    """Every role that the person holds today, anywhere."""
    if not user.is_active:
        return []
    return list(_in_force(today()).filter(user=user))


@lru_cache(maxsize=2)
def _in_force(on: date) -> QuerySet[RoleAssignment]:
    """The question without the person: every page asks it, and putting a question together costs more than its answer."""
    return RoleAssignment.objects.filter(in_force(on)).order_by("pk")


def held_at(school: School, assignments: Iterable[RoleAssignment]) -> list[RoleAssignment]:
    """Those of the roles that are held at the school, or at its trust."""
    return [
        each
        for each in assignments
        if each.school_id == school.pk or (each.trust_id is not None and each.trust_id == school.trust_id)
    ]


def assignments_in(user: User, school: School) -> list[RoleAssignment]:
    """The roles that the person holds today at the school, or at its trust."""
    return held_at(school, assignments_of(user))


def permissions_of(assignments: Iterable[RoleAssignment]) -> frozenset[Permission]:
    """Rights add up within one school."""
    return frozenset().union(*(ROLES[assignment.role].may for assignment in assignments))


def permissions_in(user: User, school: School) -> frozenset[Permission]:
    """Everything that the person may do at the school today; empty for a stranger."""
    return permissions_of(assignments_in(user, school))


def may(user: User, school: School, permission: Permission) -> bool:
    """Whether the person may do that at the school today."""
    return permission in permissions_in(user, school)


def schools_of(user: User) -> list[School]:
    """The schools that the person may act in today, by name."""
    return [school for school, _ in permissions_by_school(user)]


def permissions_by_school(
    user: User, held: list[RoleAssignment] | None = None
) -> list[tuple[School, frozenset[Permission]]]:
    """The schools that the person may act in today, by name, and what they may do in each.

    `held` are the roles that they hold today, where these are known.
    """
    held = assignments_of(user) if held is None else held
    places = Q(pk__in=[each.school_id for each in held]) | Q(trust_id__in=[each.trust_id for each in held])
    return [(school, permissions_of(held_at(school, held))) for school in School.objects.filter(places)]


def roles_given_by(assignments: Iterable[RoleAssignment]) -> list[Role]:
    """The roles that the holder of these may give at the school, and end."""
    held = {each.role for each in assignments}
    return [role for role in ROLES.values() if held & role.given_by]


def may_confirm(assignment: RoleAssignment, by: User, held: Iterable[RoleAssignment]) -> bool:
    """Whether the person, who holds these at the school, may be the second of the two whom the role waits for."""
    return (
        assignment.waits
        and assignment.given_by_id is not None
        and by.pk not in {assignment.given_by_id, assignment.user_id}
        and bool({each.role for each in held} & ROLES[assignment.role].confirmed_by)
    )


def may_agree(by: User, held: Iterable[RoleAssignment], *, asked_by: User | None, to: User | None) -> bool:
    """Whether the person, who holds these at the school, may be the second of two: who answers for it, or leads careers.

    Neither who asked for it nor who is to hold the role.
    """
    is_one_of_them = by in {asked_by, to}
    roles = {each.role for each in held if each.role != PASSED_ON or each.ends_on is None}  # not who only covers
    return not is_one_of_them and bool(roles & (ROLES[PASSED_ON].confirmed_by | {PASSED_ON}))


def waiting_at(school: School) -> QuerySet[RoleAssignment]:
    """The roles that were given at the school and wait for a second person, oldest first."""
    waiting = RoleAssignment.objects.filter(school=school, starts_on=None, ends_on=None)
    return waiting.select_related("user", "given_by").order_by("pk")


def second_people(assignment: RoleAssignment, school: School) -> list[User]:
    """Those who may confirm the role that waits, by name; empty where the school has nobody who may."""
    return people_at(school, lambda user, held: may_confirm(assignment, user, held))


def people_at(school: School, may_they: Callable[[User, list[RoleAssignment]], bool]) -> list[User]:
    """Those who may, by one of the roles that they hold today at the school or its trust; by name."""
    at = Q(school=school) | Q(trust_id=school.trust_id, trust__isnull=False)
    held = RoleAssignment.objects.filter(in_force(today()), at, user__is_active=True).select_related("user")
    found = {each.user for each in held if may_they(each.user, [each])}
    return sorted(found, key=lambda user: (user.name, user.pk))


def not_here_yet(school_id: int) -> dict[int, str]:
    """What those are called, by account, who were given a role at the school and have not opened it."""
    given = RoleAssignment.objects.filter(school_id=school_id).values_list("user_id", "known_as")
    were_here = {user for user, known_as in given if not known_as}
    return {user: known_as for user, known_as in given if user not in were_here}


def user_by_email(email: str) -> User | None:
    """The account with that address, or None."""
    return User.objects.filter(email__iexact=email).first()


def has_way_in(user: User) -> bool:
    """Whether the person has a password or linked single sign-on; whoever has neither waits for an invitation."""
    return user.has_usable_password() or SocialAccount.objects.filter(user=user).exists()


def accounts_at(school_ids: Iterable[int], emails: Iterable[str]) -> QuerySet[User]:
    """The accounts with these addresses that hold a role, now or to come, at one of the schools or at its trust."""
    ids = list(school_ids)
    held = RoleAssignment.objects.filter(
        Q(starts_on__isnull=False),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()),
        Q(school_id__in=ids)
        | Q(trust_id__in=School.objects.filter(pk__in=ids, trust__isnull=False).values("trust_id")),
    )
    return User.objects.filter(
        is_active=True, pk__in=held.values("user_id"), email__in={email.lower() for email in emails if email}
    )


def last_saved_by(subject: str, subject_id: int | None, *, of_no_school: bool = False) -> str:
    """Who last changed that row of the school in scope, and when: "Una Marsh, at 14:02 on 24 November," or nobody named.

    A row `of_no_school` is one of a trust's.
    """
    (school_id,) = (0,) if of_no_school else schools_in_scope()
    event = of_chain(school_id).filter(subject=subject, subject_id=subject_id).order_by("-pk").first()
    if event is None:
        return "Somebody"
    name = str(User.objects.filter(pk=event.actor_id).first() or "Somebody")
    return f"{name}, at {timezone.localtime(event.at):%H:%M on %-d %B},"


def roles_not_over(school_id: int | None = None) -> QuerySet[RoleAssignment]:
    """Roles that are held, are to come or wait for a second person: at the school, or anywhere."""
    found = RoleAssignment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today()))
    return found if school_id is None else found.filter(school_id=school_id)


def has_opened(user: User, school: School) -> bool:
    """Whether the person has come into the school before, so that it knows who they are (decision 0031)."""
    return RoleAssignment.objects.filter(user=user, school=school, known_as="").exists()


def users_at(school: School) -> QuerySet[RoleAssignment]:
    """Every role held at the school, past ones and those that wait too."""
    return RoleAssignment.objects.filter(school=school).select_related("user", "given_by").order_by("role", AS_CALLED)


def roles_to_review(school: School) -> QuerySet[RoleAssignment]:
    """Every role that opens the school to somebody today, at the school or at its trust."""
    at = Q(school=school) | Q(trust_id=school.trust_id, trust__isnull=False)
    held = RoleAssignment.objects.filter(in_force(today()), at).select_related("user")
    return held.order_by("role", AS_CALLED, "pk")


def last_review(school: School) -> Event | None:
    """When the school last looked through its roles, who did, and what came of it."""
    return of_chain(school.pk).filter(subject=REVIEW).order_by("-pk").first()


@cache
def review_standard() -> dict[str, Any]:
    """How often it is looked through, and who says what of it."""
    return tomllib.loads(files("dekaan.access").joinpath("data", "access-review.toml").read_text(encoding="utf-8"))


def review_is_due(last: Event | None) -> bool:
    """Whether so many whole months have passed since, or it was never done."""
    if last is None:
        return True
    then, now = timezone.localdate(last.at), today()
    months = (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)
    return months >= review_standard()["months"]


def open_factor_resets() -> QuerySet[FactorReset]:
    """Those that are neither done nor stopped nor over; of roles that are held, now or to come."""
    asked_lately = Q(due_at__isnull=False) | Q(asked_at__gt=timezone.now() - RESET_WAITS_FOR)
    found = FactorReset.objects.filter(asked_lately, done_at=None, stopped_at=None)
    return found.filter(assignment__in=roles_not_over())


def factor_resets_at(school: School) -> QuerySet[FactorReset]:
    """The resets that were asked for at the school and are neither done nor stopped, oldest first."""
    return (
        open_factor_resets()
        .filter(assignment__school=school)
        .select_related("assignment", "user", "asked_by", "agreed_by")
    )


def may_agree_to_reset(reset: FactorReset, by: User, held: Iterable[RoleAssignment]) -> bool:
    """Whether the person, who holds these at the school, may be the second of the two."""
    return (
        reset.due_at is None
        and by.pk not in {reset.asked_by_id, reset.user_id}
        and Permission.ROLES_CONFIRM in permissions_of(held)
    )


def second_people_for_reset(reset: FactorReset, school: School) -> list[User]:
    """Those who may agree to the reset, by name; empty where the school has nobody who may."""
    return people_at(school, lambda user, held: may_agree_to_reset(reset, user, held))


def who_may_agree_for(user: User) -> list[User]:
    """Those who may be the second person for somebody who asks on the console: at any school where they hold a role."""
    schools = School.objects.filter(
        Q(pk__in=roles_not_over().filter(user=user).values("school_id"))
        | Q(trust_id__in=roles_not_over().filter(user=user, trust__isnull=False).values("trust_id"))
    )
    may_they = {
        each
        for school in schools
        for each in people_at(school, lambda _, held: Permission.ROLES_CONFIRM in permissions_of(held))
    }
    return sorted(may_they - {user}, key=lambda each: (each.name, each.pk))
