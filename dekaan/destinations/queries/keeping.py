"""What the ledger shows of criteria that ask for data on plans and destinations: of how many it is known, and is it kept.

Which shares, and from which on, is in the data file of `frameworks`. A person may say otherwise wherever it is shown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from dekaan.core.academic_year import academic_year_of, months_after, year_end, year_label, year_start
from dekaan.core.scope import schools_in_scope
from dekaan.destinations.models import OUTCOMES, PLANS, Statement
from dekaan.destinations.queries.cohorts import YEAR_11, leavers
from dekaan.destinations.queries.judging import Outcome
from dekaan.destinations.queries.ledger import ONE_DAY, main_stays
from dekaan.frameworks.queries import Keeping, activity_codes, keepings, moments, routes
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import is_small
from dekaan.people.models import Enrolment, Pupil, YearRecord

WELL_KEPT, PARTLY, NOT_KNOWN = "met", "partly", "not-known"
STATES = {WELL_KEPT: "Kept", PARTLY: "Partly kept", NOT_KNOWN: "Not known"}


@dataclass(frozen=True)
class KeptShare:
    """Of `of` pupils or leavers it is known of so many; `name` says which they are, `comes_to` what it comes to for how many."""

    name: str
    known: int
    of: int
    met_from: int
    comes_to: tuple[tuple[str, int], ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether it is known of enough of them."""
        return self.known * 100 >= self.met_from * self.of

    @property
    def says(self) -> str:
        """ "120 of 160"; no number where one is small, since whoever reads it may not see those."""
        if not self.of:
            return "nobody"
        if not is_small(self.known, self.of - self.known, self.of, *(number for _, number in self.comes_to)):
            return self.exactly
        said = f"at least {self.met_from} %" if self.is_met else f"fewer than {self.met_from} %"
        return f"known of {said}" if self.comes_to else said

    @property
    def exactly(self) -> str:
        """The same for whoever may see every number."""
        if not self.of:
            return "nobody"
        if self.comes_to:
            return f"{', '.join(f'{number} {name}' for name, number in self.comes_to if number)}, of {self.of}"
        return f"{self.known} of {self.of}"


@dataclass(frozen=True)
class HowKept:
    """One of the shares of the data file at one school, and what it comes to."""

    about: Keeping
    parts: tuple[KeptShare, ...]

    @property
    def state(self) -> str:
        """Met where enough is known in every part, partly where anything is.

        A year in which nobody left is most likely one of before the records began, so nothing is known of it.
        """
        if not any(each.known for each in self.parts):
            return NOT_KNOWN
        return WELL_KEPT if all(each.of and each.is_met for each in self.parts) else PARTLY

    @property
    def state_name(self) -> str:
        """The same in words."""
        return STATES[self.state]

    @property
    def says(self) -> str:
        """What is recorded, in a sentence without small numbers; empty where nothing is."""
        if self.state == NOT_KNOWN:
            return ""
        parts = "; ".join(f"{each.name}: {each.says}" for each in self.parts)
        return f"{self.about.name}, by the ledger of destinations: {parts}."


def how_kept(school_id: int, on: date, criterion_id: str) -> list[HowKept]:
    """What the ledger shows of that criterion on the day; empty where it can show nothing of it."""
    asked = [each for each in keepings().values() if criterion_id in each.criteria]
    return list(how_kept_by_school(on, asked)[school_id].values()) if asked else []


def how_kept_by_school(on: date, asked: Iterable[Keeping] | None = None) -> dict[int, dict[str, HowKept]]:
    """Each share of the data file at each school in scope, by its key.

    Two statements for all of them, and five more where it is asked whether leavers were sustained.
    """
    wanted = list(keepings().values() if asked is None else asked)
    leavers_of = [each for each in wanted if each.of == "leavers"]
    years = {year for each in leavers_of for year in leaving_years(each, on)}
    left = _leavers(years, on) if years else {}
    found: dict[int, dict[str, HowKept]] = {school_id: {} for school_id in schools_in_scope()}
    for about in wanted:
        said = _plans(about, on) if about.of == "plans" else {}
        judged_by_school = _sustained(about, on) if about.of == "sustained" else {}
        for school_id, of_school in found.items():
            if about.of == "sustained":
                parts = [
                    _share_sustained(year, judged_by_school.get(school_id, {}).get(year, Counter()), about.met_from)
                    for year in leaving_years(about, on)
                ]
            elif about.of == "plans":
                parts = [KeptShare(f"in the last {about.months} months", *said.get(school_id, (0, 0)), about.met_from)]
            else:
                parts = [
                    KeptShare(
                        f"who left in {year_label(year)}",
                        *left.get(school_id, {}).get(year, (0, 0)),
                        about.met_from,
                    )
                    for year in leaving_years(about, on)
                ]
            of_school[about.key] = HowKept(about, tuple(parts))
    return found


