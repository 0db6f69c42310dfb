"""A person's own sessions as a calendar (RFC 5545): no pupil's name, and no group so small that it tells one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_in, permissions_of
from dekaan.audit.queries import of_chain
from dekaan.core.academic_year import LONDON, today
from dekaan.core.link_keys import hash_of
from dekaan.core.scope import schools_in_scope
from dekaan.measures.queries import SMALL
from dekaan.programme.models import Audience, CalendarFeed, Session
from dekaan.programme.queries.colleague import Colleague
from dekaan.programme.queries.inviting import invited_in_words
from dekaan.programme.queries.lists import own_sessions, sessions
from dekaan.programme.queries.sheets import ends_at, invited_ids
from dekaan.schools.models import School

BACK = timedelta(days=60)  # how long a session stays in the calendar
# What makes a session another than the calendar has: how often, and when last, says the audit.
REVISED = ("session planned", "session changed", "session cancelled", "session put back on", "activity changed")


@dataclass(frozen=True)
class Reader:
    """Whose calendar an address gives, and by which roles."""

    user: User
    school: School
    assignments: list[RoleAssignment]


def reader_of(token: str) -> Reader | None:
    """Whom the address belongs to; None for a wrong one, an ended one, or where account, role or all sessions ended."""
    feed = CalendarFeed.objects.select_related("user", "school").filter(token_hash=hash_of(token)).first()
    if feed is None or feed.session_round != feed.user.session_round:
        return None
    assignments = assignments_in(feed.user, feed.school)  # none for an account that was closed
    if Permission.PROGRAMME_SEE not in permissions_of(assignments):
        return None
    return Reader(feed.user, feed.school, assignments)


def has_calendar_address(user: User, school: School) -> bool:
    """Whether the person has an address there that gives something."""
    return CalendarFeed.objects.filter(user=user, school=school, session_round=user.session_round).exists()


@dataclass(frozen=True)
class Revision:
    """How often an event was changed, and when last."""

    number: int
    at: datetime


def calendar_of(reader: Reader, address_of: Callable[[Session], str], host: str) -> bytes:
    """The sessions that the person leads, advises in or takes a register in, from two months ago on."""
    asker = Colleague(reader.user, reader.assignments)
    found = list(own_sessions(asker, sessions().filter(held_on__gte=today() - BACK)))
    revisions, invited = _revisions(found), invited_ids(found)
    calendar = Calendar()
    calendar.add("prodid", "-//Dekaan//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Careers at {reader.school.name}")
    calendar.add("x-published-ttl", "PT4H")
    for session in found:
        said = _invited(session, len(invited[session.pk]))
        calendar.add_component(_event(session, said, revisions[session.pk], address_of(session), host))
    calendar.add_component(_london())
    return calendar.to_ical()


def _london() -> Timezone:
    """Europe/London as the tz database has it since 1996: the clocks change at 01:00 UTC on a month's last Sunday.

    Each onset is in the local time before it (RFC 5545, 3.6.5), which is 01:00 in March and 02:00 in October; what the
    library writes by itself is an hour late in March.
    """
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for kind, name, onset, month, before, after in (
        (TimezoneStandard, "GMT", datetime(1996, 10, 27, 2), 10, 1, 0),  # noqa: DTZ001 local by definition
        (TimezoneDaylight, "BST", datetime(1997, 3, 30, 1), 3, 0, 1),  # noqa: DTZ001
    ):
        part = kind()
        part.add("tzname", name)
        part.add("dtstart", onset)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone


def _event(session: Session, invited: str, revision: Revision, address: str, host: str) -> Event:
    event = Event()
    event.add("uid", f"session-{session.pk}@{host}")
    event.add("sequence", revision.number)
    event.add("last-modified", revision.at)
    event.add("dtstamp", revision.at)
    event.add("summary", session.title)
    if session.starts_at is None:
        event.add("dtstart", session.held_on)
        event.add("dtend", session.held_on + timedelta(days=1))
    else:
        begins = datetime.combine(session.held_on, session.starts_at, tzinfo=LONDON)
        event.add("dtstart", begins)
        if ends_at(session):
            event.add("dtend", begins + timedelta(minutes=session.minutes or 0))
    if session.place:
        event.add("location", session.place)
    said = [
        invited,
        session.partner,
        f"Called off: {session.cancelled_because}" if session.cancelled_at else "",
        address,
    ]
    event.add("description", "\n".join(line for line in said if line))
    event.add("url", address)
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _invited(session: Session, number: int) -> str:
    """For whom it is; of a few pupils neither their group nor how many."""
    if session.activity.audience == Audience.PUPILS and number < SMALL:
        return f"Fewer than {SMALL} pupils"
    return invited_in_words(session, exactly=False)


def _revisions(found: Iterable[Session]) -> dict[int, Revision]:
    """How often each session or its activity was changed, in one statement for all."""
    found = list(found)
    (school_id,) = schools_in_scope()
    activities = {session.activity_id for session in found}
    about = Q(subject="session", subject_id__in=[session.pk for session in found]) | Q(
        subject="activity", subject_id__in=activities
    )
    events = of_chain(school_id).filter(about, action__in=REVISED).order_by().values("subject", "subject_id")
    told = {
        (row["subject"], row["subject_id"]): (row["times"], row["last"])
        for row in events.annotate(times=Count("pk"), last=Max("at"))
    }
    revisions = {}
    for session in found:
        of_it = [
            told.get(("session", session.pk), (1, session.activity.created_at)),
            told.get(("activity", session.activity_id), (0, session.activity.created_at)),
        ]
        revisions[session.pk] = Revision(
            max(0, sum(times for times, _ in of_it) - 1), max(last for _, last in of_it).replace(microsecond=0)
        )
    return revisions
