"""What people allow is said anew each time; what was said before is kept, and the latest counts."""

from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.destinations.changes.refusals import NoEnd, NotTheirsToSay, StillToCome
from dekaan.destinations.models import Wish
from dekaan.people.models import Pupil

THEIR_OWN_SAY = 16  # from this birthday the young person says it (Education and Skills Act 2008, section 72)


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
    """From now on that counts of the pupil. Raises StillToCome, NoEnd, and NotTheirsToSay where a parent allows what a young person of 16 decides.

    A parent's objection is taken at any age: too much is kept back rather than too little.
    """
    day = said_on or today()
    if day > today():
        raise StillToCome(day)
    if until and until < day:
        raise NoEnd
    if who == Wish.SaidBy.PARENT and allows and _is_of_age(pupil, day):
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


def _is_of_age(pupil: Pupil, on: date) -> bool:
    born = pupil.birth_date
    return born is not None and (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) >= THEIR_OWN_SAY
