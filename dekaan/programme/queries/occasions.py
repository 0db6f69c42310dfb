"""What the ledger is told of a session, and what it counts towards."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import (
    ACCESS,
    FAILED,
    Answers,
    Criterion,
    Framework,
    Meaning,
    Tested,
    activity_types,
    benchmarks_in_force,
    criterion,
    framework,
    ids_of,
    judged_access,
    judged_meaningful,
    mask_of,
    meanings,
    partner_kinds,
)
from dekaan.participation.changes import Occasion
from dekaan.people.queries import was_qualified
from dekaan.programme.models import Mode, Session
from dekaan.programme.queries.access import answers_of, sessions_by_law
from dekaan.programme.queries.calling import year_groups_called

SOURCE = "session"


def occasion_of(session: Session) -> Occasion:
    """What the ledger copies from a session."""
    return occasions_of([session])[0]


def occasions_of(listed: Iterable[Session]) -> list[Occasion]:
    """What the ledger copies from each session, in as few statements for many as for one.

    A guidance meeting counts only where the adviser was suitably qualified that day; otherwise it is unknown.
    A recording never counts where those who meet answer each other. An encounter that fails a flag of the criterion is
    recorded and does not count; one that is shown to be meaningful counts twice (`frameworks.queries.meaning`). One that
    fails what the law asks does not count for provider access, and where it is not known whether the provider is of the
    kind that the law means, that is unknown (`frameworks.queries.access`).
    """
    sessions = list(listed)
    families = _families(sessions)
    beside = {each.pk: each for family in families.values() for each in family} | {each.pk: each for each in sessions}
    tests = sessions_by_law(beside.values())
    made = {pk: _occasion(each, tests.get(pk, ())) for pk, each in beside.items()}
    once = {first: tuple(made[each.pk] for each in sorted(family, key=_in_order)) for first, family in families.items()}
    return [replace(made[each.pk], once_of=once.get(each.catches_up_id or each.pk, ())) for each in sessions]


def _families(sessions: Iterable[Session]) -> dict[int, list[Session]]:
    """First session → it and those that make up for it, of those among which one does. One statement, or none."""
    firsts = {each.catches_up_id or each.pk for each in sessions}
    if not firsts:
        return {}
    related = Session.objects.select_related("activity", "adviser")
    catch_ups = Session.objects.filter(catches_up__in=firsts)
    found: dict[int, list[Session]] = {}
    for each in related.filter(Q(pk__in=catch_ups.values("catches_up_id")) | Q(pk__in=catch_ups.values("pk"))):
        found.setdefault(each.catches_up_id or each.pk, []).append(each)
    return found


def _in_order(session: Session) -> tuple[bool, date, int]:
    """The one that the others make up for, and those by their days."""
    return session.catches_up_id is not None, session.held_on, session.pk


def _occasion(session: Session, tests: tuple[Tested, ...]) -> Occasion:
    activity = session.activity
    kind = activity_types()[activity.activity_type]
    criteria, unknown = activity.criteria, 0
    if kind.needs_qualified_adviser and not was_qualified(session.adviser, session.held_on):
        guidance = activity.criteria & mask_of(kind.criteria)
        criteria, unknown = criteria & ~guidance, guidance
    if activity.mode == Mode.RECORDED:
        criteria &= ~mask_of(each for each in ids_of(criteria) if (known := criterion(each)) and known.is_two_way)
    criteria = judged_meaningful(criteria, answers_of(session))
    if tests:
        criteria, not_known = judged_access(criteria, tests)
        unknown |= not_known
    return Occasion(
        source_kind=SOURCE,
        source_id=session.pk,
        title=activity.title,
        happened_on=session.held_on,
        activity_type=activity.activity_type,
        mode=activity.mode,
        minutes=session.minutes,
        criteria=criteria,
        criteria_unknown=unknown,
        partner_kind=session.partner_kind or activity.partner_kind,
        partner_name=session.partner,
    )


def benchmarks_mask(session: Session) -> int:
    """What the session counts towards or may, where provider access is not asked about: without a statement."""
    occasion = _occasion(session, ())
    return occasion.criteria | occasion.criteria_unknown


@dataclass(frozen=True)
class MeterLine:
    """How far it is said that an encounter was meaningful, under one criterion."""

    meaning: Meaning
    framework: Framework

    @property
    def state(self) -> str:
        """ "shown", "missing" or "unknown"."""
        return "shown" if self.meaning.is_shown else "missing" if self.meaning.missing else "unknown"

    @property
    def words(self) -> str:
        """ "shown to be meaningful", or what is missing or not said: never failed for being blank."""
        if self.meaning.missing:
            return f"not yet meaningful: {'; '.join(each.missing for each in self.meaning.missing)}"
        if self.meaning.is_shown:
            return "shown to be meaningful"
        waiting = "; ".join(each.name.lower() for each in self.meaning.not_said)
        return f"not known yet: {self.meaning.said} of {len(self.meaning.flags)} said; still to say: {waiting}"


def meter(criteria: int, answers: Answers) -> list[MeterLine]:
    """A line for each criterion of the mask that asks whether the encounter was meaningful, in every version."""
    return [
        MeterLine(each, found)
        for each in meanings(criteria, answers)
        if (found := framework(each.criterion.framework)) is not None
    ]


def meter_of(session: Session) -> list[MeterLine]:
    """The meter of a session, by the versions in force on its day."""
    lines = meter(session.activity.criteria, answers_of(session))
    return [each for each in lines if each.framework.is_in_force(session.held_on)]


def not_yet_meaningful(session_ids: Collection[int]) -> dict[int, list[MeterLine]]:
    """Session → the lines of its meter on which something is missing, of those sessions of which a flag is said to fail."""
    failed = Q(flags_no__gt=0) | Q(activity__flags_no__gt=0)
    found = Session.objects.filter(failed, pk__in=session_ids).select_related("activity").order_by()
    lines = {each.pk: [line for line in meter_of(each) if line.meaning.missing] for each in found}
    return {pk: missing for pk, missing in lines.items() if missing}


# Of provider access, and of the rest: until when it is not known whether it counts.
UNTIL = {
    False: "the adviser is one who was qualified that day",
    True: "somebody says whether this provider offers technical qualifications or apprenticeships",
}


@dataclass(frozen=True)
class Counting:
    """What a session counts towards under what is in force on its day, what it leaves unknown, and who is not named."""

    towards: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]
    not_named: str = ""
    against: str = ""  # why it does not count for provider access though it is put on towards it
    year_groups: tuple[int, ...] = ()  # of whom it is asked; none is of whomever it may be for
    of_others: tuple[int, ...] = ()  # the year groups meant, where it would count, but for others alone

    @property
    def titles(self) -> str:
        """ "An employer every year; The range of providers by 16"; empty where it counts towards nothing."""
        return "; ".join(each.title for each in self.towards)

    @property
    def not_known(self) -> list[str]:
        """ "not known for An interview by 16, until the adviser is one who was qualified that day"."""
        said = []
        for law, until in UNTIL.items():
            if titles := "; ".join(each.title for each in self.unknown if (each.framework == ACCESS) == law):
                said.append(f"not known for {titles}, until {until}")
        return said

    @property
    def words(self) -> str:
        """ "Counts towards: An employer every year · no employer named": never silent."""
        nothing = "Counts towards nothing yet"
        if self.of_others:
            nothing = f"Counts towards nothing that is asked of {', '.join(f'Year {each}' for each in self.of_others)}"
        said = [f"Counts towards: {self.titles}" if self.titles else nothing, *self.not_known]
        if self.against:
            said.append(f"not for provider access: {self.against[0].lower()}{self.against[1:].rstrip('.')}")
        if self.not_named:
            said.append(self.not_named)
        return " · ".join(said)


def counted_towards(criteria: int, unknown: int, on: date, year_groups: Collection[int] = ()) -> Counting:
    """What masks of the ledger count towards, and leave unknown, under what is in force that day and asked of those.

    The one place that says so, of a session and of a line in a pupil's record alike: the masks are of every version at
    once, so that a rule of 2014 must not speak beside that of 2024. Of no year groups, of whomever it may be for.
    """
    benchmarks = benchmarks_in_force(on)

    def in_force(mask: int) -> list[Criterion]:
        found = [each for criterion_id in ids_of(mask) if (each := criterion(criterion_id))]
        return [
            each
            for each in found
            if each.framework == benchmarks.key
            or ((law := framework(each.framework)) and not law.is_benchmarks and law.is_in_force(on))
        ]

    counted = in_force(criteria)
    towards = tuple(each for each in counted if each.is_asked_of(year_groups))
    not_known = tuple(each for each in in_force(unknown) if each.is_asked_of(year_groups))
    of_others = tuple(sorted(year_groups)) if counted and not towards else ()
    return Counting(towards, not_known, year_groups=tuple(sorted(year_groups)), of_others=of_others)


def counting_of(session: Session) -> Counting:
    """What the session counts towards, for the year groups that it invites."""
    tests = sessions_by_law([session]).get(session.pk, ())
    occasion, kind = _occasion(session, tests), activity_types()[session.activity.activity_type]
    called = year_groups_called([session], academic_year_of(session.held_on))[session.pk]
    found = counted_towards(occasion.criteria, occasion.criteria_unknown, session.held_on, called)
    expects = partner_kinds().get(kind.usual_partner or ("employer" if kind.criteria_with_employer else ""))
    not_named = ""
    if expects and not occasion.partner_name:
        not_named = "no employer named" if expects.is_employer else "no provider named"
    against = next((each.why for each in tests if each.state == FAILED), "")
    return replace(found, not_named=not_named, against=against)
