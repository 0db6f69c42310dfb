"""A calendar of the public dates that anybody can subscribe to: what was approved and still stands, and nobody's name."""

from datetime import time

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from dekaan.programme.changes import Invited, cancel_session, plan_activity, plan_session
from dekaan.publication.models import Page
from tests.publication.test_pages import JULY, MAY, at, evening, everything_said, fair, made_public

pytestmark = pytest.mark.django_db


def events(answer) -> list[tuple[str, object]]:
    return [
        (str(each["summary"]), each.decoded("dtstart")) for each in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


def test_anybody_subscribes_to_the_dates_of_the_page(in_ashdown):
    everything_said(in_ashdown)
    first = evening()
    activity = plan_activity(title="Careers evening", activity_type="OPTEVE", audience="carers", by=None)
    plan_session(activity, held_on=JULY, invited=Invited(), by=None, place="Hall", starts_at=time(18))
    evening("A talk by Ada Lovell", JULY)
    fair()
    made_public(in_ashdown, Page.STATEMENT)
    assert Client().get(at("careers-calendar")).status_code == 404
    made_public(in_ashdown)
    page = Client().get(at("careers-page")).content.decode()
    assert f'<a href="{at("careers-calendar")}">Dates for your own calendar</a>' in page
    answer = Client().get(at("careers-calendar"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "public, max-age=300"
    found = events(answer)
    assert [what for what, _ in found] == ["Options evening", "Careers evening"]
    assert found[0][1] == MAY
    assert f"{found[1][1]:%Y-%m-%d %H:%M %Z}" == f"{JULY} 17:00 UTC"  # summer time
    assert b"Lovell" not in answer.content
    assert b"Careers fair" not in answer.content  # where pupils are on which day is nobody's business outside
    cancel_session(first, because="Snow", by=None)
    assert [what for what, _ in events(Client().get(at("careers-calendar")))] == ["Careers evening"]


def test_a_school_that_there_is_not_has_no_calendar(db):
    assert Client().get(reverse("careers-calendar", args=["nowhere"])).status_code == 404
