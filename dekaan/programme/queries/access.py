"""What the law on provider access says of sessions: each test's answer, for many sessions in as few statements as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from dekaan.core.academic_year import academic_year_of, year_end, year_start
from dekaan.frameworks.queries import (
    CHOSEN,
    PART,
    WHOLE,
    Answers,
    ProviderEncounter,
    Tested,
    access_mask,
    by_law,
    flags,
    handed_down,
)
from dekaan.people.models import Group, Membership, YearRecord
from dekaan.programme.models import Invitation, Session
from dekaan.schools.models import School
from dekaan.schools.queries import Calendar, calendars

MAIN = ("C", "M")  # enrolments that make a pupil one of ours; a dual registration elsewhere does not
YearOf = tuple[int, int]  # an academic year, and an activity or a year group in it


def answers_of(session: Session) -> Answers:
    """What is said of the flags: of the occasion where it says something, else of its activity.

    Whom an occasion was for is not handed down: an activity for everybody may have one more for a chosen few.
    """
    activity, handed = session.activity, handed_down()
    own = Answers(session.flags_yes, session.flags_no)
    return own.over(Answers(activity.flags_yes & handed, activity.flags_no & handed))


def said_to_offer(session: Session) -> bool | None:
    """Whether it is said of this very provider that it offers what the law means; None where nobody has said it.

    What is said of the occasion, or of the activity, wins over what the directory says of the organisation, which wins
    over its kind. What is said of the activity is about the activity's own provider, so an occasion with another one
    says it itself.
    """
    flag = flags()["provider-offers"]
    said = Answers(session.flags_yes, session.flags_no).of(flag)
    has_own_provider = bool(session.partner_kind or session.partner_name or session.organisation_id)
    if not said and not has_own_provider:
        said = Answers(session.activity.flags_yes, session.activity.flags_no).of(flag)
    if not said and session.partner_id:
        organisation = session.organisation or session.activity.organisation
        said = organisation.is_provider if organisation else ""
    return {"yes": True, "no": False}.get(said)


def is_for_access(session: Session) -> bool:
    """Whether the session is put on towards provider access, counted or not."""
    return bool(session.activity.criteria & access_mask())


def sessions_by_law(
    listed: Iterable[Session], school: School | None = None, *, are_whole_years: bool = False
) -> dict[int, tuple[Tested, ...]]:
    """Session → what each of the law's tests says of it, for those that are put on towards provider access.

    All of `school`, where it is given and its day need not be read. With `are_whole_years` they are all that there are of
    their activities in their years, with whom they invite, and no others are read beside them.
    """
    ours = [each for each in listed if is_for_access(each)]
    if not ours:
        return {}
    prefetch_related_objects(ours, "organisation", "activity__organisation")  # of those that are not at hand yet
    days = (
        {school.pk: (school.day_begins, school.day_ends)}
        if school
        else {
            pk: (begins, ends)
            for pk, begins, ends in School.objects.filter(pk__in={each.school_id for each in ours})
            .order_by()
            .values_list("pk", "day_begins", "day_ends")
        }
    )
    firsts = _made_up_for(ours)
    outside = [each for pk, each in firsts.items() if pk not in {one.pk for one in ours}]
    if outside:  # what they make up for was in another year
        ours, are_whole_years = ours + outside, False
    audiences = _Audiences(ours, are_whole_years=are_whole_years)
    dates = calendars({each.school_id for each in ours}, {academic_year_of(each.held_on) for each in ours})
    return {
        each.pk: by_law(_encounter(each, firsts.get(each.catches_up_id or 0), days[each.school_id], audiences, dates))
        for each in ours
        if each not in outside
    }


def _made_up_for(ours: Sequence[Session]) -> dict[int, Session]:
    """The sessions that some of these make up for; read only where they are not among these."""
    firsts = {each.catches_up_id for each in ours if each.catches_up_id}
    found = {each.pk: each for each in ours if each.pk in firsts}
    if firsts - found.keys():
        found |= {
            each.pk: each for each in Session.objects.filter(pk__in=firsts - found.keys()).select_related("activity")
        }
    return found


def _encounter(
    session: Session,
    first: Session | None,
    school_day: tuple[time, time],
    audiences: "_Audiences",
    dates: dict[tuple[int, int], Calendar],
) -> ProviderEncounter:
    """What is known of the session; whom it is for is the answer of the `first`, where it makes up for that."""
    by_year, waiting = audiences.of(first or session)
    how = {each for _, each in by_year} or {audiences.otherwise(first or session)}
    activity = session.activity
    answers = answers_of(session)
    if first is not None:
        answers = answers.over(_of_occasion(first))
    day = dates[session.school_id, academic_year_of(session.held_on)].school_day(
        session.held_on, audiences.year_groups(session)
    )
    return ProviderEncounter(
        held_on=session.held_on,
        partner_kind=session.partner_kind or activity.partner_kind,
        activity_type=activity.activity_type,
        offers=said_to_offer(session),
        mode=activity.mode,
        starts_at=session.starts_at,
        minutes=session.minutes,
        school_day=school_day,
        is_school_day=day.is_one,
        closed_by=day.why,
        invited=next(each for each in (WHOLE, PART, CHOSEN) if each in how),
        by_year=tuple(sorted(by_year)),
        is_catch_up=session.catches_up_id is not None,
        waiting=waiting,
        answers=answers,
    )


def _of_occasion(session: Session) -> Answers:
    """What is said of whom the occasion was for."""
    bit = flags()["whole-cohort"].bit
    return Answers(session.flags_yes & bit, session.flags_no & bit)


@dataclass
class _Invited:
    """Whom one session invites."""

    held_on: date
    is_catch_up: bool
    years: set[int] = field(default_factory=set)
    tutor_groups: set[int] = field(default_factory=set)
    other_groups: set[int] = field(default_factory=set)
    pupils: set[int] = field(default_factory=set)

    @property
    def is_chosen(self) -> bool:
        """Whether anybody is invited by name or by a group that is no tutor group."""
        return bool(self.pupils or self.other_groups)

    @property
    def is_in_part(self) -> bool:
        """Whether anybody is invited otherwise than as a year group."""
        return self.is_chosen or bool(self.tutor_groups)


class _Invitation(NamedTuple):
    """One invitation, with what is asked about its session and its group."""

    session: int
    activity: int
    held_on: date
    is_catch_up: bool
    year_group: int | None
    group: int | None
    is_tutor_group: bool
    pupil: int | None


def _invitations_of(ours: Iterable[Session]) -> Iterable[_Invitation]:
    """Those of these sessions, which were fetched with them."""
    for session in ours:
        about = (session.pk, session.activity_id, session.held_on, session.catches_up_id is not None)
        for each in session.invitations.all():
            is_tutor_group = each.group is not None and each.group.kind == Group.Kind.TUTOR
            yield _Invitation(*about, each.year_group, each.group_id, is_tutor_group, each.pupil_id)


def _invitations_beside(ours: Sequence[Session]) -> Iterable[_Invitation]:
    """Those of every session of their activities in their years that is not off."""
    years = {academic_year_of(each.held_on) for each in ours}
    rows = Invitation.objects.filter(
        session__activity__in={each.activity_id for each in ours},
        session__held_on__gte=year_start(min(years)),
        session__held_on__lte=year_end(max(years)),
        session__cancelled_at__isnull=True,
    )
    for session, activity, held_on, catches_up, year_group, group, kind, pupil in rows.order_by().values_list(
        "session_id",
        "session__activity_id",
        "session__held_on",
        "session__catches_up_id",
        "year_group",
        "group_id",
        "group__kind",
        "pupil_id",
    ):
        is_tutor_group = kind == Group.Kind.TUTOR
        yield _Invitation(session, activity, held_on, catches_up is not None, year_group, group, is_tutor_group, pupil)


class _Audiences:
    """For whom sessions are, as far as the invitations of the activity's sessions of the same year say it together."""

    def __init__(self, ours: Sequence[Session], *, are_whole_years: bool) -> None:
        self._beside: dict[YearOf, dict[int, _Invited]] = defaultdict(dict)
        for each in _invitations_of(ours) if are_whole_years else _invitations_beside(ours):
            beside = self._beside[academic_year_of(each.held_on), each.activity]
            invited = beside.setdefault(each.session, _Invited(each.held_on, each.is_catch_up))
            if each.year_group is not None:
                invited.years.add(each.year_group)
            elif each.group is not None:
                (invited.tutor_groups if each.is_tutor_group else invited.other_groups).add(each.group)
            elif each.pupil is not None:
                invited.pupils.add(each.pupil)
        self._read_records()

    def _read_records(self) -> None:
        """The tutor groups of each year group; where pupils are chosen, who is in what and in which year group."""
        self._names: dict[YearOf, dict[int, str]] = defaultdict(dict)
        self._years_of_group: dict[YearOf, set[int]] = defaultdict(set)
        self._pupils: dict[YearOf, set[int]] = defaultdict(set)
        self._year_group: dict[YearOf, int] = {}
        self._stays: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
        self._members: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
        every = [(year, each) for (year, _), beside in self._beside.items() for each in beside.values()]
        by_part = [(year, each) for year, each in every if each.is_in_part and not each.is_catch_up]
        if not by_part:
            return
        records = YearRecord.objects.filter(academic_year__in={year for year, _ in by_part}).order_by()
        columns = ["academic_year", "year_group", "tutor_group_id", "tutor_group__name"]
        if not any(each.is_chosen for _, each in by_part):
            for row in records.filter(tutor_group__isnull=False).values_list(*columns).distinct():
                self._has_tutor_group(*row)
            return
        stay = ("pupil__enrolments__starts_on", "pupil__enrolments__ends_on", "pupil__enrolments__status")
        listed = records.filter(pupil__benchmark_cohort=True).values_list(*columns, "pupil_id", *stay)
        for year, year_group, tutor_group, name, pupil, starts_on, ends_on, status in listed:
            self._pupils[year, year_group].add(pupil)
            self._year_group[year, pupil] = year_group
            if tutor_group:
                self._has_tutor_group(year, year_group, tutor_group, name)
            if status in MAIN:
                self._stays[pupil].append((starts_on, ends_on))
        self._read_members([each for _, each in every])

    def _has_tutor_group(self, year: int, year_group: int, group: int, name: str) -> None:
        self._names[year, year_group][group] = name
        self._years_of_group[year, group].add(year_group)

    def _read_members(self, every: Sequence[_Invited]) -> None:
        groups = {group for each in every for group in each.other_groups | each.tutor_groups}
        members = Membership.objects.filter(group__in=groups).order_by()
        for group, *stay in members.values_list("group_id", "pupil_id", "starts_on", "ends_on"):
            self._members[group].append(tuple(stay))

    def of(self, session: Session) -> tuple[list[tuple[int, str]], tuple[str, ...]]:
        """For whom the session is of each year group, and for whom nothing is planned yet."""
        year = academic_year_of(session.held_on)
        beside = self._beside.get((year, session.activity_id), {})
        invited = beside.get(session.pk)
        if invited is None:
            return [], ()
        found = [(each, WHOLE) for each in invited.years]
        others = [each for pk, each in beside.items() if pk != session.pk and not each.is_catch_up]
        if invited.is_chosen:
            return found + self._by_name(year, invited, others), ()
        covered = set(invited.tutor_groups).union(*(each.tutor_groups for each in others))
        by_year = set[int]().union(*(each.years for each in others))
        waiting = list[str]()
        for each in self._years_of(year, invited) - invited.years:
            names = self._names[year, each]
            missing = [] if each in by_year else [name for group, name in names.items() if group not in covered]
            found.append((each, PART if missing else WHOLE))
            waiting += missing
        return found, tuple(sorted(waiting))

    def otherwise(self, session: Session) -> str:
        """For whom it is where no year group is known of those whom it invites."""
        invited = self._beside.get((academic_year_of(session.held_on), session.activity_id), {}).get(session.pk)
        return CHOSEN if invited is not None and invited.is_chosen else PART

    def year_groups(self, session: Session) -> set[int]:
        """The year groups that are invited as such, or whose tutor groups are; none where pupils are chosen."""
        year = academic_year_of(session.held_on)
        invited = self._beside.get((year, session.activity_id), {}).get(session.pk)
        if invited is None or invited.is_chosen:
            return set()
        return invited.years | self._years_of(year, invited)

    def _years_of(self, year: int, invited: _Invited) -> set[int]:
        return {group for each in invited.tutor_groups for group in self._years_of_group[year, each]}

    def _by_name(self, year: int, invited: _Invited, others: Sequence[_Invited]) -> list[tuple[int, str]]:
        """Of each other year group of those whom it invites by name: whether, with the activity's other sessions, that is everybody.

        Not where the others reach them all: to be there once more is then for the chosen.
        """
        here = self._of(invited)
        elsewhere = set[int]().union(*(self._of(each) for each in others))
        elsewhere |= {pupil for each in others for group in each.years for pupil in self._pupils[year, group]}
        found = []
        for group in {self._year_group[year, pupil] for pupil in here if (year, pupil) in self._year_group}:
            everybody = {pupil for pupil in self._pupils[year, group] if self._is_here(pupil, invited.held_on)}
            is_whole = bool(everybody) and everybody <= here | elsewhere and not everybody <= elsewhere
            if group not in invited.years:
                found.append((group, WHOLE if is_whole else CHOSEN))
        return found

    def _is_here(self, pupil: int, on: date) -> bool:
        return any(starts <= on and (not ends or ends > on) for starts, ends in self._stays[pupil])

    def _of(self, invited: _Invited) -> set[int]:
        grouped = {
            pupil
            for group in invited.tutor_groups | invited.other_groups
            for pupil, starts, ends in self._members[group]
            if starts <= invited.held_on and (ends is None or ends > invited.held_on)
        }
        return grouped | invited.pupils
