"""What contradicts and what only says less: a council's code beside a route, a level that nobody said, and two that differ."""

import pytest

from dekaan.core.academic_year import today
from dekaan.destinations.changes import TWO_THINGS, record_statement, try_statement
from dekaan.destinations.models import Ruling, Statement
from dekaan.destinations.queries import judged, leavers, person, picture
from dekaan.frameworks.queries import activity_codes, routes
from dekaan.people.models import Pupil
from tests.destinations.given import LEFT_IN
from tests.destinations.test_views import at, browser, say, words

pytestmark = pytest.mark.django_db


def disagrees(pupil, code: dict, route: dict) -> bool:
    say(pupil, source="council", route="", **code)
    say(pupil, source="pupil", **route)
    (moment,) = person(pupil).moments
    return moment.disagrees


@pytest.mark.parametrize(
    ("code", "route"),
    [
        ({"code": "310"}, {"route": "apprenticeship", "level": 3}),
        ({"code": "270"}, {"route": "home-education"}),
        ({"code": "640"}, {"route": "not-available"}),
        ({"code": "210", "provider_name": "Priory School"}, {"route": "t-level", "provider_name": "Priory School"}),
        ({"code": "616"}, {"route": "start-agreed"}),
        ({"code": "381"}, {"route": "self-employed"}),
        ({"code": "230"}, {"route": "college-technical", "provider_name": "Mereside College"}),
    ],
)
def test_a_code_alone_does_not_contradict_a_route_that_it_may_be_of(left, code, route):
    assert not disagrees(left.ada, code, route)


@pytest.mark.parametrize(
    ("code", "route"),
    [
        ({"code": "619"}, {"route": "not-available"}),
        ({"code": "310"}, {"route": "college-technical"}),
        ({"code": "220"}, {"route": "t-level"}),
        ({"code": "240"}, {"route": "home-education"}),
        (
            {"code": "230", "provider_name": "Priory College"},
            {"route": "college-technical", "provider_name": "Mereside"},
        ),
    ],
)
def test_a_code_of_something_else_contradicts_it(left, code, route):
    assert disagrees(left.ada, code, route)


def test_a_level_that_nobody_said_contradicts_none_and_two_levels_contradict_each_other(left):
    for level in (None, 3):
        say(left.ada, source="pupil" if level else "parent", route="apprenticeship", level=level)
        say(left.ben, source="pupil" if level else "parent", route="apprenticeship", level=level or 2)
    assert [person(each).moments[0].disagrees for each in (left.ada, left.ben)] == [False, True]


def test_who_went_where_they_meant_did_so_whether_the_council_says_the_level_or_not(left):
    say(left.ada, "intention", route="apprenticeship", level=3)
    say(left.ada, source="council", route="", code="310")
    assert dict(picture(LEFT_IN, Pupil.objects.filter(pk=left.ada.pk)).changed)["kept"] == 1


def test_the_measure_reads_a_code_alone_as_the_route_that_somebody_else_says(left):
    """The published measure finds nobody who is educated at home, whatever the council's code is for it."""
    for kind in ("position", "six-months"):
        say(left.ada, kind, source="council", route="", code="270")
        say(left.ada, kind, source="parent", route="home-education")
    found = judged(Statement.objects.filter(pupil=left.ada), Ruling.objects.none(), LEFT_IN)
    assert (found.council.outcome, found.measure.outcome) == ("sustained", "not-captured")
    (ada,) = (each for each in leavers(LEFT_IN, Pupil.objects.all()) if each.pupil == left.ada)
    assert {each.said.route for each in ada.moments} == {"home-education"}


def test_every_other_code_of_a_route_is_one_of_the_council_and_belongs_to_no_other_route():
    also = [code for route in routes().values() for code in route.also_codes]
    assert set(also) <= activity_codes().keys()
    assert len(also) == len(set(also))


def test_a_code_and_a_route_of_different_things_are_taken_and_told(left):
    told = browser(left.priya).post(
        at("statement-new", left.ada.pk),
        {
            "kind": "position",
            "source": "council",
            "confidence": "some",
            "said_on": str(today()),
            "route": "university",
            "code": "619",
        },
        follow=True,
    )
    assert TWO_THINGS in words(told)
    for route, code in (("job-without-training", "320"), ("not-available", "640"), ("university", "240")):
        says = {"kind": "position", "source": "council", "route": route, "code": code}
        assert not try_statement(left.ben, **says).says_two_things
    assert not record_statement(left.ben, by=None, kind="position", source="council", code="619").says_two_things
