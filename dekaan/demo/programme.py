"""Three years of a believable careers programme, with believable gaps."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from dekaan.access.models import User
from dekaan.core.academic_year import LONDON
from dekaan.demo.calendar import school_day
from dekaan.demo.names import EMPLOYERS, PROVIDERS
from dekaan.demo.roll import InventedPupil
from dekaan.frameworks.queries import activity_types, flags, mask_of, usual_criteria
from dekaan.participation.changes import Mark, record_participation
from dekaan.participation.models import KnownBy, State
from dekaan.people.models import StaffMember
from dekaan.programme.models import Act, Activity, Invitation, Session
from dekaan.programme.queries import occasion_of


@dataclass(frozen=True)
class Idea:
    """An activity that a year group has every year, unless it falls through."""

    title: str
    activity_type: str
    year_groups: tuple[int, ...]
    month: int
    day: int
    partner_kind: str = ""
    runs: float = 1.0  # how likely it is to be put on
    comes: float = 0.97  # how likely a pupil who is at school is to be there
    minutes: int = 60
    more: tuple[str, ...] = ()  # criteria beyond those of its type


# What is said of some of them: flags answered yes, and those answered no.
_GOOD_TALK = "purpose outcomes two-way reflection prepared support what-work-is-like"
_GOOD_VISIT = f"{_GOOD_TALK} range-of-people task feedback-on-task"
_GOOD_PROVIDER = f"{_GOOD_TALK} range-of-people offer careers-it-leads-to what-learning-is-like"
SAID = {
    "Careers fair": ("purpose two-way what-work-is-like", ""),
    "A day at work: alumni talk": (_GOOD_TALK, ""),
    "Health careers talk": (_GOOD_TALK, ""),
    "Mock interviews": (_GOOD_TALK, ""),
    "Speed networking": (_GOOD_TALK, ""),
    "Enterprise day": ("purpose outcomes two-way", "reflection"),
    "Work experience week": (_GOOD_VISIT, ""),
    "Factory visit": ("purpose outcomes two-way range-of-people", ""),
    "Workplace visit": ("purpose two-way range-of-people", "task feedback-on-task"),
    "College taster day": (_GOOD_PROVIDER, ""),
    "Sixth form taster": (_GOOD_PROVIDER, ""),
    "University campus visit": (_GOOD_PROVIDER, ""),
    "Technical routes with Keystone Training": ("purpose offer what-learning-is-like", ""),
    "Apprenticeships: what they are": (_GOOD_PROVIDER, ""),
    "Apprenticeship ambassadors": ("two-way offer careers-it-leads-to", ""),
    "Applying for an apprenticeship": (_GOOD_PROVIDER, ""),
    "Higher apprenticeships": (_GOOD_PROVIDER, ""),
    "Degree apprenticeships": ("offer what-learning-is-like", ""),
}

IDEAS = (
    Idea("Careers fair", "FAIR", (9, 10, 11, 12, 13), 11, 6, "employer", minutes=90),
    Idea("Who makes our town work?", "ASSEM", (7,), 10, 9, "employer", 0.95),
    Idea("A day at work: alumni talk", "ALUM", (8,), 11, 17, "alumni", 0.85),
    Idea("Health careers talk", "TALK", (9,), 1, 22, "employer", 0.8),
    Idea("Mock interviews", "MOCK", (11,), 11, 12, "employer", 0.9, 0.9),
    Idea("Speed networking", "NETW", (12,), 2, 24, "employer", 0.75, 0.9),
    Idea("Life after A levels: employers' panel", "TALK", (13,), 10, 14, "employer", 0.7, 0.85),
    Idea("Enterprise day", "ENTR", (8,), 3, 12, "employer", 0.9, 0.95, 300),
    Idea("Exploring job profiles", "LMI", (7,), 11, 4),
    Idea("What is out there? Local jobs and pay", "LMI", (8,), 2, 5, runs=0.9),
    Idea("Options: where subjects lead", "OPTEVE", (9,), 1, 29, comes=0.93),
    Idea("Local labour market lessons", "LESSON", (10,), 11, 10, runs=0.9),
    Idea("Comparing routes after 18", "LMI", (12,), 11, 18, runs=0.8, comes=0.88),
    Idea("Engineers in maths and science lessons", "CURR", (7, 8, 9), 3, 10, comes=0.9),
    Idea("Factory visit", "WVISIT", (9,), 6, 16, "employer", 0.7, 0.62, 240),
    Idea("Work experience week", "WEX_B", (10,), 6, 29, "employer", 1.0, 0.83, 1500),
    Idea("Workplace visit", "WVISIT", (8,), 6, 9, "employer", 0.55, 0.6, 240),
    Idea("Work shadowing", "SHADOW", (12,), 6, 22, "employer", 0.9, 0.66, 900),
    Idea("College taster day", "FEVISIT", (10,), 7, 2, "fe-college", 0.95, 0.85, 300),
    Idea("Sixth form taster", "SFVISIT", (11,), 11, 19, "sixth-form", 0.95, 0.92, 180),
    Idea("University campus visit", "HEVISIT", (10,), 3, 19, "university", 0.9, 0.8, 300),
    Idea("University residential taster", "HEVISIT", (12,), 6, 11, "university", 0.8, 0.5, 600),
    Idea("Apprenticeships: what they are", "APPR", (8,), 3, 3, "itp", 0.9),
    Idea("Technical routes with Keystone Training", "ITPTALK", (9,), 12, 2, "itp", 0.9),
    Idea("Technical routes again", "ITPTALK", (9,), 2, 4, "itp", 0.55),
    Idea("Apprenticeship ambassadors", "APPR", (10,), 2, 10, "apprenticeship-employer", 0.95),
    Idea("College technical courses", "ITPTALK", (10,), 5, 12, "itp", 0.6),
    Idea("Applying for an apprenticeship", "APPR", (11,), 11, 5, "itp", 0.9),
    Idea("Higher apprenticeships", "APPR", (12,), 11, 26, "apprenticeship-employer", 0.85, 0.75),
    Idea("Degree apprenticeships", "APPR", (13,), 10, 7, "apprenticeship-employer", 0.8, 0.7),
)


@dataclass
class Writing:
    """What is gathered before it is written in bulk."""

    rng: Random
    today: date
    this_year: int
    by: User
    activities: dict[str, Activity]
    sessions: list[Session]
    invitations: list[Invitation]
    marks: list[list[Mark]]
    acts: list[Act]


def write_programme(
    rng: Random,
    pupils: list[InventedPupil],
    staff: list[StaffMember],
    advisers: list[StaffMember],
    *,
    by: User,
    years: list[int],
    today: date,
) -> None:
    """Every year's sessions and who took part are in the database, as if each had been recorded at the time."""
    writing = Writing(rng, today, max(years), by, {}, [], [], [], [])
    for year in years:
        in_year: dict[int, list[InventedPupil]] = {}
        for each in pupils:
            if year in each.years:
                in_year.setdefault(each.years[year], []).append(each)
        for idea in IDEAS:
            for group in idea.year_groups:
                if in_year.get(group):
                    _put_on(writing, idea, year, group, in_year[group], rng.choice(staff))
        for group, share, months in ((11, 0.88, (10, 4)), (13, 0.7, (10, 3))):
            if in_year.get(group):
                _guidance(writing, year, in_year[group], rng.choice(advisers), share, months)
    _save(writing)


