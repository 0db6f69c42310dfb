"""What a sentence finds equals what the tables say, read row by row; and of whom it is not known is shown apart."""

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from dekaan.access.queries import assignments_of, held_at
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import academic_day, academic_year_of, today, year_start
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import mask_of, partner_kinds, registry
from dekaan.lists.queries import VERBS, WINDOWS, Had, Sentence, finding, offered_to
from dekaan.measures.changes import recount
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import standings
from dekaan.participation.changes import Mark, Occasion, record_participation
from dekaan.participation.models import Participation, State
from dekaan.people.models import Enrolment, Ethnicity, Group, Pupil, YearRecord
from dekaan.programme.models import Activity, DayAbsence, DayAttendance, Session
from dekaan.schools.changes import begin_year
from tests.factories.schools import person, place, pupils
from tests.lists.plain_reading import read, read_anew
from tests.stock import pupil as a_pupil

pytestmark = pytest.mark.django_db
YEAR = academic_year_of(today())


def some_day(rng: Random, years: int = 3) -> date:
    return today() - timedelta(days=rng.randrange(365 * years))


def invent(rng: Random, slug: str):
    """A small school in which anything may be: joiners, returners, blanks, repeated years, unrecorded sessions."""
    at = place(slug, years=rng.choice((1, 2, 4, 8)))
    leader = person(at, "careers-leader")
    with working_in(at.school):
        groups = [Group.objects.create(kind="tutor", name=name, academic_year=YEAR) for name in ("9A", "10A")]
        activities = [Activity.objects.create(title=f"Activity {n}", activity_type="TALK") for n in range(2)]
        sessions = [
            Session.objects.create(activity=rng.choice(activities), held_on=today(), recorded_by=leader)
            for _ in range(4)
        ]
        Session.objects.update(recorded_at=timezone.now())
        for number in range(9):
            someone(rng, number, groups, sessions)
        for _ in range(rng.randrange(3)):
            DayAttendance.objects.get_or_create(day=some_day(rng, 1))
        recount(list(Pupil.objects.values_list("pk", flat=True)), range(YEAR - 6, YEAR + 1))
    return at, leader


def someone(rng: Random, number: int, groups: list[Group], sessions: list[Session]) -> None:
    pupil = Pupil.objects.create(surname="Quill", forename=f"P{number}", benchmark_cohort=rng.random() < 0.8)
    stays(rng, pupil)
    year_group, years = rng.randint(5, 13), rng.randrange(6)
    for back in range(years + 1):
        if back == 0 and rng.random() < 0.1:
            continue  # nothing of this year has come in yet
        repeated = 1 if back and rng.random() < 0.15 else 0
        YearRecord.objects.create(
            pupil=pupil,
            academic_year=YEAR - back,
            year_group=max(0, year_group - back + repeated),
            tutor_group=rng.choice([*groups, None]) if back == 0 else None,
            sex=rng.choice("FM") if rng.random() < 0.9 else "",
            sen=rng.choice(("N", "K", "E", "")),
            pupil_premium=rng.choice((True, False, None)),
            eal=rng.choice((True, False, None)),
            looked_after=rng.choice((True, False, None)),
            ethnicity=rng.choice(("", *Ethnicity.values)),
            attendance_percent=rng.choice((None, 85, 90, 93, 99)),
        )
    for count in range(rng.randrange(12)):
        took_part(rng, pupil, count, sessions)
    for day in {some_day(rng, 1) for _ in range(rng.randrange(5))}:
        DayAbsence.objects.create(pupil=pupil, day=day, part=rng.choice(("am", "pm", "day")))


def stays(rng: Random, pupil: Pupil) -> None:
    begun = some_day(rng, 6)
    if rng.random() < 0.4:
        until = begun + timedelta(days=rng.randrange(1, 700))
        Enrolment.objects.create(pupil=pupil, starts_on=begun, ends_on=until)
        begun = until + timedelta(days=rng.choice((0, 0, 90)))
    ends = rng.choice((None, None, None, begun + timedelta(days=rng.randrange(900))))
    Enrolment.objects.create(pupil=pupil, starts_on=begun, ends_on=ends)


