"""The September Guarantee: who is to have the offer of a suitable place by the end of September, and has none recorded."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import models
from django.db.models import QuerySet

from dekaan.access.data_classes import Access, DataClass
from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import academic_year_of, roll_date, today, year_start
from dekaan.destinations.models import Kind, OfferState, Statement
from dekaan.destinations.queries.ledger import code_of, in_force, place_of, with_places
from dekaan.destinations.queries.meaning import intention_of
from dekaan.destinations.queries.wishes import may_be_shared
from dekaan.partners.queries import plain_name
from dekaan.people.models import Pupil, YearRecord
from dekaan.people.queries import on_roll, pupils_opened

OFFERED_TO = (11, 12)  # whoever ends compulsory schooling, and those a year on (domain paper, 4.7)
SUITABLE = {OfferState.ACCEPTED, OfferState.UNCONDITIONAL, OfferState.CONDITIONAL}
SEPTEMBER = 9
YEAR_12, YEAR_13 = 12, 13
PLACES = (Kind.ENROLMENT, Kind.POSITION)  # which say that somebody has a place
TELLING = (Kind.INTENTION, Kind.OFFER, *PLACES)


class MetBy(models.TextChoices):
    """By what somebody has a place, in the order in which it is looked for."""

    OFFER = "offer", "an offer"
    PLACE = "place", "the place where they have enrolled since"
    STAYED = "stayed", "being at this school in the year after"
    GOES_ON = "goes-on", "going on into Year 13 here"


@dataclass(frozen=True)
class WithoutOffer:
    """One pupil without the offer of a suitable place."""

    pupil: Pupil
    year_group: int
    tutor_group: str
    intention: Statement | None
    backup: Statement | None
    offers: tuple[Statement, ...]  # how far each application is
    may_be_shared: bool

    @property
    def name(self) -> str:
        """As lists have it."""
        return str(self.pupil)

    @property
    def means(self) -> str:
        """Where they mean to go, in words."""
        return self.intention.where if self.intention else ""

    @property
    def instead(self) -> str:
        """What they would do instead, in words."""
        return self.backup.where if self.backup else ""

    @property
    def applied(self) -> str:
        """How far each application is, in words."""
        return "; ".join(f"{each.where}: {each.get_offer_state_display().lower()}" for each in self.offers)


@dataclass(frozen=True)
class Guarantee:
    """How the guarantee stands in the year groups of a year."""

    academic_year: int
    rows: tuple[WithoutOffer, ...]
    numbers: dict[int, tuple[int, int]]  # by year group: with a place, of how many
    met_by: tuple[tuple[MetBy, int], ...] = ()  # how many have a place by what

    @property
    def kept_back(self) -> int:
        """How many of them object to being told of to others."""
        return sum(not each.may_be_shared for each in self.rows)


def guarantee_year() -> int:
    """The year whose pupils it is about: in September still those of the year before, until the guarantee closes."""
    return academic_year_of(today()) - (today().month == SEPTEMBER)


def september_guarantee(
    assignments: Iterable[RoleAssignment], academic_year: int, year_groups: Iterable[int] = OFFERED_TO
) -> Guarantee:
    """Pupils of those year groups on the roll that year whom somebody may see, who have no suitable place recorded.

    Besides an offer a place is where they have enrolled since, this school where they are on its roll in the year after,
    and Year 13 of it for whoever is in Year 12 now and does not leave.
    """
    on = roll_date(academic_year)
    pupils: QuerySet[Pupil] = pupils_opened(DataClass.I, assignments, on).filter(on_roll(on))
    in_year = YearRecord.objects.filter(academic_year=academic_year, year_group__in=list(year_groups))
    records = in_year.filter(pupil__in=pupils.order_by()).select_related("pupil", "tutor_group")
    found = list(records.order_by("year_group", "tutor_group__name", "pupil__surname", "pupil__forename", "pupil__pk"))
    ids = [each.pupil_id for each in found]
    said: dict[int, list[Statement]] = defaultdict(list)
    for each in with_places(Statement.objects.filter(pupil_id__in=ids, kind__in=TELLING)):
        said[each.pupil_id].append(each)
    stayed, goes_on = _here_after(academic_year, ids)
    shared = may_be_shared(ids)
    rows, numbers, met = [], dict.fromkeys(year_groups, (0, 0)), Counter[MetBy]()
    for record in found:
        there = in_force(said[record.pupil_id])
        offers = latest_offers(there)
        by = next(
            (
                by
                for by, is_so in (
                    (MetBy.OFFER, any(each.offer_state in SUITABLE for each in offers)),
                    (MetBy.PLACE, any(map(_is_a_place, there))),
                    (MetBy.STAYED, record.pupil_id in stayed),
                    (MetBy.GOES_ON, record.year_group == YEAR_12 and record.pupil_id in goes_on),
                )
                if is_so
            ),
            None,
        )
        with_one, of = numbers[record.year_group]
        numbers[record.year_group] = (with_one + (by is not None), of + 1)
        if by:
            met[by] += 1
            continue
        rows.append(
            WithoutOffer(
                pupil=record.pupil,
                year_group=record.year_group,
                tutor_group=record.tutor_group.name if record.tutor_group else "",
                intention=intention_of(there),
                backup=intention_of(there, is_backup=True),
                offers=tuple(offers),
                may_be_shared=record.pupil_id in shared,
            )
        )
    return Guarantee(
        academic_year,
        tuple(rows),
        {year: each for year, each in numbers.items() if each[1]},
        tuple((by, met[by]) for by in MetBy if met[by]),
    )


def _is_a_place(statement: Statement) -> bool:
    """Whether it says that they are in learning or work since, as the council counts."""
    code = code_of(statement)
    return statement.kind in PLACES and code is not None and code.takes_part


def _here_after(academic_year: int, pupil_ids: list[int]) -> tuple[set[int], set[int]]:
    """Those on the roll in the year after; and, while that is to come, those who do not leave before it, if there is a Year 13."""
    after = academic_year + 1
    has_come = today() >= year_start(after)
    day = min(today(), date(after, 10, 1)) if has_come else year_start(after)
    there = set(Pupil.objects.filter(on_roll(day), pk__in=pupil_ids).order_by().values_list("pk", flat=True))
    if has_come:
        return there, set()
    has_year_13 = YearRecord.objects.filter(academic_year=academic_year, year_group=YEAR_13).exists()
    return set(), there if has_year_13 else set()


def has_guarantee(assignments: Iterable[RoleAssignment]) -> bool:
    """Whether it is about anybody whom somebody may see."""
    year = guarantee_year()
    theirs = pupils_opened(DataClass.I, assignments, roll_date(year)).order_by()
    return YearRecord.objects.filter(academic_year=year, year_group__in=OFFERED_TO, pupil__in=theirs).exists()


def changed_by(assignments: Iterable[RoleAssignment], found: Guarantee) -> set[int]:
    """Those of them of whom somebody may record an offer."""
    on = roll_date(found.academic_year)
    theirs = pupils_opened(DataClass.I, assignments, on, Access.WRITES)
    return set(theirs.filter(pk__in=[each.pupil.pk for each in found.rows]).order_by().values_list("pk", flat=True))


def latest_offers(statements: Iterable[Statement]) -> list[Statement]:
    """How far each application is by what was said of it last: one for each place, route and course.

    What leaves out the route or the course is of the only application there that it can be of, and else stands by itself.
    """
    found: list[_Application] = []
    for each in sorted(statements, key=lambda each: (each.said_on, each.pk)):
        if each.kind != Kind.OFFER:
            continue
        said = _Application(place_of(each) or plain_name(each.provider_name), each.route, plain_name(each.course), each)
        same = [other for other in found if other.key == said.key] or [other for other in found if other.may_be(said)]
        if len(same) == 1:
            found[found.index(same[0])] = said.beside(same[0])
        else:
            found.append(said)
    return [each.latest for each in found]


@dataclass(frozen=True)
class _Application:
    """Where to, on which route and for which course, as far as anybody said; and what was said of it last."""

    place: int | str
    route: str
    course: str
    latest: Statement

    @property
    def key(self) -> tuple[int | str, str, str]:
        return self.place, self.route, self.course

    def may_be(self, other: "_Application") -> bool:
        """Whether nothing that is said of both differs."""
        told = ((self.route, other.route), (self.course, other.course))
        return self.place == other.place and all(not ours or not theirs or ours == theirs for ours, theirs in told)

    def beside(self, before: "_Application") -> "_Application":
        """It, with what was said of it before and is left out now."""
        return replace(self, route=self.route or before.route, course=self.course or before.course)
