"""Who may do what, at which school, today."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import today
from dekaan.schools.models import School


def _in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def assignments_in(user: User, school: School) -> list[RoleAssignment]:
    """The roles that the person holds today at the school, or at its trust."""
    if not user.is_active:
        return []
    place = Q(school=school)
    if school.trust_id:
        place |= Q(trust_id=school.trust_id)
    return list(RoleAssignment.objects.filter(_in_force(today()), place, user=user).order_by("pk"))


def permissions_of(assignments: list[RoleAssignment]) -> frozenset[Permission]:
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
    held = RoleAssignment.objects.filter(_in_force(today()), user=user)
    return list(
        School.objects.filter(
            Q(pk__in=held.values("school_id")) | Q(trust_id__in=held.filter(trust__isnull=False).values("trust_id"))
        ).select_related("trust")
    )


def user_by_email(email: str) -> User | None:
    """The account with that address, or None."""
    return User.objects.filter(email__iexact=email).first()


def accounts_at(school_ids: Iterable[int], emails: Iterable[str]) -> QuerySet[User]:
    """The accounts with these addresses that hold a role, now or to come, at one of the schools or at its trust."""
    ids = list(school_ids)
    held = RoleAssignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()),
        Q(school_id__in=ids)
        | Q(trust_id__in=School.objects.filter(pk__in=ids, trust__isnull=False).values("trust_id")),
    )
    return User.objects.filter(
        is_active=True, pk__in=held.values("user_id"), email__in={email.lower() for email in emails if email}
    )


def users_at(school: School) -> QuerySet[RoleAssignment]:
    """Every role held at the school, past ones too."""
    return RoleAssignment.objects.filter(school=school).select_related("user").order_by("role", "user__name")
