"""To whom of the trust a school opens names, and the names that such a grant opens: of one figure, at that school."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import in_force
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import Criterion
from dekaan.measures.queries import misses
from dekaan.people.models import Pupil
from dekaan.people.queries import PupilRow, listed, rows_of
from dekaan.schools.models import School
from dekaan.trusts.models import NamesGrant

OF_TRUST = [role.key for role in ROLES.values() if role.sees == "trust-totals"]


def grants() -> QuerySet[NamesGrant]:
    """Every grant of the school in scope, the newest first; those that are over too."""
    return NamesGrant.objects.select_related("to", "granted_by", "ended_by")


def open_grants(on: date) -> QuerySet[NamesGrant]:
    """Those that are in force or to come."""
    return grants().filter(ended_at=None, ends_on__gte=on)


def grant_to(user: User, on: date) -> NamesGrant | None:
    """The grant by which somebody may read names at the school in scope that day; None where none is in force.

    Asked at every request, so that what is taken back opens nothing from the next one on.
    """
    found = NamesGrant.objects.filter(to=user, ended_at=None, starts_on__lte=on, ends_on__gte=on)
    return found.order_by("-ends_on", "pk").first()


def may_be_granted(school: School, on: date) -> QuerySet[User]:
    """Those who hold a role of the school's trust that day, by name."""
    held = RoleAssignment.objects.filter(in_force(on), role__in=OF_TRUST, trust_id=school.trust_id)
    is_of_trust = Q(pk__in=held.filter(trust__isnull=False).values("user_id"))
    return User.objects.filter(is_of_trust, is_active=True).order_by("name", "pk")


@dataclass(frozen=True)
class NamesOfYear:
    """The names of one year group."""

    year_group: int | None
    rows: tuple[PupilRow, ...]


def names_granted(school: School, criterion: Criterion, on: date) -> list[NamesOfYear]:
    """Who is known to miss the criterion this year, at the school in scope alone: name, year and tutor group."""
    year = academic_year_of(on)
    ids = misses(school.pk, year, criterion.id)
    rows = rows_of(listed(Pupil.objects.filter(pk__in=ids), year))
    return [NamesOfYear(key, tuple(found)) for key, found in groupby(rows, key=lambda row: row.year_group)]
