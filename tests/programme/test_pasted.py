"""A pasted list of absentees finds people as teachers write them."""

import pytest

from dekaan.programme.pasted import find_pupils
from tests.stock import pupil


@pytest.fixture
def pupils(in_ashdown):
    return [
        pupil("Ada", "Lovell", admission_number="004012", email="4012@pupils.example"),
        pupil("Siobhán", "O'Brien", preferred_forename="Shiv"),
        pupil("Zoë", "Nowak"),
        pupil("Ben", "Smith"),
        pupil("Ben", "Smith", admission_number="004099"),
    ]


@pytest.mark.parametrize(
    "line",
    ["Ada Lovell", "LOVELL, Ada", "lovell ada 10A", "4012", "004012", "4012@PUPILS.example", "  Ada   Lovell, "],
)
def test_ada_is_found_however_she_is_written(pupils, line):
    found = find_pupils(line, pupils)
    assert (found.matched, found.doubtful, found.unknown) == ([pupils[0]], [], [])


@pytest.mark.parametrize("line", ["Siobhan OBrien", "Shiv O’Brien", "o'brien, shiv", "Siobhán O'Brien"])
def test_accents_apostrophes_and_short_names_do_not_matter(pupils, line):
    assert find_pupils(line, pupils).matched == [pupils[1]]


def test_two_alike_are_put_to_a_person_unless_a_number_says_which(pupils):
    found = find_pupils("Ben Smith\n004099", pupils)
    assert found.doubtful == [("Ben Smith", pupils[3:])]
    assert found.matched == [pupils[4]]


def test_several_on_one_line_and_a_stranger(pupils):
    found = find_pupils("Ada Lovell, Zoe Nowak; Nobody Here", pupils)
    assert (found.matched, found.unknown) == ([pupils[0], pupils[2]], ["Nobody Here"])


def test_half_a_name_is_put_to_a_person_even_where_only_one_fits(pupils):
    found = find_pupils("Nowak\nSmith\nB Smith\nlovell 10A", pupils)
    assert found.doubtful == [
        ("Nowak", [pupils[2]]),
        ("Smith", pupils[3:]),
        ("B Smith", pupils[3:]),
        ("lovell 10A", [pupils[0]]),
    ]


def test_somebody_of_the_school_who_is_not_on_the_list_is_named(pupils):
    on_list, school = pupils[2:], pupils
    found = find_pupils("Ada Lovell\n4012\nLovell", on_list, school)
    assert found.elsewhere == [("Ada Lovell", [pupils[0]]), ("4012", [pupils[0]])]
    assert (found.matched, found.doubtful, found.unknown) == ([], [], ["Lovell"])
