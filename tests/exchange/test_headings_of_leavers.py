"""What a column of a council's or college's file of leavers means is guessed by its heading, and by what stands in it."""

import pytest

from dekaan.exchange.columns import Column, guessed, plain
from dekaan.exchange.sheets_out import guessed_key


def meant(*columns: tuple[str, tuple[str, ...]], remembered: dict[str, str] | None = None) -> list[str]:
    found = [Column(place, "ABCDEF"[place], heading, each, len(each)) for place, (heading, each) in enumerate(columns)]
    return list(guessed(tuple(found), "destinations", remembered).values())


def test_the_headings_of_a_councils_extract_are_known():
    headings = ("YP Surname", "YP Forename", "Act Code", "Establishment/Employer", "Last Confirmed")
    keys = ["surname", "forename", "code", "provider_name", "said_on"]
    assert meant(*((each, ()) for each in headings)) == keys


@pytest.mark.parametrize(
    ("heading", "examples", "key"),
    [
        ("Activity", ("FE full time", "Apprenticeship"), "route"),
        ("Activity", ("230", "310.0"), "code"),
        ("Activity", ("230 - Further education", "810"), "code"),
        ("Current status", ("230", "619", "381"), "code"),
        ("Destination", ("230", "310"), "code"),
        ("Destination", ("College", "310"), "route"),
        ("Activity", ("551",), "code"),  # which is none that we know, and is refused row by row
        ("House number", ("12", "14"), ""),
        ("Locker", ("230", "231"), ""),
    ],
)
def test_what_stands_in_a_column_says_what_its_heading_does_not(heading, examples, key):
    assert meant((heading, examples)) == [key]


def test_what_a_person_said_of_a_heading_stays():
    assert meant(("Activity", ("FE full time",)), remembered={plain("Activity"): "code"}) == ["code"]


def test_the_headings_of_a_councils_empty_sheet_are_known():
    assert [guessed_key(each) for each in ("Activity at 1/11", "Institution/Employer")] == ["code", "provider_name"]
