"""The grid for telephone calls: who is to be asked after one moment, who is not and why, and how they are reached."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dekaan.core.academic_year import today
from dekaan.destinations.models import Kind, Statement, Wish
from dekaan.destinations.queries.asked import AskedPerson, asked_of
from dekaan.destinations.queries.cohorts import Leaver, leavers
from dekaan.destinations.queries.following import come_by, is_known, may_be_asked, meant, outcomes
from dekaan.destinations.queries.ledger import Moment
from dekaan.destinations.queries.meaning import meant_in_words
from dekaan.destinations.queries.went import has_stopped
from dekaan.destinations.queries.wishes import latest_wishes
from dekaan.frameworks.queries import moments
from dekaan.people.models import Pupil
from dekaan.people.queries import links_not_restricted

DID_NOT_START = "did-not-start"
FEWEST_DIGITS = 9  # of a telephone number: fewer is an extension or a day


@dataclass(frozen=True)
class Reached:
    """One way of reaching somebody: as it is read, and what a telephone does with it; "" where it is neither kind."""

    text: str
    link: str = ""

    @classmethod
    def at(cls, written: str, whose: str = "") -> "Reached":
        """By a number or an address as somebody wrote it; `whose` it is stands behind it."""
        number = "".join(each for each in written if each.isdigit() or each == "+")
        is_number = len(number) >= FEWEST_DIGITS and not any(each.isalpha() for each in written)
        link = f"tel:{number}" if is_number else f"mailto:{written}" if "@" in written and " " not in written else ""
        return cls(f"{written} ({whose})" if whose else written, link)


@dataclass(frozen=True)
class Call:
    """One leaver to be asked after."""

    leaver: Leaver
    asked_on: date | None  # without being found
    by_link: AskedPerson | None  # how it stands with the link that they were asked by, of this moment
    reached_at: tuple[Reached, ...]
    hints: tuple[str, ...]  # what they meant to do, or the last that is known

    @property
    def comes_first(self) -> bool:
        """Whether a place was not taken up, or the ladder of letters ends here: no answer, or the mail came back."""
        if self.asked_on is None and did_not_start(self.leaver):
            return True
        return self.by_link is not None and self.by_link.is_to_be_called and self.asked_on is None


@dataclass(frozen=True)
class CallList:
    """Whom to call about a moment, and how many are not called and why."""

    calls: tuple[Call, ...]
    known: int
    not_called: tuple[tuple[str, int], ...]


def moments_come(left_in: int, on: date | None = None) -> list[Kind]:
    """What those who left in that year can be asked of, earliest first: the moments that have come."""
    return [Kind(each) for each in come_by(left_in, on or today())]


def call_list(
    left_in: int, kind: str, of: QuerySet[Pupil], *, also: Collection[int] = (), on: date | None = None
) -> CallList:
    """The leavers among these of whom nobody knows where they were then.

    First who has left a place before, and whom no letter reached or moved, then those not asked yet, then by name. Who does not
    want to be contacted is not on it, nor whose permission has ended, nor who would not say; `also` are on it in any case,
    since something is typed in their line.
    """
    day = on or today()
    found = leavers(left_in, of, day)
    wishes = latest_wishes([each.pupil.pk for each in found])
    calls, known, not_called, open_to_calls = [], 0, Counter[str](), []
    for each in found:
        there = next((moment for moment in each.moments if moment.kind == kind), None)
        if each.pupil.pk in also:
            open_to_calls.append((each, there))
        elif there and is_known(there):
            known += 1
        elif why := _why_not(there, wishes.get((each.pupil.pk, Wish.About.KEEP_IN_TOUCH)), day):
            not_called[why] += 1
        else:
            open_to_calls.append((each, there))
    asked = asked_of([each.pupil.pk for each, _ in open_to_calls], day)
    numbers = _numbers([each.pupil.pk for each, _ in open_to_calls])
    for each, there in open_to_calls:
        wish = wishes.get((each.pupil.pk, Wish.About.KEEP_IN_TOUCH))
        own = (Reached.at(wish.reached_at),) if wish and wish.reached_at else ()
        calls.append(
            Call(
                leaver=each,
                by_link=link if (link := asked.get(each.pupil.pk)) and link.asks == kind else None,
                asked_on=_asked_on(there),
                reached_at=own + tuple(numbers[each.pupil.pk]),
                hints=_hints(each, kind),
            )
        )
    then = moments()[kind].day_after_leaving(left_in)
    calls.sort(
        key=lambda call: (
            not (call.comes_first or has_stopped(call.leaver, then)),
            call.asked_on is not None,
            call.asked_on or day,
        )
    )
    return CallList(tuple(calls), known, tuple(sorted(not_called.items())))


def did_not_start(leaver: Leaver) -> list[Statement]:
    """What says of them that they did not take up a place, where nobody knows of any moment where they are."""
    if any(is_known(each) for each in outcomes(leaver)):
        return []
    return [each for there in outcomes(leaver) for each in there.groups[0] if each.route == DID_NOT_START]


def _asked_on(there: Moment | None) -> date | None:
    """The last day on which they were asked of the moment; that a place was not taken up is no answer of theirs."""
    said = [each.said_on for each in there.groups[0] if each.route != DID_NOT_START] if there else []
    return max(said, default=None)


def _why_not(there: Moment | None, in_touch: Wish | None, day: date) -> str:
    if not may_be_asked(in_touch, day):
        return "permission has ended" if in_touch and in_touch.allows else "no wish to be contacted"
    return "asked, and would not say" if will_not_say(there) else ""


def will_not_say(there: Moment | None) -> bool:
    """Whether they were asked of that moment, and would not say."""
    last = there.groups[0][-1] if there else None
    return last is not None and (last.route == "refused" or last.code == "830")


def _numbers(pupil_ids: Collection[int]) -> dict[int, list[Reached]]:
    """Telephone numbers of parents and carers who are not restricted contacts, with who they are to the pupil."""
    found: dict[int, list[Reached]] = defaultdict(list)
    links = links_not_restricted().filter(pupil_id__in=list(pupil_ids)).exclude(carer__telephone="")
    rows = links.order_by("pk").values_list("pupil_id", "relationship", "carer__telephone")
    for pupil_id, relationship, telephone in rows:
        found[pupil_id].append(Reached.at(telephone, whose=relationship.lower() or "parent or carer"))
    return found


def _hints(leaver: Leaver, kind: str) -> tuple[str, ...]:
    """The last that is known from another moment, else what they meant to do."""
    known = [each for each in outcomes(leaver) if is_known(each) and each.kind != kind and not each.disagrees]
    if known:
        until = f", until {known[-1].stopped_on:%-d %B %Y}" if known[-1].stopped_on else ""
        return (f"{known[-1].name}: {known[-1].said.where}{until}",)
    missed = tuple(each.where for each in did_not_start(leaver))
    return missed + tuple(meant_in_words(each) for each in meant(leaver))
