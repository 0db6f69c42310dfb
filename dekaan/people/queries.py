"""Reading people, always limited to those whom the person asking may see."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from dekaan.access.models import RoleAssignment
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import academic_year_of, today
from dekaan.people.models import (
    Enrolment,
    Group,
    Membership,
    Pupil,
    StaffMember,
    YearRecord,
)


def on_roll(on: date) -> Q:
    """Pupils with an enrolment on that day, as a condition on Pupil."""
    return Q(
        pk__in=Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on).values(
            "pupil_id"
        )
    )


def pupils_visible_to(assignments: Iterable[RoleAssignment], on: date | None = None) -> QuerySet[Pupil]:
    """The pupils, past ones too, whom the roles let a person see; the only way screens list or fetch pupils."""
    seen = Q(pk__in=[])
    year = academic_year_of(on or today())
    for assignment in assignments:
        sees = ROLES[assignment.role].sees
        if sees == "school":
            return Pupil.objects.all()
        records = YearRecord.objects.filter(academic_year=year)
        if sees == "year":
            seen |= Q(pk__in=records.filter(year_group__in=assignment.scope.get("year_groups", [])).values("pupil_id"))
        elif sees == "tutor-group":
            names = assignment.scope.get("tutor_groups", [])
            seen |= Q(pk__in=records.filter(tutor_group__name__in=names).values("pupil_id"))
        elif sees == "sen-register":
            seen |= Q(pk__in=records.filter(sen__in=["K", "E"]).values("pupil_id"))
    return Pupil.objects.filter(seen)


def with_year(pupils: QuerySet[Pupil], academic_year: int) -> QuerySet[Pupil]:
    """The same pupils with `this_year`, a list of their one record of that year, ready to read."""
    records = YearRecord.objects.filter(academic_year=academic_year).select_related("tutor_group")
    return pupils.prefetch_related(Prefetch("year_records", queryset=records, to_attr="this_year"))


def found_by_name(pupils: QuerySet[Pupil], words: str) -> QuerySet[Pupil]:
    """Pupils any part of whose names (or whose admission number) holds every word."""
    for word in words.split():
        pupils = pupils.filter(
            Q(surname__icontains=word)
            | Q(forename__icontains=word)
            | Q(preferred_surname__icontains=word)
            | Q(preferred_forename__icontains=word)
            | Q(admission_number=word)
        )
    return pupils


def tutor_groups(academic_year: int) -> list[Group]:
    """The year's tutor groups by year group and name."""
    return list(Group.objects.filter(kind=Group.Kind.TUTOR, academic_year=academic_year).order_by("year_group", "name"))


def year_groups(academic_year: int) -> list[int]:
    """The year groups that have pupils that year."""
    return list(
        YearRecord.objects.filter(academic_year=academic_year)
        .order_by("year_group")
        .values_list("year_group", flat=True)
        .distinct()
    )


def members_of_groups(group_ids: Iterable[int], on: date) -> QuerySet[Pupil]:
    """Pupils who were in any of the groups on that day and on the roll."""
    members = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on),
        group_id__in=list(group_ids),
        starts_on__lte=on,
    )
    return Pupil.objects.filter(on_roll(on), pk__in=members.values("pupil_id"))


def members_of_year_groups(year_groups: Iterable[int], on: date) -> QuerySet[Pupil]:
    """Pupils of the year groups on that day and on the roll."""
    records = YearRecord.objects.filter(academic_year=academic_year_of(on), year_group__in=list(year_groups))
    return Pupil.objects.filter(on_roll(on), pk__in=records.values("pupil_id"))


def staff(on: date | None = None) -> QuerySet[StaffMember]:
    """Those who work at the school on that day."""
    day = on or today()
    return StaffMember.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def was_qualified(adviser: StaffMember | None, on: date) -> bool:
    """Whether the adviser was suitably qualified for personal guidance on that day; not known is no."""
    if adviser is None or adviser.guidance_qualified_from is None or adviser.guidance_qualified_from > on:
        return False
    return adviser.guidance_qualified_until is None or adviser.guidance_qualified_until >= on
