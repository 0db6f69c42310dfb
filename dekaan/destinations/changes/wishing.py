"""What people allow is said anew each time; what was said before is kept, and the latest counts."""

from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.destinations.changes.refusals import NoEnd, NotTheirsToSay, SharingHasNoEnd, StillToCome
from dekaan.destinations.models import Wish
from dekaan.destinations.queries.wishes import is_of_age
from dekaan.people.models import Pupil


@transaction.atomic
def say_wish(
    pupil: Pupil,
    *,
    about: str,
    allows: bool,
    who: str,
    by: User | None,
    said_on: date | None = None,
    until: date | None = None,
    reached_at: str = "",
) -> Wish:
    """From now on that counts of the pupil. Raises StillToCome, NoEnd, SharingHasNoEnd and NotTheirsToSay.

    Not theirs to say is what a parent allows of somebody of 16, who decides it. A parent's objection is taken at any age: too
    much is kept back rather than too little.
    """
    day = said_on or today()
    if day > today():
        raise StillToCome(day)
    if until and until < day:
        raise NoEnd
    if until and about == Wish.About.SHARING:
        raise SharingHasNoEnd
    if who == Wish.SaidBy.PARENT and allows and is_of_age(pupil.birth_date, day):
        raise NotTheirsToSay
    wish = Wish.objects.create(
        pupil=pupil,
        about=about,
        allows=allows,
        who=who,
        said_on=day,
        until=until,
        reached_at=reached_at,
        recorded_by=by,
    )
    record(action="destination wish recorded", by=by, subject="pupil", subject_id=pupil.pk)
    return wish
