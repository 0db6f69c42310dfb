"""Who is asked by a link, at what address, and who is not and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from dekaan.access.data_classes import Access
from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import today
from dekaan.destinations.models import Asked, Asking, Kind, Wish
from dekaan.destinations.queries.asked import AskedPerson, Stands, asked_people
from dekaan.destinations.queries.calling import will_not_say
from dekaan.destinations.queries.cohorts import YEAR_11, Leaver, leavers
from dekaan.destinations.queries.following import is_known, may_be_asked
from dekaan.destinations.queries.scope import leavers_opened, on_roll_opened
from dekaan.destinations.queries.wishes import latest_wishes
from dekaan.people.models import Pupil, YearRecord
from dekaan.people.queries import on_roll

YEAR_13 = 13


@dataclass(frozen=True)
class ToAsk:
    """Somebody who can be asked, and where."""

    pupil: Pupil
    to: str
    is_of_school: bool  # the address of the school's own records, which may be closed by now


@dataclass(frozen=True)
class NotAsked:
    """Somebody who cannot be asked by a link, and why."""

    pupil: Pupil
    why: str


@dataclass(frozen=True)
class Asks:
    """Whom one asking would go to."""

    kind: str
    left_in: int | None
    people: tuple[ToAsk, ...]
    left_out: tuple[NotAsked, ...]
    known: int = 0  # of whom it is known already


def leavers_to_ask(left_in: int, kind: str, of: QuerySet[Pupil], on: date | None = None) -> Asks:
    """Those of whom nobody knows where they were then, who gave a permission that runs, and have an address."""
    day = on or today()
    found = leavers(left_in, of, day)
    ids = [each.pupil.pk for each in found]
    wishes, open_since = latest_wishes(ids), _asked_since(ids, kind, day)
    known, people, left_out = 0, [], []
    for each in found:
        there = next((moment for moment in each.moments if moment.kind == kind), None)
        if there and is_known(there):
            known += 1
            continue
        wish = wishes.get((each.pupil.pk, Wish.About.KEEP_IN_TOUCH))
        address = _address(each.pupil, wish)
        why = _why_not(each, kind, wish, day) or _why_not_now(address, open_since.get(each.pupil.pk))
        if why:
            left_out.append(NotAsked(each.pupil, why))
        else:
            people.append(ToAsk(each.pupil, address, is_of_school=address == each.pupil.email))
    return Asks(kind, left_in, tuple(people), tuple(left_out), known)


def pupils_to_ask(pupils: Sequence[Pupil], on: date | None = None) -> Asks:
    """Pupils of today who have an address, and are not being asked already."""
    day = on or today()
    open_since = _asked_since([each.pk for each in pupils], Kind.INTENTION, day)
    people, left_out = [], []
    for each in pupils:
        address = _address(each, None)
        if why := _why_not_now(address, open_since.get(each.pk)):
            left_out.append(NotAsked(each, why))
        else:
            people.append(ToAsk(each, address, is_of_school=True))
    return Asks(Kind.INTENTION, None, tuple(people), tuple(left_out))


def _why_not(leaver: Leaver, kind: str, wish: Wish | None, day: date) -> str:
    if wish is None:
        return "was never asked whether the school may keep in touch"
    if not wish.allows:
        return "does not want to be contacted"
    if not may_be_asked(wish, day):
        return f"permission ended on {wish.until:%-d %B %Y}"
    if will_not_say(next((moment for moment in leaver.moments if moment.kind == kind), None)):
        return "was asked and does not want to say"
    return ""


def _why_not_now(address: str, before: AskedPerson | None) -> str:
    if not address:
        return "no e-mail address is held"
    if before is None:
        return ""
    since = f"was asked on {before.asked.asking.begun_on:%-d %B %Y}"
    if before.stands != Stands.FAILED:
        return f"{since}, and that link is still open"
    return f"{since}, and the mail to {address} came back" if before.asked.sent_to == address else ""


def _address(pupil: Pupil, wish: Wish | None) -> str:
    """The address for after leaving, where it is one and no telephone number; else that of the school's records."""
    for each in (wish.reached_at if wish else "", pupil.email):
        try:
            validate_email(each.strip())
        except ValidationError:
            continue
        return each.strip()
    return ""


def _asked_since(pupil_ids: Iterable[int], kind: str, day: date) -> dict[int, AskedPerson]:
    """Whose link of that moment is still open, by their latest."""
    rows = Asked.objects.filter(pupil_id__in=list(pupil_ids), asking__kind=kind, asking__open_until__gte=day)
    found = asked_people(rows.select_related("asking", "pupil").order_by("asking__begun_on", "pk"), day)
    return {each.asked.pupil_id: each for each in found}


def askings_opened(
    assignments: Iterable[RoleAssignment], of: QuerySet[Asking], left_in: int | None
) -> QuerySet[Asking]:
    """Of those about who left in that year, or about plans, the ones of whose people none is another's to write of."""
    these = of.filter(left_in=left_in)
    rows = Asked.objects.filter(asking__in=these.order_by())
    if left_in is None:  # whoever has left since is in nobody's group, and takes the asking away from nobody
        mine = on_roll_opened(assignments, Access.WRITES)
        rows = rows.filter(pupil__in=Pupil.objects.filter(on_roll(today())).order_by())
    else:
        mine = leavers_opened(assignments, left_in, Access.WRITES)
    others = rows.exclude(pupil__in=mine.order_by()).order_by().values("asking_id")
    return these.exclude(pk__in=others)


def stage_of(asked: Asked) -> int:
    """After which year group their routes are: 11 or 13."""
    years = YearRecord.objects.filter(pupil_id=asked.pupil_id).order_by("-academic_year")
    if asked.asking.left_in is not None:
        years = years.filter(academic_year=asked.asking.left_in)
    latest = years.values_list("year_group", flat=True).first()
    return YEAR_11 if latest is None or latest <= YEAR_11 else YEAR_13
