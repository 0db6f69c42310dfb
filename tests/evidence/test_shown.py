"""Which facts are shown on a day, by which piece: the whole answer, compared."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.core.academic_year import today
from dekaan.core.scope import NoSchoolInScope, working_in
from dekaan.evidence.asked import facts
from dekaan.evidence.changes import add_evidence, change_evidence
from dekaan.evidence.models import Evidence
from dekaan.evidence.queries import FactShown, facts_shown, shown_and_expired
from dekaan.people.models import StaffMember

DAY = date(2026, 11, 24)


def add(stock, title="Policy", key="programme-written", **details) -> Evidence:
    given = {"kind": "statement", "facts": [key], "dated_on": DAY - timedelta(days=30), "by": stock.priya}
    return add_evidence(title=title, **{**given, **details})


def test_in_an_empty_cabinet_nothing_is_shown(in_ashdown):
    shown = facts_shown(DAY)
    assert shown == {key: FactShown(fact, "none") for key, fact in facts().items()}
    assert list(shown) == list(facts())


def test_evidence_in_force_shows_its_fact_and_says_whose_it_is(in_ashdown):
    grace = StaffMember.objects.create(surname="Bell", forename="Grace")
    piece = add(in_ashdown, owner=grace, review="checked")
    assert facts_shown(DAY)["programme-written"] == FactShown(
        fact=facts()["programme-written"],
        state="shown",
        evidence_id=piece.pk,
        title="Policy",
        owner="Grace Bell",
        dated_on=date(2026, 10, 25),
        valid_until=date(2027, 10, 25),
        is_checked=True,
    )
    assert {key for key, each in facts_shown(DAY).items() if each.is_shown} == {"programme-written"}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 10, 24), "none"),  # the day before its date
        (date(2026, 10, 25), "shown"),
        (date(2026, 12, 31), "shown"),  # its last day
        (date(2027, 1, 1), "expired"),
    ],
)
def test_a_piece_is_in_force_from_its_date_to_its_last_day(in_ashdown, day, state):
    add(in_ashdown, valid_until=date(2026, 12, 31))
    assert facts_shown(day)["programme-written"].state == state


def test_of_several_the_one_that_holds_longest_shows_it(in_ashdown):
    add(in_ashdown, "Old", dated_on=date(2024, 9, 1), valid_until=date(2025, 8, 31))
    add(in_ashdown, "New", dated_on=date(2026, 9, 1), valid_until=date(2027, 8, 31))
    add(in_ashdown, "Newest, for the term", dated_on=date(2026, 11, 1), valid_until=date(2026, 12, 18))
    assert facts_shown(DAY)["programme-written"].title == "New"
    assert facts_shown(date(2028, 1, 1))["programme-written"].title == "New"  # the one that expired last
    assert facts_shown(date(2025, 1, 1))["programme-written"].title == "Old"


def test_what_was_set_aside_shows_nothing_from_that_day_on(in_ashdown):
    piece = add(in_ashdown, dated_on=today() - timedelta(days=9))
    change_evidence(piece, review="set-aside", by=in_ashdown.priya)
    assert facts_shown(today())["programme-written"].state == "none"
    assert facts_shown(today() - timedelta(days=1))["programme-written"].state == "shown"


def test_evidence_that_is_still_to_be_checked_shows_it_and_says_so(in_ashdown):
    add(in_ashdown)
    shown = facts_shown(DAY)["programme-written"]
    assert (shown.is_shown, shown.is_checked) == (True, False)


def test_a_piece_may_show_several_facts(in_ashdown):
    add(in_ashdown, facts=["published", "reaches-parents"])
    assert {key for key, each in facts_shown(DAY).items() if each.is_shown} == {"published", "reaches-parents"}


def test_another_schools_evidence_shows_nothing_here(in_ashdown):
    with working_in(in_ashdown.beckford):
        add(in_ashdown)
    assert {each.state for each in facts_shown(DAY).values()} == {"none"}


def test_it_is_asked_within_a_school_in_one_statement(in_ashdown, stock):
    for number in range(3):
        add(in_ashdown, f"Policy {number}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        facts_shown(DAY)
    assert len(asked) == 1


def test_without_a_school_it_raises(stock):
    with pytest.raises(NoSchoolInScope):
        facts_shown(DAY)


def test_expired_ones_that_are_still_used_are_counted(in_ashdown):
    add(in_ashdown, valid_until=today() - timedelta(days=1))
    add(in_ashdown, valid_until=today())
    aside = add(in_ashdown, valid_until=today() - timedelta(days=2))
    change_evidence(aside, review="set-aside", by=in_ashdown.priya)
    assert shown_and_expired(today()) == (facts_shown(today()), 1)
