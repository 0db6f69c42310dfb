"""What stands on paper of a session: the briefing for whoever delivers it, and the visitors of a day for reception."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from django.db.models import QuerySet

from dekaan.core.academic_year import academic_year_of
from dekaan.measures.queries import SMALL
from dekaan.people.models import Enrolment, Membership, YearRecord
from dekaan.people.queries import not_ended
from dekaan.programme.models import Activity, Audience, Briefing, Mode, Session
from dekaan.programme.queries.inviting import invited_in_words
from dekaan.programme.queries.lists import SessionLine, sessions, year_of_sessions
from dekaan.schools.queries import half_terms

PARTS = {"before": "Before", "during": "During", "after": "After", "to_return": "To give back"}


@dataclass(frozen=True)
class Part:
    """One part of a briefing: what is to be done, line by line, and whether in the school's own words."""

    name: str
    lines: tuple[str, ...]
    is_own: bool


def briefing_of(activity: Activity) -> Briefing:
    """What the school says of the activity; an empty one where it has said nothing."""
    return Briefing.objects.filter(activity=activity).first() or Briefing(activity=activity)


def briefing_parts(session: Session) -> list[Part]:
    """What is to be done before, during and after, and given back: the school's own words, else the usual ones."""
    briefing, usual = briefing_of(session.activity), usual_lines(session.activity)
    found = []
    for key, name in PARTS.items():
        own = tuple(line.strip() for line in getattr(briefing, key).splitlines() if line.strip())
        found.append(Part(name, own or usual[key], bool(own)))
    return found


def usual_lines(activity: Activity) -> dict[str, tuple[str, ...]]:
    """What a briefing of that activity says in the usual words, by part."""
    true = {"always"}
    if activity.audience == Audience.PUPILS:
        true.add("counted")
    if activity.mode in {Mode.WORKPLACE, Mode.PROVIDER_SITE}:
        true.add("away")
    elif activity.mode == Mode.LIVE_ONLINE:
        true.add("online")
    elif activity.mode == Mode.IN_SCHOOL and (activity.partner_name or activity.partner_kind):
        true.add("visitor")
    return {
        part: tuple(line["says"] for line in _usual() if line["part"] == part and line["where"] in true)
        for part in PARTS
    }