def _activity(writing: Writing, idea: Idea) -> Activity:
    if idea.title not in writing.activities:
        kind = activity_types()[idea.activity_type]
        writing.activities[idea.title] = Activity(
            title=idea.title,
            activity_type=idea.activity_type,
            mode=kind.mode,
            audience=kind.audience,
            criteria=mask_of((*usual_criteria(idea.activity_type, idea.partner_kind), *idea.more)),
            partner_kind=idea.partner_kind,
            partner_name=_partner(writing.rng, idea.partner_kind),
            flags_yes=_mask(SAID.get(idea.title, ("", ""))[0]),
            flags_no=_mask(SAID.get(idea.title, ("", ""))[1]),
        )
    return writing.activities[idea.title]


def _mask(keys: str) -> int:
    return sum(flags()[key].bit for key in keys.split())


def _partner(rng: Random, kind: str) -> str:
    if kind in PROVIDERS:
        return PROVIDERS[kind]
    names = [name for name, each in EMPLOYERS if each == kind]
    return rng.choice(names) if names else ""


def _there(each: InventedPupil, day: date) -> bool:
    return any(starts <= day and (ends is None or day < ends) for starts, ends in each.enrolments)


def _put_on(
    writing: Writing, idea: Idea, year: int, group: int, pupils: list[InventedPupil], leader: StaffMember
) -> None:
    rng = writing.rng
    if rng.random() > idea.runs:
        return
    held_on = school_day(year, idea.month, idea.day + rng.randint(0, 2))
    if held_on == writing.today:
        held_on = school_day(year, idea.month, idea.day + 3)
    recorded = held_on < writing.today and not (year == writing.this_year and rng.random() < 0.12)
    session = Session(
        activity=_activity(writing, idea), held_on=held_on, starts_at=time(9, 5), minutes=idea.minutes, led_by=leader
    )
    marks: list[Mark] = []
    if recorded:
        known_by = rng.choices([KnownBy.ASSUMED, KnownBy.CHECKED, KnownBy.CONFIRMED], [2, 5, 3])[0]
        _say_recorded(writing, session, known_by)
        for each in pupils:
            if _there(each, held_on):
                present = known_by == KnownBy.ASSUMED or rng.random() < each.keenness * idea.comes
                marks.append(Mark(each.pupil.pk, State.ATTENDED if present else State.ABSENT, known_by))
    writing.sessions.append(session)
    writing.invitations.append(Invitation(session=session, year_group=group))
    writing.marks.append(marks)


