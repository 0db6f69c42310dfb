"""Building the demonstration trust: the same people and the same history for the same day and seed."""

import csv
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction

from dekaan.access.changes import give_role, open_account
from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.core.scope import working_in
from dekaan.demo.access import write_access
from dekaan.demo.budget import write_budget
from dekaan.demo.calendar import closed_days, taken_up
from dekaan.demo.curriculum import write_curriculum
from dekaan.demo.destinations import write_destinations
from dekaan.demo.evaluations import write_evaluations
from dekaan.demo.evidence import write_evidence
from dekaan.demo.feedback import write_feedback
from dekaan.demo.handover import plan_hand_over
from dekaan.demo.library import write_library, write_published
from dekaan.demo.lists import keep_lists
from dekaan.demo.names import BOYS, GIRLS, SURNAMES
from dekaan.demo.partners import write_partners, write_register, write_trust_partners
from dekaan.demo.people import CAST, PASSWORD, SCHOOLS, TRUST, InventedSchool
from dekaan.demo.plan import write_plans
from dekaan.demo.programme import write_programme
from dekaan.demo.providers import write_providers
from dekaan.demo.publication import publish_pages
from dekaan.demo.reports import write_reports
from dekaan.demo.roll import invent_earlier_leavers, invent_pupils, save_pupils
from dekaan.demo.schemes import write_schemes
from dekaan.demo.sheets import plan_clashes, write_briefings, write_learning, write_timetable
from dekaan.demo.team import write_team
from dekaan.demo.trust import write_trust
from dekaan.demo.website import write_website
from dekaan.demo.year import plan_the_year
from dekaan.measures.changes import rebuild
from dekaan.people.models import Pupil, StaffMember, YearRecord
from dekaan.people.queries import on_roll
from dekaan.programme.changes import Invited, note_unrecorded, plan_activity, plan_session
from dekaan.programme.models import Session
from dekaan.schools.changes import add_school, add_trust
from dekaan.schools.models import CalendarEntry, School, Trust

SEED = 20261124
YEARS_FOLLOWED = (
    3  # as long as leavers are followed; a demonstration of as many years has leavers of the year before, too
)
TALK = "Engineering at Millworks"
CLASHES_WITH = "Solicitors' talk"
# How it is known of an adviser whether the school employs them.
EMPLOYED = {"careers-adviser": "Contract of employment", "commissioned-adviser": "Agreement with the guidance service"}


class AlreadyBuilt(Exception):
    """There are schools here already; the demonstration is built in an empty place only."""


@dataclass(frozen=True)
class Built:
    """What was built, for the screen."""

    schools: list[School]
    files: list[Path]


def build(*, schools: int = 3, pupils: int | None = None, years: int = 3, seed: int = SEED) -> Built:
    """The trust, its people and `years` academic years of history are in the database. Raises AlreadyBuilt.

    `pupils` is how many the first school has; the others keep their proportion.
    """
    if School.objects.exists():
        raise AlreadyBuilt
    this_year = academic_year_of(today())
    first_year = this_year - years + 1
    trust = add_trust(**TRUST)
    write_trust_partners(trust)
    write_register()
    accounts = {person.email: open_account(email=person.email, name=person.name, password=PASSWORD) for person in CAST}
    made: list[School] = []
    files: list[Path] = []
    for number in range(schools):
        plan = _plan(number, pupils)
        with transaction.atomic():
            school = add_school(
                name=plan.name, slug=plan.slug, trust=trust, records_begin=year_start(first_year), **plan.details
            )
            with working_in(school):
                files += _fill(school, plan, accounts, this_year, first_year, seed)
        made.append(school)
    _trust_roles(accounts, trust, first_year)
    write_trust(trust, made, anna=accounts["anna@weirbrook.example"], leaders=_leaders(made, accounts), today=today())
    write_published()
    return Built(made, files)


