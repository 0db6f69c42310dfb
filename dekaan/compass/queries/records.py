"""What the records of a school say about its pupils, gathered once for all questions of a set and all schools asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, QuerySet

from dekaan.access.exporting import LAW, last_let_out
from dekaan.compass.models import Override
from dekaan.compass.questions import Question, QuestionSet
from dekaan.core.academic_year import academic_year_of, months_after, year_start
from dekaan.core.scope import schools_in_scope
from dekaan.curriculum.queries import Taker, map_began, standing_in_every_subject, taught_in
from dekaan.destinations.queries import HowKept, how_kept_by_school
from dekaan.evidence.queries import FactShown, facts_by_school
from dekaan.frameworks.queries import Criterion, bit_of, criterion, flags, keepings, mask_of, registry, shown
from dekaan.measures.models import Coverage, PupilYear
from dekaan.measures.queries import (
    EVERYBODY,
    KeptYear,
    Part,
    SoFar,
    is_open,
    pupils_in,
    so_far_by_school,
)
from dekaan.participation.models import KnownBy
from dekaan.participation.queries import live
from dekaan.programme.models import Session
from dekaan.programme.queries import answers_of
from dekaan.provider_access.queries import PupilHad, offered_by_school
from dekaan.quality.queries import FeedbackGroup, feedback_by_school
from dekaan.schools.models import School

MONTHS = 12  # for how long what left speaks for itself: destinations are shared each year

STATES = ("missed", "unknown", "met")
NOT_HERE = KeptYear(0, 0)
SO_FAR = {"missed": "not-yet", "unknown": "unknown-so-far", "met": "met-so-far"}


@dataclass(frozen=True)
class Share:
    """Of `of` pupils (or encounters) `met`, `unknown` may, `assumed` of the met rest on unchecked attendance.

    `shown`: how many of them by encounters that are shown to be meaningful; None where that is not asked.
    """

    met: int
    of: int
    unknown: int
    assumed: int = 0
    shown: int | None = None
    planned: int = 0  # of those missed, whom something that is planned would reach

    @property
    def missed(self) -> int:
        """Those who are known not to meet it."""
        return self.of - self.met - self.unknown


@dataclass(frozen=True)
class Listed:
    """State → ids of pupils, with what `Share` says of them besides."""

    states: dict[str, list[int]]
    assumed: int = 0
    shown: int | None = None
    planned: int = 0

    @property
    def share(self) -> Share:
        """As numbers alone."""
        of, met, unknown = sum(map(len, self.states.values())), len(self.states["met"]), len(self.states["unknown"])
        return Share(met, of, unknown, self.assumed, self.shown, self.planned)


@dataclass(frozen=True)
class Done:
    """One row of the ledger that counts towards one of the questions: when, for what, with whom, and how it is known."""

    academic_year: int
    criteria: int
    partner_kind: str
    known_by: str


class Gathered:
    """What the schools in scope have on record on a day, as the questions of one set ask for it.

    Each thing is read when it is first asked for, in the same few statements for all of the schools as for one: a
    statement sees the rows of every school in scope, and each row says whose it is.
    """

    def __init__(self, of: QuestionSet, on: date, *, in_words: bool = True) -> None:
        self.of, self.on, self.year = of, on, academic_year_of(on)
        self.in_words = in_words  # whether somebody reads why, or only the answers are wanted
        self._offers: dict[str, dict[int, list[PupilHad]]] = {}

    def offers(self, asked: Criterion) -> dict[int, list[PupilHad]]:
        """What pupils were offered of a phase of provider access, within its window."""
        if asked.id not in self._offers:
            self._offers[asked.id] = offered_by_school(self.year, asked)
        return self._offers[asked.id]

    @cached_property
    def own_answers(self) -> dict[int, dict[str, Override]]:
        """Somebody's own answer by question, in place of what the records say."""
        found: dict[int, dict[str, Override]] = defaultdict(dict)
        for each in Override.objects.filter(question_set=self.of.key, ended_at=None).select_related("by"):
            found[each.school_id][each.question] = each
        return found

    @cached_property
    def facts(self) -> dict[int, dict[str, FactShown]]:
        """Facts about the whole school, shown by dated evidence or not."""
        return facts_by_school(self.on)

    @cached_property
    def how_kept(self) -> dict[int, dict[str, HowKept]]:
        """What the ledger of destinations shows of plans and leavers."""
        keys = {key for each in self.of.questions for key in each.kept}
        return how_kept_by_school(self.on, [each for key, each in keepings().items() if key in keys])

    @cached_property
    def left(self) -> dict[int, dict[str, date]]:
        """The lists that left with names in the last twelve months for a body that the law names, with the last day of each."""
        asked = {each.left for each in self.of.questions if each.left}
        return last_let_out(schools_in_scope(), asked, LAW, months_after(self.on, -MONTHS), self.on)

    @cached_property
    def feedback(self) -> dict[int, dict[str, FeedbackGroup]]:
        """Each group whose feedback the set's version of the benchmarks asks for, and when it was last asked here."""
        found = feedback_by_school(self.of.framework, self.on)
        return {
            school_id: {each.key: each for each in said.groups} if said else {} for school_id, said in found.items()
        }

    @cached_property
    def cells(self) -> dict[int, dict[int, dict[int, tuple[int, int, int, int]]]]:
        """Bit → year group → (of, met, unknown, assumed)."""
        found: dict[int, dict[int, dict[int, tuple[int, int, int, int]]]] = defaultdict(lambda: defaultdict(dict))
        rows = Coverage.objects.filter(academic_year=self.year, breakdown="year-group").exclude(n=0)
        for school_id, bit, value, *numbers in rows.values_list(
            "school_id", "bit", "value", "n", "met", "unknown", "assumed"
        ):
            found[school_id][bit][int(value)] = tuple(numbers)
        return found

    @cached_property
    def so_far(self) -> dict[int, dict[str, SoFar]]:
        """How far pupils have come on the criteria of which it is asked, and on the second count of each."""
        asked = {each.criterion for each in self.of.questions if each.so_far}
        return so_far_by_school(self.year, sorted(asked | {second for each in asked if (second := _second(each))}))

    @cached_property
    def in_every_subject(self) -> dict[int, list[tuple[Taker, str]]]:
        """Where each pupil stands in all their subjects."""
        return standing_in_every_subject(self.year)

    @cached_property
    def taught(self) -> dict[int, dict[str, set[tuple[int, int]]]]:
        """Subject → the (year, year group) pairs in which something was taught in it, of those asked about."""
        return taught_in({each.subject for each in self.of.questions if each.subject})

    @cached_property
    def map_began(self) -> dict[int, int]:
        """The first academic year of the curriculum map."""
        return map_began()

    @cached_property
    def _judged(self) -> QuerySet:
        """The ids of the pupils who are judged in the year groups that questions ask for: to stand inside a statement."""
        groups = {group for each in self.of.questions for group in each.judged}
        here = PupilYear.objects.filter(academic_year=self.year, year_group__in=groups, in_cohort=1)
        return here.order_by().values("pupil_id")

    @cached_property
    def pupils(self) -> dict[int, dict[int, dict[int, KeptYear]]]:
        """The pupils who are judged in the year groups that are asked for, with all their years."""
        found: dict[int, dict[int, dict[int, KeptYear]]] = defaultdict(lambda: defaultdict(dict))
        rows = PupilYear.objects.filter(pupil_id__in=self._judged, academic_year__lte=self.year)
        for school_id, pupil, year, *said in rows.values_list(
            "school_id", "pupil_id", "academic_year", "year_group", "known", "unrecorded"
        ):
            found[school_id][pupil][year] = KeptYear(*said)
        return found

    @cached_property
    def did(self) -> dict[int, list[Done]]:
        """Pupil → every row that counts towards any of the questions, or towards the second count of one."""
        asked = {tag for each in self.of.questions for tag in each.tags}
        mask = mask_of(asked | {second for each in asked if (second := _second(each))})
        rows = live().filter(pupil_id__in=self._judged, counts=1)
        rows = rows.annotate(asked=F("criteria").bitand(mask)).exclude(asked=0).order_by()
        found: dict[int, list[Done]] = defaultdict(list)
        for pupil, *said in rows.values_list("pupil_id", "academic_year", "asked", "partner_kind", "known_by"):
            found[pupil].append(Done(*said))
        return found

    @cached_property
    def sessions(self) -> dict[int, list[Session]]:
        """The year's sessions that were recorded, newest first."""
        held = Session.objects.filter(
            held_on__gte=year_start(self.year), held_on__lte=self.on, recorded_at__isnull=False, cancelled_at=None
        )
        found: dict[int, list[Session]] = defaultdict(list)
        for each in held.select_related("activity").order_by("-held_on", "-pk"):
            found[each.school_id].append(each)
        return found


