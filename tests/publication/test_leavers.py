"""Where leavers went, on the careers page: chosen by the school, approved as the rest, and nothing small in it or between two of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.core.academic_year import today, year_label
from dekaan.core.scope import working_in
from dekaan.destinations.changes import correct_statement, record_statement
from dekaan.destinations.models import Statement
from dekaan.library.models import DestinationRow, Loaded
from dekaan.library.queries import about_measures
from dekaan.people.models import Pupil
from dekaan.publication import changes
from dekaan.publication.models import CareersInformation, Page, PublishedVersion
from dekaan.publication.queries import differences, draft, leavers_told, said_on
from tests.destinations.given import LEFT_IN, leaver, make_left
from tests.isolation.world import BACKEND
from tests.kept import once_made
from tests.publication.test_pages import everything_said

pytestmark = pytest.mark.django_db
ALL = {"Further education": "9", "Apprenticeship": "not told", "Neither learning nor work": "not told", "All": "20"}


def go(person, route: str, **says):
    return record_statement(person, by=None, kind="position", source="pupil", route=route, **says).statement


def many(number: int, route: str, **says) -> list[Statement]:
    return [go(leaver("Ann", f"{route} {each}".title()), route, **says) for each in range(number)]


def make_many_left():
    left = make_left()
    with working_in(left.stock.ashdown):
        many(9, "college-technical")
        many(7, "apprenticeship", level=3)
        go(left.ada, "looking")
        go(left.ben, "looking")
        many(2, "looking")
        everything_said(left.stock)
        version = changes.prepare_version(left.stock.ashdown, Page.STATEMENT, by=left.stock.priya)
        changes.approve_version(version, by=left.stock.david)
    return left


@pytest.fixture
def left(db):
    made = once_made(make_many_left)
    with working_in(made.stock.ashdown):
        yield made


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def choose(left, year: str = str(LEFT_IN)) -> str:
    address = reverse("publication-leavers-change", args=["ashdown"])
    page = client_of(left.stock.priya).post(address, {"leavers_of": year}, follow=True)
    return page.content.decode()


def publish(left) -> PublishedVersion:
    version = changes.prepare_version(left.stock.ashdown, Page.CAREERS, by=left.stock.priya)
    return changes.approve_version(version, by=left.stock.david)


def section(left) -> dict:
    content = draft(left.stock.ashdown, Page.CAREERS)
    return next((each for each in content["sections"] if each["key"] == "destinations"), {})


def numbers(figures: dict) -> dict[str, str]:
    return {row["of"]: row["cells"][0]["words"] for row in figures["table"]["rows"]}


def public(name: str = "careers-page") -> str:
    page = Client().get(reverse(name, args=["ashdown"]))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())) if page.status_code == 200 else ""


def test_the_school_chooses_a_year_and_the_public_reads_it_once_it_is_approved(left):
    assert section(left) == {}
    publish(left)
    assert "Where our leavers go" not in public()
    page = choose(left)
    assert "Saved. The public sees it once a version with it is approved." in page
    assert "Where our leavers go" not in public()
    assert numbers(section(left)["figures"]) == ALL
    publish(left)
    seen = public()
    for each in (
        f"In {year_label(LEFT_IN)}, 20 young people left us after Year 11 or later.",
        "Source: our own records",
        f"Counted on {today():%-d %B %Y}.",
        "A number from 1 to 5 is not told",
        "Further education 9 Apprenticeship not told Neither learning nor work not told All 20",
    ):
        assert each in seen
    assert said_on(today())["website-destinations"].no_more == ""
    choose(left, "")
    assert section(left) == {}
    publish(left)
    assert "Where our leavers go" not in public()


def test_the_words_of_the_school_stand_above_the_table(left):
    changes.say_words({"destinations": "Most of our leavers stay in the county."}, by=None)
    assert section(left)["paragraphs"] == ["Most of our leavers stay in the county."]
    assert "figures" not in section(left)
    choose(left)
    publish(left)
    assert "Most of our leavers stay in the county. In " in public()


def test_only_a_year_whose_1_november_has_come_can_be_chosen(left):
    assert "Choose one of these years, or none." in choose(left, str(LEFT_IN + 5))
    assert CareersInformation.objects.get().leavers_of is None


def test_what_is_pasted_into_the_school_s_own_website_is_what_was_approved(left):
    embed = reverse("publication-embed", args=["ashdown"])
    publish(left)
    choose(left)
    assert client_of(left.stock.priya).get(embed).context["leavers"] == ""
    publish(left)
    pasted = client_of(left.stock.priya).get(embed).context["leavers"]
    assert pasted.startswith('<h2 id="destinations">Where our leavers go</h2>')
    assert '<td data-label="From Year 11">9</td>' in pasted


def test_a_hidden_number_stands_nowhere_in_a_version(left):
    choose(left)
    content = publish(left).content
    figures = next(each["figures"] for each in content["sections"] if each["key"] == "destinations")
    assert figures["lines"] == [["further-education", [9]], ["apprenticeship", [None]], ["neither", [None]]]
    assert "7" not in str(figures["table"])
    assert "4" not in str(figures["table"])


def test_a_year_stays_as_it_was_published_until_six_have_moved_so_that_nothing_follows_from_both(left, settings):
    choose(left)
    publish(left)
    settings.TODAY = (today() + timedelta(days=3)).isoformat()
    before = section(left)["figures"]
    one = Statement.objects.filter(route="college-technical").first()
    assert one is not None
    other = correct_statement(
        one, by=None, route="university"
    ).statement  # one has moved: the difference would tell of one leaver
    assert section(left)["figures"] == before
    assert leavers_told(left.stock.ashdown, LEFT_IN).is_kept
    assert "What has moved since is too little" in choose(left)
    many(7, "college-technical")
    assert section(left)["figures"] == before  # one of those whose lines are hidden would still follow
    correct_statement(other, by=None, route="college-technical")
    assert not leavers_told(left.stock.ashdown, LEFT_IN).is_kept
    assert numbers(section(left)["figures"]) == {**ALL, "Further education": "16", "All": "27"}


def test_it_stays_so_where_another_year_or_none_was_chosen_in_between(left):
    choose(left)
    publish(left)
    before = section(left)["figures"]
    choose(left, "")
    publish(left)
    go(left.ada, "university", said_on=today())
    choose(left)
    assert section(left)["figures"] == before


def test_whoever_is_gone_from_the_records_does_not_follow_from_the_next_version(left):
    choose(left)
    publish(left)
    before = section(left)["figures"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dekaan.publication.queries.leavers.public_table", lambda _: None)
        assert section(left)["figures"] == before


def test_of_fewer_than_six_leavers_nothing_is_told(left):
    for each in Pupil.objects.filter(forename="Ann")[3:]:
        each.year_records.filter(academic_year=LEFT_IN).update(year_group=9)
    assert "they are fewer than six" in choose(left)
    assert section(left) == {}


def test_beside_it_stands_what_the_department_publishes_with_its_lag_and_never_in_one_table(left):
    school = left.stock.ashdown
    school.urn = "136001"
    Loaded.objects.create(key="destinations-ks4", source="A file", loaded_on=today(), rows=2)
    said = {"stage": "ks4", "period": "202223", "topic": "Total", "group": "Total", "numbers": {}}
    DestinationRow.objects.create(urn=school.urn, cohort="150", version="Revised", shares={"overall": "93.1"}, **said)
    DestinationRow.objects.create(urn="", cohort="", version="Revised", shares={"overall": "94.1"}, **said)
    choose(left)
    beside = section(left)["beside"]
    assert about_measures()["lag"] in beside["says"]
    assert "another year’s leavers" in beside["says"]
    assert numbers(section(left)["figures"]) == ALL
    assert len(beside["tables"]) == 1
    assert "2022/23" in beside["tables"][0]["caption"]


def test_what_changed_is_told_to_whoever_approves(left):
    first = publish(left)
    choose(left)
    second = publish(left)
    told = {each.place: each.now[0].words for each in differences(first.content, second.content, Page.CAREERS)}
    assert "Further education: From Year 11: 9" in told["Where our leavers go"]


def test_of_two_who_choose_whose_leavers_the_page_tells_of_the_second_is_told(left):
    address = reverse("publication-leavers-change", args=["ashdown"])
    priya = client_of(left.stock.priya)
    as_read = priya.get(address).context["form"].as_read().split('value="')[1].split('"')[0]
    choose(left)
    page = priya.post(address, {"leavers_of": "", "as_read": as_read}).content.decode()
    assert f"Saved meanwhile: Those of {year_label(LEFT_IN)}" in page
    assert CareersInformation.objects.get().leavers_of == LEFT_IN
