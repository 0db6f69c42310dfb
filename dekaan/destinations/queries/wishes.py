"""What people allow: the one filter that everything about destinations passes on its way out of the school."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from dekaan.destinations.models import Wish
from dekaan.people.models import Pupil

THEIR_OWN_SAY = 16  # from this birthday the young person says it (Education and Skills Act 2008, section 72)


def is_of_age(born: date | None, on: date) -> bool:
    """Whether it is theirs to say; of whom no birth date is held it is, so that nobody says it over their head."""
    return born is None or (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) >= THEIR_OWN_SAY


def may_be_shared(pupil_ids: Collection[int]) -> set[int]:
    """Those of whom destinations may leave the school: all but whoever objected, or has a parent who did.

    Every file, letter and link that takes a destination out calls this, and takes nobody else along.
    """
    said: dict[int, list[Wish]] = defaultdict(list)
    for wish in Wish.objects.filter(pupil_id__in=list(pupil_ids), about=Wish.About.SHARING):
        said[wish.pupil_id].append(wish)
    objects = {pk for pk, wishes in said.items() if any(not each.allows for each in wishes)}
    born = dict(Pupil.objects.filter(pk__in=objects).order_by().values_list("pk", "birth_date"))
    return set(pupil_ids) - {pk for pk in objects if objection(said[pk], born.get(pk))}


def objection(wishes: Iterable[Wish], born: date | None) -> Wish | None:
    """The objection to sharing that stands among the wishes of one person; none where nobody objects.

    An objection is taken back by whoever made it: a parent's also by the young person from 16 on, whose say it then is.
    """
    last: dict[str, Wish] = {}
    for each in sorted(wishes, key=lambda wish: (wish.said_on, wish.pk)):
        if each.about != Wish.About.SHARING:
            continue
        last[each.who] = each
        if each.allows and each.who == Wish.SaidBy.PUPIL and is_of_age(born, each.said_on):
            last.pop(Wish.SaidBy.PARENT, None)
    return next((each for each in last.values() if not each.allows), None)


def latest_wishes(pupil_ids: Collection[int]) -> dict[tuple[int, str], Wish]:
    """The wish of each kind that counts, by pupil."""
    said = Wish.objects.filter(pupil_id__in=list(pupil_ids)).order_by("said_on", "pk")
    return {(each.pupil_id, each.about): each for each in said}
