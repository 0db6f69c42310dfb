"""Records that were kept long enough go by themselves; a dry run says which, and a hold keeps one."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone

from dekaan.cli.commands import dekaan
from dekaan.cli.morning import go_round
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.changes import delete_old_files
from dekaan.exchange.models import ImportLine, ImportRun, UndoPage
from dekaan.people.changes import add_carer, add_staff_member, leave_school, remove_carer, return_to_school
from dekaan.people.models import Carer, CarerOf, ErasedPupil, Pupil, StaffMember
from dekaan.privacy.changes import (
    AlreadyHeld,
    close_case,
    end_hold,
    hold_pupil,
    open_case,
    run_retention,
    say_data_protection,
)
from dekaan.privacy.models import Hold
from dekaan.privacy.queries.retention import retention_plan
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from tests.privacy.test_erasing import BACKEND, HEADINGS, a_list, bring_in, somebody
from tests.stock import pupil


def years_after(day, years):
    return day.replace(year=day.year + years, day=min(day.day, 28))


def left(forename, *, on):
    made = pupil(forename, "Leaver", joined=on - timedelta(days=100))
    leave_school(made, on=on, by=None)
    return made


@pytest.fixture
def leavers(in_ashdown):
    """Old left three years ago to the day, Late a day less, Soon leaves in the time to come; Here is here."""
    day = today().replace(day=min(today().day, 28))
    three = day.replace(year=day.year - 3)
    with time_machine.travel(f"{day}T12:00:00Z"):
        people = {
            "Old": left("Old", on=three),
            "Late": left("Late", on=three + timedelta(days=1)),
            "Young": left("Young", on=day - timedelta(days=40)),
            "Here": pupil("Here", "Leaver"),
        }
        yield people


def names(people):
    return sorted(each.forename for each in people)


def test_nothing_goes_until_somebody_has_said_for_how_long(leavers, in_ashdown):
    plan = run_retention(in_ashdown.ashdown, today())
    assert (plan.is_on, names(each.pupil for each in plan.go)) == (False, ["Old"])
    assert Pupil.objects.count() == 4


def test_whoever_left_three_years_ago_goes_and_the_dry_run_said_so(leavers, in_ashdown):
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    dry = retention_plan(today())
    assert names(each.pupil for each in dry.go) == ["Old"]
    assert names(each.pupil for each in dry.soon) == ["Late"]
    assert run_retention(in_ashdown.ashdown, today()) == dry
    assert names(Pupil.objects.all()) == ["Here", "Late", "Young"]
    assert ErasedPupil.objects.get().because == "retention"
    assert retention_plan(today()).go == []


def test_a_hold_keeps_a_record_until_it_is_ended(leavers, in_ashdown):
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    hold = hold_pupil(leavers["Old"], because="A complaint is open", by=in_ashdown.priya)
    with pytest.raises(AlreadyHeld):
        hold_pupil(leavers["Old"], because="Again", by=in_ashdown.priya)
    plan = run_retention(in_ashdown.ashdown, today())
    assert (plan.go, names(each.pupil for each in plan.held)) == ([], ["Old"])
    assert Pupil.objects.count() == 4
    for _ in range(2):
        end_hold(hold, by=in_ashdown.priya)
    run_retention(in_ashdown.ashdown, today())
    assert names(Pupil.objects.all()) == ["Here", "Late", "Young"]


def test_what_somebody_asked_to_see_is_not_destroyed_before_the_answer(leavers, in_ashdown):
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    case = open_case(kind="access", asked_by="pupil", received_on=today(), pupil=leavers["Old"], by=None)
    assert names(each.pupil for each in run_retention(in_ashdown.ashdown, today()).held) == ["Old"]
    assert Pupil.objects.filter(forename="Old").exists()
    close_case(case, outcome="withdrawn", by=None)
    assert names(each.pupil for each in run_retention(in_ashdown.ashdown, today()).go) == ["Old"]
    assert not Pupil.objects.filter(forename="Old").exists()


def test_whoever_came_back_stays(leavers, in_ashdown):
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    return_to_school(leavers["Old"], year_group=10, starts_on=today(), by=None)
    run_retention(in_ashdown.ashdown, today())
    assert Pupil.objects.count() == 4


def test_ten_years_day_by_year_each_goes_on_their_day(leavers, in_ashdown):
    """On the day before nobody goes; on the day whoever the dry run names, and nobody else."""
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    gone = []
    start = today()
    for number in range(0, 3700, 37):
        day = start + timedelta(days=number)
        dry = names(each.pupil for each in retention_plan(day).go)
        before = names(Pupil.objects.all())
        run_retention(in_ashdown.ashdown, day)
        after = names(Pupil.objects.all())
        assert sorted(set(before) - set(after)) == dry
        gone += [(name, number) for name in dry]
    assert [name for name, _ in gone] == ["Old", "Late", "Young"]
    assert names(Pupil.objects.all()) == ["Here"]


def test_a_former_colleague_and_a_parent_of_nobody_lose_their_names(in_ashdown):
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    gone = date(today().year - 4, 1, 1)
    add_staff_member(surname="Oldhand", forename="Una", email="una@x.example", by=None, ends_on=gone)
    add_staff_member(surname="Newhand", forename="Ivy", by=None)
    child = pupil("Ada", "Lovell")
    add_carer(surname="Lonely", forename="Kay", pupils=[child], by=None)
    activity = plan_activity(title="Evening", activity_type="ASSEM", audience="carers", by=None)
    session = plan_session(activity, held_on=today(), invited=Invited(year_groups=(10,)), by=None)
    it_happened(session, by=None)
    remove_carer(CarerOf.objects.get(), by=None)
    plan = run_retention(in_ashdown.ashdown, today())
    assert plan.counts == {"pupils": 0, "parents and carers": 1, "staff": 1}
    assert Carer.objects.filter(surname="Former contact", forename="").count() == 1
    assert sorted(StaffMember.objects.values_list("surname", "email")) == [("Former colleague", ""), ("Newhand", "")]
    assert not any(retention_plan(today()).counts.values())


def test_each_school_keeps_by_its_own_years_and_no_morning_erases_anybody(leavers, stock):
    for school, years in ((stock.ashdown, 3), (stock.beckford, 5)):
        with working_in(school):
            say_data_protection(school, by=None, keep_years=years)
    with working_in(stock.beckford):
        other = left("Other", on=today().replace(year=today().year - 4))
    go_round(today())
    with working_in(stock.ashdown):
        assert len(names(Pupil.objects.all())) > 3
    for school in (stock.ashdown, stock.beckford):
        run_retention(school, today())
    with working_in(stock.beckford):
        assert Pupil.objects.get() == other
    with working_in(stock.ashdown):
        assert names(Pupil.objects.all()) == ["Here", "Late", "Young"]


def test_details_of_lists_go_when_undo_has_passed_also_where_the_file_went_before(in_ashdown):
    bring_in(a_list([somebody(1)], *HEADINGS), None)
    ImportRun.objects.update(stored_as="")
    long_ago = timezone.now() - timedelta(days=31)
    ImportRun.objects.update(started_at=long_ago, committed_at=long_ago)
    assert UndoPage.objects.exists()
    assert delete_old_files() == 1
    assert not UndoPage.objects.exists()
    assert list(ImportLine.objects.values_list("who", "values")) == [("", {})]
    assert delete_old_files() == 0


def test_the_page_names_who_will_go_to_the_leader_and_counts_them_to_the_technician(leavers, stock, client):
    address = reverse("retention", args=["ashdown"])
    client.force_login(stock.priya, backend=BACKEND)
    page = client.get(address).content.decode()
    assert "Leaver, Old" in page
    assert "Nothing goes yet" in page
    client.force_login(stock.kit, backend=BACKEND)
    page = client.get(address).content.decode()
    assert "Leaver" not in page
    assert "1 pupil;" in page


def test_a_hold_is_set_and_ended_on_the_page(leavers, in_ashdown, client):
    client.force_login(in_ashdown.priya, backend=BACKEND)
    said = {"about": "Old Leaver", "because": "A complaint is open"}
    for words in ("Held. It stays", "That record is held already."):
        answer = client.post(reverse("hold-new", args=["ashdown"]), said, follow=True)
        assert words in answer.content.decode()
    assert "A complaint is open" in client.get(reverse("retention", args=["ashdown"])).content.decode()
    client.post(reverse("hold-end", args=["ashdown", Hold.objects.get().pk]))
    assert Hold.objects.get().ended_by == in_ashdown.priya
    nobody = client.post(reverse("hold-new", args=["ashdown"]), {"about": "Nobody", "because": ""}).content.decode()
    assert "Nobody here is" in nobody
    assert "Say why" in nobody


def test_the_command_says_what_would_go_and_then_does_it(leavers, in_ashdown):
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    ask = ["privacy", "retention", "--school", "ashdown"]
    dry = CliRunner().invoke(dekaan, [*ask, "--dry-run", "--json"])
    assert json.loads(dry.output)["go"] == {"pupils": 1, "parents and carers": 0, "staff": 0}
    assert Pupil.objects.count() == 4
    assert "1 pupils; " in CliRunner().invoke(dekaan, ask).output
    assert Pupil.objects.count() == 3
    assert CliRunner().invoke(dekaan, ["privacy", "reapply-erasures"]).output == "0 erased again.\n"
    assert CliRunner().invoke(dekaan, ["privacy", "retention", "--school", "nowhere"]).exit_code == 1
