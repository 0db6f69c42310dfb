"""What the records of a school say about its pupils, gathered once for all questions of a set."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F

from dekaan.compass.questions import Question, QuestionSet
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.curriculum.queries import Taker, map_began, standing_in_every_subject, taught_in
from dekaan.evidence.queries import FactShown, facts_shown
from dekaan.frameworks.queries import bit_of, criterion, flags, mask_of, registry, shown
from dekaan.measures.models import Coverage, PupilYear
from dekaan.measures.queries import EVERYBODY, Part, is_small, pupils_in, standings
from dekaan.participation.queries import live
from dekaan.programme.models import Session
from dekaan.programme.queries import answers_of
from dekaan.quality.queries import FeedbackGroup, feedback_by_group
from dekaan.schools.models import School

STATES = ("missed", "unknown", "met")
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

    @property
    def is_small(self) -> bool:
        """Whether any of its numbers gives away fewer than six pupils."""
        return is_small(self.of, self.met, self.missed, self.unknown, self.planned, self.missed - self.planned)


@dataclass
class _Pupil:
    """One pupil who is judged: the years there were, and what is left open in each."""

    years: dict[int, tuple[int, int, int]] = field(default_factory=dict)  # year → year group, known, unrecorded mask

    def is_open(self, since: int, mask: int) -> bool:
        """Whether something may have happened, from year group `since` on, of which nothing is known."""
        groups = [group for group, _, _ in self.years.values() if group]
        if not groups or min(groups) > since:
            return True
        opened = min(year for year, (group, _, _) in self.years.items() if group >= since)
        inside = {year: each for year, each in self.years.items() if year >= opened}
        whole = set(range(opened, max(self.years) + 1)) == set(inside)
        return not whole or any(not known or unrecorded & mask for _, known, unrecorded in inside.values())


class Records:
    """A school's records on a day, as the questions of one set ask for them. To be used inside `working_in`."""

    def __init__(self, school: School, of: QuestionSet, on: date) -> None:
        self.school, self.of, self.on = school, of, on
        self.year = academic_year_of(on)

    @cached_property
    def facts(self) -> dict[str, FactShown]:
        """Facts about the whole school, shown by dated evidence or not."""
        return facts_shown(self.on)

    @cached_property
    def feedback(self) -> dict[str, FeedbackGroup]:
        """Each group whose feedback the set's version of the benchmarks asks for, and when it was last asked here."""
        found = feedback_by_group(self.of.framework, self.on)
        return {each.key: each for each in found.groups} if found else {}

    @cached_property
    def _cells(self) -> dict[int, dict[int, tuple[int, int, int, int]]]:
        """Bit → year group → (of, met, unknown, assumed)."""
        found: dict[int, dict[int, tuple[int, int, int, int]]] = defaultdict(dict)
        cells = Coverage.objects.filter(school_id=self.school.pk, academic_year=self.year, breakdown="year-group")
        for bit, value, *numbers in cells.exclude(n=0).values_list("bit", "value", "n", "met", "unknown", "assumed"):
            found[bit][int(value)] = tuple(numbers)
        return found

    @cached_property
    def _standings(self) -> dict[str, dict[str, int]]:
        asked = {each.criterion for each in self.of.questions if each.so_far}
        return standings(self.school.pk, self.year, sorted(asked)) if asked else {}

    def share(self, question: Question) -> Share:
        """Of the pupils whom the question is about, how many; raises KeyError for a criterion that is not counted."""
        if (states := self._listed(question)) is not None:
            planned = len(self._by_every_subject(question, {"planned"})) if question.kind == "curriculum" else 0
            return Share(len(states["met"]), sum(map(len, states.values())), len(states["unknown"]), planned=planned)
        if question.so_far:
            here = self._standings[question.criterion]
            met, unknown = here["met"] + here["met-so-far"], here["unknown"] + here["unknown-so-far"]
            return Share(met, sum(here.values()), unknown)
        of, met, unknown, assumed = self._added(registry().bits[question.criterion], question.year_groups)
        asked = criterion(question.criterion)
        second = shown(asked) if asked else None
        by_shown = self._added(registry().bits[second.id], question.year_groups)[1] if second else None
        return Share(met, of, unknown, assumed, by_shown)

    def _added(self, bit: int, year_groups: Iterable[int]) -> tuple[int, ...]:
        wanted = set(year_groups)
        rows = [row for group, row in self._cells.get(bit, {}).items() if not wanted or group in wanted]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else (0, 0, 0, 0)

    # --- what subjects link to careers -------------------------------------------------------------

    @cached_property
    def _in_every_subject(self) -> list[tuple[Taker, str]]:
        return standing_in_every_subject(self.year)

    def _by_every_subject(self, question: Question, standing: set[str]) -> list[int]:
        return [
            taker.pupil_id
            for taker, stands in self._in_every_subject
            if stands in standing and taker.year_group in question.year_groups
        ]

    @cached_property
    def _taught(self) -> dict[str, set[tuple[int, int]]]:
        return taught_in({each.subject for each in self.of.questions if each.subject})

    def has_subject(self, question: Question) -> bool:
        """Whether the map has the subject that the question is about."""
        return question.subject in self._taught

    @cached_property
    def _map_began(self) -> int:
        return map_began() or self.year + 1

    def _subject_states(self, question: Question) -> dict[str, list[int]]:
        """By 14, say: of those judged now, who was in a year group in which something was taught in that subject.

        Of the years before the map began nothing is known, nor of a pupil's years elsewhere.
        """
        taught, found = self._taught.get(question.subject, set()), {state: list[int]() for state in STATES}
        for pupil, each in self._pupils.items():
            if each.years[self.year][0] not in question.judged:
                continue
            groups = {year: group for year, (group, _, _) in each.years.items() if group >= question.from_year}
            is_open = each.is_open(question.from_year, 0) or min(groups, default=0) < self._map_began
            met = any((year, group) in taught for year, group in groups.items())
            found["met" if met else "unknown" if is_open else "missed"].append(pupil)
        return found

    # --- what no criterion counts: from the ledger itself ------------------------------------------

    @cached_property
    def _by_hand(self) -> tuple[Question, ...]:
        return tuple(each for each in self.of.questions if each.tags)

    @cached_property
    def _pupils(self) -> dict[int, _Pupil]:
        """The pupils who are judged in the year groups that are asked for, with all their years."""
        groups = {group for each in self.of.questions for group in each.judged}
        here = PupilYear.objects.filter(
            school_id=self.school.pk, academic_year=self.year, year_group__in=groups, in_cohort=1
        )
        found: dict[int, _Pupil] = defaultdict(_Pupil)
        rows = PupilYear.objects.filter(pupil_id__in=here.values("pupil_id"), academic_year__lte=self.year)
        for pupil, year, *said in rows.values_list("pupil_id", "academic_year", "year_group", "known", "unrecorded"):
            found[pupil].years[year] = tuple(said)
        return found

    @cached_property
    def _did(self) -> dict[int, list[tuple[int, int, int, str]]]:
        """Pupil → (year, criteria, counts, kind of partner) of every row that any of the questions may count."""
        mask = mask_of({tag for each in self._by_hand for tag in each.tags})
        rows = (
            live().filter(pupil_id__in=list(self._pupils)).annotate(asked=F("criteria").bitand(mask)).exclude(asked=0)
        )
        found: dict[int, list[tuple[int, int, int, str]]] = defaultdict(list)
        for pupil, *said in rows.order_by().values_list("pupil_id", "academic_year", "asked", "counts", "partner_kind"):
            found[pupil].append(tuple(said))
        return found

    def _listed(self, question: Question) -> dict[str, list[int]] | None:
        """State → ids of pupils, of a question that no criterion counts; None for one that is counted."""
        if question.kind == "subject":
            return self._subject_states(question)
        if question.kind == "curriculum":
            said = {"met": {"taught"}, "missed": {"planned", "lacking"}, "unknown": {"unknown"}}
            return {state: self._by_every_subject(question, said[state]) for state in STATES}
        return self._states(question) if question.tags else None

    def _states(self, question: Question) -> dict[str, list[int]]:
        mask, last = mask_of(question.tags), max(question.judged)
        found: dict[str, list[int]] = {state: [] for state in STATES}
        for pupil, each in self._pupils.items():
            if each.years[self.year][0] not in question.judged:
                continue
            times = sum(
                1
                for year, criteria, counts, kind in self._did.get(pupil, ())
                if criteria & mask
                and (counts or question.offered)
                and (not question.partner_kinds or kind in question.partner_kinds)
                and question.from_year <= each.years.get(year, (0, 0, 0))[0] <= last
            )
            is_open = each.is_open(question.from_year, mask)
            found["met" if times >= question.at_least else "unknown" if is_open else "missed"].append(pupil)
        return found

    def pupils(self, question: Question, state: str) -> list[int]:
        """Ids of the pupils behind one number of a share: those who met it, missed it or are unknown."""
        if (listed := self._listed(question)) is not None:
            return listed[state]
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
        return [(each, answers_of(each).of(flag)) for each in self._sessions if each.activity.criteria & bit]

    @cached_property
    def _sessions(self) -> list[Session]:
        held = Session.objects.filter(
            held_on__gte=year_start(self.year), held_on__lte=self.on, recorded_at__isnull=False, cancelled_at=None
        )
        return list(held.select_related("activity").order_by("-held_on", "-pk"))