def took_part(rng: Random, pupil: Pupil, count: int, sessions: list[Session]) -> None:
    day, state = some_day(rng), rng.choice(State.values)
    bits = list(registry().bits.values())
    masks = [sum(1 << bit for bit in rng.sample(bits, rng.choice((0, 1, 3)))) for _ in range(2)]
    session = rng.choice(sessions)
    is_session = rng.random() < 0.5 and not Participation.objects.filter(pupil=pupil, source_id=session.pk).exists()
    Participation.objects.create(
        pupil=pupil,
        source_kind="session" if is_session else "history",
        source_id=session.pk if is_session else 10_000 + count,
        state=state,
        known_by="checked",
        happened_on=day,
        academic_year=academic_year_of(day),
        academic_day=academic_day(day),
        activity_type=rng.choice(("TALK", "PG", "WVISIT", "ASSEM")),
        mode=rng.choice(("in_school", "workplace", "recorded")),
        criteria=0 if state == "invited" else masks[0],
        criteria_unknown=masks[1] & ~masks[0] if rng.random() < 0.4 else 0,
        counts=int(state == "attended"),
        partner_kind=rng.choice(("", *partner_kinds())),
        superseded_at=timezone.now() if rng.random() < 0.1 else None,
    )


def a_phrase(rng: Random, offered) -> Had:
    verb = rng.choice((*VERBS, "had", "not-had", "not-had", "not-had"))
    things = list(offered.things)
    if verb == "joined":
        return Had(verb, "", "since", some_day(rng))
    if verb in {"had", "not-had"}:
        what = rng.choice([each for each in things if not each.startswith("activity") and each != "half-days"])
    elif verb == "absent":
        what = rng.choice([each for each in things if each.startswith("activity") or each == "half-days"])
    else:
        what = rng.choice([each for each in things if each.startswith("criterion")])
    when = rng.choice(("year", "september", "since") if what == "half-days" else (*WINDOWS,))
    return Had(verb, what, when, some_day(rng) if when == "since" else None, rng.choice((1, 1, 2)))


@pytest.mark.parametrize("seed", range(10))
def test_a_sentence_finds_what_the_tables_say_on_small_schools_of_any_kind(seed):
    rng = Random(seed)
    at, leader = invent(rng, f"school-{seed}")
    held = held_at(at.school, assignments_of(leader))
    spoken = {"found": 0, "unknown": 0}
    read_anew()
    with working_in(at.school):
        offered = offered_to(leader, held, ROLES["careers-leader"].may, today())
        for _ in range(25):
            who = tuple(dict.fromkeys(rng.choices(list(offered.phrases), k=rng.randrange(3))))
            had = tuple(dict.fromkeys(a_phrase(rng, offered) for _ in range(rng.randrange(0 if who else 1, 3))))
            asked = Sentence(who, had)
            said = finding(at.school, asked, held, offered, on=today())
            told = {row.pk for row in said.rows}, {row.pk for row, _ in said.unknown}
            assert said.problems == []
            assert told == read(at.school, asked, today()), asked
            assert all(why for _, why in said.unknown)
            spoken["found"] += len(told[0])
            spoken["unknown"] += len(told[1])
    assert min(spoken.values()) > 0


def test_a_meeting_with_an_employer_there_is_guidance_though_nobody_said_whether_it_was_meaningful():
    at = place("kestrel")
    leader = person(at, "careers-leader")
    (ada,) = pupils(at, 1)
    meeting = Occasion(
        source_kind="session",
        source_id=1,
        title="Meeting with an engineer",
        happened_on=today(),
        activity_type="PG",
        criteria=mask_of(["GB24.8.1", "GB24.5.1"]),
        partner_kind="employer",
    )
    with working_in(at.school):
        record_participation([(meeting, [Mark(ada.pk, State.ATTENDED)])], by=None)
        assignments = held_at(at.school, assignments_of(leader))
        offered = offered_to(leader, assignments, ROLES["careers-leader"].may, today())
        found = finding(at.school, Sentence((), (Had("had", "guidance"),)), assignments, offered, on=today())
    assert ([row.pk for row in found.rows], found.unknown) == ([ada.pk], [])


