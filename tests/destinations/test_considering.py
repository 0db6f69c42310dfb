"""Who considers higher education follows from what is said of plans, at once, and two visits are asked of them alone."""

from datetime import timedelta

import pytest
from django.db import transaction

from dekaan.core.academic_year import today, year_start
from dekaan.core.scope import working_in
from dekaan.destinations.changes import (
    correct_statement,
    record_statement,
    tell,
    tell_everything,
    verify_statement,
    withdraw_statement,
)
from dekaan.destinations.models import Statement
from dekaan.destinations.queries import told_wrongly
from dekaan.frameworks.queries import framework, higher_education, routes
from dekaan.measures.changes import verify
from dekaan.measures.models import Considering, PupilYear
from dekaan.measures.queries import coverage, misses, states_of, unknowns
from dekaan.overview.changes import change_school_facts
from dekaan.people.changes import change_year_record
from dekaan.people.models import Pupil
from dekaan.privacy.changes import erase_pupil
from tests.kept import once_made
from tests.stock import THIS_YEAR, make_stock, pupil

TWO_VISITS = "GB24.7.2"


def make_ada():
    """In Year 13 at a school whose records reach back to her Year 7."""
    stock = make_stock()
    with working_in(stock.ashdown):
        change_school_facts(stock.ashdown, by=stock.priya, records_begin=year_start(THIS_YEAR - 6))
        return stock, pupil("Ada", year_group=13, tutor_group="")


@pytest.fixture
def made(db):
    return once_made(make_ada)


@pytest.fixture
def in_ashdown(made):
    with working_in(made[0].ashdown):
        yield made[0]


@pytest.fixture
def ada(made, in_ashdown):
    return made[1]


def says(person, route, **otherwise):
    plan = {"kind": "intention", "source": "pupil", "route": route}
    return record_statement(person, by=None, **plan | otherwise).statement


def stands(stock):
    """(judged, met, unknown) of the two visits, this year; and what is kept is what a rebuild would keep."""
    assert verify() == []
    assert told_wrongly() == []
    (found,) = [
        each for each in coverage(stock.ashdown.pk, THIS_YEAR, framework("gatsby-2024")) if each.criterion == TWO_VISITS
    ]
    return found.of, found.met, found.unknown


def test_of_whom_nothing_is_said_it_is_unknown_and_whoever_means_to_go_is_asked(ada, in_ashdown):
    assert stands(in_ashdown) == (1, 0, 1)
    says(ada, "university")
    assert stands(in_ashdown) == (1, 0, 0)
    assert misses(in_ashdown.ashdown.pk, THIS_YEAR, TWO_VISITS) == [ada.pk]


def test_a_later_intention_to_go_elsewhere_takes_ada_out_and_undecided_makes_it_unknown(ada, in_ashdown):
    says(ada, "university", said_on=today() - timedelta(days=20))
    says(ada, "apprenticeship", said_on=today() - timedelta(days=10))
    assert stands(in_ashdown) == (0, 0, 0)
    assert not [each for each in states_of(ada.pk, only_latest=True) if each.criterion == TWO_VISITS]
    says(ada, "undecided")
    assert stands(in_ashdown) == (1, 0, 1)


def test_a_correction_and_what_is_taken_back_count_at_once(ada, in_ashdown):
    first = says(ada, "university")
    second = correct_statement(first, by=None, route="job-with-training").statement
    assert stands(in_ashdown) == (0, 0, 0)
    withdraw_statement(second, by=None)
    assert stands(in_ashdown) == (1, 0, 1)
    assert not Considering.objects.exists()


def test_what_is_said_in_an_earlier_year_holds_until_something_else_is(ada, in_ashdown):
    last_year = year_start(THIS_YEAR) - timedelta(days=90)
    says(ada, "university", said_on=last_year)
    assert stands(in_ashdown) == (1, 0, 0)
    says(ada, "job-with-training")
    assert stands(in_ashdown) == (0, 0, 0)
    (then,) = PupilYear.objects.filter(pupil_id=ada.pk, academic_year=THIS_YEAR - 1)
    assert then.considers == 3  # a year that has passed is judged by what was said up to its end


def test_an_intention_of_year_11_is_the_step_at_16_and_says_nothing(in_ashdown):
    ben = pupil("Ben", year_group=11, tutor_group="")
    says(ben, "apprenticeship", level=3)
    kept = PupilYear.objects.filter(pupil_id=ben.pk, academic_year=THIS_YEAR)
    assert kept.get().considers == 0
    assert [each.progress for each in states_of(ben.pk, only_latest=True) if each.criterion == TWO_VISITS] == [None]
    says(ben, "university", kind="aspiration")
    assert kept.get().considers == 3
    (state,) = [each for each in states_of(ben.pk, only_latest=True) if each.criterion == TWO_VISITS]
    assert (state.state, state.progress.needed) == ("not-yet", 2)
    change_year_record(ben, THIS_YEAR, by=in_ashdown.priya, year_group=12)
    assert kept.get().considers == 3  # named after the apprenticeship
    assert verify() == []


