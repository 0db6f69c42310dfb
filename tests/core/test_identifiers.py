"""UPN and ULN: published examples, and every single slip is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dekaan.core.identifiers import (
    UPN_LETTERS,
    is_temporary_upn,
    normal_upn,
    uln_problem,
    upn_check_letter,
    upn_problem,
)


@pytest.mark.parametrize(
    "upn", ["R201100018042", "B801200005001", "Y308212001120", "T20110001804V", "H801200001001", "P207000016049"]
)
def test_published_upns_are_right(upn):
    assert upn_problem(upn) == ""


def test_the_misprinted_example_of_two_vendors_is_wrong_and_says_what_it_should_be():
    assert "begin with P" in upn_problem("Q207000016049")


@pytest.mark.parametrize("upn", ["", "123", "I201100018042", "R2011000180422", "R20110001804S"])
def test_what_is_no_upn_is_said(upn):
    assert "does not look like" in upn_problem(upn)


def test_a_temporary_upn_ends_in_a_letter():
    assert is_temporary_upn("T20110001804V")
    assert not is_temporary_upn("R201100018042")


def test_spaces_and_small_letters_are_mended():
    assert normal_upn(" r201 1000 18042 ") == "R201100018042"


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 9))
def test_any_one_wrong_digit_is_seen(body, place, by):
    upn = upn_check_letter(body) + body
    assert upn_problem(upn) == ""
    wrong = body[:place] + str((int(body[place]) + by) % 10) + body[place + 1 :]
    assert upn_problem(upn[0] + wrong) != ""


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from(UPN_LETTERS))
def test_every_temporary_upn_checks_by_its_letters_value(digits, last):
    body = digits + last
    assert upn_problem(upn_check_letter(body) + body) == ""


@pytest.mark.parametrize("uln", ["9276308686", "9999375358", "1000000000", "1234567899", "1000000043"])
def test_published_ulns_are_right(uln):
    assert uln_problem(uln) == ""


def test_the_placeholder_is_named():
    assert "not known yet" in uln_problem("9999999999")


@pytest.mark.parametrize("uln", ["", "0276308686", "927630868", "9.28E+09", "9276308687"])
def test_wrong_ulns_are_said(uln):
    assert uln_problem(uln) != ""