def _plan(number: int, pupils: int | None) -> InventedSchool:
    """The three schools of the cast, then as many alike as are asked for."""
    plan = SCHOOLS[number % 3]
    size = plan.pupils if pupils is None else max(20, round(plan.pupils * pupils / SCHOOLS[0].pupils))
    if number < 3:
        return InventedSchool(plan.slug, plan.name, size, plan.year_groups, plan.details)
    details = {**plan.details, "urn": str(999000 + number + 1), "laestab": f"999{4000 + number + 1}"}
    return InventedSchool(f"{plan.slug}-{number + 1}", f"{plan.name} {number + 1}", size, plan.year_groups, details)


def _trust_roles(accounts: dict[str, User], trust: Trust, first_year: int) -> None:
    for person in CAST:
        for role, slug in person.roles:
            if not slug:
                give_role(
                    user=accounts[person.email], role=role, trust=trust, by=None, starts_on=year_start(first_year)
                )


def _leaders(schools: list[School], accounts: dict[str, User]) -> dict[str, User]:
    """School's slug → its Careers Leader of the cast, where it has one."""
    slugs = {each.slug for each in schools}
    return {
        slug: accounts[person.email]
        for person in CAST
        for role, slug in person.roles
        if role == "careers-leader" and slug in slugs
    }


def _fill(
    school: School,
    plan: InventedSchool,
    accounts: dict[str, User],
    this_year: int,
    first_year: int,
    seed: int,
) -> list[Path]:
    rng = Random(f"{seed}-{plan.slug}")
    years = list(range(first_year, this_year + 1))
    for year in years:
        CalendarEntry.objects.bulk_create(
            [CalendarEntry(starts_on=first, ends_on=last, kind=kind) for first, last, kind in closed_days(year)]
            + [
                CalendarEntry(starts_on=first, ends_on=last, kind=kind, title=title, year_groups=here)
                for first, last, kind, title, groups in taken_up(year)
                if (here := [each for each in groups if each in plan.year_groups]) or not groups
            ]
        )
    leader = _roles(school, plan, accounts, first_year)
    staff, advisers = _staff(rng, plan, accounts, first_year)
    pupils = invent_pupils(rng, plan, this_year, first_year)
    save_pupils(rng, pupils, staff, this_year)
    if plan.slug == SCHOOLS[0].slug and first_year == this_year - YEARS_FOLLOWED + 1:
        earlier = Random(f"{seed}-{plan.slug}-earlier")
        save_pupils(earlier, invent_earlier_leavers(earlier, plan, first_year - 1), staff, this_year)
    write_programme(rng, pupils, _who_lead(staff), advisers, by=leader, years=years, today=today())
    _plan_today(staff, leader)
    write_access(by=leader)
    write_partners(Random(f"{seed}-{plan.slug}-partners"), school, by=leader)
    write_timetable(plan.year_groups, academic_year=this_year, by=leader)
    if soon := Session.objects.filter(activity__title=CLASHES_WITH, held_on__gt=today()).first():
        plan_clashes(soon, by=leader)
    write_briefings(by=leader)
    write_learning(by=leader)
    if plan.slug == SCHOOLS[0].slug:
        plan_the_year(this_year, leader)
    write_curriculum(staff, by=leader, academic_year=this_year)
    write_schemes(staff, by=leader, today=today())
    if plan.slug in {each.slug for each in SCHOOLS[:2]}:
        write_team(staff, is_whole=plan.slug == SCHOOLS[0].slug, by=leader, today=today())
    write_evidence(staff, slug=plan.slug, by=leader, today=today())
    if plan.slug == SCHOOLS[0].slug:
        write_library(staff, by=leader, today=today())
    note_unrecorded(today())
    write_feedback(Random(f"{seed}-{plan.slug}-feedback"), staff=staff, by=leader, years=years, today=today())
    rebuild()
    if plan.slug == SCHOOLS[0].slug:
        keep_lists(this_year, by=leader)
    write_destinations(Random(f"{seed}-{plan.slug}-destinations"), by=leader, today=today())
    write_evaluations(school, by=leader)
    if not plan.is_special:
        write_budget(staff, is_academic=plan.slug == SCHOOLS[0].slug, by=leader, today=today())
    if plan.slug == SCHOOLS[0].slug:
        publish_pages(school, by=leader, approved_by=accounts["david@ashdown.example"])
        write_website(school, by=leader, today=today())
    write_providers(
        school,
        leader=leader,
        academic_year=this_year,
        today=today(),
        with_requests=plan.slug == SCHOOLS[0].slug,
    )
    if not plan.is_special:
        write_plans(school, staff, by=leader, approves=_approver(plan, accounts, leader), today=today())
    write_reports(school, by=leader, today=today(), with_approval=plan.slug == SCHOOLS[0].slug)
    if plan.slug == SCHOOLS[1].slug:
        plan_hand_over(school, staff, leader=leader, planner=_approver(plan, accounts, leader), today=today())
    return _files(this_year) if plan.slug == SCHOOLS[0].slug else []


