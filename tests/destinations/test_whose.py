"""Whose destinations each role sees: on the list, a person's page, the grid of calls, the picture and the council's sheet.

Class I of the matrix in the security paper, section 3.
"""

import pytest

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.destinations.models import Statement
from dekaan.exchange.changes import keep_sheet
from dekaan.exchange.sheets_out import guessed_columns
from dekaan.people.models import Group, StaffMember, YearRecord
from tests.destinations.given import LEFT_IN, day, leaver
from tests.destinations.test_calling import grid, line
from tests.destinations.test_views import at, browser, leavers_page, names, person_page, words

pytestmark = pytest.mark.django_db

ADA, BEN, CARYS = "Lovell, Ada", "Okoro, Ben", "Abbot, Carys"
EVERYBODY = [CARYS, ADA, BEN]
IN_THAT_YEAR = day(9, 1, years_on=-1)


@pytest.fixture
def carys(left):
    """Ada left from 11T with special educational needs, Ben from 11U, Carys from Year 13."""
    for person, name, sen in ((left.ada, "11T", "K"), (left.ben, "11U", "N")):
        group = Group.objects.create(name=name, kind=Group.Kind.TUTOR, academic_year=LEFT_IN, year_group=11)
        YearRecord.objects.filter(pupil=person, academic_year=LEFT_IN).update(tutor_group=group, sen=sen)
    return leaver("Carys", "Abbot", year_group=13)


def somebody(left, role, *, since=IN_THAT_YEAR, **scope):
    user = User.objects.create(email=f"{role}@new.example", name=role)
    at_school = {"trust": left.stock.weirbrook} if role == "trust-careers-adviser" else {"school": left.stock.ashdown}
    give_role(user=user, role=role, scope=scope, by=None, starts_on=since, **at_school)
    return user


SEES = {
    "careers-leader": ({}, EVERYBODY, True),
    "careers-administrator": ({}, EVERYBODY, True),
    "careers-coordinator": ({}, EVERYBODY, True),
    "careers-adviser": ({}, [], True),  # of a caseload, which is not kept yet
    "commissioned-adviser": ({}, [], True),
    "tutor": ({"tutor_groups": ["11T"]}, [ADA], True),
    "head-of-year": ({"year_groups": [11]}, [ADA, BEN], True),
    "senco": ({}, [ADA], True),
    "dsl": ({}, EVERYBODY, False),
    "slt-line-manager": ({}, EVERYBODY, False),
    "headteacher": ({}, EVERYBODY, False),
}
COUNTS = ("subject-lead", "link-governor", "enterprise-coordinator", "trust-careers-adviser")
NOTHING = ("session-teacher", "enterprise-adviser", "technician", "data-protection-officer")


@pytest.mark.parametrize("role", SEES)
def test_of_whom_a_role_sees_and_changes_destinations_is_the_same_on_every_page(left, carys, role):
    scope, seen, changes = SEES[role]
    user = somebody(left, role, **scope)
    assert names(leavers_page(user)) == seen
    for person in (left.ada, left.ben, carys):
        sees = str(person) in seen
        assert person_page(user, person).status_code == (200 if sees else 404), person
        new = browser(user).get(at("statement-new", person.pk)).status_code
        assert new == (403 if not changes else 200 if sees else 404), person
    drawn = browser(user).get(at("destination-picture"), {"year": LEFT_IN})
    assert drawn.status_code == 200
    assert "No leavers of" in words(drawn) if not seen else f"Not known: {len(seen)}" in words(drawn)
    called = browser(user).get(grid())
    if changes:
        assert [each.split("\n")[0].split("Year")[0] for each in names(called)] == [
            f"{each.split(', ')[1]} {each.split(', ')[0]}" for each in seen
        ]
        browser(user).post(grid(), line(left.ada, "app 3") | line(left.ben, "app 3") | line(carys, "app 3"))
        assert {str(each.pupil) for each in Statement.objects.select_related("pupil")} == {*seen}
    else:
        assert called.status_code == 403


@pytest.mark.parametrize("role", [*COUNTS, *NOTHING])
def test_whoever_only_counts_or_has_no_part_in_it_meets_nobody_by_name(left, carys, role):
    user = somebody(left, role)
    assert leavers_page(user).status_code in {403, 404}
    assert person_page(user, left.ada).status_code in {403, 404}
    assert browser(user).get(grid()).status_code in {403, 404}
    drawn = browser(user).get(at("destination-picture"), {"year": LEFT_IN})
    assert drawn.status_code == (200 if role in COUNTS else 403)
    assert "Lovell" not in words(drawn)


@pytest.mark.parametrize("role", [*SEES, *COUNTS, *NOTHING])
def test_the_councils_sheet_leaves_by_the_careers_leader_alone(left, carys, role):
    sheet = keep_sheet("Shropshire", guessed_columns(["Surname", "Forename", "Code"]), by=left.priya)
    client = browser(somebody(left, role, **SEES.get(role, ({},))[0]))
    assert client.get(at("outgoing-sheet-detail", sheet.pk)).status_code == (200 if role == "careers-leader" else 403)
    export = f"{at('outgoing-sheet-export', sheet.pk)}?year={LEFT_IN}&moment=position&rows=one"
    taken = client.post(export, {"purpose": "law", "written_as": "csv"})
    assert taken.status_code == (200 if role == "careers-leader" else 403)


def test_whoever_takes_over_a_tutor_group_of_that_name_later_sees_none_of_its_leavers(left, carys):
    later = somebody(left, "tutor", since=day(9, 1), tutor_groups=["11T"])
    assert names(leavers_page(later)) == []
    assert person_page(later, left.ada).status_code == 404


def test_a_tutor_whose_group_goes_by_another_name_today_still_sees_who_left_from_it(left, carys):
    now = somebody(left, "tutor", since=day(9, 1), tutor_groups=["10T"])
    tutor = StaffMember.objects.create(surname="Ruiz", forename="Ana", user=now)
    Group.objects.filter(name="11T", academic_year=LEFT_IN).update(tutor=tutor)
    assert (names(leavers_page(now)), person_page(now, left.ada).status_code) == ([ADA], 200)
    assert person_page(now, left.ben).status_code == 404


def test_an_adviser_is_told_plainly_that_no_caseload_is_kept(left, carys):
    adviser, tutor = somebody(left, "careers-adviser"), somebody(left, "tutor", tutor_groups=["7Z"])
    says = "No caseloads are kept here yet, so that nobody is listed: ask the Careers Leader whom to follow."
    assert says in words(leavers_page(adviser))
    assert says in words(browser(adviser).get(grid()))
    assert says not in words(leavers_page(tutor))
