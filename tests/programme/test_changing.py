"""Nothing is locked that a school may need to correct: the day, the people, and what was called off."""

from datetime import time, timedelta

import pytest

from dekaan.core.academic_year import today, year_start
from dekaan.frameworks.queries import framework
from dekaan.measures.queries import coverage
from dekaan.participation.queries import live
from dekaan.people.models import StaffMember
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.queries import counting_of
from tests.programme.test_changes import employer, marks, talk
from tests.stock import THIS_YEAR, pupil


@pytest.fixture
def year_ten(in_ashdown):
    return [pupil(name, year_group=10) for name in ("Ada", "Ben", "Cy", "Dee")]


def test_the_ledger_follows_a_corrected_day_into_its_own_year(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    last_year = year_start(THIS_YEAR) - timedelta(days=60)
    changes.change_session(session, held_on=last_year, minutes=45, by=in_ashdown.priya)
    assert set(live().values_list("happened_on", "minutes", "academic_year")) == {(last_year, 45, THIS_YEAR - 1)}
    assert employer(in_ashdown) == (0, 4, 0, 0)
    (then,) = coverage(in_ashdown.ashdown.pk, THIS_YEAR - 1, framework("gatsby-2024"), criterion="GB24.5.1")
    assert then.met == 4
    changes.undo_last_act(session, by=in_ashdown.priya)
    assert live().count() == 0


def test_another_day_is_checked_against_its_own_attendance(in_ashdown, year_ten):
    ada, ben, cy, _ = year_ten
    yesterday = today() - timedelta(days=1)
    changes.record_day_absences(today(), [ada.pk], by=in_ashdown.tom)
    changes.record_day_absences(yesterday, [ben.pk], by=in_ashdown.tom)
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.correct_mark(session, pupil=cy, state="part", by=in_ashdown.priya)
    changes.change_session(session, held_on=yesterday, by=in_ashdown.priya)
    assert {name: state for name, (state, _) in marks().items()} == {
        "Ada": "attended",
        "Ben": "absent",
        "Cy": "part",
        "Dee": "attended",
    }
    changes.change_session(session, held_on=today() - timedelta(days=2), by=in_ashdown.priya)
    session.refresh_from_db()
    assert session.absences_checked_at is None
    assert marks()["Ben"] == ("attended", "assumed")


def test_an_adviser_named_afterwards_makes_a_guidance_meeting_count(in_ashdown):
    ada = pupil("Ada", year_group=11, joined=year_start(THIS_YEAR - 2))
    adviser = StaffMember.objects.create(
        surname="Bell", forename="Grace", guidance_qualified_from=today() - timedelta(days=9)
    )
    meeting = changes.plan_activity(title="Guidance", activity_type="PG", by=in_ashdown.priya)
    session = changes.plan_session(meeting, held_on=today(), invited=Invited(pupils=(ada,)), by=in_ashdown.priya)
    changes.it_happened(session, by=in_ashdown.priya)
    assert "until the adviser is one who was qualified that day" in counting_of(session).words
    changes.change_session(session, adviser=adviser, by=in_ashdown.priya)
    (figure,) = coverage(in_ashdown.ashdown.pk, THIS_YEAR, framework("gatsby-2024"), criterion="GB24.8.1")
    assert (figure.met, figure.unknown) == (1, 0)


def test_whom_a_planned_session_invites_can_be_changed(in_ashdown, year_ten):
    session = talk(in_ashdown, held_on=today() - timedelta(days=1))
    changes.note_unrecorded(today())
    changes.change_session(session, invited=Invited(pupils=tuple(year_ten[:2])), by=in_ashdown.priya)
    assert set(marks()) == {"Ada", "Ben"}
    changes.change_session(session, held_on=today() + timedelta(days=7), by=in_ashdown.priya)
    assert marks() == {}
    with pytest.raises(changes.NobodyInvited):
        changes.change_session(session, invited=Invited(), by=in_ashdown.priya)


def test_what_is_recorded_keeps_its_list_and_cannot_lie_ahead(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    with pytest.raises(changes.AlreadyRecorded):
        changes.change_session(session, invited=Invited(year_groups=(9,)), by=in_ashdown.priya)
    with pytest.raises(changes.NotHeldYet):
        changes.change_session(session, held_on=today() + timedelta(days=1), by=in_ashdown.priya)


def test_what_was_called_off_is_put_back_on(in_ashdown, year_ten):
    session = talk(in_ashdown, held_on=today() - timedelta(days=1))
    changes.note_unrecorded(today())
    changes.cancel_session(session, because="postponed", by=in_ashdown.priya)
    assert marks() == {}
    with pytest.raises(changes.SessionCancelled):
        changes.change_session(session, place="Hall", by=in_ashdown.priya)
    changes.put_back_on(session, by=in_ashdown.priya)
    assert set(marks().values()) == {("invited", "assumed")}
    assert changes.it_happened(session, by=in_ashdown.priya).recorded == 4


def test_an_employer_named_afterwards_stands_in_every_record(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.change_activity(session.activity, partner_name="Millworks", title="Engineers", by=in_ashdown.priya)
    assert set(live().values_list("partner_name", "title", "state")) == {("Millworks", "Engineers", "attended")}


@pytest.mark.parametrize(
    ("kind", "partner", "words"),
    [
        ("TALK", {"partner_name": "Millworks", "partner_kind": "employer"}, "Counts towards: An employer every year"),
        ("TALK", {}, "Counts towards: An employer every year · no employer named"),
        ("ASSEM", {"partner_name": "Millworks", "partner_kind": "employer"}, "Counts towards: An employer every year"),
        ("ASSEM", {}, "Counts towards nothing yet · no employer named"),
        ("GROUPG", {}, "Counts towards nothing yet"),
        ("FEVISIT", {}, "Counts towards: The range of providers by 16 · no provider named"),
    ],
)
def test_what_a_session_counts_towards_is_never_silent(in_ashdown, year_ten, kind, partner, words):
    activity = changes.plan_activity(title="It", activity_type=kind, by=in_ashdown.priya, **partner)
    session = changes.plan_session(activity, held_on=today(), invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    assert counting_of(session).words == words


def test_a_changed_time_of_day_is_checked_against_that_half_day(in_ashdown, year_ten):
    changes.record_day_absences(today(), {year_ten[0].pk: "am"}, by=in_ashdown.tom)
    session = talk(in_ashdown, starts_at=time(14, 0))
    changes.it_happened(session, by=in_ashdown.priya)
    assert marks()["Ada"] == ("attended", "checked")
    changes.change_session(session, starts_at=time(9, 0), by=in_ashdown.priya)
    assert marks()["Ada"] == ("absent", "checked")