def _approver(plan: InventedSchool, accounts: dict[str, User], leader: User) -> User | None:
    """Who of the cast enters that a plan was approved: a headteacher or senior leader there who did not write it."""
    at = {(role, slug): accounts[each.email] for each in CAST for role, slug in each.roles}
    found = at.get(("headteacher", plan.slug)) or at.get(("slt-line-manager", plan.slug))
    return found if found != leader else None


def _roles(school: School, plan: InventedSchool, accounts: dict[str, User], first_year: int) -> User:
    """Whoever of the cast has a role at the school holds it; returns its Careers Leader."""
    leader = accounts["priya@ashdown.example"]
    for person in CAST:
        for role, slug in person.roles:
            if slug != plan.slug:
                continue
            user = accounts[person.email]
            give_role(
                user=user, role=role, school=school, scope=person.scope, by=None, starts_on=year_start(first_year)
            )
            if role == "careers-leader":
                leader = user
    return leader


def _staff(
    rng: Random, plan: InventedSchool, accounts: dict[str, User], first_year: int
) -> tuple[list[StaffMember], list[StaffMember]]:
    """Teachers, the cast's own rows among them; and the advisers who are qualified for guidance."""
    began = year_start(first_year)
    teachers = [
        StaffMember(
            surname=rng.choice(SURNAMES),
            forename=rng.choice(GIRLS + BOYS),
            post="Teacher",
            email=f"teacher{number}@{plan.slug}.example",
            starts_on=began,
        )
        for number in range(12 if plan.is_special else 40)
    ]
    for person in CAST:
        roles = [role for role, slug in person.roles if slug == plan.slug]
        if roles:
            forename, surname = person.name.split(" ", 1)
            is_adviser = "adviser" in roles[0] and "enterprise" not in roles[0]
            teachers.append(
                StaffMember(
                    surname=surname,
                    forename=forename,
                    email=person.email,
                    user=accounts[person.email],
                    post=_post(roles[0]),
                    starts_on=began,
                    guidance_qualified_from=began if is_adviser else None,
                    is_employed_here=(roles[0] == "careers-adviser") if is_adviser else None,
                    employment_known_from=began if is_adviser else None,
                    employment_source=EMPLOYED.get(roles[0], ""),
                )
            )
    advisers = [each for each in teachers if each.guidance_qualified_from]
    if not advisers:
        adviser = StaffMember(surname="Bell", forename="Grace", post="Careers adviser", guidance_qualified_from=began)
        if not plan.is_special:  # there nobody has said whether the school employs her
            adviser.is_employed_here, adviser.employment_known_from = True, began
            adviser.employment_source = EMPLOYED["careers-adviser"]
        advisers = [adviser]
        teachers += advisers
    StaffMember.objects.bulk_create(teachers)
    return teachers, advisers