class Records:
    """A school's records on a day, as the questions of one set ask for them. To be used inside `working_in`."""

    def __init__(self, school: School, gathered: Gathered) -> None:
        self.school, self._gathered = school, gathered
        self.of, self.year = gathered.of, gathered.year

    @property
    def own_answers(self) -> dict[str, Override]:
        """Somebody's own answer by question, in place of what the records say."""
        return self._gathered.own_answers.get(self.school.pk, {})

    @property
    def facts(self) -> dict[str, FactShown]:
        """Facts about the whole school, shown by dated evidence or not."""
        return self._gathered.facts[self.school.pk]

    def how_kept(self, question: Question) -> list[HowKept]:
        """What the ledger of destinations shows of it; nothing where it cannot, or where it is for the words alone."""
        if not question.kept or (question.kind == "agreement" and not self._gathered.in_words):
            return []
        return [self._gathered.how_kept[self.school.pk][key] for key in question.kept]

    def left_on(self, question: Question) -> date | None:
        """The last day on which what it asks about left the school; nothing where it asks about none, or none did."""
        return self._gathered.left.get(self.school.pk, {}).get(question.left) if question.left else None

    @property
    def feedback(self) -> dict[str, FeedbackGroup]:
        """Each group whose feedback the set's version of the benchmarks asks for, and when it was last asked here."""
        return self._gathered.feedback[self.school.pk]

    def share(self, question: Question) -> Share:
        """Of the pupils whom the question is about, how many; raises KeyError for a criterion that is not counted."""
        if (listed := self._listed(question)) is not None:
            return listed.share
        second = _second(question.criterion)
        if question.so_far:
            come = self._gathered.so_far[self.school.pk]
            here, by_shown = come[question.criterion], come[second].met if second else None
            return Share(here.met, here.of, here.unknown, here.assumed, by_shown)
        bits = registry().bits
        of, met, unknown, assumed = self._added(bits[question.criterion], question.year_groups)
        by_shown = self._added(bits[second], question.year_groups)[1] if second else None
        return Share(met, of, unknown, assumed, by_shown)

    def _added(self, bit: int, year_groups: Iterable[int]) -> tuple[int, ...]:
        wanted = set(year_groups)
        cells = self._gathered.cells.get(self.school.pk, {}).get(bit, {})
        rows = [row for group, row in cells.items() if not wanted or group in wanted]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else (0, 0, 0, 0)

    # --- what subjects link to careers -------------------------------------------------------------

    def _by_every_subject(self, question: Question, standing: set[str]) -> list[int]:
        return [
            taker.pupil_id
            for taker, stands in self._gathered.in_every_subject[self.school.pk]
            if stands in standing and taker.year_group in question.year_groups
        ]

    @property
    def _taught(self) -> dict[str, set[tuple[int, int]]]:
        return self._gathered.taught[self.school.pk]

    def has_subject(self, question: Question) -> bool:
        """Whether the map has the subject that the question is about."""
        return question.subject in self._taught

    def _subject_states(self, question: Question) -> dict[str, list[int]]:
        """By 14, say: of those judged now, who was in a year group in which something was taught in that subject.

        Of the years before the map began nothing is known, nor of a pupil's years elsewhere: what was taught here then was
        not taught to them, though something of those years came with them.
        """
        taught, found = self._taught.get(question.subject, set()), {state: list[int]() for state in STATES}
        map_began = self._gathered.map_began.get(self.school.pk, self.year + 1)
        for pupil, years in self._pupils.items():
            if years[self.year].year_group not in question.judged:
                continue
            groups = {year: each.year_group for year, each in years.items() if each.year_group >= question.from_year}
            may_have = is_open(years, self.year, question.from_year) or min(groups, default=0) < map_began
            met = any(years[year].known and (year, group) in taught for year, group in groups.items())
            found["met" if met else "unknown" if may_have else "missed"].append(pupil)
        return found

    # --- what no criterion counts: from the ledger itself ------------------------------------------

    @property
    def _pupils(self) -> dict[int, dict[int, KeptYear]]:
        return self._gathered.pupils.get(self.school.pk, {})

    def _listed(self, question: Question) -> Listed | None:
        """The pupils of a question that no criterion counts; None for one that is counted."""
        if question.kind == "subject":
            return Listed(self._subject_states(question))
        if question.kind == "curriculum":
            said = {"met": {"taught"}, "missed": {"planned", "lacking"}, "unknown": {"unknown"}}
            states = {state: self._by_every_subject(question, said[state]) for state in STATES}
            return Listed(states, planned=len(self._by_every_subject(question, {"planned"})))
        if question.offered and (asked := criterion(question.criterion)):
            return Listed(self._by_offers(asked))
        return self._by_doings(question) if question.tags else None

    def _by_doings(self, question: Question) -> Listed:
        """By the rows of the ledger that count, of some kinds of partner, in a window of year groups.

        As in the counting room it rests on assumption wherever any of the rows does, checked ones beside it or not.
        """
        mask, last = mask_of(question.tags), max(question.judged)
        seconds = {second for each in question.tags if (second := _second(each))}
        found: dict[str, list[int]] = {state: [] for state in STATES}
        assumed = by_shown = 0
        for pupil, years in self._pupils.items():
            if years[self.year].year_group not in question.judged:
                continue
            done = [
                each
                for each in self._gathered.did.get(pupil, ())
                if (not question.partner_kinds or each.partner_kind in question.partner_kinds)
                and question.from_year <= years.get(each.academic_year, NOT_HERE).year_group <= last
            ]
            met = [each for each in done if each.criteria & mask]
            may_have = is_open(years, self.year, question.from_year, last, mask)
            found["met" if met else "unknown" if may_have else "missed"].append(pupil)
            assumed += any(each.known_by == KnownBy.ASSUMED for each in met)
            by_shown += any(each.criteria & mask_of(seconds) for each in done)
        return Listed(found, assumed, by_shown if seconds else None)

    def _by_offers(self, asked: Criterion) -> dict[str, list[int]]:
        """By what they were offered within the window of the phase, whatever became of it."""
        offers, said = self._gathered.offers(asked).get(self.school.pk, []), {"two": "met", "unknown": "unknown"}
        return {state: [each.pupil_id for each in offers if said.get(each.had, "missed") == state] for state in STATES}

    def pupils(self, question: Question, state: str) -> list[int]:
        """Ids of the pupils behind one number of a share: those who met it, missed it or are unknown."""
        if (listed := self._listed(question)) is not None:
            return listed.states[state]
        states = (state, SO_FAR[state]) if question.so_far else (state,)
        parts = [Part("year-group", str(each)) for each in question.year_groups] or [EVERYBODY]
        return [
            pupil
            for each in states
            for part in parts
            for pupil in pupils_in(each, self.school.pk, self.year, question.criterion, part)
        ]

    # --- encounters ------------------------------------------------------------------------------

    def encounters(self, question: Question) -> list[tuple[Session, str]]:
        """The year's encounters that were recorded and may count towards the criterion, newest first.

        With what is said of each: "yes", "no" or "".
        """
        bit, flag = bit_of(question.criterion), flags()[question.flag]
        sessions = self._gathered.sessions.get(self.school.pk, [])
        return [(each, answers_of(each).of(flag)) for each in sessions if each.activity.criteria & bit]


def _second(criterion_id: str) -> str:
    """The id of the second count of a criterion, by encounters shown to be meaningful; empty where none is kept."""
    asked = criterion(criterion_id)
    second = shown(asked) if asked else None
    return second.id if second else ""