def test_in_year_12_staying_at_school_is_no_plan_for_after_18(in_ashdown):
    ben = pupil("Ben", year_group=12, tutor_group="")
    says(ben, "university", said_on=today() - timedelta(days=2))
    says(ben, "school-sixth-form")
    assert PupilYear.objects.get(pupil_id=ben.pk, academic_year=THIS_YEAR).considers == 3


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"route": "university"}, 3),
        ({"route": "university-abroad"}, 3),
        ({"route": "foundation-year"}, 3),
        ({"route": "higher-technical"}, 3),
        ({"route": "gap-with-place"}, 3),
        ({"route": "apprenticeship", "level": 6}, 3),
        ({"route": "apprenticeship", "level": 4}, 2),
        ({"route": "apprenticeship"}, 2),
        ({"route": "college-technical", "level": 4}, 3),
        ({"route": "college-technical", "level": 3}, 2),
        ({"code": "240", "source": "council"}, 3),
        ({"code": "330", "source": "council"}, 2),
        ({"code": "230", "source": "council"}, 0),  # some course at a college, of whatever level
        ({"code": "810", "source": "council"}, 1),
        ({"route": "refused"}, 1),
        ({"words": "something with animals"}, 0),
        ({"kind": "aspiration", "route": "job-with-training"}, 0),
        ({"kind": "offer", "route": "university", "offer_state": "conditional"}, 3),
        ({"kind": "offer", "route": "university", "offer_state": "rejected"}, 0),
        ({"kind": "offer", "route": "apprenticeship", "offer_state": "unconditional"}, 0),
        ({"kind": "offer", "route": "apprenticeship", "offer_state": "accepted"}, 2),
        ({"route": "job-with-training", "is_backup": True}, 0),
        ({"route": "university", "is_backup": True}, 3),
    ],
)
def test_what_each_plan_says(ada, said, expected):
    record_statement(ada, by=None, **{"kind": "intention", "source": "pupil"} | said)
    assert PupilYear.objects.get(pupil_id=ada.pk, academic_year=THIS_YEAR).considers == expected


@pytest.mark.once
def test_what_the_data_file_names_there_is():
    rules = higher_education()
    assert {*rules.routes, *rules.from_level, *rules.open_routes} <= set(routes())
    assert set(rules.live_offers) >= set(rules.settled_offers)
    assert rules.sure == "own"


def test_on_one_day_adas_own_word_counts_before_her_parents(ada, in_ashdown):
    says(ada, "university")
    says(ada, "job-with-training", source="parent")
    assert stands(in_ashdown) == (1, 0, 0)


def test_saying_the_same_again_counts_nobody_again(ada, in_ashdown):
    first = says(ada, "university")
    before = PupilYear.objects.get(pupil_id=ada.pk, academic_year=THIS_YEAR).counting
    verify_statement(first, by=in_ashdown.priya)
    says(ada, "foundation-year")
    assert PupilYear.objects.get(pupil_id=ada.pk, academic_year=THIS_YEAR).counting == before


def test_what_was_told_wrongly_is_named_and_told_again(ada, in_ashdown):
    says(ada, "university")
    Considering.objects.update(says=2)
    assert told_wrongly() == [
        f"pupil {ada.pk} in {THIS_YEAR}: told (2, 1) of higher education, is (3, 1)",
    ]
    tell_everything()
    assert stands(in_ashdown) == (1, 0, 0)
    Considering.objects.all().delete()
    tell_everything()
    assert stands(in_ashdown) == (1, 0, 0)


def test_many_are_told_in_as_many_statements_as_one(in_ashdown, django_assert_max_num_queries):
    def a_class(size):
        them = [pupil(f"P{number}", year_group=13, tutor_group="") for number in range(size)]
        for each in them:
            Statement.objects.create(
                pupil=each, kind="intention", source="pupil", route="university", as_of=today(), said_on=today()
            )
        return [each.pk for each in them]

    for size in (1, 30):
        told = a_class(size)
        with django_assert_max_num_queries(18):
            tell(told)
        assert Considering.objects.filter(pupil_id__in=told, says=3).count() == size


def test_who_is_erased_is_not_kept_among_those_who_consider_it(ada, in_ashdown):
    says(ada, "university")
    with transaction.atomic():
        erase_pupil(ada, because="retention", by=in_ashdown.priya)
    assert not Pupil.objects.filter(pk=ada.pk).exists()
    assert not Considering.objects.exists()
    assert verify() == []


def test_another_schools_plans_are_not_touched(ada, in_ashdown):
    says(ada, "university")
    with working_in(in_ashdown.beckford):
        tell_everything()
        assert not Considering.objects.exists()
    assert Considering.objects.get().pupil_id == ada.pk
    assert unknowns(in_ashdown.ashdown.pk, THIS_YEAR, TWO_VISITS) == []
