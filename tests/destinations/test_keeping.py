"""Of how many pupils plans are asked, of how many leavers it is known where they went, and whether that is enough."""

from datetime import date, timedelta

import pytest

from dekaan.core.academic_year import today, year_label, year_start
from dekaan.core.scope import working_in
from dekaan.destinations.changes import correct_statement, record_statement, withdraw_statement
from dekaan.destinations.queries import HowKept, KeptShare, how_kept, how_kept_by_school, leavers
from dekaan.destinations.queries.keeping import leaving_years
from dekaan.frameworks.queries import criteria, keepings, moments
from dekaan.people.changes import leave_school, return_to_school
from dekaan.people.models import Pupil
from tests.destinations.given import LEFT_IN, day, leaver
from tests.stock import THIS_YEAR, pupil

LAST_YEAR, THREE_YEARS = "last-year", "three-years"


def found(stock, key, on=None):
    return how_kept_by_school(on or today())[stock.ashdown.pk][key]


def numbers(stock, key, on=None):
    return [(each.known, each.of) for each in found(stock, key, on).parts]


def known(person, **otherwise):
    says = {"kind": "position", "source": "pupil", "route": "college-technical"}
    return record_statement(person, by=None, **says | otherwise).statement


def test_the_leavers_counted_are_those_of_the_list_of_leavers(left):
    stock, on = left.stock, today()
    leaver("Cy", "Young", year_group=9)  # changed schools
    back = leaver("Dee", "Back", year_group=12)
    return_to_school(back, year_group=13, starts_on=year_start(THIS_YEAR), by=None)
    pupil("Eli", year_group=11)  # is still here
    known(left.ada)
    for about in (each for each in keepings().values() if each.of == "leavers"):
        parts = found(stock, about.key).parts
        years = leaving_years(about, on)
        assert [each.of for each in parts] == [len(leavers(year, Pupil.objects.all(), on)) for year in years]
    assert numbers(stock, THREE_YEARS)[THIS_YEAR - 1 - LEFT_IN] == (1, 2)


def test_not_known_and_what_is_taken_back_are_not_known(left):
    stock = left.stock
    of_ben = known(left.ben)
    lost = known(left.ada, route="not-found")
    place = leaving_years(keepings()[LAST_YEAR], day(11, 1)) == [LEFT_IN]
    assert place
    assert numbers(stock, LAST_YEAR, day(8, 31)) == [(0, 2)]  # nothing was said by then
    assert numbers(stock, THREE_YEARS)[1] == (1, 2)
    correct_statement(lost, by=None, route="university")
    assert numbers(stock, THREE_YEARS)[1] == (2, 2)
    withdraw_statement(of_ben, by=None)
    assert numbers(stock, THREE_YEARS)[1] == (1, 2)


def test_plans_of_the_last_twelve_months_are_counted_of_whoever_is_here(left):
    stock = left.stock
    ann, bob = pupil("Ann", year_group=8), pupil("Bob", year_group=11)
    says = {"kind": "intention", "source": "pupil", "route": "university"}
    record_statement(ann, by=None, **{**says, "kind": "aspiration", "route": "", "words": "a vet"})
    old = record_statement(bob, by=None, said_on=today() - timedelta(days=400), **says).statement
    assert numbers(stock, "plans") == [(1, 2)]
    correct_statement(old, by=None, said_on=today())
    assert numbers(stock, "plans") == [(2, 2)]
    assert found(stock, "plans").state == "met"


@pytest.mark.once
@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ([(95, 100)], "met"),
        ([(94, 100)], "partly"),
        ([(1, 100)], "partly"),
        ([(0, 100)], "not-known"),
        ([(0, 0)], "not-known"),
        ([(100, 100), (0, 0), (96, 100)], "partly"),  # of one year there are no records
        ([(100, 100), (95, 100), (96, 100)], "met"),
        ([(100, 100), (100, 100), (0, 100)], "partly"),
    ],
)
def test_what_the_shares_come_to(parts, state):
    assert HowKept(keepings()[THREE_YEARS], tuple(KeptShare("", *each, 95) for each in parts)).state == state


@pytest.mark.once
@pytest.mark.parametrize(
    ("known", "of", "says"),
    [
        (120, 160, "120 of 160"),
        (158, 160, "at least 95 %"),  # the two could be found out
        (3, 160, "fewer than 95 %"),
        (4, 4, "at least 95 %"),
        (0, 160, "0 of 160"),
        (160, 160, "160 of 160"),
        (0, 0, "nobody"),
    ],
)
def test_no_small_number_is_said(known, of, says):
    assert KeptShare("", known, of, 95).says == says


