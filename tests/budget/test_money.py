"""What is typed as pounds, and how money is shared."""

import pytest

from dekaan.budget.money import Money, pence_of, shared, typed_as

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("250", 25_000),
        ("£1,249.50", 124_950),
        (" 0.5 ", 50),
        ("-3", -300),
        ("£ 12.05", 1_205),
        ("1,000,000", 100_000_000),
    ],
)
def test_pounds_are_read_as_people_type_them(typed, pence):
    assert pence_of(typed) == pence


@pytest.mark.parametrize("typed", ["", "two", "1.234", "1,23", "12,5", "£", "1e3", "٣", "1 000"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match="is no amount"):
        pence_of(typed)


def test_money_is_said_with_pence_only_where_there_are_any():
    assert [str(Money(each)) for each in (120_000, 1_250, 5, 0, -305)] == ["£1,200", "£12.50", "£0.05", "£0", "−£3.05"]
    assert [typed_as(each) for each in (120_000, 1_250, 5)] == ["1200", "12.50", "0.05"]


def test_nothing_is_divided_among_nobody():
    assert (shared(1_000, 0), shared(1_000, 3), shared(0, 3)) == (None, Money(333), Money(0))
