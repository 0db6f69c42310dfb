"""The demonstration trust: the same every time, believable, true, and with somebody for every role."""

import csv
import io
from datetime import date

import pytest
from django.db import transaction
from pypdf import PdfReader

from dekaan.access.queries import permissions_in, schools_of, user_by_email
from dekaan.access.roles import ROLES
from dekaan.backups.queries import canonical_lines
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.core.identifiers import upn_problem
from dekaan.core.scope import working_in
from dekaan.demo.build import AlreadyBuilt, Built, build
from dekaan.demo.calendar import closed_days
from dekaan.demo.people import CAST, PASSWORD, SCHOOLS, TRUST
from dekaan.exchange.changes import import_file
from dekaan.measures.changes import verify
from dekaan.participation.queries import live
from dekaan.people.models import Enrolment, Pupil, StaffMember, YearRecord
from dekaan.people.queries import on_roll
from dekaan.programme.models import Session
from dekaan.reports.models import ApprovalLink, Report
from dekaan.reports.queries.log import told as told_by_papers
from dekaan.schools.models import CalendarEntry, School, Trust
from dekaan.schools.queries import half_terms
from tests.databases import ON_POSTGRES

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path):
    settings.TODAY, settings.DATA, settings.MEDIA_ROOT = str(DAY), tmp_path, tmp_path / "uploads"


@pytest.fixture
def built(db) -> Built:
    """A small trust of three schools: one year, thirty pupils in the first."""
    return build(pupils=30, years=1)


def told(built: Built) -> dict[str, list[str]]:
    """Everything that was built, school by school, and what stands in its files."""
    found = {file.name: file.read_text(encoding="utf-8-sig").splitlines() for file in built.files}
    for school in built.schools:
        with working_in(school):
            found[school.slug] = list(canonical_lines(school))
    return found


def told_of(**given) -> dict[str, list[str]]:
    with transaction.atomic():
        found = told(build(**given))
        transaction.set_rollback(True)
    return found


def test_the_same_day_and_seed_build_the_same_and_another_seed_another(db):
    first = told_of(pupils=25, years=2, schools=2)
    assert told_of(pupils=25, years=2, schools=2) == first
    other = told_of(pupils=25, years=2, schools=2, seed=1)
    assert set(other) == set(first)
    assert other["ashdown"] != first["ashdown"]


def test_another_day_is_another_history(db, settings):
    first = told_of(pupils=20, years=1, schools=1)
    settings.TODAY = "2026-12-01"
    assert told_of(pupils=20, years=1, schools=1)["ashdown"] != first["ashdown"]


def test_a_trust_stands_in_an_empty_place_only(built):
    before = told(built)
    with pytest.raises(AlreadyBuilt):
        build(pupils=30, years=1)
    assert (told(built), Trust.objects.count()) == (before, 1)


def test_the_schools_are_those_of_the_cast(built):
    assert [(school.slug, school.name, school.trust.name) for school in built.schools] == [
        (plan.slug, plan.name, TRUST["name"]) for plan in SCHOOLS
    ]
    for school, plan in zip(built.schools, SCHOOLS, strict=True):
        assert {name: getattr(school, name) for name in plan.details} == plan.details


def roll(school: School) -> int:
    with working_in(school):
        return Pupil.objects.filter(on_roll(DAY)).count()


def test_each_school_keeps_its_proportion(db):
    made = build(pupils=150, years=1)
    wanted = [round(plan.pupils * 150 / SCHOOLS[0].pupils) for plan in SCHOOLS]
    assert wanted == [150, 120, 18]
    for school, pupils in zip(made.schools, wanted, strict=True):
        assert abs(roll(school) - pupils) <= max(6, pupils * 0.15), school


def test_more_schools_than_three_are_alike_and_have_their_own_names_and_numbers(db):
    made = build(schools=5, pupils=20, years=1)
    assert [school.slug for school in made.schools] == ["ashdown", "beckford", "calder", "ashdown-4", "beckford-5"]
    assert len({school.urn for school in made.schools}) == len({school.laestab for school in made.schools}) == 5


@pytest.mark.parametrize("years", [1, 3])
def test_history_goes_back_as_many_years_as_asked(db, years):
    (school,) = build(schools=1, pupils=20, years=years).schools
    with working_in(school):
        held = {academic_year_of(day) for day in live().values_list("happened_on", flat=True)}
        first = academic_year_of(DAY) - years + 1
        assert school.records_begin == year_start(first)
        assert held == set(range(first, academic_year_of(DAY) + 1))
        recorded = set(YearRecord.objects.values_list("academic_year", flat=True))
        # Of three years, those who left just before are known by their last year, to tell what became of them.
        assert recorded - {first - 1} == held
        assert (first - 1 in recorded) == (years == 3)


def test_every_role_has_somebody_who_can_sign_in_and_may_do_just_that(built, client):
    schools = {school.slug: school for school in built.schools}
    for person in CAST:
        user = user_by_email(person.email)
        assert (user.name, user.check_password(PASSWORD), user.is_active) == (person.name, True, True)
        for slug, school in schools.items():
            held = [ROLES[role].may for role, at in person.roles if at in {slug, ""}]
            assert permissions_in(user, school) == frozenset().union(*held), (person.name, slug)
    assert {role for person in CAST for role, _ in person.roles} == set(ROLES) - {"pupil", "carer"}
    assert client.login(email="priya@ashdown.example", password=PASSWORD)


def test_femi_works_at_two_schools_and_anna_at_all(built):
    assert [school.slug for school in schools_of(user_by_email("femi@weirbrook.example"))] == ["beckford", "calder"]
    assert [school.slug for school in schools_of(user_by_email("anna@weirbrook.example"))] == [
        "ashdown",
        "beckford",
        "calder",
    ]


