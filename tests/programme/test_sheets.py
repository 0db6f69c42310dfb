"""Paper: the briefing of whoever delivers a session, and the visitors of a day for reception."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.people.changes import leave_school
from dekaan.people.models import Group, StaffMember
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Briefing
from dekaan.programme.queries import (
    briefing_parts,
    invited_ids,
    invited_pupils,
    sessions,
    time_in_words,
    usual_lines,
    visitors_on,
)
from tests.stock import pupil

EVERYONE = Invited(year_groups=(10,))


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def planned(stock, title="Engineering at Millworks", *, invited=EVERYONE, held_on=None, of=(), **when):
    """A talk by an employer, today unless told otherwise."""
    activity = changes.plan_activity(
        title=title,
        by=stock.priya,
        **{"activity_type": "ASSEM", "partner_name": "Millworks", "partner_kind": "employer"} | dict(of),
    )
    return changes.plan_session(activity, held_on=held_on or today(), invited=invited, by=stock.priya, **when)


def words(answer) -> str:
    return " ".join(answer.content.decode().partition("<main")[2].split())


def test_a_briefing_says_the_usual_until_the_school_says_it_otherwise(in_ashdown):
    session = planned(in_ashdown)
    before = {part.name: (part.lines, part.is_own) for part in briefing_parts(session)}
    assert before["Before"] == (
        (
            "Read this sheet; check the place and the time.",
            "Tell pupils who is coming and let each think of one question.",
        ),
        False,
    )
    changes.write_briefing(session.activity, by=in_ashdown.priya, before="Set up the screen.\n\nOpen the doors.")
    after = {part.name: (part.lines, part.is_own) for part in briefing_parts(session)}
    assert after == before | {"Before": (("Set up the screen.", "Open the doors."), True)}


@pytest.mark.parametrize(
    ("details", "part", "line"),
    [
        ({"mode": "live_online"}, "before", "Try the link, the sound and the screen in the room itself."),
        ({"mode": "workplace"}, "before", "Check that consent, emergency contacts and transport are settled with the trip's leader."),
        ({}, "after", "Thank the visitor and see them back to reception."),
    ],
)  # fmt: skip
def test_the_usual_words_fit_where_it_is(in_ashdown, details, part, line):
    said = usual_lines(planned(in_ashdown, of=details).activity)
    assert line in said[part]
    nobody_comes = usual_lines(planned(in_ashdown, of={"partner_name": "", "partner_kind": ""}).activity)
    assert line not in nobody_comes[part]


def test_a_briefing_names_pupils_to_those_who_may_see_them(in_ashdown, client):
    pupil("Ada", tutor_group="10A"), pupil("Ben", tutor_group="10B")
    session = planned(in_ashdown, starts_at=time(9), minutes=40, place="Main hall")
    seen = {}
    for person in ("priya", "sam", "moira"):
        client.force_login(in_ashdown.people[person])
        page = words(client.get(at("session-briefing", session.pk)))
        assert "Main hall" in page
        assert "09:00 to 09:40" in page
        assert "Millworks" in page
        seen[person] = ("Lovell, Ada" in page, "Lovell, Ben" in page, "Your pupils (1)" in page)
    assert seen == {"priya": (True, True, False), "sam": (True, False, True), "moira": (False, False, False)}


def test_a_briefing_tells_a_governor_no_small_number(in_ashdown, client):
    session = planned(in_ashdown, invited=Invited(pupils=(pupil("Ada"), pupil("Ben"))))
    client.force_login(in_ashdown.moira)
    page = words(client.get(at("session-briefing", session.pk)))
    assert "fewer than 6 pupils" in page
    assert "2 pupils" not in page


def test_priya_writes_a_briefing_and_what_is_too_long_is_refused_and_kept(in_ashdown, client):
    session = planned(in_ashdown)
    client.force_login(in_ashdown.priya)
    address = at("briefing-change", session.activity_id)
    page = client.post(address, {"purpose": "Why engineers?", "after": "x" * 601}).content.decode()
    assert "Say it in 600 letters or fewer: the sheet is one page." in page
    assert "Why engineers?" in page
    assert not Briefing.objects.exists()
    client.post(address, {"purpose": "Why engineers?", "after": "Give out the cards."})
    assert "Give out the cards." in words(client.get(at("session-briefing", session.pk)))
    client.force_login(in_ashdown.sam)
    assert client.get(address).status_code == 403


def test_reception_is_told_who_comes_when_where_and_to_whom(in_ashdown):
    for number in range(7):
        pupil(f"P{number}")
    grace = StaffMember.objects.create(surname="Bell", forename="Grace")
    talk = planned(in_ashdown, starts_at=time(9), minutes=40, place="Main hall", led_by=grace)
    few = planned(in_ashdown, "Solicitors", invited=Invited(pupils=(pupil("Ada", year_group=9, tutor_group="9A"),)))
    planned(in_ashdown, "Online", of={"mode": "live_online"})
    planned(in_ashdown, "Nobody comes", of={"partner_name": "", "partner_kind": ""})
    planned(in_ashdown, "Tomorrow", held_on=today() + timedelta(days=1))
    off = planned(in_ashdown, "Off")
    changes.cancel_session(off, because="cancelled by us", by=in_ashdown.priya)
    unnamed = planned(in_ashdown, "Unnamed", of={"partner_name": ""}, starts_at=time(8, 30))
    told = [(each.session.pk, each.visitor, each.at, each.to_see, each.pupils) for each in visitors_on(today())]
    assert told == [
        (unnamed.pk, "Name to follow", "08:30", "the careers team", "Year 10, 7 pupils"),
        (talk.pk, "Millworks", "09:00 to 09:40", "Grace Bell", "Year 10, 7 pupils"),
        (few.pk, "Millworks", "time not set", "the careers team", "fewer than 6 pupils"),
    ]


def test_a_small_year_group_is_told_in_words_too(in_ashdown):
    pupil("Ada")
    planned(in_ashdown)
    assert [each.pupils for each in visitors_on(today())] == ["Year 10, fewer than 6 pupils"]


def test_the_visitor_sheet_names_no_pupil_and_shows_another_day_when_asked(in_ashdown, client):
    ada, tomorrow = pupil("Ada"), today() + timedelta(days=1)
    planned(in_ashdown, invited=Invited(pupils=(ada,)), held_on=tomorrow)
    client.force_login(in_ashdown.priya)
    assert "Nobody from outside is expected." in words(client.get(at("visitor-sheet")))
    page = words(client.get(at("visitor-sheet"), {"day": str(tomorrow)}))
    assert ("Millworks" in page, "Lovell" in page) == (True, False)
    for nonsense in ("soon", "2026-13-40", "9999-12-31", "0001-01-01"):
        assert client.get(at("visitor-sheet"), {"day": nonsense}).context["day"] == today()


def test_sheets_are_led_to_from_the_session_and_from_the_day(in_ashdown, client):
    session = planned(in_ashdown)
    client.force_login(in_ashdown.priya)
    page = client.get(at("session-detail", session.pk)).content.decode()
    assert at("session-briefing", session.pk) in page
    assert f"{at('visitor-sheet')}?day={today()}" in page
    assert at("visitor-sheet") in client.get(at("session-list"), {"show": "today"}).content.decode()
    online = planned(in_ashdown, "Online", of={"mode": "live_online"})
    assert at("visitor-sheet") not in client.get(at("session-detail", online.pk)).content.decode()


def test_a_session_over_midnight_ends_on_the_clock(in_ashdown):
    assert time_in_words(planned(in_ashdown, starts_at=time(23, 30), minutes=60)) == "23:30 to 00:30"


def test_whom_many_sessions_invite_is_as_each_of_them_says(in_ashdown):
    ada, ben, cy = pupil("Ada"), pupil("Ben", tutor_group="10B"), pupil("Cy", year_group=9, tutor_group="9A")
    leave_school(ben, on=today() + timedelta(days=3), by=None)
    tutor_group = Group.objects.get(name="10A")
    made = [
        planned(in_ashdown),
        planned(in_ashdown, held_on=today() + timedelta(days=5)),
        planned(in_ashdown, invited=Invited(groups=(tutor_group,), pupils=(cy,))),
        planned(in_ashdown, invited=Invited(year_groups=(9,), groups=(Group.objects.get(name="10B"),))),
        planned(in_ashdown, invited=Invited(), of={"activity_type": "STAFFCPD"}),
    ]
    listed = list(sessions().filter(pk__in=[each.pk for each in made]))
    together = invited_ids(listed)
    assert together == {each.pk: set(invited_pupils(each).values_list("pk", flat=True)) for each in made}
    assert together[made[0].pk] == {ada.pk, ben.pk}
    assert together[made[1].pk] == {ada.pk}


def test_the_printed_programme_is_of_the_year_or_of_a_year_group_and_names_nobody(in_ashdown, client):
    ada, _cy = pupil("Ada"), pupil("Cy", year_group=9, tutor_group="9A")
    planned(in_ashdown, "Year 10 talk")
    planned(in_ashdown, "9A talk", invited=Invited(groups=(Group.objects.get(name="9A"),)))
    planned(in_ashdown, "By name", invited=Invited(pupils=(ada,)))
    planned(in_ashdown, "Training", invited=Invited(), of={"activity_type": "STAFFCPD"})
    off = planned(in_ashdown, "Off")
    changes.cancel_session(off, because="cancelled by us", by=in_ashdown.priya)
    client.force_login(in_ashdown.moira)
    told = {}
    for asked in ("", "9", "10", "99", "ten"):
        page = client.get(at("programme-print"), {"group": asked})
        told[asked] = sorted(line.session.title for each in page.context["half_terms"] for line in each.lines)
    everything = ["9A talk", "Training", "Year 10 talk"]
    assert told == {"": everything, "9": ["9A talk"], "10": ["Year 10 talk"], "99": everything, "ten": everything}


@pytest.mark.parametrize("name", ["visitor-sheet", "programme-print", "session-briefing"])
def test_a_sheet_asks_as_much_of_thirty_sessions_as_of_one(in_ashdown, client, name):
    client.force_login(in_ashdown.priya)
    asked = []
    for number in (1, 3, 30):
        for each in range(number):
            session = planned(in_ashdown, invited=Invited(pupils=(pupil(f"P{number}-{each}"),)))
        address = at(name, *[session.pk] * (name == "session-briefing"))
        client.get(address)
        with CaptureQueriesContext(connection) as questions:
            assert client.get(address).status_code == 200
        asked.append(len(questions))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 16
