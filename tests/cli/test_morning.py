"""Days pass: the kept figures follow, a new year begins, and what was uploaded goes."""

from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.backups.queries import canonical_lines
from dekaan.cli.commands import dekaan
from dekaan.cli.morning import go_round
from dekaan.core.academic_year import LONDON, today, year_start
from dekaan.core.scope import working_in
from dekaan.exchange.changes import confirm, import_file, plan_rollover, record_run, undo
from dekaan.exchange.models import ImportLine, ImportRun
from dekaan.exchange.queries import year_to_begin
from dekaan.frameworks.queries import counted_criteria, framework
from dekaan.measures.changes import verify
from dekaan.measures.queries import coverage, heat_map, unknowns
from dekaan.people.changes import leave_school
from dekaan.people.models import YearRecord
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from dekaan.schools.changes import note_round
from dekaan.schools.models import AcademicYear, School
from tests.stock import THIS_YEAR, pupil

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
EMPLOYER = next(each for each in counted_criteria() if each.framework == "gatsby-2024" and each.code == "5.1")


@pytest.fixture
def ashdown(stock, settings):
    """Ashdown School on a day in November, with the calendar in the test's hand."""
    settings.TODAY = str(date(THIS_YEAR, 11, 24))
    stock.ashdown.turned_on = today()
    stock.ashdown.save()
    with working_in(stock.ashdown):
        yield stock


def on_roll(stock, year: int = THIS_YEAR) -> int:
    figures = coverage(stock.ashdown.pk, year, framework("gatsby-2024"), criterion=EMPLOYER.id)
    return figures[0].of


def live_on(settings, day: date) -> None:
    settings.TODAY = str(day)
    go_round(day)
    assert verify() == []


def test_whoever_leaves_or_joins_on_a_day_to_come_is_counted_when_it_comes(ashdown, settings):
    ada = pupil("Ada")
    pupil("Ben")
    leave_school(ada, on=today() + timedelta(days=3), by=ashdown.priya)
    pupil("Cy", joined=today() + timedelta(days=5))
    assert on_roll(ashdown) == 2
    counted = []
    for days in (2, 3, 4, 9):  # the machine was off for a few of them
        live_on(settings, date(THIS_YEAR, 11, 24) + timedelta(days=days))
        counted.append(on_roll(ashdown))
    assert counted == [2, 1, 1, 2]


def test_a_day_turned_to_twice_is_one_effect(ashdown, settings):
    pupil("Ada")
    tomorrow = today() + timedelta(days=1)
    live_on(settings, tomorrow)
    before = list(canonical_lines(ashdown.ashdown))
    live_on(settings, tomorrow)
    assert list(canonical_lines(ashdown.ashdown)) == before


def test_those_invited_to_what_nobody_recorded_are_unknown_and_met_once_somebody_does(ashdown, settings):
    ada = pupil("Ada")
    talk = plan_activity(title="Talk", activity_type="TALK", by=ashdown.priya, partner_kind="employer")
    session = plan_session(talk, held_on=today(), invited=Invited(pupils=(ada,)), by=ashdown.priya)
    live_on(settings, today())
    assert unknowns(ashdown.ashdown.pk, THIS_YEAR, EMPLOYER.id) == []
    live_on(settings, today() + timedelta(days=1))
    assert unknowns(ashdown.ashdown.pk, THIS_YEAR, EMPLOYER.id) == [ada.pk]
    it_happened(session, by=ashdown.priya)
    figure = coverage(ashdown.ashdown.pk, THIS_YEAR, framework("gatsby-2024"), criterion=EMPLOYER.id)[0]
    assert (figure.met, figure.of, figure.unknown) == (1, 1, 0)


def test_a_new_year_begins_and_nobody_is_judged_in_it_until_they_have_moved_up(ashdown, settings):
    pupil("Ada", year_group=10)
    pupil("Zoe", year_group=13)
    september = year_start(THIS_YEAR + 1)
    assert year_to_begin() is None
    live_on(settings, september)
    assert (on_roll(ashdown, THIS_YEAR + 1), heat_map(ashdown.ashdown.pk, THIS_YEAR + 1, framework("gatsby-2024"))) == (
        0,
        [],
    )
    assert year_to_begin() == THIS_YEAR + 1
    before = list(canonical_lines(ashdown.ashdown))
    run = plan_rollover(by=ashdown.priya)
    confirm(run, by=ashdown.priya)
    assert record_run(run, by=ashdown.priya)
    assert verify() == []
    assert year_to_begin() is None
    cells = heat_map(ashdown.ashdown.pk, THIS_YEAR + 1, framework("gatsby-2024"))
    assert ({cell.year_group for cell in cells}, on_roll(ashdown, THIS_YEAR + 1)) == ({11}, 1)
    assert AcademicYear.objects.get(start_year=THIS_YEAR).frozen_at is not None
    undo(run, by=ashdown.priya)
    assert list(canonical_lines(ashdown.ashdown)) == before
    assert verify() == []


