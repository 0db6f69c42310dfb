"""The screens: planning from a scheme, who changes what, two at once, recording an observation and finding it."""

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.editing import AS_READ
from dekaan.core.scope import working_in
from dekaan.people.models import StaffMember
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.programme.models import Session
from dekaan.schemes import changes
from dekaan.schemes.models import Observation, Scheme, SchemeLesson, ThemeName
from tests.access.test_pressing import Forms
from tests.databases import ON_POSTGRES
from tests.isolation.world import BACKEND
from tests.schemes.given import acting, colleague, lesson, scheme, seen
from tests.stock import pupil

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def words(answer) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def signed_in(client, user):
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def priya(in_ashdown, client):
    return signed_in(client, in_ashdown.priya)


def test_priya_begins_a_scheme_with_two_owners_and_adds_a_lesson(in_ashdown, priya):
    pupil("Ada", year_group=9)
    ruth, ivo = colleague(in_ashdown.ruth), colleague(None, "Marsh")
    told = {"title": "What comes next", "purpose": "Options", "year_groups": ["9"], "owners": [ruth.pk, ivo.pk]}
    page = words(priya.post(at("scheme-new"), told, follow=True))
    assert "Begun: What comes next." in page
    assert "It has no lesson yet." in page
    made = Scheme.objects.get()
    assert {each.staff for each in made.owners.all()} == {ruth, ivo}
    told = {"title": "Jobs near us", "half_term": "3", "minutes": "50", "criteria": ["GB24.2.1"]}
    told |= {"resources": "https://example.org/slides"}
    page = priya.post(at("scheme-lesson-new", made.pk), told, follow=True)
    assert 'href="https://example.org/slides"' in page.content.decode()
    assert ("Added: Jobs near us." in words(page), "Half-term 3, 50 minutes" in words(page)) == (True, True)


def test_what_is_wrong_is_said_and_nothing_is_lost(in_ashdown, priya):
    page = words(priya.post(at("scheme-new"), {"title": "", "purpose": "Options", "year_groups": ["99"]}))
    assert ("Give the scheme its title." in page, "Choose at least one year group." in page) == (True, True)
    assert "Options" in page
    ours = scheme()
    page = words(priya.post(at("scheme-lesson-new", ours.pk), {"title": "X", "minutes": "none", "half_term": "12"}))
    assert "Give the minutes as a whole number from 1 to 10000." in page
    assert not SchemeLesson.objects.exists()


def test_planning_is_filled_in_and_one_press_plans_it(in_ashdown, priya):
    pupil("Ada", year_group=9)
    ours = scheme()
    jobs = lesson(ours)
    form = priya.get(at("scheme-lesson-plan", jobs.pk)).context["form"]
    assert form["day_9"].value() == today()
    page = words(
        priya.post(at("scheme-lesson-plan", jobs.pk), {"activity_type": "LESSON", "day_9": str(today())}, follow=True)
    )
    assert f"Planned: Jobs near us, Year 9 on {today():%-d %B}." in page
    assert f"Year 9: planned {today():%-d %B}" in page
    assert [each.held_on for each in Session.objects.all()] == [today()]
    again = priya.get(at("scheme-lesson-plan", jobs.pk)).context["form"]
    assert (again["day_9"].value(), "already" in again["day_9"].help_text) == (None, True)


def test_a_plan_without_a_day_or_on_no_day_is_refused_in_words(in_ashdown, priya):
    jobs = lesson(scheme())
    for day, said in (
        ("", "Give the day for one year group at least."),
        ("soon", "Give the date as day"),
        ("0001-01-01", "Give a year between"),
    ):
        page = words(priya.post(at("scheme-lesson-plan", jobs.pk), {"activity_type": "LESSON", "day_9": day}))
        assert said in page
    assert not Session.objects.exists()


def test_ruth_changes_the_scheme_that_she_owns_and_neither_its_owners_nor_anothers(in_ashdown, client):
    ours, theirs = scheme("Ours", owners=[colleague(in_ashdown.ruth)]), scheme("Theirs")
    jobs, other = lesson(ours), lesson(theirs)
    ruth = signed_in(client, in_ashdown.ruth)
    page = ruth.get(at("scheme-change", ours.pk))
    assert "owners" not in page.context["form"].fields
    told = {"title": "Ours now", "year_groups": ["9"], "owners": []}
    assert "Saved: Ours now." in words(ruth.post(at("scheme-change", ours.pk), told, follow=True))
    assert ours.owners.count() == 1
    assert ruth.post(at("scheme-lesson-change", jobs.pk), {"title": "Jobs", "criteria": []}).status_code == 302
    assert ruth.post(at("scheme-lesson-up", jobs.pk)).status_code == 302
    assert "Plan it" not in words(ruth.get(at("scheme-detail", ours.pk)))
    assert ruth.get(at("scheme-detail", theirs.pk)).status_code == 200
    for name, row in (("scheme-change", theirs), ("scheme-lesson-new", theirs), ("scheme-lesson-change", other)):
        assert ruth.get(at(name, row.pk)).status_code == 404
        assert ruth.post(at(name, row.pk), {"title": "Taken"}).status_code == 404
    for name in ("scheme-lesson-up", "scheme-lesson-remove"):
        assert ruth.post(at(name, other.pk)).status_code == 404
    assert ruth.get(at("scheme-lesson-plan", jobs.pk)).status_code == 403
    assert SchemeLesson.objects.filter(pk=other.pk, title="Jobs near us").exists()


