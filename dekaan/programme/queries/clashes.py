"""What gets in the way of what: the same pupils, place, partner or colleague twice, and the same lesson lost twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations

from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.people.models import Group, Membership, YearRecord
from dekaan.people.queries import not_ended, year_groups
from dekaan.programme.lessons import Pasted, read_timetable
from dekaan.programme.models import Audience, Lesson, Mode, Session
from dekaan.programme.queries.lists import sessions
from dekaan.programme.queries.sheets import invited_ids, time_in_words
from dekaan.schools.queries import half_terms

USUAL_MINUTES = 60  # of a session that says when it begins and not how long it takes
DAY = 24 * 60
HALF_TERMS_IN_A_TERM = 2


@dataclass(frozen=True)
class Clash:
    """Sessions that get in one another's way, and how, in a sentence."""

    sessions: tuple[Session, ...]
    words: str


def clashes_between(first: date, last: date) -> list[Clash]:
    """Every clash of the sessions from one day until another, in order of day; sessions that are off clash with nothing."""
    coming = _on(first, last)
    found = _pairs(coming, _asked(coming))
    return found + lessons_lost_twice(first, last, of=coming)


def clashes_of(session: Session) -> list[Clash]:
    """What gets in the way of one session."""
    if session.cancelled_at is not None:
        return []
    beside = [each for each in _on(session.held_on, session.held_on) if each.pk != session.pk]
    pupils = _asked([session, *beside])
    found = [clash for each in beside for clash in _pair(*_in_order(session, each), pupils)]
    return found + lessons_lost_twice(session.held_on, session.held_on, of=[session])


def _on(first: date, last: date) -> list[Session]:
    return list(sessions().filter(held_on__gte=first, held_on__lte=last, cancelled_at__isnull=True))


def _asked(listed: Sequence[Session]) -> dict[int, set[int]]:
    """The pupils (ids) who are to be there; where parents or staff are asked, none is."""
    found = invited_ids(listed)
    return {each.pk: found[each.pk] if each.activity.audience == Audience.PUPILS else set() for each in listed}


def _in_order(one: Session, other: Session) -> tuple[Session, Session]:
    return (one, other) if one.pk < other.pk else (other, one)


def _pairs(listed: Sequence[Session], pupils: dict[int, set[int]]) -> list[Clash]:
    days: dict[date, list[Session]] = defaultdict(list)
    for session in listed:
        days[session.held_on].append(session)
    return [
        clash
        for day in sorted(days)
        for one, other in combinations(sorted(days[day], key=lambda each: each.pk), 2)
        for clash in _pair(one, other, pupils)
    ]


def _span(session: Session) -> tuple[int, int] | None:
    """Minutes of the day from when until when; None where no time is said."""
    if session.starts_at is None:
        return None
    begins = session.starts_at.hour * 60 + session.starts_at.minute
    return begins, min(begins + (session.minutes or USUAL_MINUTES), DAY)


def in_the_way(listed: Iterable[Session], *, starts_at: time, minutes: int) -> list[Session]:
    """Those of a day's sessions that are on at that time, or may be, since nobody has said when they are."""
    begins = starts_at.hour * 60 + starts_at.minute
    spans = [(each, _span(each)) for each in listed]
    return [each for each, span in spans if span is None or (span[0] < begins + minutes and begins < span[1])]


def _pair(one: Session, other: Session, pupils: dict[int, set[int]]) -> list[Clash]:
    """How two sessions of a day get in each other's way; two of one activity share what they share."""
    spans = _span(one), _span(other)
    timed = [each for each in spans if each is not None]
    if len(timed) == len(spans) and not (timed[0][0] < timed[1][1] and timed[1][0] < timed[0][1]):
        return []
    said = []
    if both := len(pupils[one.pk] & pupils[other.pk]):
        said.append("1 pupil is asked to both" if both == 1 else f"{both} pupils are asked to both")
    if one.activity_id != other.activity_id:
        said += _shared(one, other)
    when = f"{one.held_on:%a %-d %B}: {one.title} ({time_in_words(one)}) and {other.title} ({time_in_words(other)})"
    at_once = "" if len(timed) == len(spans) else ", if they are at the same time"
    return [Clash((one, other), f"{when}: {words}{at_once}.") for words in said]


def _shared(one: Session, other: Session) -> list[str]:
    said = []
    in_school = {one.activity.mode, other.activity.mode} == {Mode.IN_SCHOOL}
    if in_school and one.place.strip() and _plain(one.place) == _plain(other.place):
        said.append(f"both in {one.place.strip()}")
    if one.partner.strip() and _plain(one.partner) == _plain(other.partner):
        said.append(f"{one.partner.strip()} is at both")
    people = {each.pk: each for session in (one, other) for each in (session.led_by, session.adviser) if each}
    for person in people.values():
        if all(person.pk in {each.led_by_id, each.adviser_id} for each in (one, other)):
            said.append(f"{person.forename} {person.surname} is wanted at both")
    return said


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def has_timetable(on: date) -> bool:
    """Whether the timetable of that day's academic year is loaded."""
    return Lesson.objects.filter(academic_year=academic_year_of(on)).exists()


