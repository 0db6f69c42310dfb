"""The planner: every session counted where it belongs, and plainly what has none."""

import html
import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import activity_types, mask_of
from dekaan.people.models import Group, StaffMember
from dekaan.people.queries import tutor_groups
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Activity
from dekaan.programme.queries import planner, sessions
from dekaan.schools.models import CalendarEntry
from tests.programme.test_views import at, counter, questions  # noqa: F401 a fixture
from tests.stock import THIS_YEAR, pupil

FIRST_DAY = date(THIS_YEAR, 9, 14)


def put_on(stock, title, activity_type, day=FIRST_DAY, **invited):
    activity = changes.plan_activity(title=title, activity_type=activity_type, by=stock.priya, partner_kind="employer")
    return changes.plan_session(activity, held_on=day, invited=Invited(**invited), by=stock.priya)


def counts(year: int = THIS_YEAR) -> dict[tuple[int, str], list[int]]:
    """Of each year group and benchmark with anything, the sessions of each half-term."""
    return {
        (group.year_group, row.benchmark.number): [cell.count for cell in row.cells]
        for group in planner(sessions(), year).groups
        for row in group.rows
        if row.year.count
    }


def test_sessions_are_counted_by_what_their_activity_counts_towards_and_whom_they_invite(in_ashdown):
    ada, _ben = pupil("Ada"), pupil("Ben", year_group=8, tutor_group="8B")
    (group_10a,) = [each for each in tutor_groups(THIS_YEAR) if each.name == "10A"]
    put_on(in_ashdown, "Talk", "TALK", year_groups=(8,))
    put_on(in_ashdown, "Talk again", "TALK", date(THIS_YEAR, 11, 9), groups=(group_10a,))
    put_on(in_ashdown, "Visit", "WVISIT", date(THIS_YEAR + 1, 3, 9), pupils=(ada,))
    assert counts() == {
        (8, "5"): [1, 0, 0, 0, 0, 0],
        (10, "5"): [0, 1, 0, 1, 0, 0],
        (10, "6"): [0, 0, 0, 1, 0, 0],
    }


def test_a_group_that_says_no_year_group_is_of_its_members(in_ashdown):
    ada = pupil("Ada")
    club = Group.objects.create(kind=Group.Kind.OTHER, name="Engineers", academic_year=THIS_YEAR)
    club.memberships.create(pupil=ada, starts_on=FIRST_DAY)
    put_on(in_ashdown, "Talk", "TALK", groups=(club,))
    assert counts() == {(10, "5"): [1, 0, 0, 0, 0, 0]}


def test_cancelled_sessions_catch_ups_and_those_for_staff_are_not_counted(in_ashdown):
    ada = pupil("Ada")
    off = put_on(in_ashdown, "Talk", "TALK", year_groups=(10,))
    changes.cancel_session(off, because="cancelled by us", by=in_ashdown.priya)
    missed = put_on(in_ashdown, "Talk", "TALK", today(), pupils=(ada,))
    changes.it_happened(missed, by=in_ashdown.priya)
    changes.strike_off(missed, absent=[ada.pk], by=in_ashdown.priya)
    changes.plan_catch_up(missed, held_on=today() + timedelta(days=1), by=in_ashdown.priya)
    training = changes.plan_activity(title="Training", activity_type="STAFFCPD", by=in_ashdown.priya)
    changes.plan_session(training, held_on=FIRST_DAY, invited=Invited(), by=in_ashdown.priya)
    assert {key: sum(found) for key, found in counts().items()} == {(10, "5"): 1}
    (cell,) = [
        row.year
        for group in planner(sessions(), THIS_YEAR).groups
        if group.year_group == 10
        for row in group.rows
        if row.benchmark.number == "5"
    ]
    assert (cell.held, cell.to_come, cell.words) == (1, 0, "1 held")