@pytest.mark.once
def test_before_the_first_of_november_last_years_leavers_are_those_of_the_year_before():
    about = keepings()[THREE_YEARS]
    assert leaving_years(about, date(2026, 10, 31)) == [2024, 2023, 2022]
    assert leaving_years(about, date(2026, 11, 1)) == [2025, 2024, 2023]


@pytest.mark.once
def test_what_the_data_file_says_there_is():
    for each in keepings().values():
        assert set(each.criteria) <= set(criteria())
        assert each.of in {"plans", "leavers", "sustained"}
        assert 0 < each.met_from <= 100
        assert (each.due in moments()) if each.of != "plans" else each.year_groups


def test_what_a_criterion_asks_is_shown_of_it_and_of_no_other(left):
    stock = left.stock
    names = {each: [share.about.key for share in how_kept(stock.ashdown.pk, today(), each)] for each in criteria()}
    assert {each: keys for each, keys in names.items() if keys} == {
        "GB14.3.4": [LAST_YEAR, THREE_YEARS],
        "GB24.3.5": ["plans", LAST_YEAR],
        "GB24.3.6": [THREE_YEARS, "sustained"],
    }


def test_it_is_said_in_words_of_which_years(left):
    known(left.ada)
    three, _ = how_kept(left.stock.ashdown.pk, today(), "GB24.3.6")
    years = [year_label(THIS_YEAR - back) for back in (1, 2, 3)]
    assert three.says == (
        "Where the leavers of three years went, by the ledger of destinations: "
        f"who left in {years[0]}: nobody; who left in {years[1]}: fewer than 95 %; who left in {years[2]}: nobody."
    )


def test_each_school_is_what_it_is_alone_and_all_are_asked_at_once(left, django_assert_num_queries):
    known(left.ada)
    with working_in(left.stock.beckford):
        leave_school(leaver_of_beckford := pupil("Fay", year_group=13), on=today(), by=None)
        assert leaver_of_beckford.pk
    both = working_in(left.stock.ashdown, left.stock.beckford)
    plans_and_leavers = [each for each in keepings().values() if each.of != "sustained"]
    with both, django_assert_num_queries(2):
        together = how_kept_by_school(today(), plans_and_leavers)
    with working_in(left.stock.ashdown, left.stock.beckford), django_assert_num_queries(7):
        assert how_kept_by_school(today()).keys() == together.keys()
    assert [each.of for each in together[left.stock.ashdown.pk][THREE_YEARS].parts] == [0, 2, 0]
    assert [each.of for each in together[left.stock.beckford.pk][THREE_YEARS].parts] == [0, 0, 0]


def test_whether_leavers_were_sustained_stands_apart_with_the_unknown(left):
    stock, on = left.stock, day(3, 31)
    assert leaving_years(keepings()["sustained"], day(3, 30)) == [LEFT_IN - 1]
    assert leaving_years(keepings()["sustained"], on) == [LEFT_IN]
    assert [(each.exactly, each.is_met) for each in found(stock, "sustained", on).parts] == [("2 unknown, of 2", False)]
    assert found(stock, "sustained", on).state == "not-known"
    known(left.ada)
    known(left.ada, kind="six-months")
    known(left.ben, route="looking")
    known(left.ben, kind="six-months", route="looking")
    carys = leaver("Carys", "Abbot")
    (share,) = found(stock, "sustained", on).parts
    assert (share.exactly, share.says) == ("1 sustained, 1 not sustained, 1 unknown, of 3", "known of fewer than 95 %")
    assert found(stock, "sustained", on).state == "partly"
    assert [each.about.key for each in how_kept(stock.ashdown.pk, on, "GB24.3.6")] == ["three-years", "sustained"]
    assert carys


@pytest.mark.once
def test_no_small_number_of_who_was_sustained_leaves_with_the_words():
    parts = (("sustained", 88), ("not sustained", 10), ("not captured", 0), ("unknown", 62))
    assert KeptShare("x", 98, 160, 95, parts).says == "88 sustained, 10 not sustained, 62 unknown, of 160"
    few = (("sustained", 93), ("not sustained", 5), ("not captured", 0), ("unknown", 62))
    assert KeptShare("x", 98, 160, 95, few).says == "known of fewer than 95 %"