def test_an_owner_sees_where_the_whole_scheme_stands_and_opens_only_her_own_sessions(in_ashdown, client):
    """Sam leads the lesson of Ruth's scheme: she is told that it is planned, and cannot open whom it is for."""
    ours, theirs = scheme("Ours", owners=[colleague(in_ashdown.ruth)]), scheme("Theirs")
    sam = colleague(in_ashdown.sam, "Whitlock")
    for each in (lesson(ours), lesson(theirs)):
        changes.plan_lesson(each, days={9: today()}, led_by=sam, by=None)
    ruth, planned = signed_in(client, in_ashdown.ruth), f"Year 9: planned {today():%-d %B}"
    page = words(ruth.get(at("scheme-detail", ours.pk)))
    assert (planned in page, "of sessions that you lead" in page, "Not planned" in page) == (True, False, False)
    session = ours.lessons.get().plans.get().activity.sessions.get()
    assert at("session-detail", session.pk) not in page
    assert ruth.get(at("session-detail", session.pk)).status_code == 404
    page = words(ruth.get(at("scheme-detail", theirs.pk)))
    assert (planned in page, "of sessions that you lead" in page) == (False, True)
    lines = {each.scheme.title: (each.planned, each.to_plan) for each in ruth.get(at("scheme-list")).context["lines"]}
    assert lines == {"Ours": (1, 0), "Theirs": (0, 1)}
    Session.objects.update(led_by=StaffMember.objects.get(user=in_ashdown.ruth))
    assert at("session-detail", session.pk) in words(ruth.get(at("scheme-detail", ours.pk)))


def test_two_owners_at_once_are_both_shown(in_ashdown, priya):
    ours = scheme()
    address = at("scheme-change", ours.pk)
    ((_, sent),) = [each for each in Forms(priya.get(address).content.decode(), address).found if AS_READ in each[1]]
    changes.change_scheme(ours, title="Saved by Ruth", by=in_ashdown.ruth)
    page = words(priya.post(address, sent | {"title": ["Typed by me"]}))
    assert ("Saved meanwhile: Saved by Ruth" in page, "You typed: Typed by me" in page) == (True, True)
    assert Scheme.objects.get().title == "Saved by Ruth"


def test_a_scheme_that_is_given_up_offers_no_planning(in_ashdown, priya):
    ours = scheme()
    lesson(ours)
    told = {"title": "Old", "year_groups": ["9"], "is_given_up": "on"}
    page = words(priya.post(at("scheme-change", ours.pk), told, follow=True))
    assert (f"given up on {today():%-d %B %Y}" in page, "Plan it" in page) == (True, False)


def told(**more) -> dict:
    return {"kind": "walk", "seen_on": str(today()), "seen": "Pupils compared three jobs."} | more


def test_three_fields_are_enough_and_it_says_where_it_stands(in_ashdown, priya):
    page = words(priya.get(at("observation-new")))
    assert "Name no pupil, and say nothing of a colleague’s performance" in page
    page = words(priya.post(at("observation-new"), told(), follow=True))
    assert "Recorded. Say what it is evidence of" in page
    page = words(priya.post(at("observation-new"), told(criteria=["GB24.4.1"]), follow=True))
    assert "It stands in the evidence cabinet until" in page
    cabinet = priya.get(at("evidence-list")).content.decode()
    newest = Observation.objects.first()
    assert at("observation-detail", newest.pk) in cabinet


def test_a_theme_that_the_school_has_named_is_ticked_and_stands_in_the_cabinet_by_that_name(in_ashdown, priya):
    assert "Vision" not in words(priya.get(at("observation-new")))
    ThemeName.objects.create(theme="review-1", name="Vision")
    assert "Vision" in words(priya.get(at("observation-new")))
    page = words(priya.post(at("observation-new"), told(themes=["review-1"]), follow=True))
    assert "Vision" in page
    seen = Observation.objects.get()
    assert seen.themes == ["review-1"]
    by_theme = priya.get(at("evidence-list"), {"by": "theme"}).content.decode()
    assert at("observation-detail", seen.pk) in by_theme
    ThemeName.objects.all().delete()
    assert "A theme that has no name any more" in words(priya.get(at("observation-change", seen.pk)))


def test_what_is_missing_or_not_yet_is_said_in_words_and_nothing_is_lost(in_ashdown, priya):
    tomorrow = str(today() + timedelta(days=1))
    page = words(priya.post(at("observation-new"), {"seen_on": tomorrow, "good": "Calm", "criteria": ["GB99"]}))
    for said in ("Choose what it was.", "That day has not come yet.", "Say what was seen.", "Calm"):
        assert said in page
    page = words(priya.post(at("observation-new"), told(action="Buy posters")))
    assert "Give the day by which it is done." in page
    page = words(priya.post(at("observation-new"), told(action_due_on=tomorrow)))
    assert "Say what will be done, or leave the day and the person blank." in page
    assert not Observation.objects.exists()


