"""What a school's records said on a day, gathered once for all judges. To be used inside `working_in`."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from django.db.models import Exists, F, OuterRef

from dekaan.access.models import RoleAssignment
from dekaan.compass.models import RealResult, SelfEvaluation
from dekaan.core.academic_year import academic_year_of, today
from dekaan.evidence.queries import FactShown, facts_shown
from dekaan.frameworks.queries import SHOWN, Criterion, bit_of, criterion, duties, year_groups_of
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import Figure, KeptYear, coverage_of_criteria, is_open
from dekaan.participation.queries import live
from dekaan.people.models import StaffMember, YearRecord
from dekaan.people.queries import year_groups
from dekaan.provider_access.queries import TWO, UNKNOWN, attended, offered
from dekaan.publication.queries import Said, said_on
from dekaan.schools.models import School
from dekaan.website.queries import OnWebsite, on_website, reading

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Count:
    """Of `of` pupils `met` meet something and `unknown` may."""

    met: int = 0
    of: int = 0
    unknown: int = 0

    @property
    def short(self) -> int:
        """Those who are known not to meet it."""
        return self.of - self.met - self.unknown


@dataclass(frozen=True)
class Held:
    """Somebody holds a post from one day to another; `last_on` is the earlier of the role's end and of leaving."""

    since: date
    last_on: date | None


@dataclass(frozen=True)
class AtHand:
    """What a page has read of today already: facts, exact figures, the website, the year groups that have pupils."""

    facts: Mapping[str, FactShown] | None = None
    figures: Sequence[Figure] = ()
    website: Mapping[str, OnWebsite] | None = None
    year_groups: Sequence[int] | None = None