def test_the_framework_in_force_in_the_year_decides(in_ashdown):
    pupil("Ada")
    session = put_on(in_ashdown, "Talk", "TALK", year_groups=(10,))
    Activity.objects.filter(pk=session.activity_id).update(criteria=mask_of(["GB14.5.1"]))
    assert counts() == {}
    changes.change_session(session, held_on=date(2024, 9, 16), by=in_ashdown.priya)
    assert planner(sessions(), 2024).framework.key == "gatsby-2014"
    assert list(counts(2024)) == [(10, "5")]


def test_a_session_in_a_holiday_stands_in_the_half_term_before_it(in_ashdown):
    pupil("Ada")
    put_on(in_ashdown, "Talk", "TALK", date(THIS_YEAR + 1, 8, 12), year_groups=(10,))
    assert counts() == {(10, "5"): [0, 0, 0, 0, 0, 1]}


def test_what_has_nothing_all_year_is_named_where_something_is_asked(in_ashdown):
    pupil("Ada", year_group=9)
    put_on(in_ashdown, "Talk", "TALK", year_groups=(9,))
    found = planner(sessions(), THIS_YEAR)
    asked = {row.benchmark.number for row in found.groups[0].rows if row.year.is_asked}
    assert {each.benchmark.number: each.year_groups for each in found.gaps} == dict.fromkeys(asked - {"5"}, (9,))


def test_a_school_that_starts_at_year_9_has_no_row_below_it_and_one_without_a_sixth_form_none_above(in_ashdown):
    for year_group in (9, 11):
        pupil("Ada", year_group=year_group, tutor_group="")
    assert [each.year_group for each in planner(sessions(), THIS_YEAR).groups] == [9, 11]
    assert [each.year_group for each in planner(sessions(), THIS_YEAR + 1).groups] == [9, 11]  # not known yet


def test_priya_sees_where_it_is_thin_and_opens_a_cell_to_plan(in_ashdown, client):
    pupil("Ada")
    put_on(in_ashdown, "Talk", "TALK", date(THIS_YEAR + 1, 3, 9), year_groups=(10,))
    CalendarEntry.objects.create(
        starts_on=date(THIS_YEAR + 1, 3, 8),
        ends_on=date(THIS_YEAR + 1, 3, 19),
        kind="exams",
        title="Mocks",
        year_groups=[10],
    )
    client.force_login(in_ashdown.priya)
    page = " ".join(client.get(at("programme-planner")).content.decode().split())
    assert 'aria-label="Year 10, half-term 4, Encounters with employers and employees: 1 to come"' in page
    assert 'aria-label="Year 10, half-term 3, Encounters with employers and employees: none"' in page
    assert "8 Mar – 19 Mar: Mocks (Year 10)" in page
    where = f"?year={THIS_YEAR}&year_group=10&half_term=4"
    page = client.get(at("planner-cell") + where + "&benchmark=5").content.decode()
    assert "Talk" in page
    assert "Mocks (Year 10)" in page
    assert "Talk" not in client.get(at("planner-cell") + where + "&benchmark=6").content.decode()
    form = client.get(at("activity-new") + f"?year_group=10&day={THIS_YEAR + 1}-02-22").context["form"]
    assert (form.initial["held_on"], form["year_groups"].value()) == (date(THIS_YEAR + 1, 2, 22), ["10"])


@pytest.mark.parametrize("asked", ["year_group=99", "year_group=x", "half_term=9", "benchmark=11"])
def test_a_cell_that_is_not_there_is_not_found(in_ashdown, client, asked):
    pupil("Ada")
    client.force_login(in_ashdown.priya)
    assert client.get(at("planner-cell") + "?" + asked).status_code == 404


@pytest.mark.parametrize("day", ["", "soon", "2026-02-31", "0001-01-01"])
def test_a_day_that_is_none_is_today(in_ashdown, client, day):
    client.force_login(in_ashdown.priya)
    assert client.get(at("activity-new"), {"day": day}).context["form"].initial["held_on"] == today()


