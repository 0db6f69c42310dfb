"""What each pupil of a group means to do, as a line of the grid shows it, and as it stood when somebody opened the page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dekaan.core.academic_year import academic_year_of, today
from dekaan.destinations.models import Confidence, Kind, Statement, Wish
from dekaan.destinations.queries.cohorts import followed_until, told_apart
from dekaan.destinations.queries.ledger import in_force
from dekaan.destinations.queries.meaning import intention_of
from dekaan.destinations.queries.typed import as_typed
from dekaan.people.models import Pupil

LEAVING = (11, 13)  # the year groups that leave: they are asked whether the school may keep in touch


@dataclass(frozen=True)
class Intent:
    """One pupil with what they mean to do, what they would do instead, and whether the school may keep in touch."""

    pupil: Pupil
    intention: Statement | None
    backup: Statement | None
    in_touch: Wish | None
    said: dict[int, Statement] = field(default_factory=dict)  # whatever was said before too, by number
    wishes: dict[int, Wish] = field(default_factory=dict)
    told_apart: str = ""  # by what, where another of the group has the same name

    @property
    def stands(self) -> str:
        """By what it is known again when somebody saves what they had opened."""
        return ".".join(str(each.pk if each else 0) for each in (self.intention, self.backup, self.in_touch))

    @property
    def may_be_same(self) -> bool:
        """Whether something was said before today, which may still hold."""
        return self.was_said_before(today())

    def was_said_before(self, on: date) -> bool:
        """Whether what they mean to do was said before that day."""
        return self.intention is not None and self.intention.said_on < on

    def as_it_stood(self, stood: str) -> "Intent":
        """The same pupil as they stood when that was shown."""
        first, second, third = ([int(each) for each in stood.split(".") if each.isdecimal()] + [0, 0, 0])[:3]
        return Intent(self.pupil, self.said.get(first), self.said.get(second), self.wishes.get(third))

    @property
    def shown(self) -> dict[str, str]:
        """What stands in each box."""
        meant, instead, wish = self.intention, self.backup, self.in_touch
        return {
            "route": as_typed(meant.route, meant.level) if meant else "",
            "provider_name": meant.provider_name if meant else "",
            "confidence": meant.confidence if meant else Confidence.SOME.value,
            "backup": as_typed(instead.route, instead.level) if instead else "",
            "in_touch": ("yes" if wish.allows else "no") if wish else "",
            "until": str(wish.until) if wish and wish.until else "",
            "reached_at": wish.reached_at if wish else "",
        }


def intents(pupils: Sequence[Pupil]) -> list[Intent]:
    """Each of them with what they mean to do. Two questions."""
    ids = [each.pk for each in pupils]
    said: dict[int, list[Statement]] = defaultdict(list)
    for each in Statement.objects.filter(pupil_id__in=ids, kind=Kind.INTENTION):
        said[each.pupil_id].append(each)
    wishes: dict[int, list[Wish]] = defaultdict(list)
    for wish in Wish.objects.filter(pupil_id__in=ids, about=Wish.About.KEEP_IN_TOUCH).order_by("said_on", "pk"):
        wishes[wish.pupil_id].append(wish)
    apart = told_apart(pupils)
    return [
        Intent(
            pupil=each,
            intention=intention_of(in_force(said[each.pk])),
            backup=intention_of(in_force(said[each.pk]), is_backup=True),
            in_touch=wishes[each.pk][-1] if wishes[each.pk] else None,
            said={one.pk: one for one in said[each.pk]},
            wishes={one.pk: one for one in wishes[each.pk]},
            told_apart=apart.get(each.pk, ""),
        )
        for each in pupils
    ]


def usual_end() -> date:
    """Until when a permission of those who leave this year holds, unless it says otherwise."""
    return followed_until(academic_year_of(today()))
