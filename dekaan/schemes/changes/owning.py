"""The schemes that one colleague owns go to another."""

from collections.abc import Collection

from django.db import transaction

from dekaan.people.models import StaffMember
from dekaan.people.queries import without
from dekaan.schemes.models import SchemeOwner


@transaction.atomic
def hand_over(from_: StaffMember, to: StaffMember, but: Collection[str] = ()) -> list[str]:
    """`to` owns each scheme that `from_` owned, but for these rows, once. Answers what went over, in words.

    Whoever asked records it.
    """
    theirs = without(SchemeOwner.objects.filter(staff=from_), but)
    number = theirs.count()
    theirs.filter(scheme__in=SchemeOwner.objects.filter(staff=to).values("scheme")).delete()
    theirs.update(staff=to)
    return [f"{number} scheme{'' if number == 1 else 's'} of work"] if number else []
