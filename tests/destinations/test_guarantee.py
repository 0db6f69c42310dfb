"""The September Guarantee: who has no suitable offer recorded, by the latest word on each application; who objects leaves in no file."""

import csv
import html
import io
import re

import pytest
import time_machine

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.audit.models import Event
from dekaan.core.academic_year import today, year_end, year_start
from dekaan.destinations.changes import say_wish
from dekaan.destinations.queries import MetBy, guarantee_year, september_guarantee
from dekaan.destinations.queries.person import is_disputed
from dekaan.partners.changes import add_organisation
from dekaan.people.changes import leave_school
from dekaan.people.models import Enrolment, YearRecord
from dekaan.programme.changes.partners import merge_organisations, part_organisations
from tests.destinations.given import LEFT_IN
from tests.destinations.test_views import at, browser, names, say, words
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def eleven(left):
    left.carys, left.dev, left.eve = (
        pupil(forename, surname, year_group=year, tutor_group=group)
        for forename, surname, year, group in (
            ("Carys", "Abbot", 11, "11A"),
            ("Dev", "Bell", 11, "11A"),
            ("Eve", "Crane", 12, "12A"),
        )
    )
    pupil("Flo", "Dunn", year_group=10, tutor_group="10A")
    leave_school(left.eve, on=year_end(THIS_YEAR), by=None)  # and so does not go on into Year 13 here
    return left


def offer(person, state, provider="Mereside College", **says):
    return say(person, "offer", offer_state=state, provider_name=provider, **says)


def page(left, **asked):
    return browser(left.priya).get(at("september-guarantee"), asked)


@pytest.mark.parametrize(
    ("states", "has_one"),
    [
        (["applied"], False),
        (["interviewed"], False),
        (["conditional"], True),
        (["unconditional"], True),
        (["accepted"], True),
        (["conditional", "declined"], False),
        (["unconditional", "rejected"], False),
        (["conditional", "withdrawn"], False),
        (["rejected", "accepted"], True),
    ],
)
def test_the_latest_word_on_an_application_decides(eleven, states, has_one):
    for state in states:
        offer(eleven.carys, state)
    assert ("Abbot, Carys" not in names(page(eleven))) is has_one


@pytest.mark.parametrize(
    ("said", "has_one"),
    [
        ([("accepted", "college-technical", ""), ("rejected", "", "Plumbing")], False),
        ([("accepted", "", "Plumbing"), ("declined", "college-technical", "")], False),
        ([("rejected", "college-technical", "Plumbing"), ("accepted", "college-technical", "")], True),
        ([("conditional", "college-technical", "Plumbing"), ("rejected", "college-technical", "Art")], True),
        ([("conditional", "", "Plumbing"), ("rejected", "", ""), ("conditional", "", "Art")], True),
        # Of two applications there nobody knows which was turned down.
        ([("conditional", "", "Plumbing"), ("applied", "", "Art"), ("rejected", "", "")], True),
        ([("conditional", "", "Plumbing"), ("applied", "", "Art"), ("rejected", "", "Plumbing")], False),
    ],
)
def test_what_leaves_out_the_route_or_the_course_is_of_the_application_that_there_is(eleven, said, has_one):
    for state, route, course in said:
        offer(eleven.carys, state, route=route, course=course)
    assert ("Abbot, Carys" not in names(page(eleven))) is has_one


def test_two_organisations_that_were_made_one_are_one_place_until_they_are_parted(eleven):
    kept, gone = (add_organisation(name=name, kind="fe", by=None) for name in ("Mereside College", "Mere Sixth"))
    offer(eleven.carys, "conditional", gone.name)
    offer(eleven.carys, "declined", kept.name)
    said = say(eleven.ada, provider_name=gone.name)
    say(eleven.ada, source="provider", provider_name=kept.name)

    def told():
        return "Abbot, Carys" in names(page(eleven)), is_disputed(said)

    assert told() == (False, True)
    merge = merge_organisations(kept, gone, by=None)
    assert told() == (True, False)
    part_organisations(merge, by=None)
    assert told() == (False, True)


