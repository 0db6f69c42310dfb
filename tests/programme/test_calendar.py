"""A person's own calendar: what stands in it, by the rules of RFC 5545, and how an address ends."""

import re
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from dekaan.access.changes import close_account, end_role, end_sessions, give_role
from dekaan.access.models import Attempts, RoleAssignment
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.models import StaffMember
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import CalendarFeed, Session
from tests.stock import pupil

LONDON = ZoneInfo("Europe/London")
EVERYONE = Invited(year_groups=(10,))


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def address_of(stock, person) -> str:
    with working_in(stock.ashdown):
        return reverse("calendar-feed", args=[changes.renew_calendar_address(school=stock.ashdown, by=person)])


def planned(stock, title="Engineers", *, invited=EVERYONE, of=(), **when) -> Session:
    activity = changes.plan_activity(
        title=title, activity_type="TALK", by=stock.priya, **{"partner_name": "Millworks", "partner_kind": "employer"} | dict(of)
    )  # fmt: skip
    return changes.plan_session(activity, **{"held_on": today(), "invited": invited, "by": stock.priya} | when)


def events(answer) -> dict[str, dict]:
    """What a calendar reads, by title."""
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    return {str(each["summary"]): each for each in calendar.walk("VEVENT")}


@pytest.fixture
def year_10(in_ashdown):
    for number in range(7):
        pupil(f"P{number}")
    return in_ashdown


def test_a_session_stands_there_as_it_was_planned(year_10):
    session = planned(year_10, held_on=date(2026, 7, 1), starts_at=time(9, 5), minutes=40, place="Main hall, east")
    session.held_on = today()
    session.save()
    event = events(Client().get(address_of(year_10, year_10.priya)))["Engineers"]
    begins = datetime.combine(today(), time(9, 5), tzinfo=LONDON)
    assert str(event["uid"]) == f"session-{session.pk}@testserver"
    assert event["dtstart"].dt == begins
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert event["dtend"].dt == begins + timedelta(minutes=40)
    assert str(event["location"]) == "Main hall, east"
    assert str(event["description"]) == f"Year 10\nMillworks\nhttp://testserver{at('session-detail', session.pk)}"
    assert (str(event["status"]), event["sequence"], str(event["class"])) == ("CONFIRMED", 0, "PRIVATE")


def test_without_a_time_it_takes_the_whole_day_and_without_minutes_it_only_begins(year_10):
    planned(year_10, "All day")
    planned(year_10, "Begins", starts_at=time(9))
    found = events(Client().get(address_of(year_10, year_10.priya)))
    assert (found["All day"]["dtstart"].dt, found["All day"]["dtend"].dt) == (today(), today() + timedelta(days=1))
    assert ("dtend" in found["Begins"], found["Begins"]["dtstart"].dt) == (
        False,
        datetime.combine(today(), time(9), tzinfo=LONDON),
    )