@cache
def _usual() -> tuple[dict[str, str], ...]:
    text = files("dekaan.programme").joinpath("data", "briefing.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["line"])


def ends_at(session: Session) -> time | None:
    """When it is over, as far as that is known."""
    if session.starts_at is None or not session.minutes:
        return None
    return (datetime.combine(session.held_on, session.starts_at) + timedelta(minutes=session.minutes)).time()


def time_in_words(session: Session) -> str:
    """ "09:00 to 09:40", "09:00" or "time not set"."""
    if session.starts_at is None:
        return "time not set"
    over = ends_at(session)
    return f"{session.starts_at:%H:%M}" + (f" to {over:%H:%M}" if over else "")


@dataclass(frozen=True)
class VisitorLine:
    """A visit of the day: who comes, when, where, to whom, and for how many pupils in words."""

    session: Session
    visitor: str
    at: str
    to_see: str
    pupils: str


def visitors_on(day: date, among: Iterable[Session] | None = None) -> list[VisitorLine]:
    """Whoever comes into school on that day, in order of time; sessions that are off are not there."""
    found = sessions().filter(held_on=day) if among is None else among
    coming = [each for each in found if somebody_comes(each)]
    invited = invited_ids(coming)
    return [
        VisitorLine(
            session=each,
            visitor=each.partner or "Name to follow",
            at=time_in_words(each),
            to_see=f"{each.led_by.forename} {each.led_by.surname}" if each.led_by else "the careers team",
            pupils=pupils_in_words(each, len(invited[each.pk])),
        )
        for each in sorted(coming, key=lambda each: (each.starts_at is None, each.starts_at or time(), each.pk))
    ]


def somebody_comes(session: Session) -> bool:
    """Whether an employer or provider is expected in school."""
    activity = session.activity
    named = session.partner or session.partner_kind or activity.partner_kind
    return bool(session.cancelled_at is None and activity.mode == Mode.IN_SCHOOL and named)


def pupils_in_words(session: Session, number: int) -> str:
    """ "Year 10, 178 pupils": for paper that lies about, so that a small number is never told."""
    said = invited_in_words(session, exactly=False)
    if session.activity.audience != Audience.PUPILS or "pupils" in said:
        return said
    return f"{said}, {number} pupils" if number >= SMALL else f"{said}, fewer than {SMALL} pupils"


@dataclass(frozen=True)
class PrintedHalfTerm:
    """A half-term of the printed programme."""

    number: int
    lines: tuple[SessionLine, ...]


def printed_programme(visible: QuerySet[Session], academic_year: int, year_group: int | None) -> list[PrintedHalfTerm]:
    """The year's sessions that are not off, by half-term; of one year group, those that invite it or a group of it.

    It hangs on a wall, so sessions for pupils by name are left out.
    """
    on = visible.filter(cancelled_at__isnull=True)
    listed = [line for line in year_of_sessions(on, academic_year) if _is_for_the_wall(line.session, year_group)]
    found, terms = [], half_terms(academic_year)
    for place, half_term in enumerate(terms):
        until = terms[place + 1].starts_on if place + 1 < len(terms) else date.max
        since = half_term.starts_on if place else date.min
        in_it = tuple(
            SessionLine(line.session, invited_in_words(line.session, exactly=False), None)
            for line in listed
            if since <= line.session.held_on < until
        )
        found.append(PrintedHalfTerm(half_term.number, in_it))
    return found


def _is_for_the_wall(session: Session, year_group: int | None) -> bool:
    invitations = list(session.invitations.all())
    if year_group is None:
        return not any(each.pupil_id for each in invitations)
    return year_group in {each.group.year_group if each.group else each.year_group for each in invitations}


def invited_ids(listed: Sequence[Session]) -> dict[int, set[int]]:
    """The pupils (ids) whom each of many sessions invites on its day, in as many statements as for one.

    The same pupils as `invited_pupils`, which asks about one session.
    """
    asked = {session.pk: list(session.invitations.all()) for session in listed}
    every = [each for found in asked.values() for each in found]
    groups = {each.group_id for each in every if each.group_id}
    years = {each.year_group for each in every if each.year_group is not None}
    of_years = {academic_year_of(session.held_on) for session in listed}
    first = min((session.held_on for session in listed), default=date.max)
    in_years = defaultdict(set)
    records = YearRecord.objects.filter(academic_year__in=of_years, year_group__in=years).order_by()
    for academic_year, year_group, pupil in records.values_list("academic_year", "year_group", "pupil_id"):
        in_years[academic_year, year_group].add(pupil)
    members: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    rows = Membership.objects.filter(not_ended(first), group__in=groups).order_by()
    for group, *stay in rows.values_list("group_id", "pupil_id", "starts_on", "ends_on"):
        members[group].append(tuple(stay))
    stays = list(Enrolment.objects.filter(not_ended(first)).order_by().values_list("pupil_id", "starts_on", "ends_on"))
    here: dict[date, set[int]] = {}
    found: dict[int, set[int]] = {}
    for session in listed:
        day = session.held_on
        if day not in here:
            here[day] = _there(stays, day)
        grouped: set[int] = set()
        for each in asked[session.pk]:
            if each.year_group is not None:
                grouped |= in_years[academic_year_of(day), each.year_group]
            elif each.group_id:
                grouped |= _there(members[each.group_id], day)
        found[session.pk] = grouped & here[day] | {each.pupil_id for each in asked[session.pk] if each.pupil_id}
    return found


def _there(stays: Iterable[tuple[int, date, date | None]], day: date) -> set[int]:
    return {pupil for pupil, starts, ends in stays if starts <= day and (ends is None or ends > day)}