def test_an_offer_of_another_place_stands_though_one_was_declined(eleven):
    offer(eleven.carys, "conditional", "Alder College")
    offer(eleven.carys, "declined")
    offer(eleven.dev, "applied")
    say(eleven.dev, "intention", provider_name="Mereside College")
    say(eleven.dev, "intention", route="apprenticeship", is_backup=True)
    found = page(eleven)
    assert names(found) == ["Bell, Dev", "Crane, Eve"]
    told = words(found)
    assert "Year 11 1 of 2 , Year 12 0 of 1" in told
    assert (
        "Bell, Dev 11A College: technical course, Mereside College Apprenticeship College: technical course, "
        "Mereside College: applied" in told
    )
    assert names(page(eleven, year_group="12")) == ["Crane, Eve"]
    assert names(page(eleven, year_group="x", year="1066")) == ["Bell, Dev", "Crane, Eve"]


def test_who_has_a_place_by_themselves_is_not_asked_for_an_offer(left):
    """Of two years ago: Ada enrolled, Ben did not, Carys stayed on; of this year Dev goes on into Year 13."""
    say(left.ada, "enrolment")
    say(left.ben, "enrolment", route="looking")
    stayed, _ = pupil("Carys", "Abbot", year_group=12, tutor_group="12A"), pupil("Dev", "Bell", year_group=13)
    last = THIS_YEAR - 1
    YearRecord.objects.update_or_create(pupil=stayed, academic_year=last, defaults={"year_group": 11})
    Enrolment.objects.filter(pupil=stayed).update(starts_on=year_start(last))
    this = page(left, year=THIS_YEAR)
    assert names(this) == []
    assert "going on into Year 13 here 1 ." in words(this)
    before = page(left, year=last)
    assert names(before) == []
    assert "being at this school in the year after 2 ." in words(before)  # Carys in Year 11, Dev in Year 12
    found = september_guarantee(left.priya.role_assignments.all(), LEFT_IN)
    assert [str(each.pupil) for each in found.rows] == ["Okoro, Ben"]
    assert found.met_by == ((MetBy.PLACE, 1), (MetBy.STAYED, 1))  # Dev was in Year 11 then


def test_an_offer_is_recorded_from_the_list_and_begins_with_what_they_mean(eleven):
    say(eleven.dev, "intention", provider_name="Mereside College")
    found = page(eleven).content.decode()
    (address,) = re.findall(rf'href="([^"]*/{eleven.dev.pk}/destinations/new/[^"]*)"', found)
    priya, address = browser(eleven.priya), html.unescape(address)
    assert 'value="Mereside College"' in priya.get(address).content.decode()
    told = {
        "kind": "offer",
        "source": "pupil",
        "confidence": "some",
        "said_on": str(today()),
        "route": "college-technical",
    }
    told |= {"provider_name": "Mereside College", "offer_state": "conditional"}
    after = priya.post(address, told, follow=True)
    assert "Recorded: Applied for or offered" in words(after)
    assert "Bell, Dev" not in names(after)
    assert "They have it by an offer 1 ." in words(after)


def test_whoever_objects_stands_on_the_page_and_neither_in_a_file_nor_in_print(eleven):
    say_wish(eleven.dev, about="sharing", allows=False, who="parent", by=None)
    shown = page(eleven)
    rows = re.findall(r"<tr[^>]*>(?=\s*<th scope=\"row\")", shown.text)
    assert rows == ["<tr>", '<tr class="no-print">', "<tr>"]  # Carys, Dev, Eve
    found = words(shown)
    assert "1 below objects to being told of to others, and is in no file and not in print." in found
    assert "objects to sharing" in found
    priya = browser(eleven.priya)
    taken = priya.post(at("september-guarantee-export"), {"purpose": "law"})
    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Name", "Abbot, Carys", "Crane, Eve"]
    assert "2 names, for the council or another body, as the law asks" in rows[0][0]
    assert Event.objects.filter(action="names exported").latest("pk").detail["names"] == 2
    refused = priya.post(at("september-guarantee-export"), {}, follow=True)
    assert "Choose what the file is for, then press Export as CSV." in words(refused)


def test_a_tutor_sees_their_own_group_and_takes_no_file(eleven):
    tutor = User.objects.create(email="tutor@new.example", name="T")
    give_role(user=tutor, role="tutor", school=eleven.stock.ashdown, scope={"tutor_groups": ["12A"]}, by=None)
    client = browser(tutor)
    assert names(client.get(at("september-guarantee"))) == ["Crane, Eve"]
    assert client.post(at("september-guarantee-export"), {"purpose": "law"}).status_code == 403


@pytest.mark.parametrize(("day", "year"), [("2026-08-31", 2025), ("2026-09-30", 2025), ("2026-10-01", 2026)])
def test_in_september_it_is_still_about_those_of_the_year_before(day, year):
    with time_machine.travel(f"{day}T12:00:00"):
        assert guarantee_year() == year