def test_leo_sees_his_own_sessions_in_the_planner(in_ashdown, client):
    pupil("Ada")
    leo = StaffMember.objects.create(surname="Marsh", forename="Leo", user=in_ashdown.leo)
    own = put_on(in_ashdown, "Own talk", "TALK", year_groups=(10,))
    changes.change_session(own, led_by=leo, by=in_ashdown.priya)
    put_on(in_ashdown, "Another's talk", "TALK", year_groups=(10,))
    client.force_login(in_ashdown.leo)
    page = client.get(at("planner-cell"), {"year_group": "10"}).content.decode()
    assert ("Own talk" in page, "Another&#x27;s talk" in page) == (True, False)


@pytest.mark.parametrize(("name", "most"), [("programme-planner", 9), ("planner-cell", 10)])
def test_the_planner_asks_as_much_of_thirty_sessions_as_of_one(in_ashdown, client, counter, name, most):  # noqa: F811
    client.force_login(in_ashdown.priya)
    ada, asked = pupil("Ada"), []
    for number in (1, 3, 30):
        for each in range(number):
            put_on(in_ashdown, f"Talk {each}", "TALK", year_groups=(10,), pupils=(ada,))
        asked.append(questions(client, at(name), counter))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= most + 4


def test_another_schools_sessions_are_not_in_ours(stock):
    with working_in(stock.ashdown):
        pupil("Ada")
        put_on(stock, "Talk", "TALK", year_groups=(10,))
    with working_in(stock.beckford):
        pupil("Bea")
        assert counts() == {}


def test_this_year_is_the_year(in_ashdown):
    assert academic_year_of(FIRST_DAY) == THIS_YEAR


def test_planning_from_a_thin_cell_puts_the_kinds_that_count_towards_it_first(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    cell = client.get(at("planner-cell"), {"year": THIS_YEAR, "year_group": 10, "benchmark": "5"}).content.decode()
    (link,) = re.findall(r'href="([^"]+)">Plan an activity', cell)
    form = client.get(html.unescape(link)).context["form"]
    _, (first, counting), (_, others) = form.fields["activity_type"].choices
    assert first.startswith("Count towards 5. ")
    assert "TALK" in dict(counting)
    assert ("LMI" in dict(others), "LMI" in dict(counting)) == (True, False)
    assert len(counting) + len(others) == len(activity_types())
    assert form["year_groups"].value() == ["10"]
    for benchmark in ("", "99", "x"):
        plain = client.get(at("activity-new"), {"benchmark": benchmark}).context["form"]
        assert len(plain.fields["activity_type"].choices) == len(activity_types()) + 1


def test_a_day_too_far_ahead_is_refused_and_a_weekend_remarked(in_ashdown, client):
    pupil("Ada")
    client.force_login(in_ashdown.priya)
    activity = changes.plan_activity(title="Talk", activity_type="TALK", by=in_ashdown.priya)
    far = today().replace(year=today().year + 9, day=1)
    page = client.post(at("session-new", activity.pk), {"held_on": far, "year_groups": ["10"]}).content.decode()
    assert f"{far:%-d %B %Y} is too far ahead" in page
    assert not activity.sessions.exists()
    saturday = today() + timedelta(days=7 + (5 - today().weekday()) % 7)
    page = client.post(at("session-new", activity.pk), {"held_on": saturday, "year_groups": ["10"]}, follow=True)
    assert f"Planned: Talk on {saturday:%-d %B %Y}." in page.content.decode()
    assert "Saturday, no school day</strong>" in page.content.decode()


def test_sessions_of_one_day_are_told_apart_in_a_list_to_choose_from(in_ashdown, client):
    session = put_on(in_ashdown, "Futures day", "TALK", day=today(), year_groups=(10,))
    changes.change_session(session, by=in_ashdown.priya, starts_at=time(9, 50))
    client.force_login(in_ashdown.priya)
    page = client.get(reverse("collection-new", args=["ashdown"])).content.decode()
    assert f"{today():%-d %b %Y}: Futures day, 9:50, Year 10" in page