def test_a_smaller_trust_gives_nobody_a_role_at_a_school_that_is_not_there(db):
    build(schools=1, pupils=20, years=1)
    assert schools_of(user_by_email("bea@beckford.example")) == []


def test_what_is_kept_is_true_in_every_school(built):
    for school in built.schools:
        with working_in(school):
            assert verify() == []
            assert live().exists()


def test_everything_stands_on_the_right_side_of_today(built):
    for school in built.schools:
        with working_in(school):
            assert not live().filter(happened_on__gt=DAY).exists()
            assert not Session.objects.filter(held_on__gt=DAY, recorded_at__isnull=False).exists()
            assert Session.objects.filter(held_on__gt=DAY).exists()
            (talk,) = Session.objects.filter(held_on=DAY, activity__title="Engineering at Millworks")
            assert (talk.recorded_at, talk.invitations.get().year_group) == (None, 10)


def test_term_dates_lie_around_today(built):
    for school in built.schools:
        with working_in(school):
            closed = CalendarEntry.objects.filter(title="").values_list("starts_on", "ends_on", "kind")
            assert list(closed) == closed_days(2026)
            now = [each.number for each in half_terms(2026) if each.starts_on <= DAY < each.ends_on]
            assert now == [2]


def test_gaps_are_believable(built):
    """Some came and some did not; some were checked and some only assumed; something was never recorded."""
    with working_in(built.schools[0]):
        assert {"attended", "absent"} <= set(live().values_list("state", flat=True))
        assert {"checked", "confirmed"} <= set(live().values_list("known_by", flat=True))
    with working_in(*built.schools):
        assert Session.objects.filter(held_on__lt=DAY, recorded_at__isnull=True).exists()


def test_each_school_has_last_terms_papers_that_were_handed_over(db):
    for school in build(pupils=120, years=2).schools:
        with working_in(school):
            papers = {each.kind: each for each in Report.objects.all()}
            assert {each.title for each in papers.values()} == {
                "Careers: report to governors, Summer term 2026",
                "Careers: summary for senior leaders, Summer term 2026",
            }
            assert len(PdfReader(io.BytesIO(papers["governors"].pdf)).pages) <= 4
            assert len(PdfReader(io.BytesIO(papers["leaders"].pdf)).pages) == 1
            assert {each.figures_on.weekday() for each in papers.values()} == {4}
            whom = ("governors", "leaders")
            assert {each.whom for each in told_by_papers(school, whom, date(2026, 7, 1))} == {
                "Governors",
                "Senior leaders",
            }
            said = [each.get_said_display() for each in ApprovalLink.objects.all()]
            assert said == (["Approved"] if school.slug == "ashdown" else [])


def test_a_school_whose_records_have_just_begun_has_no_paper_of_last_term(built):
    for school in built.schools:
        with working_in(school):
            assert not Report.objects.exists()


def test_nobody_took_part_who_was_not_on_the_roll(db):
    (school,) = build(schools=1, pupils=120, years=2).schools
    with working_in(school):
        stays: dict[int, list] = {}
        for pupil_id, starts, ends in Enrolment.objects.values_list("pupil_id", "starts_on", "ends_on"):
            stays.setdefault(pupil_id, []).append((starts, ends))
        marks = live().values_list("pupil_id", "happened_on")
        assert [
            (who, day)
            for who, day in marks
            if not any(starts <= day and (ends is None or day < ends) for starts, ends in stays[who])
        ] == []


def test_numbers_of_pupils_are_well_formed_and_their_own(db):
    (school,) = build(schools=1, pupils=150, years=1).schools
    with working_in(school):
        upns = list(Pupil.objects.exclude(upn="").values_list("upn", flat=True))
        numbers = list(Pupil.objects.values_list("admission_number", flat=True))
    assert [upn_problem(upn) for upn in upns if upn_problem(upn)] == []
    assert len(upns) == len(set(upns))
    assert len(numbers) == len(set(numbers))


def test_the_cast_are_on_the_staff_and_the_advisers_are_qualified(built):
    with working_in(built.schools[0]):
        staff = {each.email: each for each in StaffMember.objects.exclude(user=None)}
    wanted = {person.email for person in CAST if any(slug == "ashdown" for _, slug in person.roles)}
    assert set(staff) == wanted
    assert {email for email, each in staff.items() if each.guidance_qualified_from} == {
        "grace@ashdown.example",
        "idris@guidance.example",
    }


def rows_of(path) -> list[dict]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_files_to_try_are_there_and_import_cleanly(built):
    absences, pupils = built.files
    assert [absences.name, pupils.name] == [f"attendance-{DAY}.csv", "pupils.csv"]
    school = built.schools[0]
    assert len(rows_of(pupils)) == roll(school)
    with working_in(school):
        before = list(canonical_lines(school))
        report = import_file(pupils, kind="pupils", by=None)
        assert (report.state, report.counts, list(canonical_lines(school))) == (
            "done",
            {"unchanged": roll(school)},
            before,
        )
        report = import_file(absences, kind="absences", by=None)
        assert (report.state, report.counts) == ("done", {"changes": len(rows_of(absences))})


if not ON_POSTGRES:  # a thousand pupils in one transaction: PostgreSQL has no statistics yet, and takes its time

    def test_the_attendance_export_of_a_whole_school_holds_fourteen_of_year_10(db):
        made = build(schools=1, years=1)
        rows = rows_of(made.files[0])
        assert len(rows) == 14
        with working_in(made.schools[0]):
            groups = YearRecord.objects.filter(
                academic_year=2026, pupil__admission_number__in=[row["Adno"] for row in rows]
            ).values_list("year_group", flat=True)
            assert set(groups) == {10}
        assert abs(roll(made.schools[0]) - 1000) <= 60
