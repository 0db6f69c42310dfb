"""The schemes that one colleague owns go to another."""

from django.db import transaction

from dekaan.people.models import StaffMember
from dekaan.schemes.models import SchemeOwner


@transaction.atomic
def hand_over(from_: StaffMember, to: StaffMember) -> list[str]:
    """`to` owns each scheme that `from_` owned, once. Answers what went over, in words. Whoever asked records it."""
    theirs = SchemeOwner.objects.filter(staff=from_)
    number = theirs.count()
    theirs.filter(scheme__in=SchemeOwner.objects.filter(staff=to).values("scheme")).delete()
    theirs.update(staff=to)
    return [f"{number} scheme{'' if number == 1 else 's'} of work"] if number else []
