"""What people allow: the one filter that everything about destinations passes on its way out of the school."""

from collections.abc import Collection
from datetime import date

from dekaan.core.academic_year import today
from dekaan.destinations.models import Wish


def may_be_shared(pupil_ids: Collection[int]) -> set[int]:
    """Those of whom destinations may leave the school: all but whoever objected, or has a parent who did.

    Every file, letter and link that takes a destination out calls this, and takes nobody else along. An objection
    stands until it is taken back by whoever has the say (`changes.say_wish`).
    """
    return set(pupil_ids) - {pk for pk, wish in _latest(Wish.About.SHARING, pupil_ids).items() if not wish.allows}


def may_be_kept_in_touch(pupil_ids: Collection[int], on: date | None = None) -> set[int]:
    """Those who have said that they may be asked after leaving, and until when has not passed."""
    day = on or today()
    return {
        pk
        for pk, wish in _latest(Wish.About.KEEP_IN_TOUCH, pupil_ids).items()
        if wish.allows and (wish.until is None or wish.until >= day)
    }


def latest_wishes(pupil_ids: Collection[int]) -> dict[tuple[int, str], Wish]:
    """The wish of each kind that counts, by pupil."""
    said = Wish.objects.filter(pupil_id__in=list(pupil_ids)).order_by("said_on", "pk")
    return {(each.pupil_id, each.about): each for each in said}


def _latest(about: str, pupil_ids: Collection[int]) -> dict[int, Wish]:
    return {pk: wish for (pk, kind), wish in latest_wishes(pupil_ids).items() if kind == about}