def found_by_priya(stock, *had: Had) -> tuple[list[str], list[str]]:
    """Forenames of those found, and why it is not known of others."""
    held = held_at(stock.ashdown, assignments_of(stock.priya))
    offered = offered_to(stock.priya, held, ROLES["careers-leader"].may, today())
    said = finding(stock.ashdown, Sentence((), had), held, offered, on=today())
    return [row.name.split(", ")[1] for row in said.rows], [why for _, why in said.unknown]


def test_a_sentence_and_the_picture_agree_about_years_before_the_first_list_came_in(in_ashdown):
    """Ada is here since Year 7, and her first list is of Year 9: the picture counts the years back, and so does a
    sentence. Ben came in Year 9, and of his Year 8 something was brought in: it says nothing of the rest."""
    begin_years()
    ada, ben = (Pupil.objects.create(surname="Quill", forename=name) for name in ("Ada", "Ben"))
    Enrolment.objects.create(pupil=ada, starts_on=year_start(YEAR - 2), status="C")
    Enrolment.objects.create(pupil=ben, starts_on=year_start(YEAR), status="C")
    for each in (ada, ben):
        YearRecord.objects.create(pupil=each, academic_year=YEAR, year_group=9)
    talk = Occasion("history", 1, "Talk", year_start(YEAR - 1), "TALK", criteria=mask_of(["GB24.5.1"]))
    record_participation([(talk, [Mark(ben.pk, "attended", "confirmed")])], by=None)
    recount([ada.pk, ben.pk], range(YEAR - 2, YEAR + 1))
    assert list(
        PupilYear.objects.filter(pupil_id=ada.pk).order_by("academic_year").values_list("year_group", "known")
    ) == [
        (7, 1),
        (8, 1),
        (9, 1),
    ]
    for when in ("key-stage", "ever"):
        assert found_by_priya(in_ashdown, Had("not-had", "criterion:GB24.2.1", when)) == (
            ["Ada"],
            ["earlier years are not on record"],
        )
    standing = standings(in_ashdown.ashdown.pk, YEAR, ["GB24.2.1"])["GB24.2.1"]
    assert (standing["missed"], standing["unknown"]) == (1, 1)


def test_a_day_in_the_year_in_which_somebody_joined_is_on_record_from_the_day_they_did(in_ashdown):
    begin_years()
    joined = date(YEAR, 10, 12)
    ada = Pupil.objects.create(surname="Quill", forename="Ada")
    Enrolment.objects.create(pupil=ada, starts_on=joined, status="C")
    YearRecord.objects.create(pupil=ada, academic_year=YEAR, year_group=9)
    recount([ada.pk], [YEAR])
    said = [
        found_by_priya(in_ashdown, Had("not-had", "employer", "since", day))
        for day in (joined, joined - timedelta(days=1))
    ]
    assert said == [(["Ada"], []), ([], [f"joined on {joined:%-d %B %Y}"])]


@pytest.mark.parametrize(
    ("kind", "mode", "criteria", "counts"),
    [
        ("PARTJOB", "workplace", [], False),  # of one's own, and no benchmark counts it
        ("WVISIT", "workplace", ["GB24.6.1"], True),
        ("WVISIT", "workplace", [], True),  # whether it was meaningful is another matter
        ("TALK", "workplace", ["GB24.6.1"], True),  # a talk there that was said to be more
        ("TALK", "workplace", ["GB24.5.1"], False),
        ("WEX_V", "live_online", ["GB14.6.1"], False),  # nobody was at a workplace
    ],
)
def test_a_workplace_visit_is_at_a_workplace_and_of_a_kind_that_counts_as_one(in_ashdown, kind, mode, criteria, counts):
    ada = a_pupil("Ada")
    there = Occasion("history", 1, "There", today(), kind, mode=mode, criteria=mask_of(criteria))
    record_participation([(there, [Mark(ada.pk, "attended", "confirmed")])], by=None)
    assert found_by_priya(in_ashdown, Had("not-had", "workplace")) == ([] if counts else ["Ada"], [])


def begin_years() -> None:
    """The school's own years are there as far back as the pupils'."""
    for year in range(YEAR - 4, YEAR + 1):
        begin_year(year)
