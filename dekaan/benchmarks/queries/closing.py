"""From a gap to closing it: what is planned already, and the fewest sessions that would do the rest.

A gap is what pupils of a part of the school still need of some criteria, as the counting room has it. A session that
is planned is taken to happen as planned and to reach everybody whom it invites; the page says so. What could be put on
are the kinds of activity of the frameworks' file, each for one year group at a time, for those of it who need it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from dekaan.access.models import RoleAssignment
from dekaan.benchmarks.queries.names import NamesOfGroup, grouped, part_name, told_of
from dekaan.benchmarks.smallest import Answer, Candidate, Lack, in_words, smallest
from dekaan.core.academic_year import academic_day, academic_year_of, today, year_end, year_start
from dekaan.frameworks.queries import (
    ActivityType,
    Criterion,
    Framework,
    activity_types,
    criterion,
    framework,
    ids_of,
    partner_kinds,
)
from dekaan.measures.queries import EVERYBODY, Part, lacking
from dekaan.participation.changes import Occasion
from dekaan.people.models import Pupil
from dekaan.people.queries import listed, narrowed_to, rows_of
from dekaan.programme.models import Audience, Session
from dekaan.programme.queries import invited_ids, invited_in_words, occasions_of, sessions, year_groups_called

SECONDS = 3.0  # how long a page waits for the optimiser
GAPS = {"missed": ("missed",), "not-yet": ("not-yet",), "": ("missed", "not-yet")}
FEW = 4  # kinds of session: of more, a table says sooner than a sentence what is needed


@dataclass(frozen=True)
class Want:
    """What pupils of a year group need: to meet a criterion, with a partner of these kinds (() for any), by that day."""

    criterion: str
    kinds: tuple[str, ...]
    until_day: int | None
    year_group: int

    @property
    def in_full(self) -> str:
        """“An employer every year”, or with the kinds of partner that are missing."""
        found = criterion(self.criterion)
        title = f"“{found.title if found else self.criterion}”"
        names = [partner_kinds()[kind].name.lower() for kind in self.kinds]
        return f"{title} ({' or '.join(names)})" if names else title

    @property
    def is_by_meeting(self) -> bool:
        """Whether it takes a meeting of one pupil with an adviser, and nothing else will do."""
        kinds = [each for each in activity_types().values() if self.criterion in each.criteria]
        return bool(kinds) and all(each.needs_qualified_adviser for each in kinds)

    def is_in_time(self, day: date) -> bool:
        """Whether what happens that day still counts."""
        return self.until_day is None or academic_day(day) <= self.until_day

    def is_served_by(self, kind: ActivityType) -> bool:
        """Whether an activity of that kind, with the partner that it usually has, counts."""
        if kind.needs_qualified_adviser or self.criterion not in kind.criteria:
            return False
        return not self.kinds or kind.usual_partner in self.kinds


# What is wanted → pupil → how many times more.
Open = dict[Want, dict[int, int]]


@dataclass(frozen=True)
class Gap:
    """What is missing: of some criteria, in a year, in a part of the school, judged this year, later, or both ("")."""

    criteria: tuple[Criterion, ...]
    academic_year: int
    part: Part = EVERYBODY
    state: str = ""

    @property
    def is_of_one(self) -> bool:
        """Whether it is the gap of a single criterion."""
        return len(self.criteria) == 1

    @property
    def title(self) -> str:
        """The criterion; of a whole framework, whom it is about."""
        if self.is_of_one:
            return self.criteria[0].title
        return f"all that {self.part_name or 'the school'} misses"

    @property
    def asked_of(self) -> list[Criterion]:
        """The criteria of it that are not asked of everybody, but of a cohort."""
        return [each for each in self.criteria if each.cohort_note]

    @property
    def version(self) -> Framework:
        """The framework that the criteria belong to."""
        found = framework(self.criteria[0].framework)
        assert found is not None
        return found

    @property
    def part_name(self) -> str:
        """ "Year 10"; nothing for everybody."""
        return part_name(self.part)

    def query(self, **more: str) -> str:
        """As the address says it."""
        of = {"criterion": self.criteria[0].id} if self.is_of_one else {"framework": self.criteria[0].framework}
        said = of | {"year": str(self.academic_year), "state": self.state}
        if self.part != EVERYBODY:
            said |= {"by": self.part.breakdown, "value": self.part.value}
        return urlencode(said | more)


@dataclass(frozen=True)
class Planned:
    """A session to come that counts towards the gap: how many of it it reaches, and who could be invited besides."""

    session: Session
    invited: str
    reaches: int
    besides: frozenset[int]  # ids of the pupils who need it, whom nothing that is planned will reach
    is_by_meeting: bool = False  # it counts for whoever has a meeting of their own, to which nobody else is invited


@dataclass(frozen=True)
class Suggested:
    """Sessions that close a part of what is left: of any of these kinds, so many times, for these pupils."""

    kinds: tuple[ActivityType, ...]
    year_group: int
    times: int
    pupils: frozenset[int]
    towards: tuple[str, ...]


@dataclass(frozen=True)
class Closing:
    """The gap, what is planned for it, and what would close the rest."""

    gap: Gap
    pupils: int
    unknown: int
    planned: list[Planned]
    left: int
    answer: Answer
    suggested: list[Suggested]
    meetings: frozenset[int]  # ids of the pupils who need a guidance meeting, which nobody has in a group
    is_narrowed: bool

    @property
    def is_over(self) -> bool:
        """Whether the year has ended, so that nothing closes it any more."""
        return self.gap.academic_year < academic_year_of(today())

    @property
    def is_long(self) -> bool:
        """Whether so much is needed that the table says it sooner than sentences, and all of it is proven."""
        return len(self.suggested) > FEW and self.answer.is_proven and not self.answer.beyond

    @cached_property
    def words(self) -> list[str]:
        """The fewest sessions and why there are no fewer, in sentences."""
        return in_words(self.answer) if self.answer.lacks else []


def closing(school_id: int, gap: Gap, assignments: Iterable[RoleAssignment]) -> Closing:
    """What would close the gap, of the pupils whom the person may see."""
    narrowed = narrowed_to(assignments, *told_of(gap.part.breakdown))
    ids = [each.id for each in gap.criteria]
    found = lacking(school_id, gap.academic_year, ids, GAPS[gap.state], part=gap.part, among=narrowed)
    wanted: Open = defaultdict(dict)
    for each in found.lacking:
        wanted[Want(each.criterion, each.kinds, each.until_day, each.year_group)][each.pupil_id] = each.times
    needing_before = len(_pupils(wanted))
    planned = _taken_off(wanted, gap)
    offered = _could_be_put_on(wanted) if gap.academic_year == academic_year_of(today()) else []
    by_meeting = {want: needing for want, needing in wanted.items() if want.is_by_meeting}
    lacks = [
        Lack(pupil_id, want.in_full, times, f"Year {want.year_group}")
        for want, needing in wanted.items()
        if want not in by_meeting
        for pupil_id, times in needing.items()
    ]
    answer = smallest(lacks, [each.candidate for each in offered], seconds=SECONDS)
    of = {each.candidate.key: each for each in offered}
    suggested = [
        Suggested(
            of[each.candidate.key].kinds,
            of[each.candidate.key].year_group,
            each.times,
            each.closes,
            tuple(sorted(each.candidate.needs)),
        )
        for each in answer.chosen
    ]
    return Closing(
        gap,
        needing_before,
        found.unknown,
        planned,
        len(_pupils(wanted)),
        answer,
        sorted(suggested, key=lambda each: (each.year_group, each.kinds[0].name)),
        frozenset(_pupils(by_meeting)),
        narrowed is not None,
    )


def _pupils(wanted: Open) -> set[int]:
    return {pupil_id for needing in wanted.values() for pupil_id in needing}


def _taken_off(wanted: Open, gap: Gap) -> list[Planned]:
    """The sessions to come that count towards the gap; what they reach is taken off what is wanted."""
    to_come = _to_come(gap)
    invited, called = invited_ids(to_come), year_groups_called(to_come, gap.academic_year)
    occasions = occasions_of(to_come)
    counted = {occasion.source_id: _counted_for(occasion, wanted) for occasion in occasions}
    reached = {
        session.pk: {
            pupil_id for want in counted[session.pk] for pupil_id in _reached(wanted[want], invited[session.pk])
        }
        for session in to_come
    }
    besides = {
        session.pk: _pupils(
            {
                want: wanted[want]
                for want in counted[session.pk]
                if want.year_group in called[session.pk] and not want.is_by_meeting
            }
        )
        - invited[session.pk]
        for session in to_come
    }
    return [
        Planned(
            each,
            invited_in_words(each),
            len(reached[each.pk]),
            frozenset(besides[each.pk]),
            all(want.is_by_meeting for want in counted[each.pk]),
        )
        for each in to_come
        if reached[each.pk] or besides[each.pk]
    ]


def _reached(needing: dict[int, int], invited: set[int]) -> set[int]:
    """Those invited who need it: each needs it once less, and whoever needs it no more is gone from it."""
    found = needing.keys() & invited
    for pupil_id in found:
        needing[pupil_id] -= 1
        if not needing[pupil_id]:
            del needing[pupil_id]
    return found


def _to_come(gap: Gap) -> list[Session]:
    """The year's sessions for pupils that are still to come, in the order of their days."""
    first, last = max(today(), year_start(gap.academic_year)), year_end(gap.academic_year)
    rows = sessions().filter(held_on__gte=first, held_on__lte=last, activity__audience=Audience.PUPILS)
    rows = rows.filter(recorded_at__isnull=True, cancelled_at__isnull=True)
    return list(rows.order_by("held_on", "starts_at", "pk"))