def leaving_years(about: Keeping, on: date) -> list[int]:
    """The academic years in which they left of whom it should be known by that day, the latest first."""
    latest = academic_year_of(on) - 1
    if moments()[about.due].day_after_leaving(latest) > on:
        latest -= 1
    return [latest - back for back in range(about.years)]


def _standing(**which: object) -> QuerySet[Statement]:
    """Statements about the pupil of the row outside that no other corrects or takes back."""
    later = Statement.objects.filter(corrects=OuterRef("pk"))
    return Statement.objects.filter(is_withdrawal=False, pupil_id=OuterRef("pupil_id"), **which).exclude(Exists(later))


def _plans(about: Keeping, on: date) -> dict[int, tuple[int, int]]:
    """School → of how many pupils on the roll something is said of their plans, and how many they are."""
    since = months_after(on, -about.months)
    said = Exists(_standing(kind__in=PLANS, said_on__gt=since, said_on__lte=on))
    here = PupilYear.objects.filter(
        academic_year=academic_year_of(on), in_cohort=1, year_group__in=about.year_groups
    ).annotate(is_said=said)
    counted = (
        here.order_by().values_list("school_id").annotate(known=Count("pk", filter=Q(is_said=True)), of=Count("pk"))
    )
    return {school_id: (known, of) for school_id, known, of in counted}


def _leavers(years: Iterable[int], on: date) -> dict[int, dict[int, tuple[int, int]]]:
    """School → leaving year → of how many leavers it is known where they went, and how many they are.

    A leaver as in `leavers`: their latest stay ended, on the day or before, and they were in Year 11 or above.
    """
    left_in = Case(
        *(
            When(ends_on__gte=year_start(year) + ONE_DAY, ends_on__lte=year_end(year) + ONE_DAY, then=Value(year))
            for year in years
        ),
        output_field=IntegerField(),
    )
    old_enough = YearRecord.objects.filter(
        pupil=OuterRef("pupil"), academic_year=OuterRef("left_in"), year_group__gte=YEAR_11
    )
    stays = (
        last_stays(on)
        .filter(ends_on__lte=on)
        .annotate(left_in=left_in)
        .filter(Exists(old_enough), left_in__isnull=False)
        .annotate(is_known=Exists(telling(kind__in=OUTCOMES, said_on__lte=on)))
    )
    counted = stays.order_by().values_list("school_id", "left_in")
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for school_id, year, known, of in counted.annotate(known=Count("pk", filter=Q(is_known=True)), of=Count("pk")):
        found[school_id][year] = (known, of)
    return found


def _sustained(about: Keeping, on: date) -> dict[int, dict[int, Counter[str]]]:
    """School → leaving year → how many leavers come to each outcome, as the council counts."""
    found: dict[int, dict[int, Counter[str]]] = defaultdict(dict)
    for year in leaving_years(about, on):
        for each in leavers(year, Pupil.objects.all(), on):
            found[each.pupil.school_id].setdefault(year, Counter())[each.judgement.council.outcome] += 1
    return found


def _share_sustained(year: int, counted: Counter[str], met_from: int) -> KeptShare:
    known = counted[Outcome.SUSTAINED] + counted[Outcome.NOT_SUSTAINED]
    comes_to = tuple((each.label.lower(), counted[each]) for each in Outcome)
    return KeptShare(f"who left in {year_label(year)}", known, counted.total(), met_from, comes_to)


def last_stays(on: date) -> QuerySet[Enrolment]:
    """The latest stay of each pupil that had begun by that day, ended or not, as in `leaving_days`."""
    later = (
        main_stays(on)
        .filter(pupil=OuterRef("pupil"))
        .filter(Q(starts_on__gt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk")))
    )
    return main_stays(on).filter(~Exists(later))


def telling(**which: object) -> QuerySet[Statement]:
    """Those of the statements about the pupil of the stay outside that say where they have been since it ended.

    What only says that nobody knows is not among them, nor what was said when they had left before and came back.
    """
    codes = [each.code for each in activity_codes().values() if each.is_not_known]
    lost = [each.key for each in routes().values() if each.code in codes]
    return _standing(as_of__gte=OuterRef("ends_on"), **which).exclude(route__in=lost).exclude(code__in=codes)
