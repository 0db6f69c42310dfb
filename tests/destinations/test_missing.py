"""What Home says of last year's leavers of whom it is due to be known where they went: to whom, and until when."""

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.core.academic_year import year_label, year_start
from dekaan.destinations.changes import correct_statement, record_statement, withdraw_statement
from dekaan.destinations.queries import just_left, not_known_of
from dekaan.people.changes import return_to_school
from dekaan.people.models import Group, Pupil, YearRecord
from tests.destinations.given import LEFT_IN, day, leaver
from tests.isolation.world import BACKEND
from tests.stock import pupil


def at_home(stock, name: str) -> tuple[str, list[str]]:
    """What stands on Home of leavers, and whom the list that it leads to names."""
    client = Client()
    client.force_login(getattr(stock, name), backend=BACKEND)
    page = client.get(reverse("home", args=["ashdown"]))
    said = page.context["queue"].leavers
    if not said:
        assert "leavers/?year" not in page.content.decode()
        return "", []
    address = f"{reverse('leaver-list', args=['ashdown'])}?year={LEFT_IN}&standing=unknown"
    assert address.replace("&", "&amp;") in page.content.decode()
    return said, [each.leaver.pupil.forename for each, _ in client.get(address).context["lines"]]


def knows(person, kind: str = "position", **otherwise):
    says = {"kind": kind, "source": "pupil", "route": "college-technical"}
    return record_statement(person, by=None, **says | otherwise).statement


def test_what_is_due_is_said_from_september_on_until_it_is_known_of_everybody(left, settings):
    of, both = f"2 leavers of {year_label(LEFT_IN)}: not known", ["Ada", "Ben"]
    settings.TODAY = day(9, 1).isoformat()
    assert at_home(left.stock, "priya") == (f"{of} where they went in September", both)
    settings.TODAY = day(10, 31).isoformat()
    assert at_home(left.stock, "priya") == (f"{of} where they went in September", both)
    settings.TODAY = day(11, 1).isoformat()
    assert at_home(left.stock, "priya") == (f"{of} where they were on 1 November", both)
    for each in (left.ada, left.ben):
        knows(each)
    assert at_home(left.stock, "priya") == ("", [])
    settings.TODAY = day(3, 31).isoformat()
    assert at_home(left.stock, "priya") == (f"{of} where they were on 1 November or at the end of March", both)
    knows(left.ada, "six-months")
    one = f"1 leaver of {year_label(LEFT_IN)}: not known where they were on 1 November or at the end of March"
    assert at_home(left.stock, "priya") == (one, ["Ben"])
    knows(left.ben, "six-months")
    settings.TODAY = day(8, 31).isoformat()
    assert at_home(left.stock, "priya") == ("", [])


def test_whoever_left_in_the_summer_is_not_due_before_september(left, settings):
    settings.TODAY = year_start(LEFT_IN + 1).replace(month=8, day=31).isoformat()
    assert at_home(left.stock, "priya") == ("", [])


def test_the_number_is_as_long_as_the_list_whatever_was_said(left, settings):
    settings.TODAY = day(11, 24).isoformat()
    leaver("Cy", "Young", year_group=9)  # changed schools
    back = leaver("Dee", "Back", year_group=12)
    return_to_school(back, year_group=13, starts_on=day(9, 5), by=None)
    pupil("Eli", year_group=11)  # is here
    eve, fay, gus, hal = (leaver(each, "Moor") for each in ("Eve", "Fay", "Gus", "Hal"))
    knows(eve, route="not-found")
    knows(fay, "enrolment")
    taken_back = knows(gus)
    withdraw_statement(taken_back, by=None)
    lost = knows(hal, route="not-found")
    correct_statement(lost, by=None, route="university")
    knows(left.ada, route="", code="810", source="council")
    knows(left.ben, route="", code="210", source="council")
    said, names = at_home(left.stock, "priya")
    assert names == ["Ada", "Eve", "Fay", "Gus"]
    assert said.startswith("4 leavers of ")
    assert not_known_of(Pupil.objects.all(), date.fromisoformat(settings.TODAY)).count() == 4


def test_a_tutor_is_told_of_their_own_and_whoever_sees_no_leaver_of_nobody(left, settings):
    settings.TODAY = day(11, 24).isoformat()
    group = Group.objects.create(kind=Group.Kind.TUTOR, name="10A", academic_year=LEFT_IN, year_group=11)
    YearRecord.objects.filter(pupil=left.ada, academic_year=LEFT_IN).update(tutor_group=group)
    one = f"1 leaver of {year_label(LEFT_IN)}: not known where they were on 1 November"
    assert at_home(left.stock, "sam") == (one, ["Ada"])
    assert at_home(left.stock, "moira") == ("", [])


def test_it_costs_home_no_statement(left, settings):
    settings.TODAY = day(11, 24).isoformat()
    client = Client()
    client.force_login(left.stock.priya, backend=BACKEND)

    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(reverse("home", args=["ashdown"])).status_code == 200
        return len(made)

    asked()
    with_two = asked()
    for each in (left.ada, left.ben):
        knows(each)
    assert asked() == with_two
    assert just_left(date.fromisoformat(settings.TODAY)) == LEFT_IN
