"""Reading who works at the school, and who is qualified for guidance."""

from datetime import date

from django.db.models import Q, QuerySet

from dekaan.access.matrix import opens_names
from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import in_force
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import today
from dekaan.core.folding import folded_words, holds
from dekaan.core.scope import schools_in_scope
from dekaan.people.models import StaffMember
from dekaan.people.queries.pupils import not_ended
from dekaan.schools.models import School


def staff(on: date | None = None) -> QuerySet[StaffMember]:
    """Those who work at the school on that day, or will."""
    return StaffMember.objects.filter(not_ended(on or today()))


def may_lead(on: date | None = None) -> QuerySet[StaffMember]:
    """Those of the staff who may lead a session or advise in one: not those whose every role here opens no name.

    A governor, a volunteer or a technician is named as a visitor instead. Whoever has no account may be named.
    """
    trusts = School.objects.filter(pk__in=schools_in_scope(), trust__isnull=False).values("trust")
    held = RoleAssignment.objects.filter(in_force(today()), Q(school__in=schools_in_scope()) | Q(trust__in=trusts))
    opening = held.filter(role__in=[role for role in ROLES if opens_names(role)])
    open_to = Q(user=None) | ~Q(user__in=held.values("user")) | Q(user__in=opening.values("user"))
    return staff(on).filter(open_to)


def staff_found(words: str = "", *, on: date, past: bool = False) -> QuerySet[StaffMember]:
    """Those who work here or will, or those who no longer do, whose name, post or e-mail holds every word."""
    found = StaffMember.objects.exclude(not_ended(on)) if past else staff(on)
    if wanted := folded_words(words):
        rows = found.values_list("pk", "forename", "surname", "post", "email")
        found = found.filter(pk__in=[pk for pk, *said in rows if holds(wanted, *said)])
    return found.select_related("user")


def is_on_staff(user: User) -> bool:
    """Whether somebody on the staff signs in with the account."""
    return StaffMember.objects.filter(user=user).exists()


def was_qualified(adviser: StaffMember | None, on: date) -> bool:
    """Whether the adviser was suitably qualified for personal guidance on that day; not known is no."""
    if adviser is None or adviser.guidance_qualified_from is None or adviser.guidance_qualified_from > on:
        return False
    return adviser.guidance_qualified_until is None or adviser.guidance_qualified_until >= on
