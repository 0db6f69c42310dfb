"""Who may hold a guidance meeting that counts."""

from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.participation.changes import judge_again
from dekaan.people.changes import change_staff_member
from dekaan.people.models import StaffMember
from dekaan.programme.models import Session
from dekaan.programme.queries import occasions_of


@transaction.atomic
def requalify_adviser(
    adviser: StaffMember, *, qualified_from: date | None, qualified_until: date | None, by: User | None
) -> None:
    """The adviser was suitably qualified between these days, and every meeting that they held is judged again.

    A meeting outside of them is unknown, as is every meeting where no day is given.
    """
    change_staff_member(
        adviser, by=by, guidance_qualified_from=qualified_from, guidance_qualified_until=qualified_until
    )
    held = Session.objects.filter(adviser=adviser).select_related("activity", "adviser")
    judge_again(occasions_of(held))
