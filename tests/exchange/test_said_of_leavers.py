"""The words of senders stand in a data file with where they are from, and each means one thing."""

import pytest

from dekaan.core.folding import folded
from dekaan.destinations.models import Kind, OfferState, Source
from dekaan.exchange.said_of_leavers import route_and_level_of, route_of, words
from dekaan.frameworks.queries import routes


@pytest.mark.parametrize(
    ("table", "keys"), [("routes", routes()), ("offers", OfferState), ("sources", Source), ("moments", Kind)]
)
def test_every_word_means_one_key_that_there_is(table, keys):
    told = words()[table]
    assert set(told) <= {str(each) for each in keys}
    written = [folded(text) for texts in told.values() for text in texts]
    assert len(written) == len(set(written))


def test_the_file_says_where_its_words_are_from():
    assert words()["source"]
    assert words()["sure"] == "own"


def test_a_word_is_its_route():
    said = ("FE (full-time)", "No show", "BTEC", "Princes Trust", "Wibble")
    assert [route_of(each) for each in said] == ["college", "did-not-start", "college-technical", "re-engagement", ""]


@pytest.mark.parametrize(
    ("said", "route", "level"),
    [
        ("Apprenticeship Level 3", "apprenticeship", 3),
        ("apprenticeship 3", "apprenticeship", 3),
        ("Apprenticeship", "apprenticeship", None),
        ("Level 2", "college-level-2", 2),
        ("Trade Level 2", "job-with-training", 2),  # as a person said of this sender
        ("Group 2", "college", None),
        ("Wibble Level 3", "", None),
    ],
)
def test_words_that_end_with_a_level_say_it(said, route, level):
    taught = {folded("Trade Level 2"): "job-with-training", folded("Group 2"): "college"}
    assert route_and_level_of(said, taught) == (route, level)
