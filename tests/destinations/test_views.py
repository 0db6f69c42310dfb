"""The list of leavers: whose it is, who comes first, and what it says of each."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.destinations.changes import record_statement, say_wish
from dekaan.people.changes import return_to_school
from dekaan.people.models import Group, YearRecord
from tests.destinations.given import LEFT_IN, day, leaver
from tests.isolation.world import BACKEND

pytestmark = pytest.mark.django_db


def at(name, *args, slug="ashdown"):
    return reverse(name, args=[slug, *args])


def browser(user: User) -> Client:
    made = Client()
    made.force_login(user, backend=BACKEND)
    return made


def words(page) -> str:
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text))


def names(page) -> list[str]:
    """Whom the list names, in order."""
    found = re.findall(r'<th scope="row">(.*?)</th>', page.content.decode(), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


def leavers_page(user, **asked):
    return browser(user).get(at("leaver-list"), {"year": LEFT_IN} | asked)


def say(person, kind="position", source="pupil", route="college-technical", **says):
    return record_statement(person, by=None, kind=kind, source=source, route=route, **says).statement


def all_known_of(person):
    for kind in ("position", "six-months", "year-1"):
        say(person, kind)


def test_those_to_be_found_out_come_first_then_those_of_whom_sources_disagree(left):
    carys, dev = leaver("Carys", "Abbot"), leaver("Dev", "Bell")
    all_known_of(left.ada)
    all_known_of(carys)
    say(carys, "six-months", source="council", route="looking")
    say(dev, "position", route="not-found")
    page = leavers_page(left.priya)
    assert names(page) == ["Bell, Dev", "Okoro, Ben", "Abbot, Carys", "Lovell, Ada"]
    told = words(page)
    assert "4 leavers. Of all 4: to be found out 2 , sources disagree 1 , known so far 1 ." in told
    assert "Bell, Dev Year 11 On 1 November asked, and not found Nothing yet" in told
    assert "Okoro, Ben Year 11 On 1 November Nothing yet" in told
    assert names(leavers_page(left.priya, standing="disagree")) == ["Abbot, Carys"]
    assert names(leavers_page(left.priya, standing="nonsense")) == names(page)


def test_what_is_known_stands_with_who_said_it_and_whether_they_may_be_contacted(left):
    say(left.ada, provider_name="Mereside College", said_on=day(11, 3))
    say_wish(left.ada, about="in-touch", allows=True, who="pupil", until=day(6, 30), said_on=day(9, 2), by=None)
    told = words(leavers_page(left.priya, standing="unknown"))
    assert "At the end of March College: technical course, Mereside College On 1 November The pupil, 3 Nov" in told
    assert f"Ended on {day(6, 30):%-d %B %Y}" in told


def test_the_latest_year_is_shown_and_another_can_be_chosen(left):
    assert f"Leavers of {LEFT_IN}/" in words(browser(left.priya).get(at("leaver-list")))
    assert names(browser(left.priya).get(at("leaver-list"), {"year": "1066"})) == ["Lovell, Ada", "Okoro, Ben"]


def test_whoever_came_back_is_no_leaver(left):
    return_to_school(left.ada, year_group=12, starts_on=day(1, 6), tutor_group="", by=None)
    assert names(leavers_page(left.priya)) == ["Okoro, Ben"]


def test_a_tutor_sees_the_leavers_of_their_tutor_group_and_a_head_of_year_those_of_their_year(left):
    group = Group.objects.create(name="11T", kind=Group.Kind.TUTOR, academic_year=LEFT_IN, year_group=11)
    YearRecord.objects.filter(pupil=left.ada, academic_year=LEFT_IN).update(tutor_group=group)
    leaver("Carys", "Abbot", year_group=13)
    for role, scope, seen in (
        ("tutor", {"tutor_groups": ["11T"]}, ["Lovell, Ada"]),
        ("head-of-year", {"year_groups": [11]}, ["Lovell, Ada", "Okoro, Ben"]),
        ("careers-adviser", {}, []),  # of their caseload, which is not kept yet
        ("dsl", {}, ["Abbot, Carys", "Lovell, Ada", "Okoro, Ben"]),
    ):
        user = User.objects.create(email=f"{role}@new.example", name=role)
        give_role(user=user, role=role, school=left.stock.ashdown, scope=scope, by=None)
        assert names(leavers_page(user)) == seen, role
    assert "Last tutor group" in words(leavers_page(left.priya, tutor_group="11T"))
    assert names(leavers_page(left.priya, tutor_group="11T")) == ["Lovell, Ada"]
    assert names(leavers_page(left.priya, year_group="13")) == ["Abbot, Carys"]


def test_nobody_who_only_counts_comes_in(left):
    governor = User.objects.create(email="governor@new.example", name="G")
    give_role(user=governor, role="link-governor", school=left.stock.ashdown, by=None)
    assert leavers_page(governor).status_code == 403
