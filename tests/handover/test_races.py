"""Somebody gives Priya a task in the moment in which careers goes over to Nell."""

import pytest

from dekaan.access.changes import give_role, open_account
from dekaan.core.scope import working_in
from dekaan.handover import changes
from dekaan.handover.models import HandOver
from dekaan.people.models import StaffMember
from dekaan.plan import changes as plan
from dekaan.plan.models import Task
from dekaan.team.models import Post
from tests.databases import ON_POSTGRES
from tests.factories.schools import place
from tests.handover.conftest import DAY, NOW
from tests.two_connections import meanwhile

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time"),
]


def test_a_task_that_priya_is_given_meanwhile_is_not_lost_by_an_undo():
    """Taken for one that the hand-over made, it would go with the undo."""
    school = place("kestrel").school
    head = open_account(email="head@kestrel.example", name="Head", password=None)
    give_role(user=head, role="headteacher", school=school, by=None, starts_on=NOW)
    with working_in(school):
        priya, nell = (
            StaffMember.objects.create(forename=name, surname="Marsh", email=f"{name}@kestrel.example")
            for name in ("priya", "nell")
        )
        Post.objects.create(role="leader", staff=priya, starts_on=NOW)
        one = changes.plan_hand_over(
            school,
            from_=priya,
            to=nell,
            starts_on=NOW,
            by=open_account(email="una@kestrel.example", name="Una", password=None),
        )
    meanwhile(
        school,
        lambda: changes.agree(one, school, by=head, here="https://dekaan.example"),
        lambda: plan.give_task(title="Ring the college", due_on=DAY, owner=priya, by=None),
        before='UPDATE "plan_task"',
    )
    with working_in(school):
        assert Task.objects.get().owner == priya
        done = HandOver.objects.get()
        assert changes.undo(done, school, by=head) == 0
        assert Task.objects.get().owner == priya
