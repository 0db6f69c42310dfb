"""Of whom somebody may see destinations (class I of the matrix): of those who have left, by the year in which they did."""

from collections.abc import Iterable

from django.db.models import QuerySet

from dekaan.access.data_classes import Access, DataClass
from dekaan.access.matrix import opened_to
from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import today, year_end
from dekaan.destinations.queries.ledger import leaving_days, leaving_year
from dekaan.people.models import Pupil, YearRecord
from dekaan.people.queries import on_roll, pupils_opened

OF_A_TUTOR, ON_A_CASELOAD = "t", "c"  # letters of the matrix


def leavers_opened(
    assignments: Iterable[RoleAssignment], left_in: int, access: Access = Access.READS
) -> QuerySet[Pupil]:
    """Those whose destinations a person may see if they left in that year: a tutor's by their last tutor group, and so on.

    Somebody who has left is in no tutor group or year group any more, so that the record of their last year decides. A
    tutor's are those of their own group of that year: whose tutor the school says they were, or the group of that name in
    their role where it was theirs by the end of that year. Whoever takes over 11A later has nothing to do with its leavers.
    """
    held = list(assignments)
    tutors = [each for each in held if OF_A_TUTOR in opened_to(each.role, DataClass.I, access)]
    others = [each for each in held if each not in tutors]
    since = [each for each in tutors if each.starts_on and each.starts_on <= year_end(left_in)]
    found = pupils_opened(DataClass.I, [*others, *since], year_end(left_in), access)
    if not tutors:
        return found
    own = YearRecord.objects.filter(
        academic_year=left_in, tutor_group__tutor__user__in={each.user_id for each in tutors}
    )
    return found | Pupil.objects.filter(pk__in=own.values("pupil_id"))


def waits_for_caseload(assignments: Iterable[RoleAssignment]) -> bool:
    """Whether somebody would see those on their caseload alone, and so nobody: the house keeps no caseloads yet."""
    letters = {letter for each in assignments for letter in opened_to(each.role, DataClass.I)}
    return letters == {ON_A_CASELOAD}


def on_roll_opened(assignments: Iterable[RoleAssignment], access: Access = Access.READS) -> QuerySet[Pupil]:
    """Those on the roll whose intentions a person may see."""
    return pupils_opened(DataClass.I, assignments, access=access).filter(on_roll(today()))


def person_opened(
    assignments: Iterable[RoleAssignment], pupil_id: int, access: Access = Access.READS
) -> QuerySet[Pupil]:
    """That one pupil, here or left, where a person may see their destinations; else nobody."""
    left_on = leaving_days([pupil_id]).get(pupil_id)
    if left_on:
        found = leavers_opened(assignments, leaving_year(left_on), access)
    else:
        found = pupils_opened(DataClass.I, assignments, access=access)
    return found.filter(pk=pupil_id)