# Who of the cast leads sessions, besides teachers without an account.
POSTS = {"slt-line-manager": "SLT line manager", "senco": "SENCo"}  # as the field writes them
LEADING = {"careers-leader", "careers-administrator", "careers-coordinator", "tutor", "subject-lead", "session-teacher"}


def _who_lead(staff: list[StaffMember]) -> list[StaffMember]:
    """Teachers, tutors and the careers team."""
    posts = {_post(role) for role in LEADING}
    return [each for each in staff if each.user_id is None or each.post in posts]


def _post(role: str) -> str:
    return POSTS.get(role) or role.replace("-", " ").capitalize()


def _plan_today(staff: list[StaffMember], leader: User) -> None:
    """An assembly talk for all of Year 10 this morning, and what comes in the next weeks."""
    talk = plan_activity(
        title=TALK,
        activity_type="ASSEM",
        by=leader,
        partner_name="Millworks Engineering",
        partner_kind="employer",
        description="Two engineers, one an apprentice, on what their week is like.",
    )
    plan_session(
        talk,
        held_on=today(),
        starts_at=time(9, 0),
        minutes=40,
        place="Main hall",
        invited=Invited(year_groups=(10,)),
        led_by=staff[0],
        by=leader,
    )
    for days, title, kind, group, partner in (
        (7, "College open evening briefing", "TUTOR", 11, ""),
        (13, "Solicitors' talk", "TALK", 9, "Northgate Solicitors"),
        (20, "Film studio on screen jobs", "TALK", 8, "Pennine Film Studio"),
    ):
        activity = plan_activity(
            title=title,
            activity_type=kind,
            by=leader,
            partner_name=partner,
            partner_kind="employer" if partner else "",
        )
        plan_session(
            activity,
            held_on=_weekday_in(days),
            starts_at=time(9, 0),
            minutes=40,
            invited=Invited(year_groups=(group,)),
            by=leader,
        )
    training = plan_activity(title="Careers in every subject: staff training", activity_type="STAFFCPD", by=leader)
    plan_session(training, held_on=_weekday_in(14), invited=Invited(), by=leader)
    evening = plan_activity(
        title="Routes after Year 11: evening for parents and carers", activity_type="PARENT", by=leader
    )
    plan_session(evening, held_on=_weekday_in(9), invited=Invited(year_groups=(11,)), by=leader)


def _weekday_in(days: int) -> date:
    """That many days from today, or the Monday after."""
    day = today() + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _files(this_year: int) -> list[Path]:
    """Files to try: the day's attendance export with 14 absentees of Year 10, and the pupil list for next time."""
    folder = settings.DATA / "demonstration"
    folder.mkdir(exist_ok=True)
    listed = (
        YearRecord.objects.filter(academic_year=this_year, pupil__in=Pupil.objects.filter(on_roll(today())))
        .select_related("pupil", "tutor_group")
        .order_by("year_group", "tutor_group__name", "pupil__surname", "pupil__forename", "pupil__admission_number")
    )
    records = list(listed)
    absent = [record.pupil for record in records if record.year_group == 10][::12][:14]
    absences = folder / f"attendance-{today()}.csv"
    with absences.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Adno", "Surname", "Forename", "Date", "AM", "PM"])
        for pupil in absent:
            writer.writerow([pupil.admission_number, pupil.surname, pupil.forename, f"{today():%d/%m/%Y}", "I", "I"])
    pupils = folder / "pupils.csv"
    with pupils.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Adno",
                "UPN",
                "Legal Surname",
                "Legal Forename",
                "Date of birth",
                "Sex",
                "Year",
                "Reg Group",
                "SEN Status",
            ]
        )
        for record in records:
            pupil = record.pupil
            writer.writerow(
                [
                    pupil.admission_number,
                    pupil.upn,
                    pupil.surname,
                    pupil.forename,
                    f"{pupil.birth_date:%d/%m/%Y}",
                    record.sex,
                    record.year_group,
                    record.tutor_group.name if record.tutor_group else "",
                    record.sen,
                ]
            )
    return [absences, pupils]