def lessons_lost_twice(first: date, last: date, *, of: Iterable[Session]) -> list[Clash]:
    """Lessons that the same group loses more than once in a term, where one of these sessions is among what takes it.

    A group loses a lesson when at least half of its pupils are asked elsewhere.
    """
    wanted = {session.pk: session for session in of}
    terms = _terms(first, last) if wanted else []
    years = {academic_year_of(begins) for begins, _ in terms}
    every = Lesson.objects.filter(academic_year__in=years).select_related("group")
    lessons = [lesson for lesson in every if any(_takes(session, lesson) for session in wanted.values())]
    listed = _on(terms[0][0], terms[-1][1]) if lessons else []
    lost = [
        (lesson, takes)
        for begins, ends in terms
        for lesson in lessons
        if lesson.academic_year == academic_year_of(begins)
        and len(takes := [each for each in listed if begins <= each.held_on <= ends and _takes(each, lesson)]) > 1
    ]
    return _lost(lost, set(wanted))


def _lost(several: list[tuple[Lesson, list[Session]]], watched: set[int]) -> list[Clash]:
    """Of lessons with the sessions of one term that lie in them, those that a group loses more than once."""
    asked = _asked(list({each.pk: each for _, takes in several for each in takes}.values()))
    taught = _taught({lesson.pk: lesson for lesson, _ in several}.values())
    found = []
    for lesson, takes in several:
        missing = {session.pk: asked[session.pk] & taught[lesson.pk] for session in takes}
        group = [each for each in takes if 0 < len(taught[lesson.pk]) <= 2 * len(missing[each.pk])]
        losing = [
            session
            for session in group
            if any(missing[session.pk] & missing[other.pk] for other in group if other.held_on != session.held_on)
        ]
        if len(losing) > 1 and any(session.pk in watched for session in losing):
            found.append(Clash(tuple(losing), _lost_in_words(lesson, losing)))
    return found


def _takes(session: Session, lesson: Lesson) -> bool:
    """Whether the session lies in the lesson's time, for whomever it is."""
    span = _span(session)
    if span is None or lesson.weekday != session.held_on.isoweekday():
        return False
    begins, ends = (each.hour * 60 + each.minute for each in (lesson.starts_at, lesson.ends_at))
    return begins < span[1] and span[0] < ends


def _lost_in_words(lesson: Lesson, losing: list[Session]) -> str:
    days = len({session.held_on for session in losing})
    times = {2: "twice", 3: "three times"}.get(days, f"{days} times")
    told = "; ".join(f"{session.title}, {session.held_on:%-d %B}" for session in losing)
    return f"{lesson.who} {lesson.subject} on {lesson.when} is lost {times} in a term: {told}."


def _taught(lessons: Iterable[Lesson]) -> dict[int, set[int]]:
    """The pupils (ids) of each lesson."""
    lessons = list(lessons)
    years = {each.year_group for each in lessons if each.year_group is not None}
    of = {each.academic_year for each in lessons}
    in_years, in_groups = defaultdict(set), defaultdict(set)
    records = YearRecord.objects.filter(academic_year__in=of, year_group__in=years).order_by()
    for academic_year, year_group, pupil in records.values_list("academic_year", "year_group", "pupil_id"):
        in_years[academic_year, year_group].add(pupil)
    members = Membership.objects.filter(
        not_ended(today()), group__in={each.group_id for each in lessons if each.group_id}
    )
    for group, pupil in members.order_by().values_list("group_id", "pupil_id"):
        in_groups[group].add(pupil)
    return {
        each.pk: in_groups[each.group_id] if each.group_id else in_years[each.academic_year, each.year_group]
        for each in lessons
    }


def _terms(first: date, last: date) -> list[tuple[date, date]]:
    """The terms that the days fall in: two half-terms each, and the holiday after them."""
    found = []
    for year in range(academic_year_of(first), academic_year_of(last) + 1):
        begins = [each.starts_on for each in half_terms(year)][::HALF_TERMS_IN_A_TERM] or [year_start(year)]
        begins[0] = year_start(year)
        ends = [date.fromordinal(day.toordinal() - 1) for day in begins[1:]] + [year_end(year)]
        found += [(start, end) for start, end in zip(begins, ends, strict=True) if start <= last and end >= first]
    return found


def timetable_pasted(text: str, times: str) -> tuple[Pasted, list[str]]:
    """What a pasted timetable of this year says, with the groups of this school."""
    year = academic_year_of(today())
    groups = {group.name.casefold(): group for group in Group.objects.filter(academic_year=year).order_by("-pk")}
    return read_timetable(text, times, academic_year=year, groups=groups, years=set(year_groups(year)))


def timetable_in_words(academic_year: int) -> list[tuple[str, int]]:
    """Whose lessons are loaded, and how many."""
    found: dict[str, int] = defaultdict(int)
    rows = Lesson.objects.filter(academic_year=academic_year).select_related("group")
    for lesson in rows:
        found[lesson.who] += 1
    return sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0]))