def test_from_a_session_or_a_lesson_what_is_known_is_filled_in(in_ashdown, priya):
    pupil("Ada", year_group=9)
    activity = plan_activity(title="Mock interviews", activity_type="LESSON", by=None)
    session = plan_session(activity, held_on=today() - timedelta(days=90), invited=Invited(year_groups=(9,)), by=None)
    form = priya.get(at("observation-new"), {"session": session.pk}).context["form"]
    assert (form["of"].value(), form["seen_on"].value(), form["year_groups"].value()) == (
        f"session-{session.pk}", session.held_on, ["9"],
    )  # fmt: skip
    address = f"{at('observation-new')}?session={session.pk}"
    priya.post(address, told(kind="lesson", of=f"session-{session.pk}"))
    assert Observation.objects.get().session == session
    jobs = lesson(scheme())
    form = priya.get(at("observation-new"), {"lesson": jobs.pk}).context["form"]
    assert (form["of"].value(), form["criteria"].value()) == (f"lesson-{jobs.pk}", ["GB24.2.1"])
    for asked in ({"session": "999"}, {"lesson": "x"}):
        assert priya.get(at("observation-new"), asked).status_code == 404


def test_another_schools_lesson_is_not_observed_nor_planned(in_ashdown, priya):
    with working_in(in_ashdown.beckford):
        theirs = lesson(scheme("Alchemy"))
    page = words(priya.post(at("observation-new"), told(of=f"lesson-{theirs.pk}")))
    assert "Choose one of those on the list." in page
    assert priya.get(at("scheme-lesson-plan", theirs.pk)).status_code == 404
    assert "Alchemy" not in words(priya.get(at("scheme-list")))


def test_an_action_is_done_dropped_with_a_reason_and_taken_up_again(in_ashdown, priya):
    late = acting(-2)
    assert "1 action after an observation is overdue." in words(priya.get(at("home")))
    assert "overdue" in words(priya.get(at("observation-list")))
    assert "Done: Buy new posters" in words(priya.post(at("observation-done", late.pk), follow=True))
    assert "overdue" not in words(priya.get(at("home")))
    priya.post(at("observation-follow", late.pk))
    assert "Say why it is dropped." in words(priya.post(at("observation-drop", late.pk)))
    page = words(priya.post(at("observation-drop", late.pk), {"because": "The wall is gone"}, follow=True))
    assert ("The wall is gone" in page, "dropped" in page) == (True, True)
    assert "nothing to end" in words(priya.post(at("observation-done", seen().pk), follow=True))
    actions = set(Event.objects.filter(subject="observation").values_list("action", flat=True))
    assert {"observation's action done", "observation's action dropped"} <= actions


def test_a_governor_reads_observations_and_changes_none_and_a_tutor_opens_none(in_ashdown, client):
    walk = acting(5, criteria=["GB24.4.1"])
    moira = signed_in(client, in_ashdown.moira)
    page = words(moira.get(at("observation-detail", walk.pk)))
    assert ("Pupils compared three jobs." in page, "It is done" in page, "Change it" in page) == (True, False, False)
    assert moira.get(at("observation-new")).status_code == 403
    sam = signed_in(client, in_ashdown.sam)
    assert sam.get(at("observation-detail", walk.pk)).status_code == 403


def test_who_counts_the_benchmarks_but_reads_no_reports_sees_that_it_stands_there_and_no_way_in(in_ashdown, client):
    walk = seen(criteria=["GB24.4.1"])
    page = signed_in(client, in_ashdown.ruth).get(at("evidence-list"))
    assert ("Learning walk" in words(page), at("observation-detail", walk.pk) in page.content.decode()) == (True, False)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("scheme-list", 12),
        ("scheme-detail", 14),
        ("scheme-change", 9),
        ("scheme-lesson-plan", 10),
        ("observation-list", 6),
        ("observation-detail", 6),
        ("observation-new", 12),
        ("observation-change", 13),
    ],
)
def test_a_page_asks_as_much_of_three_as_of_one(in_ashdown, priya, name, number):
    pupil("Ada", year_group=9)
    asked = []
    for count in (1, 3):
        for each in range(count):
            ours = scheme(f"S{count}{each}", owners=[colleague(None, f"O{count}{each}")])
            for title in range(count):
                changes.plan_lesson(lesson(ours, f"L{title}"), days={9: today()}, by=None)
            acting(-1, lesson=ours.lessons.first(), seen_by=colleague(None, f"W{count}{each}"))
        rows = {"scheme-lesson": ours.lessons.first(), "scheme": ours, "observation": Observation.objects.first()}
        row = None if name.endswith(("list", "new")) else rows[name.rpartition("-")[0]]
        address = at(name, *([row.pk] if row else []))
        priya.get(address)
        with CaptureQueriesContext(connection) as made:
            assert priya.get(address).status_code == 200
        asked.append(len(made))
    assert asked == [number + 2 * ON_POSTGRES] * 2
