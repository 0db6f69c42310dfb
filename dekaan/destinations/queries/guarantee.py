"""The September Guarantee: who is to have the offer of a suitable place by the end of September, and has none recorded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import academic_year_of, roll_date, today
from dekaan.destinations.models import Kind, OfferState, Statement
from dekaan.destinations.queries.ledger import in_force
from dekaan.destinations.queries.meaning import intention_of
from dekaan.destinations.queries.wishes import may_be_shared
from dekaan.partners.queries import plain_name
from dekaan.people.models import Pupil, YearRecord
from dekaan.people.queries import on_roll, pupils_opened

OFFERED_TO = (11, 12)  # whoever ends compulsory schooling, and those a year on (domain paper, 4.7)
SUITABLE = {OfferState.ACCEPTED, OfferState.UNCONDITIONAL, OfferState.CONDITIONAL}
SEPTEMBER = 9


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
    numbers: dict[int, tuple[int, int]]  # by year group: with an offer, of how many

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
    """Pupils of those year groups on the roll that year whom somebody may see, who have no suitable offer recorded."""
    on = roll_date(academic_year)
    pupils: QuerySet[Pupil] = pupils_opened(DataClass.I, assignments, on).filter(on_roll(on))
    in_year = YearRecord.objects.filter(academic_year=academic_year, year_group__in=list(year_groups))
    records = in_year.filter(pupil__in=pupils.order_by()).select_related("pupil", "tutor_group")
    found = list(records.order_by("year_group", "tutor_group__name", "pupil__surname", "pupil__forename", "pupil__pk"))
    ids = [each.pupil_id for each in found]
    said: dict[int, list[Statement]] = defaultdict(list)
    for each in Statement.objects.filter(pupil_id__in=ids, kind__in=[Kind.INTENTION, Kind.OFFER]):
        said[each.pupil_id].append(each)
    shared = may_be_shared(ids)
    rows, numbers = [], dict.fromkeys(year_groups, (0, 0))
    for record in found:
        there = in_force(said[record.pupil_id])
        offers = latest_offers(there)
        has_one = any(each.offer_state in SUITABLE for each in offers)
        with_one, of = numbers[record.year_group]
        numbers[record.year_group] = (with_one + has_one, of + 1)
        if has_one:
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
    return Guarantee(academic_year, tuple(rows), {year: each for year, each in numbers.items() if each[1]})


def latest_offers(statements: Iterable[Statement]) -> list[Statement]:
    """How far each application is by what was said of it last: one for each place and course."""
    latest = {
        (each.provider_id or plain_name(each.provider_name), each.route, plain_name(each.course)): each
        for each in sorted(statements, key=lambda each: (each.said_on, each.pk))
        if each.kind == Kind.OFFER
    }
    return list(latest.values())
