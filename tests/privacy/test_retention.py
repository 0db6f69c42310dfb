"""Records that were kept long enough go by themselves, named for 30 days before; a dry run says which, and a hold keeps one."""

import json
import threading
import time
from datetime import date, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone

from dekaan.audit.models import Event
from dekaan.cli.commands import dekaan
from dekaan.cli.morning import go_round, keep_going_round
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.curriculum.changes import propose
from dekaan.curriculum.models import CurriculumLink
from dekaan.exchange.changes import delete_old_files, start_import
from dekaan.exchange.models import ImportLine, ImportRun, UndoPage
from dekaan.people.changes import (
    add_carer,
    add_staff_member,
    join_school,
    leave_school,
    remove_carer,
    return_to_school,
    take_back_leaving,
)
from dekaan.people.models import Carer, CarerOf, Enrolment, ErasedPupil, Pupil, StaffMember
from dekaan.privacy.changes import (
    AlreadyHeld,
    NobodyThere,
    close_case,
    end_hold,
    hold_pupil,
    let_nothing_go,
    let_records_go,
    open_case,
    reapply_erasures,
    run_retention,
    say_data_protection,
)
from dekaan.privacy.models import DataProtection, Going, Hold
from dekaan.privacy.queries.retention import retention_plan
from dekaan.programme.changes import Invited, ask_meaning, it_happened, plan_activity, plan_session
from dekaan.programme.models import MeaningLink
from dekaan.schools.models import School
from tests.privacy.test_erasing import BACKEND, HEADINGS, a_list, bring_in, somebody
from tests.stock import THIS_YEAR, pupil


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


def let_go(school, *, years=3):
    """Somebody has said for how long, has looked at what goes, and lets it."""
    say_data_protection(school, by=None, keep_years=years)
    let_records_go(school, seen=retention_plan(today()).mark, by=None)


def in_days(number):
    return today() + timedelta(days=number)


def mornings(school, *days):
    """The round of these days from today; answers with who is still there."""
    for number in days:
        run_retention(school, in_days(number))
    return names(Pupil.objects.all())


EVERYBODY = ["Here", "Late", "Old", "Young"]


def test_nothing_goes_until_somebody_lets_it_though_the_years_are_said(leavers, in_ashdown):
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    assert mornings(in_ashdown.ashdown, 0, 30, 60) == EVERYBODY
    plan = retention_plan(today())
    assert (plan.is_on, plan.go, names(each.person for each in plan.soon)) == (False, [], ["Late", "Old"])
    assert not Going.objects.exists()


