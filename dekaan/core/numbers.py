"""Numbers of rows, as they come back in what was typed or pressed; and shares in whole per cent."""

from decimal import Decimal

LONGEST = 18  # digits that any of our databases takes
NO_ROW = 10**LONGEST  # from here on a number in an address is that of nothing


def row_number(text: str) -> int | None:
    """The number of a row; None where the text is none, or longer than any row's."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def row_numbers(texts: list[str]) -> set[int]:
    """Those of the texts that are numbers of rows."""
    return {number for text in texts if (number := row_number(text)) is not None}


def percent(part: int, of: int) -> int:
    """The share in whole per cent, rounded half up: 6 of 9 is 67.

    For a table that sets shares of one list beside one another. A share against a benchmark is rounded down instead, so
    that 100 is all of them, and a band is never taken from either (decision 9, ruling 14).
    """
    return (200 * part + of) // (2 * of)


def plain(number: Decimal | None) -> str:
    """The number without noughts that say nothing: "2.5", "40"; nothing for none."""
    return "" if number is None else f"{number.normalize():f}"
