"""Of whom somebody may see destinations (class I of the matrix): of those who have left, by the year in which they did."""

from collections.abc import Iterable

from django.db.models import QuerySet

from dekaan.access.data_classes import Access, DataClass
from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import today, year_end
from dekaan.destinations.queries.ledger import leaving_days, leaving_year
from dekaan.people.models import Pupil
from dekaan.people.queries import on_roll, pupils_opened


def leavers_opened(
    assignments: Iterable[RoleAssignment], left_in: int, access: Access = Access.READS
) -> QuerySet[Pupil]:
    """Those whose destinations a person may see if they left in that year: a tutor's by their last tutor group, and so on.

    Somebody who has left is in no tutor group or year group any more, so that the record of their last year decides.
    """
    return pupils_opened(DataClass.I, assignments, year_end(left_in), access)


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
