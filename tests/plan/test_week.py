"""My week over all schools of a person, Monday's mail of it, and hours that are their own."""

from datetime import timedelta

import pytest

from dekaan.access.changes import give_role, open_account
from dekaan.core.scope import working_in
from dekaan.evidence.models import Evidence
from dekaan.plan import changes, queries
from dekaan.plan.models import TimeSpent, WeeklyMail
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from tests.plan.conftest import NOW
from tests.plan.given import action, colleague, objective, plan
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db

MONDAY = NOW - timedelta(days=NOW.weekday())


def task(title="Ring", *, days=1, **said):
    return changes.give_task(title=title, due_on=NOW + timedelta(days=days), by=None, **said)


def session(title, led_by, *, days):
    activity = plan_activity(title=title, activity_type="TALK", by=None)
    return plan_session(
        activity, held_on=NOW + timedelta(days=days), invited=Invited(year_groups=(10,)), led_by=led_by, by=None
    )


def said(entries) -> list[tuple[str, str, str]]:
    return [(each.school.slug, each.kind, each.says) for each in entries]


def test_a_week_has_what_is_the_persons_by_how_urgent_it_is(in_ashdown):
    nell, hari = colleague(in_ashdown.nell), colleague(in_ashdown.hari)
    pupil("Ada", "Quill")
    task("Ring", days=-1, owner=nell)
    task("Write", days=0, owner=nell)
    task("Somebody else's", owner=hari)
    action(objective(plan()), owner=nell, days=40)
    changes.plan_meeting(kind="group", held_on=NOW + timedelta(days=2), members=[nell], by=None)
    session("Solicitors", nell, days=3)
    session("Somebody else's talk", hari, days=3)
    session("Bakers", nell, days=-4)
    it_happened(session("Millers", nell, days=-5), by=in_ashdown.priya)
    changes.add_policy(title="Careers policy", owner=nell, next_review_on=NOW + timedelta(days=5), by=None)
    week = queries.week_of(in_ashdown.nell, NOW)
    assert said(week.overdue) == [("ashdown", "Register to take", "Bakers"), ("ashdown", "Task", "Ring")]
    assert said(week.today) == [("ashdown", "Task", "Write")]
    assert said(week.next) == [
        ("ashdown", "Meeting", "Careers group"),
        ("ashdown", "Session", "Solicitors"),
        ("ashdown", "Policy to review", "Careers policy"),
    ]
    assert said(week.later) == [("ashdown", "Action of the plan", "Book an employer")]
    assert not week.is_of_several


def test_a_leader_of_two_schools_has_one_week_and_a_third_schools_is_not_in_it(in_ashdown):
    priya = in_ashdown.priya
    give_role(user=priya, role="careers-leader", school=in_ashdown.beckford, by=None)
    for school, title in ((in_ashdown.ashdown, "Here"), (in_ashdown.beckford, "There"), (in_ashdown.elsewhere, "Not")):
        with working_in(school):
            task(title, owner=colleague(priya))
    week = queries.week_of(priya, NOW)
    assert said(week.next) == [("ashdown", "Task", "Here"), ("beckford", "Task", "There")]
    assert [each.slug for each in week.schools] == ["ashdown", "beckford"]


def test_a_week_asks_as_many_statements_for_two_schools_as_for_one_but_for_registers(
    in_ashdown, django_assert_max_num_queries
):
    give_role(user=in_ashdown.priya, role="careers-leader", school=in_ashdown.beckford, by=None)
    with django_assert_max_num_queries(18):
        queries.week_of(in_ashdown.priya, NOW)


def test_whoever_has_no_role_has_an_empty_week(in_ashdown):
    week = queries.week_of(open_account(email="nobody@x.example", name="No Body", password=None), NOW)
    assert (week.parts, week.schools) == ([], [])


def test_mondays_mail_is_one_of_all_schools_and_only_where_something_presses(in_ashdown, mailoutbox):
    priya, nell = in_ashdown.priya, colleague(in_ashdown.nell)
    give_role(user=priya, role="careers-leader", school=in_ashdown.beckford, by=None)
    task("Ring", days=-9, owner=colleague(priya))
    task("Much later", days=100, owner=nell)
    with working_in(in_ashdown.beckford):
        task("Write", days=-9, owner=colleague(priya))
    assert changes.write_weekly_mails(MONDAY + timedelta(days=1)) == 0
    assert changes.write_weekly_mails(MONDAY) == 1
    assert changes.write_weekly_mails(MONDAY) == 0
    (mail,) = mailoutbox
    assert mail.to == [priya.email]
    words = mail.body
    assert "Ring (task, Ashdown School)" in words
    assert "Write (task, Beckford Academy)" in words
    assert changes.write_weekly_mails(MONDAY + timedelta(days=7)) == 1