def test_whoever_is_due_stands_on_the_page_for_thirty_days_and_goes_as_the_dry_run_said(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    assert mornings(in_ashdown.ashdown, 0, 29) == EVERYBODY
    dry = retention_plan(in_days(30))
    assert names(each.person for each in dry.go) == ["Late", "Old"]
    run = run_retention(in_ashdown.ashdown, in_days(30))
    assert (run.plan, run.went, run.failed) == (dry, {"pupils": 2, "parents and carers": 0, "staff": 0}, 0)
    assert names(Pupil.objects.all()) == ["Here", "Young"]
    assert set(ErasedPupil.objects.values_list("because", flat=True)) == {"retention"}
    assert retention_plan(in_days(30)).to_go == []
    assert not Going.objects.exists()


def test_a_leaving_typed_wrongly_today_erases_nobody_tomorrow(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    mornings(in_ashdown.ashdown, 0, 30)
    leave_school(leavers["Here"], on=today().replace(year=today().year - 3), by=None)
    assert mornings(in_ashdown.ashdown, 31, 32, 60) == ["Here", "Young"]
    take_back_leaving(leavers["Here"], by=None)
    assert mornings(in_ashdown.ashdown, 61, 62) == ["Here", "Young"]


def test_another_leaving_date_is_named_anew(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    mornings(in_ashdown.ashdown, 0)
    stay = leavers["Old"].enrolments.get()
    Enrolment.objects.filter(pk=stay.pk).update(ends_on=stay.ends_on - timedelta(days=1))
    assert "Old" in mornings(in_ashdown.ashdown, 20, 31)
    assert "Old" not in mornings(in_ashdown.ashdown, 50)


def test_fewer_years_wait_thirty_days_and_more_years_save_whoever_was_named(leavers, in_ashdown):
    let_go(in_ashdown.ashdown, years=5)
    assert mornings(in_ashdown.ashdown, 0, 40) == EVERYBODY
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    assert mornings(in_ashdown.ashdown, 41, 70) == EVERYBODY
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=4)
    assert mornings(in_ashdown.ashdown, 71) == EVERYBODY
    say_data_protection(in_ashdown.ashdown, by=None, keep_years=3)
    assert mornings(in_ashdown.ashdown, 72, 101) == EVERYBODY
    assert mornings(in_ashdown.ashdown, 102) == ["Here", "Young"]


def test_stopped_and_begun_again_everybody_is_named_anew(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    mornings(in_ashdown.ashdown, 0)
    let_nothing_go(in_ashdown.ashdown, by=None)
    assert mornings(in_ashdown.ashdown, 30, 31) == EVERYBODY
    let_go(in_ashdown.ashdown)
    assert mornings(in_ashdown.ashdown, 32, 61) == EVERYBODY
    assert mornings(in_ashdown.ashdown, 62) == ["Here", "Young"]


def test_after_a_restore_everybody_is_named_anew_since_a_hold_may_be_forgotten(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    mornings(in_ashdown.ashdown, 0)
    reapply_erasures()
    assert mornings(in_ashdown.ashdown, 30, 59) == EVERYBODY
    assert mornings(in_ashdown.ashdown, 60) == ["Here", "Young"]


def test_a_hold_keeps_a_record_until_thirty_days_after_it_is_ended(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    mornings(in_ashdown.ashdown, 0)
    hold = hold_pupil(leavers["Old"], because="A complaint is open", by=in_ashdown.priya)
    with pytest.raises(AlreadyHeld):
        hold_pupil(leavers["Old"], because="Again", by=in_ashdown.priya)
    assert mornings(in_ashdown.ashdown, 30) == ["Here", "Old", "Young"]
    assert names(each.person for each in retention_plan(in_days(30)).held) == ["Old"]
    for _ in range(2):
        end_hold(hold, by=in_ashdown.priya)
    assert mornings(in_ashdown.ashdown, 31, 60) == ["Here", "Old", "Young"]
    assert mornings(in_ashdown.ashdown, 61) == ["Here", "Young"]


def test_what_somebody_asked_to_see_is_not_destroyed_before_the_answer(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    case = open_case(kind="access", asked_by="pupil", received_on=today(), pupil=leavers["Old"], by=None)
    assert "Old" in mornings(in_ashdown.ashdown, 0, 30)
    assert names(each.person for each in retention_plan(in_days(30)).held) == ["Old"]
    close_case(case, outcome="withdrawn", because="They wrote so", by=None)
    assert "Old" not in mornings(in_ashdown.ashdown, 31, 61)


def test_whoever_came_back_stays(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    mornings(in_ashdown.ashdown, 0)
    return_to_school(leavers["Old"], year_group=10, starts_on=today(), by=None)
    assert mornings(in_ashdown.ashdown, 30) == ["Here", "Old", "Young"]


def test_nobody_is_held_or_asked_about_who_has_just_gone(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    mornings(in_ashdown.ashdown, 0, 30)
    with pytest.raises(NobodyThere):
        hold_pupil(leavers["Old"], because="Too late", by=None)
    with pytest.raises(NobodyThere):
        open_case(kind="access", asked_by="pupil", received_on=today(), pupil=leavers["Old"], by=None)


def test_ten_years_each_goes_on_their_day_and_nobody_else(leavers, in_ashdown):
    """Whoever the dry run names of that day; where the morning comes daily, the day on which the years are over."""
    let_go(in_ashdown.ashdown)
    gone = []
    over = 3 * 365 + 1 - 40  # Young left 40 days ago
    for number in [0, 29, 30, 31, *range(37, 3700, 370), over - 31, over - 29, over + 1, over - 1, over]:
        day = in_days(number)
        dry = names(each.person for each in retention_plan(day).go)
        before = names(Pupil.objects.all())
        run_retention(in_ashdown.ashdown, day)
        assert sorted(set(before) - set(names(Pupil.objects.all()))) == dry
        gone += [(name, number) for name in dry]
    assert [name for name, _ in gone] == ["Late", "Old", "Young"]
    assert names(Pupil.objects.all()) == ["Here"]


def test_young_goes_on_the_very_day_on_which_the_years_are_over(leavers, in_ashdown):
    let_go(in_ashdown.ashdown)
    stay = leavers["Young"].enrolments.get()
    over = (stay.ends_on.replace(year=stay.ends_on.year + 3) - today()).days
    assert "Young" in mornings(in_ashdown.ashdown, over - 31, over - 30, over - 2, over - 1)
    assert "Young" not in mornings(in_ashdown.ashdown, over)


def test_a_former_colleague_and_a_parent_of_nobody_lose_their_names_after_thirty_days(in_ashdown):
    let_go(in_ashdown.ashdown)
    gone = date(today().year - 4, 1, 1)
    add_staff_member(surname="Oldhand", forename="Una", email="una@x.example", by=None, ends_on=gone)
    add_staff_member(surname="Newhand", forename="Ivy", by=None)
    child = pupil("Ada", "Lovell")
    add_carer(surname="Lonely", forename="Kay", pupils=[child], by=None)
    activity = plan_activity(title="Evening", activity_type="ASSEM", audience="carers", by=None)
    session = plan_session(activity, held_on=today(), invited=Invited(year_groups=(10,)), by=None)
    it_happened(session, by=None)
    remove_carer(CarerOf.objects.get(), by=None)
    mornings(in_ashdown.ashdown, 0, 29)
    assert Carer.objects.get().surname == "Lonely"
    run = run_retention(in_ashdown.ashdown, in_days(30))
    assert run.went == run.plan.counts == {"pupils": 0, "parents and carers": 1, "staff": 1}
    assert Carer.objects.filter(surname="Former contact", forename="").count() == 1
    assert sorted(StaffMember.objects.values_list("surname", "email")) == [("Former colleague", ""), ("Newhand", "")]
    assert not retention_plan(in_days(60)).to_go


def test_names_given_by_a_link_and_links_refused_go_after_the_years_and_not_before_somebody_lets_them(in_ashdown):
    """Three years ago to the day stays; a day longer ago goes."""
    day = today().replace(day=min(today().day, 28))
    activity = plan_activity(title="Talk", activity_type="TALK", by=None)
    for number in range(2):
        session = plan_session(activity, held_on=day, invited=Invited(year_groups=(10,)), by=None)
        link = ask_meaning(session, open_until=day, by=None)
        three = day.replace(year=day.year - 3) - timedelta(days=number)
        MeaningLink.objects.filter(pk=link.pk).update(said_by="R. Mill", said_on=three)
        propose(page=f"{number}", subject_said="Chess", academic_year=THIS_YEAR, year_group=7, what="Openings")
        CurriculumLink.objects.filter(what="Openings").update(what=f"{number}", proposed_on=three)

    def there() -> tuple[list[str], list[str]]:
        names = MeaningLink.objects.order_by("pk").values_list("said_by", flat=True)
        return list(names), list(CurriculumLink.objects.order_by("pk").values_list("what", flat=True))

    run_retention(in_ashdown.ashdown, day)
    assert there() == (["R. Mill", "R. Mill"], ["0", "1"])
    let_go(in_ashdown.ashdown)
    run_retention(in_ashdown.ashdown, day)
    assert there() == (["R. Mill", ""], ["0"])


def test_each_school_keeps_by_its_own_years_each_morning(leavers, stock):
    for school, years in ((stock.ashdown, 3), (stock.beckford, 5)):
        with working_in(school):
            let_go(school, years=years)
    with working_in(stock.beckford):
        other = left("Other", on=today().replace(year=today().year - 4))
    for number in (0, 30):
        go_round(in_days(number))
    with working_in(stock.beckford):
        assert Pupil.objects.get() == other
    with working_in(stock.ashdown):
        assert names(Pupil.objects.all()) == ["Here", "Young"]


def test_a_fault_at_one_pupil_leaves_that_one_whole_and_the_others_done_and_is_told(leavers, stock, settings, caplog):
    """Old's own upload cannot be deleted, for where its file should be lies a folder, until Old's line is gone."""
    with working_in(stock.ashdown):
        let_go(stock.ashdown)
        go_round(today())
        run = ImportRun.objects.create(kind="pupils", file_name="old.csv", state="done", stored_as="in-the-way")
    (settings.MEDIA_ROOT / "in-the-way").mkdir(parents=True)
    go_round(in_days(30))
    with working_in(stock.ashdown):
        assert names(Pupil.objects.all()) == EVERYBODY
        assert not ErasedPupil.objects.exists()
        assert "2 could not go" in Event.objects.get(action="retention run").detail["erased"]
    assert f"pupil {leavers['Old'].pk} of school {stock.ashdown.pk}" in caplog.text
    assert School.objects.get(pk=stock.ashdown.pk).round_failed_on == in_days(30)
    with working_in(stock.ashdown):
        ImportRun.objects.filter(pk=run.pk).delete()
    go_round(in_days(30))
    with working_in(stock.ashdown):
        assert names(Pupil.objects.all()) == ["Here", "Young"]
    assert School.objects.get(pk=stock.ashdown.pk).round_failed_on is None


class Minutes(threading.Event):
    """What the worker waits on between two looks: told to wait, it lets the time pass at once and tells what it sees."""

    def __init__(self, look, until):
        super().__init__()
        self.now, self.look, self.until = 0.0, look, until

    def wait(self, timeout=None):
        self.look(self.now)
        self.now += timeout
        if self.now >= self.until:
            self.set()
        return self.is_set()


@pytest.mark.django_db(transaction=True)
def test_the_worker_tries_again_each_hour_until_the_list_that_names_him_can_be_deleted(
    stock, settings, caplog, monkeypatch
):
    """A list that waits and names Old lies where it cannot be deleted; somebody mends it in the second hour."""
    day = date(today().year, 3, 1)
    row = {"surname": "Leaver", "forename": "Old"}
    with time_machine.travel(f"{day}T12:00:00Z"), working_in(stock.ashdown):
        old = left("Old", on=day.replace(year=day.year - 3))
        let_go(stock.ashdown)
        run_retention(stock.ashdown, day)
    with time_machine.travel(f"{day + timedelta(days=27)}T12:00:00Z"), working_in(stock.ashdown):
        waiting = start_import(a_list([row], *row), kind="pupils", by=None)
    in_the_way = settings.MEDIA_ROOT / waiting.stored_as
    in_the_way.unlink()
    in_the_way.mkdir()
    seen = {}

    def look(now):
        if now % 1800 == 0:
            with working_in(stock.ashdown):
                is_told = School.objects.get(pk=stock.ashdown.pk).round_failed_on is not None
                state = ImportRun.objects.get(pk=waiting.pk).state
                seen[now / 3600] = (names(Pupil.objects.all()), state, is_told, ErasedPupil.objects.count())
        if now == 5400:
            in_the_way.rmdir()
            in_the_way.write_text("Surname,Forename\nLeaver,Old\n")

    stop = Minutes(look, until=11000)
    monkeypatch.setattr(time, "monotonic", lambda: stop.now)
    with time_machine.travel(f"{day + timedelta(days=30)}T12:00:00Z"):
        rounds = threading.Thread(target=keep_going_round, args=[stop], name="morning")
        rounds.start()
        rounds.join()
    refused, gone = (["Old"], "waiting", True, 0), ([], "refused", False, 1)
    assert seen == {0: refused, 0.5: refused, 1: refused, 1.5: refused, 2: gone, 2.5: gone, 3: gone}
    assert caplog.text.count("is not finished at school") == 2
    assert caplog.text.count(f"did not go: pupil {old.pk} of school") == 2
    assert not in_the_way.exists()


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


@pytest.mark.parametrize(
    ("years", "goes_on"), [(3, date(2026, 11, 30)), (2, date(2025, 11, 30)), (4, date(2027, 7, 1))]
)
def test_who_left_after_year_11_stays_until_they_were_asked_for_the_last_time_in_the_years_kept(
    stock, in_ashdown, years, goes_on
):
    with time_machine.travel("2023-07-10T12:00:00Z"):
        for forename, year_group in (("Ann", 11), ("Ben", 10)):
            begun = {"surname": "Leaver", "year_group": year_group, "starts_on": date(2022, 9, 5), "by": None}
            leave_school(join_school(forename=forename, **begun), on=date(2023, 7, 1), by=None)
        say_data_protection(stock.ashdown, by=None, keep_years=years)

    def named(on):
        return {each.person.forename: each.goes_on for each in retention_plan(on).leavers}

    eve = goes_on - timedelta(days=31)
    assert "Ann" not in named(eve)
    assert named(goes_on - timedelta(days=30))["Ann"] == goes_on
    assert "Ben" in named(date(2023 + years, 7, 1))
    assert ("Ann" in named(date(2023 + years, 7, 1))) == (years == 4)


def test_the_page_names_who_will_go_to_the_leader_and_counts_them_to_the_technician(leavers, stock, client):
    address = reverse("retention", args=["ashdown"])
    client.force_login(stock.priya, backend=BACKEND)
    page = client.get(address).content.decode()
    assert "Leaver, Old" in page
    assert "Nothing goes by itself yet" in page
    client.force_login(stock.kit, backend=BACKEND)
    page = client.get(address).content.decode()
    assert "Leaver" not in page
    assert "Pupils: 2" in page


def test_the_leader_looks_and_lets_records_go_and_stops_it(leavers, stock, client):
    client.force_login(stock.priya, backend=BACKEND)
    begin = reverse("retention-begin", args=["ashdown"])
    page = client.get(begin)
    assert "Leaver, Old" in page.content.decode()
    seen = page.context["plan"].mark
    with working_in(stock.ashdown):
        left("Newer", on=today().replace(year=today().year - 5))
    again = client.post(begin, {"seen": seen})
    assert "What goes has changed since you looked" in again.content.decode()
    with working_in(stock.ashdown):
        assert not DataProtection.objects.filter(erases_since__isnull=False).exists()
    client.post(begin, {"seen": again.context["plan"].mark})
    with working_in(stock.ashdown):
        assert DataProtection.objects.get().erases_since == today()
        assert Event.objects.get(action="records let go").actor_id == stock.priya.pk
    client.post(reverse("retention-end", args=["ashdown"]))
    with working_in(stock.ashdown):
        assert DataProtection.objects.get().erases_since is None


def test_the_technician_neither_lets_records_go_nor_says_for_how_long(leavers, stock, client):
    client.force_login(stock.kit, backend=BACKEND)
    for name in ("retention-begin", "retention-change", "retention-end"):
        assert client.post(reverse(name, args=["ashdown"]), {"keep_years": "1", "seen": ""}).status_code == 403
    facts = {"controller": "The trust", "keep_years": "1"}
    assert client.post(reverse("data-protection-facts", args=["ashdown"]), facts).status_code == 302
    with working_in(stock.ashdown):
        said = DataProtection.objects.get()
        assert (said.controller, said.keep_years, said.erases_since) == ("The trust", 3, None)


def test_the_years_are_changed_on_their_own_page(leavers, stock, client):
    client.force_login(stock.priya, backend=BACKEND)
    address = reverse("retention-change", args=["ashdown"])
    assert "Say for how many years." in client.post(address, {"keep_years": ""}).content.decode()
    assert client.post(address, {"keep_years": "5"}).status_code == 302
    with working_in(stock.ashdown):
        assert DataProtection.objects.get().keep_years == 5


def test_of_two_who_change_the_years_the_second_is_told(leavers, stock, client):
    client.force_login(stock.priya, backend=BACKEND)
    address = reverse("retention-change", args=["ashdown"])
    as_read = client.get(address).context["form"].as_read().split('value="')[1].split('"')[0]
    with working_in(stock.ashdown):
        say_data_protection(stock.ashdown, by=stock.kit, keep_years=7)
    page = client.post(address, {"keep_years": "1", "as_read": as_read}).content.decode()
    assert "Saved meanwhile: 7" in page
    with working_in(stock.ashdown):
        assert DataProtection.objects.get().keep_years == 7


def test_home_and_the_data_protection_page_say_what_goes_and_what_went_in_numbers(leavers, stock, client):
    home, page = (reverse(name, args=["ashdown"]) for name in ("home", "data-protection-page"))
    with working_in(stock.ashdown):
        let_go(stock.ashdown)
    go_round(today())
    day = f"{in_days(30).day} {in_days(30):%B}"
    for person in (stock.priya, stock.kit):
        client.force_login(person, backend=BACKEND)
        for address in (home, page):
            said = " ".join(client.get(address).content.decode().split())
            assert f"2 pupils’ records go by themselves in the next 30 days, the first on {day}." in said
            assert "Leaver" not in said
    with time_machine.travel(f"{in_days(30)}T12:00:00Z"):
        go_round(today())
        client.force_login(stock.kit, backend=BACKEND)
        assert "2 pupils’ records went this morning, kept long enough." in client.get(home).content.decode()
    client.force_login(stock.sam, backend=BACKEND)
    assert "kept long enough" not in client.get(home).content.decode()


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
    let_go(in_ashdown.ashdown)
    ask = ["privacy", "retention", "--school", "ashdown"]
    assert "0 pupils; " in CliRunner().invoke(dekaan, ask).output
    with time_machine.travel(f"{in_days(30)}T12:00:00Z"):
        dry = CliRunner().invoke(dekaan, [*ask, "--dry-run", "--json"])
        assert json.loads(dry.output)["go"] == {"pupils": 2, "parents and carers": 0, "staff": 0}
        assert Pupil.objects.count() == 4
        assert "2 pupils; " in CliRunner().invoke(dekaan, ask).output
    assert Pupil.objects.count() == 2
    assert CliRunner().invoke(dekaan, ["privacy", "reapply-erasures"]).output == "0 erased again.\n"
    assert CliRunner().invoke(dekaan, ["privacy", "retention", "--school", "nowhere"]).exit_code == 1