def _say_recorded(writing: Writing, session: Session, known_by: str) -> None:
    moment = datetime.combine(session.held_on, time(15, 30), tzinfo=LONDON)
    is_checked = known_by != KnownBy.ASSUMED
    session.recorded_at = moment
    session.recorded_by = writing.by
    session.absences_checked_at = moment if is_checked else None
    kind = Act.Kind.REGISTER if known_by == KnownBy.CONFIRMED else Act.Kind.HAPPENED
    batch = f"{kind}-{len(writing.sessions)}"
    writing.acts.append(
        Act(session=session, kind=kind, batch=batch, at=moment, by=writing.by, checks_absences=is_checked)
    )


def _guidance(
    writing: Writing,
    year: int,
    pupils: list[InventedPupil],
    adviser: StaffMember,
    share: float,
    months: tuple[int, int],
) -> None:
    """One-to-one meetings, eight pupils on the adviser's day each week, from October to spring."""
    rng = writing.rng
    idea = Idea("Guidance meetings", "PG", (), 0, 0, minutes=45)
    waiting = [each for each in pupils if rng.random() < share]
    rng.shuffle(waiting)
    waiting.sort(key=lambda each: not each.characteristics["pupil_premium"])
    day, last = school_day(year, months[0], 1), school_day(year, months[1], 20)
    a_day = max(2, -(-len(waiting) // 21))
    while waiting and day <= last:
        chosen, waiting = waiting[:a_day], waiting[a_day:]
        session = Session(
            activity=_activity(writing, idea),
            held_on=day,
            starts_at=time(9, 30),
            minutes=45,
            led_by=adviser,
            adviser=adviser,
        )
        marks: list[Mark] = []
        if day < writing.today:
            _say_recorded(writing, session, KnownBy.CONFIRMED)
            marks = [
                Mark(
                    each.pupil.pk,
                    State.ATTENDED if rng.random() < 0.94 else State.ABSENT,
                    KnownBy.CONFIRMED,
                )
                for each in chosen
                if _there(each, day)
            ]
        writing.sessions.append(session)
        writing.invitations += [Invitation(session=session, pupil=each.pupil) for each in chosen]
        writing.marks.append(marks)
        day = _next_week(day, year)


def _next_week(day: date, year: int) -> date:
    later = day + timedelta(days=7)
    return school_day(year, later.month, later.day)


def _save(writing: Writing) -> None:
    Activity.objects.bulk_create(writing.activities.values(), batch_size=500)
    Session.objects.bulk_create(writing.sessions, batch_size=500)
    Invitation.objects.bulk_create(writing.invitations, batch_size=500)
    Act.objects.bulk_create(writing.acts, batch_size=500)
    batches = {act.session_id: act.batch for act in writing.acts}
    record_participation(
        [
            (replace(occasion_of(session), batch=batches[session.pk]), marks)
            for session, marks in zip(writing.sessions, writing.marks, strict=True)
            if marks
        ],
        by=writing.by,
    )