def _counted_for(occasion: Occasion, wanted: Open) -> list[Want]:
    """What of the gap the session would count for, if the pupils were there."""
    towards = set(ids_of(occasion.criteria))
    return [
        want
        for want in wanted
        if want.criterion in towards
        and (not want.kinds or occasion.partner_kind in want.kinds)
        and want.is_in_time(occasion.happened_on)
    ]


@dataclass(frozen=True)
class _Offered:
    """Something that could be put on, the kinds of activity that it may be, and for which year group."""

    candidate: Candidate
    kinds: tuple[ActivityType, ...]
    year_group: int


def _could_be_put_on(wanted: Open) -> list[_Offered]:
    """For each year group the kinds of activity that serve what it wants; those that serve the same are one."""
    of_years: dict[int, list[Want]] = defaultdict(list)
    for want, needing in wanted.items():
        if needing and not want.is_by_meeting and want.is_in_time(today()):
            of_years[want.year_group].append(want)
    found = []
    for year_group, wants in sorted(of_years.items()):
        alike: dict[tuple[Want, ...], list[ActivityType]] = defaultdict(list)
        for kind in activity_types().values():
            if served := tuple(each for each in wants if each.is_served_by(kind)):
                alike[served].append(kind)
        for served, kinds in alike.items():
            pupils = frozenset(_pupils({want: wanted[want] for want in served}))
            words = frozenset(each.in_full for each in served)
            key = f"{year_group} {kinds[0].key}"
            candidate = Candidate(key, _named(kinds), f"Year {year_group}", pupils, words)
            found.append(_Offered(candidate, tuple(kinds), year_group))
    return found


def _named(kinds: Sequence[ActivityType]) -> str:
    """ "Employer or employee talk", or with how many other kinds there are that would do as well."""
    others = len(kinds) - 1
    return kinds[0].name if not others else f"{kinds[0].name} (or {others} other kind{'' if others == 1 else 's'})"


def suggested(page: Closing, kind: str, year_group: str) -> Suggested | None:
    """The suggestion of the page that the address names."""
    return next(
        (
            each
            for each in page.suggested
            if str(each.year_group) == year_group and kind in {one.key for one in each.kinds}
        ),
        None,
    )


def by_group(pupils: Iterable[int], academic_year: int) -> list[NamesOfGroup]:
    """These pupils by tutor group."""
    return grouped(rows_of(listed(Pupil.objects.filter(pk__in=list(pupils)), academic_year)))