def test_a_year_planned_in_august_counts_from_september_and_is_undone_without_a_trace(ashdown, settings):
    pupil("Ada", year_group=10)
    pupil("Zoe", year_group=13)
    live_on(settings, date(THIS_YEAR + 1, 8, 28))
    before = list(canonical_lines(ashdown.ashdown))
    run = plan_rollover(by=ashdown.priya)
    confirm(run, by=ashdown.priya)
    assert record_run(run, by=ashdown.priya)
    assert on_roll(ashdown) == 2
    assert verify() == []
    undo(run, by=ashdown.priya)
    assert list(canonical_lines(ashdown.ashdown)) == before
    run = plan_rollover(by=ashdown.priya)
    confirm(run, by=ashdown.priya)
    record_run(run, by=ashdown.priya)
    live_on(settings, year_start(THIS_YEAR + 1))
    assert on_roll(ashdown, THIS_YEAR + 1) == 1
    assert sorted(YearRecord.objects.filter(academic_year=THIS_YEAR + 1).values_list("year_group", flat=True)) == [11]


def test_an_uploaded_file_and_what_its_lines_said_go_after_thirty_days(ashdown, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    list_ = tmp_path / "pupils.csv"
    list_.write_text("Adno,Surname,Forename,DOB,Year\n1,Quill,Ada,03/09/2011,10\n", encoding="utf-8")
    run = ImportRun.objects.get(pk=import_file(list_, kind="pupils", by=ashdown.priya).run_id)
    held = settings.MEDIA_ROOT / run.stored_as
    assert held.exists()
    now = datetime.now(LONDON)
    for days, is_there in ((29, True), (31, False)):
        then = now - timedelta(days=days)
        ImportRun.objects.filter(pk=run.pk).update(started_at=then, committed_at=then)
        go_round(today())
        assert held.exists() == is_there
        assert any(line.values for line in ImportLine.objects.filter(run=run)) == is_there


@pytest.fixture
def a_fault_at_beckford(ashdown, settings, tmp_path):
    """An old upload of Beckford's that cannot be deleted: where its file should be lies a folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    (settings.MEDIA_ROOT / "in-the-way").mkdir(parents=True)
    with working_in(ashdown.beckford):
        run = ImportRun.objects.create(kind="pupils", file_name="old.csv", state="done", stored_as="in-the-way")
        ImportRun.objects.filter(pk=run.pk).update(started_at=datetime.now(LONDON) - timedelta(days=40))
    return settings.MEDIA_ROOT / "in-the-way"


def failed_on(*schools):
    return [School.objects.get(pk=each.pk).round_failed_on for each in schools]


def test_a_fault_at_one_school_is_that_schools_alone_and_told_until_it_is_mended(
    ashdown, settings, a_fault_at_beckford, caplog
):
    """Ashdown comes before Beckford in the round and Farfield after it: both live on."""
    School.objects.update(turned_on=today())
    tomorrow = today() + timedelta(days=1)
    settings.TODAY = str(tomorrow)
    schools = (ashdown.ashdown, ashdown.beckford, ashdown.elsewhere)
    assert go_round(tomorrow) == [ashdown.beckford]
    assert [School.objects.get(pk=each.pk).turned_on for each in schools] == [tomorrow] * 3
    assert failed_on(*schools) == [None, tomorrow, None]
    assert f"not finished at school {ashdown.beckford.pk}" in caplog.text
    refused = CliRunner().invoke(dekaan, ["morning"])
    assert (refused.exit_code, "Not finished at Beckford" in refused.output) == (1, True)
    a_fault_at_beckford.rmdir()
    assert go_round(tomorrow) == []
    assert failed_on(*schools) == [None] * 3


def test_home_tells_the_technician_and_the_careers_leader_of_the_round_that_was_not_finished(
    ashdown, settings, a_fault_at_beckford, client
):
    give_role(user=ashdown.kit, role="technician", school=ashdown.beckford, by=None)
    go_round(today())
    told = "What Dekaan does by itself each morning was not finished on 24 November."
    client.force_login(ashdown.kit, backend=BACKEND)
    assert told in client.get(reverse("home", args=["beckford"])).content.decode()
    assert told not in client.get(reverse("home", args=["ashdown"])).content.decode()
    with working_in(ashdown.beckford):
        note_round(ashdown.ashdown, failed_on=today())
    for person, is_told in ((ashdown.priya, True), (ashdown.sam, False)):
        client.force_login(person, backend=BACKEND)
        assert (told in client.get(reverse("home", args=["ashdown"])).content.decode()) == is_told
