"""A meeting is written up, or decided at, in the moment in which somebody calls it off; a plan approved as it is removed."""

import pytest

from dekaan.core.scope import working_in
from dekaan.plan import changes
from dekaan.plan.models import Decision, Meeting, Plan
from tests.databases import ON_POSTGRES
from tests.factories.schools import place
from tests.plan.conftest import NOW
from tests.plan.given import approved, objective, plan
from tests.two_connections import meanwhile

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time"),
]


@pytest.fixture
def school():
    return place("kestrel").school


def a_meeting() -> Meeting:
    return changes.plan_meeting(kind="group", held_on=NOW, by=None)


def test_what_is_written_up_meanwhile_is_not_called_off(school):
    with working_in(school):
        seen_by_each = [a_meeting(), Meeting.objects.get()]
    with pytest.raises(changes.WasHeld):
        meanwhile(
            school,
            lambda: changes.hold_meeting(seen_by_each[0], school, notes="We talked.", came=(), by=None),
            lambda: changes.call_meeting_off(seen_by_each[1], because="Snow", by=None),
            before='UPDATE "plan_meeting"',
        )
    with working_in(school):
        assert [(each.state, each.notes, each.because) for each in Meeting.objects.all()] == [
            ("held", "We talked.", "")
        ]


def test_nothing_is_decided_at_a_meeting_that_is_called_off_meanwhile(school):
    with working_in(school):
        seen_by_each = [a_meeting(), Meeting.objects.get()]
    with pytest.raises(changes.WasCalledOff):
        meanwhile(
            school,
            lambda: changes.call_meeting_off(seen_by_each[0], because="Snow", by=None),
            lambda: changes.decide(seen_by_each[1], words="Ask two employers", by=None),
            before='UPDATE "plan_meeting"',
        )
    with working_in(school):
        assert not Decision.objects.exists()


def test_a_plan_that_is_approved_meanwhile_is_not_removed(school):
    with working_in(school):
        of = plan()
        objective(of)
        seen = Plan.objects.get()
    with pytest.raises(changes.ApprovedOnce):
        meanwhile(
            school,
            lambda: approved(of),
            lambda: changes.remove_plan(seen, by=None),
            before='INSERT INTO "audit_event"',
        )
    with working_in(school):
        assert Plan.objects.get().approvals.count() == 1