def test_what_changes_keeps_its_uid_and_counts_up_and_what_is_off_says_so(year_10):
    session = planned(year_10)
    address = address_of(year_10, year_10.priya)
    told = [events(Client().get(address))["Engineers"]]
    changes.change_session(session, by=year_10.priya, place="Library")
    told.append(events(Client().get(address))["Engineers"])
    changes.cancel_session(session, because="cancelled by them", by=year_10.priya)
    told.append(events(Client().get(address))["Engineers"])
    changes.put_back_on(session, by=year_10.priya)
    changes.change_activity(session.activity, by=year_10.priya, title="Engineers at last")
    told.append(events(Client().get(address))["Engineers at last"])
    assert len({str(each["uid"]) for each in told}) == 1
    first = told[0]["sequence"]
    assert [each["sequence"] - first for each in told] == [0, 1, 2, 4]
    assert [str(each["status"]) for each in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert "Called off: cancelled by them" in str(told[2]["description"])
    stamps = [each["last-modified"].dt for each in told]
    assert stamps == sorted(stamps)
    assert all(stamp.tzinfo in {UTC, ZoneInfo("UTC")} for stamp in stamps)


def test_it_keeps_the_rules_of_rfc_5545(year_10):
    planned(year_10, "Ingénierie – 工程 – " + "é" * 90, starts_at=time(9), minutes=40, place="Hall; west, “A”\\B")
    answer = Client().get(address_of(year_10, year_10.priya))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    body = answer.content
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")[:-1]
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two by the folding
    text = re.sub(r"\r\n[ \t]", "", body.decode())
    assert "LOCATION:Hall\\; west\\, “A”\\\\B\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:Europe/London" in text
    for needed in ("PRODID:", "VERSION:2.0", "UID:", "DTSTAMP:", "LAST-MODIFIED:", "SEQUENCE:"):
        assert f"\r\n{needed}" in text
    again = Calendar.from_ical(body)
    assert again.to_ical() == body
    (event,) = again.walk("VEVENT")
    assert str(event["summary"]) == "Ingénierie – 工程 – " + "é" * 90


def test_the_time_zone_knows_summer_and_winter(year_10):
    for month in (1, 7):
        session = planned(year_10, f"Month {month}", starts_at=time(9), minutes=30)
        session.held_on = date(today().year + 1, month, 5)
        session.save()
    body = Client().get(address_of(year_10, year_10.priya)).content
    (zone,) = Calendar.from_ical(body).walk("VTIMEZONE")
    offsets = {str(each["tzname"]): each["tzoffsetto"].td for each in zone.subcomponents}
    assert offsets == {"BST": timedelta(hours=1), "GMT": timedelta(0)}
    hours = {
        title: each["dtstart"].dt.utcoffset()
        for title, each in events(Client().get(address_of(year_10, year_10.priya))).items()
    }
    assert hours == {"Month 1": timedelta(0), "Month 7": timedelta(hours=1)}


def test_the_clocks_change_when_the_tz_database_says(year_10):
    """Read by another library's parser: each hour of the days around the changes of five years."""
    planned(year_10, starts_at=time(9))
    body = Client().get(address_of(year_10, year_10.priya)).content.decode()
    london = tzical(StringIO(body)).get("Europe/London")
    assert london is not None
    for year in range(today().year - 1, today().year + 4):
        for month in (3, 10):
            for hour in range(24 * 14):
                moment = datetime(year, month, 31 - 13, tzinfo=UTC) + timedelta(hours=hour)
                assert moment.astimezone(london).utcoffset() == moment.astimezone(LONDON).utcoffset(), moment


def test_each_is_told_of_what_they_lead_or_take_a_register_in(in_ashdown):
    stock, ada = in_ashdown, pupil("Ada")
    leo = StaffMember.objects.create(surname="Marsh", forename="Leo", user=stock.leo)
    grace = StaffMember.objects.create(surname="Bell", forename="Grace", user=stock.grace)
    planned(stock, "Led by Leo", led_by=leo, invited=Invited(year_groups=(9,)))
    planned(stock, "Advised by Grace", adviser=grace, invited=Invited(year_groups=(9,)))
    planned(stock, "With Sam's tutor group", invited=Invited(pupils=(ada,)))
    planned(stock, "Long ago", held_on=today() - timedelta(days=61))
    told = {
        name: sorted(events(Client().get(address_of(stock, stock.people[name]))))
        for name in ("leo", "grace", "sam", "moira", "priya")
    }
    assert told == {
        "leo": ["Led by Leo"],
        "grace": ["Advised by Grace"],
        "sam": ["With Sam's tutor group"],
        "moira": [],
        "priya": ["Advised by Grace", "Led by Leo", "With Sam's tutor group"],
    }


def test_it_names_no_pupil_and_no_group_that_is_small(in_ashdown):
    ada = pupil("Ada", "Zzyzx", year_group=13, tutor_group="13Q")
    planned(in_ashdown, "One", invited=Invited(pupils=(ada,)))
    planned(in_ashdown, "All of a small year", invited=Invited(year_groups=(13,)))
    body = Client().get(address_of(in_ashdown, in_ashdown.priya)).content.decode()
    assert body.count("Fewer than 6 pupils") == 2
    assert [word for word in ("Zzyzx", "Ada", "Year 13", "13Q", "1 pupil") if word in body] == []


def test_a_wrong_address_and_every_ended_one_are_answered_alike(year_10, settings):
    stock = year_10
    planned(stock)
    wrong = Client().get(reverse("calendar-feed", args=["x" * 43]))
    ended = {}

    def try_now(name: str, address: str) -> None:
        answer = Client().get(address)
        ended[name] = (answer.status_code, answer.content, answer.headers.get("Cache-Control"))

    first = address_of(stock, stock.priya)
    address_of(stock, stock.priya)
    try_now("made anew", first)
    mine = address_of(stock, stock.tom)
    assert Client().get(mine).status_code == 200
    with working_in(stock.ashdown):
        changes.end_calendar_address(school=stock.ashdown, by=stock.tom)
    try_now("ended", mine)
    out = address_of(stock, stock.nell)
    end_sessions(stock.nell, by=stock.nell)
    try_now("signed out everywhere", out)
    role = address_of(stock, stock.grace)
    end_role(RoleAssignment.objects.get(user=stock.grace), on=today() - timedelta(days=1), by=stock.priya)
    try_now("role ended", role)
    give_role(user=stock.grace, role="careers-adviser", school=stock.ashdown, by=None)
    try_now("role given again", role)
    closed = address_of(stock, stock.sam)
    close_account(stock.sam, by=None)
    try_now("account closed", closed)
    try_now("no permission", address_of(stock, stock.kit))
    assert wrong.status_code == 404
    assert ended == dict.fromkeys(ended, (404, wrong.content, wrong.headers.get("Cache-Control")))
    assert len(ended) == 7


def test_only_the_hash_of_an_address_is_kept_and_reading_it_leaves_no_line(year_10):
    address = address_of(year_10, year_10.priya)
    token = address.split("/")[2].removesuffix(".ics")
    (feed,) = CalendarFeed.objects.all()
    assert len(token) >= 43
    assert token not in {feed.token_hash, str(vars(feed))}
    before = Event.objects.count()
    answer = Client().get(address)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert Event.objects.count() == before
    assert Client().post(address).status_code == 405


def test_whoever_guesses_waits_and_whoever_has_the_address_does_not(year_10):
    address = address_of(year_10, year_10.priya)
    wrong = reverse("calendar-feed", args=["y" * 43])
    codes = [Client().get(wrong).status_code for _ in range(62)]
    assert (codes[:60], codes[-1]) == ([404] * 60, 429)
    assert Attempts.objects.count() == 1
    assert Client().get(address).status_code == 200


def test_priya_makes_renews_and_ends_her_address(year_10, client):
    client.force_login(year_10.priya)
    assert "Make an address" in client.get(at("own-calendar")).content.decode()
    pages = [client.post(at("own-calendar-renew"), follow=True) for _ in range(2)]
    first, second = (
        re.search(r'value="(http://testserver/calendar/[^"]+)"', page.content.decode())[1] for page in pages
    )
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    again = client.get(at("own-calendar")).content.decode()
    assert ("You have an address." in again, "/calendar/" in again.replace(at("own-calendar"), "")) == (True, False)
    made = pages[1].redirect_chain[0][0]
    assert "/calendar/" not in made
    other = Client()
    other.force_login(year_10.tom)
    for somebody in (other.get(made), other.get(at("own-calendar"), {"made": "nonsense"})):
        assert "/calendar/" not in somebody.content.decode().replace(at("own-calendar"), "")
    client.post(at("own-calendar-end"))
    assert Client().get(second).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_calendar_of_one_school_tells_nothing_of_another(year_10):
    with working_in(year_10.beckford):
        pupil("Bo")
        planned(year_10, "Of Beckford")
    planned(year_10, "Of Ashdown")
    assert [*events(Client().get(address_of(year_10, year_10.priya)))] == ["Of Ashdown"]


def test_a_calendar_asks_as_much_of_thirty_sessions_as_of_one(year_10):
    asked = []
    address = address_of(year_10, year_10.priya)
    for number in (1, 3, 30):
        for each in range(number):
            planned(year_10, f"{number} {each}")
        Client().get(address)
        with CaptureQueriesContext(connection) as questions:
            Client().get(address)
        asked.append(len(questions))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 14
