"""What an encounter counts towards is said once: by the session, by the pupil's record, for the year groups meant."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.frameworks.queries import mask_of
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.queries import counting_of
from tests.programme.test_meaning import OF_A_TALK, said
from tests.stock import pupil

PHASES = ["PA.1", "PA.2", "PA.3"]


@pytest.fixture
def talk(in_ashdown):
    """Ada of Year 10 heard it."""
    ada = pupil("Ada", year_group=10)
    activity = changes.plan_activity(
        title="Talk", activity_type="TALK", by=in_ashdown.priya, partner_kind="employer", partner_name="Millworks"
    )
    session = changes.plan_session(activity, held_on=today(), invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    changes.it_happened(session, by=in_ashdown.priya)
    return session, ada


def record(client, stock, ada):
    client.force_login(stock.priya)
    return client.get(reverse("pupil-record", args=["ashdown", ada.pk])).context["record"]


def line(client, stock, ada):
    ((one,),) = [year.lines for year in record(client, stock, ada).participation]
    return one.towards_in_words


def employer(client, stock, ada):
    standings = record(client, stock, ada).standings
    return next(each for each in standings if each.criterion.title == "An employer every year")


def test_the_record_says_what_the_session_says(in_ashdown, client, talk):
    session, ada = talk
    assert line(client, in_ashdown, ada) == "An employer every year"
    assert counting_of(session).titles == "An employer every year"


def test_what_fails_a_flag_counts_on_no_screen_and_says_what_is_missing(in_ashdown, client, talk):
    """It still counts by the rule of 2014, whose criterion has the same title: that one is not in force and says nothing."""
    session, ada = talk
    changes.say_of_session(session, said("what-work-is-like", no="two-way"), by=in_ashdown.priya)
    assert line(client, in_ashdown, ada) == "Took part, not yet meaningful: talk in both directions"
    assert counting_of(session).words == "Counts towards nothing yet"
    changes.say_of_session(session, said(OF_A_TALK), by=in_ashdown.priya)
    assert line(client, in_ashdown, ada) == "An employer every year"


def test_a_year_that_still_runs_is_not_missed_yet(in_ashdown, client, talk):
    session, ada = talk
    changes.say_of_session(session, said(no="two-way"), by=in_ashdown.priya)
    found = employer(client, in_ashdown, ada)
    assert (found.state, found.is_open) == ("missed", True)
    page = client.get(reverse("pupil-record", args=["ashdown", ada.pk])).content.decode()
    assert "✗ Missed" not in page


@pytest.mark.parametrize(
    ("year_group", "phase"),
    [(9, "PA.1"), (10, "PA.2"), (13, "PA.3")],
)
def test_a_session_counts_towards_what_is_asked_of_those_it_invites(in_ashdown, year_group, phase):
    pupil("Ada", year_group=year_group)
    activity = changes.plan_activity(
        title="College", activity_type="APPR", by=in_ashdown.priya, partner_kind="fe-college", partner_name="College"
    )
    monday = today() + timedelta(days=7 - today().weekday())  # at a weekend none would count
    session = changes.plan_session(
        activity, held_on=monday, invited=Invited(year_groups=(year_group,)), by=in_ashdown.priya
    )
    found = counting_of(session)
    assert activity.criteria & mask_of(PHASES) == mask_of(PHASES)
    assert [each.id for each in (*found.towards, *found.unknown) if each.id in PHASES] == [phase]


def test_what_is_asked_of_others_alone_is_said(in_ashdown):
    pupil("Ada", year_group=13)
    activity = changes.plan_activity(title="Fair", activity_type="TALK", criteria=["GB24.7.1"], by=in_ashdown.priya)
    session = changes.plan_session(activity, held_on=today(), invited=Invited(year_groups=(13,)), by=in_ashdown.priya)
    words = counting_of(session).words
    assert activity.criteria == mask_of(["GB24.7.1"])
    assert words.startswith("Counts towards nothing that is asked of Year 13")