class Records:
    """A school's records on a day, each asked for once, and only where a judge wants it.

    `exact` says whether numbers of pupils may be told. What of today is at hand already is not asked for again.
    """

    def __init__(self, school: School, on: date, *, exact: bool, at_hand: AtHand | None = None) -> None:
        self.school, self.on, self.exact = school, on, exact
        self.year = academic_year_of(on)
        self._at_hand = at_hand or AtHand()

    @property
    def are_kept(self) -> bool:
        """Whether records had begun before that day, so that what is not there means something."""
        return self.school.records_begin is None or self.school.records_begin < self.on

    # --- evidence and self-evaluations ---------------------------------------------------------------

    @cached_property
    def facts(self) -> Mapping[str, FactShown]:
        """Facts about the whole school, shown by dated evidence or not."""
        return facts_shown(self.on) if self._at_hand.facts is None else self._at_hand.facts

    @cached_property
    def evaluated_on(self) -> list[date]:
        """Days on which the self-evaluation was kept or its real result typed in, oldest first."""
        kept = SelfEvaluation.objects.filter(kept_on__lte=self.on).order_by().values_list("kept_on", flat=True)
        return sorted({*kept, *(each.completed_on for each in self.real_results)})

    @cached_property
    def real_results(self) -> list[RealResult]:
        """Real results by then, newest first."""
        return list(RealResult.objects.filter(completed_on__lte=self.on))

    @cached_property
    def said(self) -> dict[str, Said]:
        """What the public could read on the school's own pages here; of today also what is said otherwise than it is."""
        return said_on(self.on, self.school if self.on == today() else None)

    @cached_property
    def website(self) -> Mapping[str, OnWebsite]:
        """What the school's own website said of each duty, by what was read of it last by then."""
        if self._at_hand.website is not None:
            return self._at_hand.website
        return on_website(reading(self.on, self.school if self.on == today() else None))

    # --- people --------------------------------------------------------------------------------------

    @cached_property
    def _staff(self) -> list[StaffMember]:
        return list(StaffMember.objects.order_by("pk"))

    @cached_property
    def advisers(self) -> list[StaffMember]:
        """Whoever gives guidance and worked here that day: of whom a qualification or the employment is said."""
        return [each for each in self.all_advisers if _is_here(each, self.on)]

    @cached_property
    def all_advisers(self) -> list[StaffMember]:
        """The same, past ones and those to come too."""
        return [each for each in self._staff if each.guidance_qualified_from or each.is_employed_here is not None]

    @cached_property
    def _assignments(self) -> list[RoleAssignment]:
        roles = {each.evidence.role for each in duties().values() if each.evidence.role}
        found = RoleAssignment.objects.filter(school=self.school, role__in=roles, starts_on__isnull=False)
        return list(found.order_by("starts_on", "pk"))

    def held(self, role: str) -> list[Held]:
        """Everybody who has ever held that role here, by the day from which they did."""
        left = {each.user_id: each.ends_on - timedelta(days=1) for each in self._staff if each.user_id and each.ends_on}
        return [
            Held(each.starts_on, min(ends) if (ends := _days(each.ends_on, left.get(each.user_id))) else None)
            for each in self._assignments
            if each.role == role and each.starts_on
        ]

    # --- pupils --------------------------------------------------------------------------------------

    @cached_property
    def year_groups(self) -> Sequence[int]:
        """The year groups that have pupils on record that year."""
        return year_groups(self.year) if self._at_hand.year_groups is None else self._at_hand.year_groups

    @property
    def here(self) -> tuple[int, ...]:
        """The year groups of the school, by its ages and its pupils."""
        return year_groups_of(self.school, self.year_groups)

    def had_so_far(self, asked: Criterion, year_group: int) -> Count | None:
        """Of those of a year group inside the phase how many have had it already; None for a past day."""
        if self.on != today():
            return None
        here = [each.had for each in attended(self.school.pk, self.year, asked) if each.year_group == year_group]
        return Count(here.count(TWO), len(here), here.count(UNKNOWN))

    def count(self, asked: Criterion) -> Count:
        """Of the pupils judged this year how many met the criterion by that day: the counting room's own figures today."""
        if self.on == today():
            figure = self._of_today[asked.id]
            return Count(figure.met or 0, figure.of or 0, figure.unknown or 0)
        return self._counted_then(asked)

    def shown(self, asked: Criterion) -> int:
        """How many of the judged had it by encounters that are shown to be all that is asked."""
        if self.on != today():
            return self._counted_then(asked, SHOWN).met
        judged = asked.expectations[0].judged
        here = attended(self.school.pk, self.year, asked)
        return sum(each.had == TWO and each.is_shown for each in here if each.year_group in judged)

    def offers(self, asked: Criterion) -> Count | None:
        """The same of what they were offered, whatever became of it; None for a past day, of which it is not worked out."""
        if self.on != today():
            return None
        last = max(asked.expectations[0].judged)
        here = [each.had for each in offered(self.school.pk, self.year, asked) if each.year_group == last]
        return Count(here.count(TWO), len(here), here.count(UNKNOWN))

    @cached_property
    def _of_today(self) -> dict[str, Figure]:
        found = {each.criterion: each for each in self._at_hand.figures}
        if not {each.id for each in counted_for_duties()} <= set(found):
            asked = coverage_of_criteria(self.school.pk, self.year, counted_for_duties())
            found = {each.criterion: each for each in asked}
        return found

    def _counted_then(self, asked: Criterion, second: str = "") -> Count:
        bit, (rule,) = bit_of(asked.id), asked.expectations
        counted = bit_of(asked.id + second)
        counts: Counter[str] = Counter()
        for pupil_id, (rows, judged) in self._years.items():
            if not judged & bit:
                continue
            done = sum(
                rule.covers(rows[year].year_group, day)
                for year, day, mask in self._doings[pupil_id]
                if mask & counted and year in rows
            )
            counts["of"] += 1
            if done >= rule.at_least:
                counts["met"] += 1
            elif is_open(rows, self.year, rule.from_year, rule.to_year, bit):
                counts["unknown"] += 1
        return Count(counts["met"], counts["of"], counts["unknown"])

    @cached_property
    def _years(self) -> dict[int, tuple[dict[int, KeptYear], int]]:
        """Pupil → academic year up to this one → what is kept of it; and on what they are judged this year, as a mask."""
        years: dict[int, dict[int, KeptYear]] = defaultdict(dict)
        judged: dict[int, int] = {}
        rows = PupilYear.objects.filter(school_id=self.school.pk, academic_year__lte=self.year)
        for pupil_id, year, coh, *kept in rows.values_list("pupil_id", "academic_year", "coh", *KeptYear._fields):
            years[pupil_id][year] = KeptYear(*kept)
            if year == self.year:
                judged[pupil_id] = coh
        return {pupil_id: (years[pupil_id], coh) for pupil_id, coh in judged.items()}

    @cached_property
    def _doings(self) -> dict[int, list[tuple[int, int, int]]]:
        """Pupil → (academic year, day of it, what it counts for) of everything that counted by that day."""
        masks = sum(bit_of(each.id + second) for each in counted_for_duties() for second in ("", SHOWN))
        found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        rows = live().filter(counts=1, happened_on__lte=self.on, pupil__isnull=False).order_by()
        rows = rows.annotate(asked=F("criteria").bitand(masks)).exclude(asked=0)
        for pupil_id, *row in rows.values_list("pupil_id", "academic_year", "academic_day", "asked"):
            found[pupil_id].append((row[0], row[1], row[2]))
        return found

    def placements_below(self, year_group: int, activity_types: tuple[str, ...]) -> int:
        """How many pupils below that year group had a placement in the year up to that day."""
        rows = live().filter(
            activity_type__in=activity_types, counts=1, happened_on__lte=self.on, happened_on__gt=self.on - A_YEAR
        )
        of_that_year = YearRecord.objects.filter(
            pupil=OuterRef("pupil"), academic_year=OuterRef("academic_year"), year_group__lt=year_group
        )
        return rows.filter(Exists(of_that_year)).order_by().values("pupil").distinct().count()


@cache
def counted_for_duties() -> tuple[Criterion, ...]:
    """The criteria on whose figures a duty is judged."""
    asked = [each.evidence.criterion for each in duties().values() if each.evidence.judge == "encounters"]
    return tuple(found for each in asked if (found := criterion(each)))


def _days(*found: date | None) -> list[date]:
    return [each for each in found if each is not None]


def _is_here(member: StaffMember, on: date) -> bool:
    return (member.starts_on is None or member.starts_on <= on) and (member.ends_on is None or member.ends_on > on)
