"""What the ledger and the roll say of some pupils, a statement a phrase: how often, and how often it is not known."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When

from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.frameworks.queries import activity_types, bit_of, criteria, mask_of, partner_kinds, registry
from dekaan.lists.queries.offered import HALF_DAYS
from dekaan.lists.queries.sentences import Had
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import KeptYear
from dekaan.participation.models import Participation, State
from dekaan.participation.queries import live
from dekaan.people.models import Enrolment
from dekaan.programme.models import DayAbsence, DayAttendance, Mode, Session
from dekaan.programme.queries import SOURCE
from dekaan.schools.models import AcademicYear, School


@dataclass
class Times:
    """How often something was, in one academic year of a pupil, and how often it may have been."""

    done: int = 0
    unsure: int = 0
    missed: int = 0


Tallies = dict[int, dict[int, Times]]  # pupil → academic year → how often


def tallies_of(had: Had, pupils: Collection[int], on: date) -> Tallies:
    """What the ledger says of the phrase, in one statement; years outside its window are left out by whoever adds up."""
    rows = live().filter(pupil__in=pupils).order_by()
    if had.is_of_this_year:
        rows = rows.filter(academic_year=academic_year_of(on))
    elif had.when == "since" and had.since:
        rows = rows.filter(happened_on__gte=had.since)
    rows, done, unsure = _sifted(rows, had)
    found: Tallies = defaultdict(dict)
    for pupil, year, times, perhaps, missed in rows.values_list("pupil_id", "academic_year").annotate(
        times=Count("pk", filter=done),
        perhaps=Count("pk", filter=unsure),
        missed=Count("pk", filter=Q(state=State.ABSENT)),
    ):
        found[pupil][year] = Times(times, perhaps, missed)
    return found


def _sifted(rows: QuerySet[Participation], had: Had) -> tuple[QuerySet[Participation], Q, Q]:
    """The rows that are about the thing, and which of them say that it was, and that it may have been.

    An invitation to something that nobody recorded leaves it unknown, as the morning's round writes it.
    """
    was, may_have_been = Q(counts=1), Q(state=State.INVITED)
    if had.kind == "criterion":
        bit = bit_of(had.value)
        rows = rows.annotate(of=F("criteria").bitand(bit), perhaps_of=F("criteria_unknown").bitand(bit))
        was &= Q(of=bit)
        may_have_been = Q(perhaps_of=bit) & ~was
        return rows.filter(was | may_have_been), was, may_have_been
    if had.what == "any":
        was &= Q(criteria__gt=0)
        may_have_been = Q(criteria_unknown__gt=0) & ~was
        return rows.filter(was | may_have_been), was, may_have_been
    if had.kind == "activity":
        sessions = Session.objects.filter(activity_id=int(had.value)).order_by().values("pk")
        return rows.filter(source_kind=SOURCE, source_id__in=sessions), was, may_have_been
    if had.what == "guidance":  # whether it was guidance rests on who held it, whatever else is not known of it
        rows = rows.annotate(perhaps_of=F("criteria_unknown").bitand(mask_of(_of_guidance())))
        may_have_been |= was & ~Q(perhaps_of=0)
        was &= Q(perhaps_of=0)
    if had.what == "workplace":
        rows = rows.annotate(of_workplaces=F("criteria").bitand(mask_of(_of_workplaces())))
    return rows.filter(_about(had)), was, may_have_been


def _of_guidance() -> set[str]:
    """The criteria of which it rests on the adviser whether a meeting counts."""
    kinds = (each for each in activity_types().values() if each.needs_qualified_adviser)
    return {criterion_id for each in kinds for criterion_id in each.criteria}


def _of_workplaces() -> set[str]:
    """The criteria that ask for an experience of a workplace."""
    return {each.id for each in criteria().values() if each.is_of_workplaces}


def _about(had: Had) -> Q:
    """Which rows are about the thing. Nobody meets anybody in a recording."""
    met = ~Q(mode=Mode.RECORDED)
    kinds = partner_kinds().values()
    if had.kind == "type":
        return Q(activity_type=had.value)
    if had.kind == "partner":
        return met & Q(partner_kind=had.value)
    if had.what == "workplace":  # a part-time job is at a workplace, and counts for nothing
        counts_there = [each.key for each in activity_types().values() if _of_workplaces() & set(each.criteria)]
        return Q(mode=Mode.WORKPLACE) & (Q(activity_type__in=counts_there) | ~Q(of_workplaces=0))
    if had.what == "guidance":
        return Q(activity_type__in=[each.key for each in activity_types().values() if each.needs_qualified_adviser])
    return met & Q(partner_kind__in=[each.key for each in kinds if each.is_employer == (had.what == "employer")])


def half_days_absent(had: Had, pupils: Collection[int], on: date) -> tuple[dict[int, int], int]:
    """Half-days of absence by pupil, and for how many days of the window an attendance export is in."""
    first = had.since if had.when == "since" and had.since else year_start(academic_year_of(on))
    rows = DayAbsence.objects.filter(pupil__in=pupils, day__gte=first, day__lte=on).order_by()
    halves = Sum(Case(When(part="day", then=Value(2)), default=Value(1)))
    days = DayAttendance.objects.filter(day__gte=first, day__lte=on).count()
    return dict(rows.values_list("pupil_id").annotate(halves=halves)), days


def standings_of(pupils: Collection[int], on: date) -> dict[int, tuple[int, int, int, int]]:
    """The criteria on which each pupil is judged this year, later, that they meet, and that they may meet, as masks."""
    rows = PupilYear.objects.filter(pupil_id__in=pupils, academic_year=academic_year_of(on))
    return {
        pupil: (coh, far, met, unk & ~met)
        for pupil, coh, far, met, unk in rows.values_list("pupil_id", "coh", "far", "met", "unk")
    }


@dataclass(frozen=True)
class Past:
    """Since when a pupil is here, and the years that the counting room keeps of them."""

    joined_on: date | None = None  # the day on which the stay began in which they are
    known_from: date | None = None
    kept: Mapping[int, KeptYear] = field(default_factory=dict)  # academic year → what is known of it

    @property
    def lowest(self) -> int:
        """The lowest year group of which there is a record; nought where there is none."""
        return min((each.year_group for each in self.kept.values() if each.year_group), default=0)

    def is_known_since(self, day: date, until: int) -> bool:
        """Whether all from that day to the end of an academic year is on record: whole years, the first in part."""
        first = academic_year_of(day)
        in_part = self.known_from is not None and self.known_from <= day
        years = range(first, until + 1)
        return all(
            (kept and kept.known) or (year == first and in_part) for year in years for kept in [self.kept.get(year)]
        )


def pasts_of(school: School, pupils: Collection[int], on: date) -> dict[int, Past]:
    """The past of each of them, in three statements."""
    joined = _joined(pupils, on)
    began = {
        each.start_year: (each.starts_on, each.joined_by)
        for each in AcademicYear.objects.filter(start_year__in={academic_year_of(day) for day in joined.values()})
    }
    kept: dict[int, dict[int, KeptYear]] = defaultdict(dict)
    rows = PupilYear.objects.filter(pupil_id__in=pupils, academic_year__lte=academic_year_of(on)).order_by()
    for pupil, year, *said in rows.values_list("pupil_id", "academic_year", "year_group", "known"):
        kept[pupil][year] = KeptYear(*said)
    return {pk: Past(joined.get(pk), _known_from(school, joined.get(pk), began), kept.get(pk, {})) for pk in pupils}


def first_year_groups() -> list[int]:
    """The year groups in which a key stage begins; the first of them is when secondary school does."""
    return [years[0] for years in registry().key_stages]


def key_stage_of(year_group: int | None) -> int | None:
    """The year group in which the key stage of a year group began; None where it is in none."""
    return next((years[0] for years in registry().key_stages if year_group in years), None)


def _joined(pupils: Collection[int], on: date) -> dict[int, date]:
    """The day on which each stay began that holds that day; stays without a gap between them are one."""
    stays: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    rows = Enrolment.objects.filter(pupil__in=pupils, starts_on__lte=on).order_by("starts_on", "pk")
    for pupil, starts_on, ends_on in rows.values_list("pupil_id", "starts_on", "ends_on"):
        stays[pupil].append((starts_on, ends_on))
    found = {}
    for pupil, listed in stays.items():
        begun, until = listed[0]
        for starts_on, ends_on in listed[1:]:
            if until is not None and starts_on > until:
                begun = starts_on
            until = None if until is None or ends_on is None else max(until, ends_on)
        found[pupil] = begun
    return found


def _known_from(school: School, joined: date | None, began: dict[int, tuple[date, date]]) -> date | None:
    """From when on what the pupil did is on record: whoever is there by the day set is taken to have been all year."""
    if joined is None:
        return None
    year = academic_year_of(joined)
    starts_on, joined_by = began.get(year, (year_start(year), year_start(year)))
    since = min(joined, starts_on) if joined <= joined_by else joined
    return max(since, school.records_begin) if school.records_begin else since


__all__ = [
    "HALF_DAYS",
    "Past",
    "Tallies",
    "Times",
    "first_year_groups",
    "half_days_absent",
    "key_stage_of",
    "pasts_of",
    "standings_of",
    "tallies_of",
]