def test_mondays_mail_is_for_whom_nothing_waits_but_a_policy_or_a_piece_of_evidence(in_ashdown, mailoutbox):
    nell, priya = colleague(in_ashdown.nell), colleague(in_ashdown.priya)
    policy = changes.add_policy(title="Careers policy", owner=nell, next_review_on=MONDAY + timedelta(days=3), by=None)
    Evidence.objects.create(
        title="Policy, signed", kind="statement", statement="Signed", owner=priya, dated_on=MONDAY, valid_until=MONDAY
    )
    assert changes.write_weekly_mails(MONDAY) == 2
    assert {mail.to[0] for mail in mailoutbox} == {in_ashdown.nell.email, in_ashdown.priya.email}
    changes.change_policy(policy, next_review_on=MONDAY + timedelta(days=300), by=None)
    Evidence.objects.update(valid_until=MONDAY + timedelta(days=300))
    assert changes.write_weekly_mails(MONDAY + timedelta(days=7)) == 0


def test_whoever_said_no_gets_none(in_ashdown):
    task("Ring", days=-9, owner=colleague(in_ashdown.nell))
    assert queries.wants_mail(in_ashdown.nell)
    changes.want_weekly_mail(wanted=False, by=in_ashdown.nell)
    assert not queries.wants_mail(in_ashdown.nell)
    assert changes.write_weekly_mails(MONDAY) == 0
    changes.want_weekly_mail(wanted=True, by=in_ashdown.nell)
    assert changes.write_weekly_mails(MONDAY) == 1
    assert WeeklyMail.objects.get().written_on == MONDAY


def test_a_closed_account_is_not_written_to(in_ashdown):
    task("Ring", days=-9, owner=colleague(in_ashdown.nell))
    in_ashdown.nell.is_active = False
    in_ashdown.nell.save()
    assert changes.write_weekly_mails(MONDAY) == 0


def test_hours_are_the_persons_alone_and_their_totals_only_where_they_share_them(in_ashdown):
    priya, nell = in_ashdown.priya, in_ashdown.nell
    changes.note_time(kind="leadership", spent_on=NOW, minutes=90, by=priya)
    changes.note_time(kind="administration", spent_on=NOW - timedelta(days=7), minutes=30, by=priya)
    changes.note_time(kind="networking", spent_on=NOW, minutes=15, by=nell)
    year = THIS_YEAR
    totals = queries.own_totals(priya, year)
    assert totals.lines == [("Leadership", "1 h 30 min", 75), ("Administration", "30 min", 25)]
    assert (totals.in_all, totals.a_week) == ("2 h", "1 h")
    assert queries.shared_totals(in_ashdown.ashdown.pk, year) == []
    changes.share_time(by=priya)
    changes.share_time(by=priya)
    ((name, shared),) = queries.shared_totals(in_ashdown.ashdown.pk, year)
    assert (name, shared.in_all) == ("Priya Raman", "2 h")
    changes.keep_time_to_oneself(by=priya)
    assert queries.shared_totals(in_ashdown.ashdown.pk, year) == []
    changes.remove_time(TimeSpent.objects.filter(user=nell).get(), by=nell)
    assert queries.own_time(nell, year) == []


def test_a_week_of_two_schools_names_no_pupil_of_either(in_ashdown):
    """Sessions and registers are told by their titles, and a pupil who is invited stands in none of them."""
    priya = in_ashdown.priya
    give_role(user=priya, role="careers-leader", school=in_ashdown.beckford, by=None)
    for school, surname in ((in_ashdown.ashdown, "Quillfeather"), (in_ashdown.beckford, "Oxenbould")):
        with working_in(school):
            pupil("Ada", surname)
            mine = colleague(priya)
            session("Guidance", mine, days=3)
            session("Mock interviews", mine, days=-4)
    week = queries.week_of(priya, NOW)
    entries = [each for _, part in week.parts for each in part]
    assert {each.school.slug for each in entries} == {"ashdown", "beckford"}
    assert week.is_of_several
    told = " ".join(each.says for each in entries) + queries.mail_words(week)
    assert {"Guidance", "Mock interviews"} <= {each.says for each in entries}
    assert "Quillfeather" not in told
    assert "Oxenbould" not in told
