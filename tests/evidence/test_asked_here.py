"""Feedback that was asked here with the questionnaires shows itself in the cabinet, and nobody enters it twice."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.evidence.changes import add_evidence
from dekaan.evidence.queries import cabinet
from dekaan.frameworks.queries import framework
from tests.isolation.world import BACKEND
from tests.quality.asked import answered, opened

pytestmark = pytest.mark.django_db
CARERS = "feedback-parents"


def row(key: str = CARERS, of: str = "gatsby-2024"):
    """A fact's row in the cabinet, and how many facts are missing in it."""
    found = cabinet(framework(of), today())
    rows = [each for _, listed in found.benchmarks for one in listed for each in one.facts]
    return next(each for each in rows if each.shown.fact.key == key), found.missing


@pytest.mark.parametrize("of", ["gatsby-2024", "gatsby-2014"])
def test_carers_who_were_asked_and_answered_are_no_gap(in_ashdown, of):
    _, missing = row(of=of)
    collection = opened(in_ashdown, "carers")
    assert (row(of=of)[0].is_shown, row(of=of)[1]) == (False, missing)  # nobody has answered
    answered(collection, times=2)
    found, left = row(of=of)
    assert (found.is_shown, found.line, found.asked.collection_id, left) == (True, None, collection.pk, missing - 1)
    assert row("feedback-pupils", of)[0].asked is None


def test_what_was_asked_too_long_ago_shows_nothing_any_more(in_ashdown):
    long_ago = today() - timedelta(days=4 * 366)
    answered(opened(in_ashdown, "carers", opened_on=long_ago), times=2)
    assert not row()[0].is_shown


def test_a_paper_in_force_stands_before_it_and_one_that_has_expired_behind(in_ashdown, client):
    client.force_login(in_ashdown.priya, backend=BACKEND)
    until = {"dated_on": today() - timedelta(days=9), "valid_until": today() - timedelta(days=1)}
    add_evidence(title="Old letter", kind="statement", facts=[CARERS], by=None, **until)
    answered(opened(in_ashdown, "carers"), times=2)
    page = client.get("/ashdown/evidence/").content.decode()
    assert "Parents and carers, asked here" in page
    assert f"asked {today():%-d %B %Y}" in page
    add_evidence(title="New letter", kind="statement", facts=[CARERS], by=None)
    page = client.get("/ashdown/evidence/").content.decode()
    assert "New letter" in page
    assert "Parents and carers, asked here" not in page
