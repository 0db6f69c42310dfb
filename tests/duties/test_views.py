"""The screens of the duty board: home leads there, the evidence is behind it, nobody is named, a past day, the rules."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.access.roles import ROLES
from dekaan.core.scope import working_in
from dekaan.duties.queries import unread
from dekaan.evidence.changes import add_evidence
from dekaan.people.models import StaffMember
from tests.databases import ON_POSTGRES
from tests.factories.schools import person, place
from tests.stock import pupil

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.TODAY = str(DAY)


@pytest.fixture
def review(in_ashdown):
    """The review that the website names has passed, and the only adviser is employed here."""
    StaffMember.objects.create(
        surname="Zephyr",
        forename="Quillan",
        guidance_qualified_from=date(2020, 9, 1),
        is_employed_here=True,
        employment_known_from=date(2020, 9, 1),
    )
    return add_evidence(
        title="The day of the next review",
        kind="statement",
        facts=["website-review"],
        dated_on=date(2025, 11, 1),
        valid_until=date(2026, 10, 31),
        by=in_ashdown.priya,
    )


def words(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def test_home_tells_what_is_broken_in_law_and_leads_to_it(in_ashdown, client, review):
    client.force_login(in_ashdown.priya)
    page = client.get(at("home"))
    assert [each.in_force.duty.id for each in page.context["queue"].duties] == ["L1", "W6"]
    assert "2 duties in law broken or at risk" in words(page)
    assert f"{at('duty-board')}#w6" in page.content.decode()


def test_the_board_says_how_each_stands_by_what_and_from_where(in_ashdown, client, review):
    client.force_login(in_ashdown.priya)
    page = client.get(at("duty-board"))
    said = words(page)
    assert "W6 The website names the day of the next review Through its funding agreement." in said
    assert "✗ Broken What showed it ran out on 31 October 2026." in said
    assert at("evidence-detail", review.pk) in page.content.decode()
    assert f"{at('evidence-new')}?fact=website-leader" in page.content.decode()
    assert at("staff-list") in page.content.decode()
    assert [force for force, _ in page.context["groups"]] == [
        "Law",
        "Statutory guidance",
        "The benchmarks",
        "Recommended",
        "Announced policy",
    ]
    assert {each.duty.id for each in page.context["board"].elsewhere} == {"L7", "L10"}
    assert "It binds the local authority." in said


@pytest.mark.parametrize("role", [key for key, role in ROLES.items() if "benchmarks.see" in role.may])
def test_nobody_is_named_on_the_board_and_only_what_may_be_opened_is_led_to(in_ashdown, client, review, role):
    pupil("Xanthe", "Quorrell", year_group=9, tutor_group="9A")
    who = next(each for each in in_ashdown.people.values() if _has(each, role, in_ashdown))
    client.force_login(who)
    page = client.get(at("duty-board"))
    assert page.status_code == 200
    assert [each for each in ("Zephyr", "Quillan", "Xanthe", "Quorrell") if each in page.content.decode()] == []
    for _, lines in page.context["groups"]:
        for _, links in lines:
            for _, address in links:
                assert client.get(address).status_code == 200, address


def _has(user, role: str, stock) -> bool:
    return user.role_assignments.filter(role=role, school__in=[stock.ashdown]).exists() or (
        user.role_assignments.filter(role=role, trust=stock.weirbrook).exists()
    )


def test_a_day_that_has_been_is_shown_as_the_rules_were_then(in_ashdown, client):
    client.force_login(in_ashdown.moira)
    page = client.get(at("duty-board"), {"on": "2017-09-01"})
    assert [(force, [line.in_force.duty.id for line, _ in lines]) for force, lines in page.context["groups"]] == [
        ("Law", ["L5", "L6", "L8", "L9"])
    ]
    assert "Duties on 1 September 2017" in words(page)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2026-11-25", "“2026-11-25” is still to come, and how the school will stand then is not known."),
        ("soon", "“soon” is not a day. Give one as 2025-09-01."),
        ("2026-02-31", "“2026-02-31” is not a day."),
        ("2025-09-01' --", "“2025-09-01' --” is not a day."),
    ],
)
def test_of_a_day_that_has_not_been_no_board_is_shown_and_it_is_said_why(in_ashdown, client, asked, said):
    client.force_login(in_ashdown.priya)
    page = client.get(at("duty-board"), {"on": asked})
    assert page.status_code == 400
    assert said in words(page)
    assert "Today’s board" in words(page)
    assert "board" not in page.context  # nothing of today stands below an error


def test_what_is_broken_or_at_risk_stands_in_sight_and_the_rest_is_folded(in_ashdown, client, review):
    client.force_login(in_ashdown.priya)
    page = client.get(at("duty-board"))
    titles = [(each["title"], each["is_open"]) for each in page.context["sections"]]
    assert titles == [("Broken or at risk", True), ("Unknown", False), ("Met", False)]
    source = page.content.decode()
    in_sight, folded = source.split('<details class="folded">', 1)
    assert ('id="w6"' in in_sight, 'id="w6"' in folded) == (True, False)
    for each in (*page.context["board"].lines, *page.context["board"].elsewhere):
        duty = each.duty if hasattr(each, "duty") else each.in_force.duty
        assert source.count(f'id="{duty.id.lower().replace(".", "")}"') == 1, duty.id  # all of it is in the page
    assert sum(each["number"] for each in page.context["sections"]) == len(page.context["board"].lines)


def test_what_changed_in_the_rules_is_told_until_it_is_read(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    page = client.get(at("home"))
    assert "2 changes in the rules of the last year that you have not read" in words(page)
    page = client.get(at("rule-changes"))
    said = words(page)
    assert "2 of the last year that you have not read" in said
    assert [each.key for each, is_new in page.context["changes"] if is_new] == ["G7 2026-09-01", "G8 2026-09-01"]
    assert "Year 7 comes in, and academies are named in the section itself." in said
    assert "Does not bind this school. It binds the local authority." in said
    page = client.post(at("rule-changes-read"), follow=True)
    assert "Home tells you of these no more." in words(page)
    assert page.context["new"] == 0
    assert "changes in the rules" not in words(client.get(at("home")))
    with working_in(in_ashdown.ashdown):
        assert unread(in_ashdown.ashdown, in_ashdown.tom, DAY) != []  # another has not read them


def test_what_changed_is_told_by_kind_and_ages_of_school(in_ashdown, client):
    client.force_login(in_ashdown.bea)
    page = client.get(reverse("rule-changes", args=["beckford"]))
    (third,) = [each for each, _ in page.context["changes"] if each.key == "PA.3 2023-01-01"]
    assert third.binding.binds is False
    assert "there is nobody in Years 12 to 13 here" in words(page)


@pytest.mark.parametrize("pupils", [1, 3])
@pytest.mark.parametrize(("on", "statements"), [("", 15), ("2026-11-23", 15)])
def test_duty_board_makes_the_same_statements_however_many_pupils_there_are(
    in_ashdown, client, review, pupils, on, statements
):
    for number in range(pupils):
        pupil(f"Ada{number}", year_group=9, tutor_group="9A")
    client.force_login(in_ashdown.priya)
    with CaptureQueriesContext(connection) as made:
        assert client.get(at("duty-board"), {"on": on} if on else {}).status_code == 200
    assert len(made) == statements + 2 * ON_POSTGRES  # there the school in scope is said to the second wall


def test_another_school_has_no_board_here(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    assert client.get(reverse("duty-board", args=["beckford"])).status_code == 404
    assert client.get(reverse("duty-board", args=["farfield"])).status_code == 404


def test_a_tutor_sees_no_board(in_ashdown, client):
    client.force_login(in_ashdown.sam)
    assert client.get(at("duty-board")).status_code == 403
    assert "duties" not in client.get(at("home")).context["queue"].__dict__ or (
        client.get(at("home")).context["queue"].duties is None
    )


def test_a_new_school_has_a_board_of_what_nobody_has_said(db, client):
    new = place("northgate")
    new.school.establishment_type = "01"
    new.school.save()
    client.force_login(person(new, "careers-leader"))
    page = client.get(reverse("duty-board", args=["northgate"]))
    states = {line.in_force.duty.id: line.judgement.state for line in page.context["board"].lines}
    assert {key for key, state in states.items() if state in {"broken", "at-risk"}} == set()
