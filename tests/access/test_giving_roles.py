"""Who may give and end which role."""

from datetime import timedelta

import pytest

from dekaan.access.changes import (
    AlreadyOver,
    NoSuchRole,
    NotTheirsToGive,
    OwnRole,
    decline_role,
    end_role,
    give_role,
    open_account,
)
from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.core.academic_year import today

pytestmark = pytest.mark.django_db

BY_A_CAREERS_LEADER = {
    "careers-adviser",
    "commissioned-adviser",
    "careers-administrator",
    "careers-coordinator",
    "tutor",
    "subject-lead",
    "session-teacher",
    "senco",
    "head-of-year",
    "slt-line-manager",
    "link-governor",
    "enterprise-adviser",
    "enterprise-coordinator",
}


@pytest.fixture
def ada(stock):
    return open_account(email="ada@ashdown.example", name="Ada Vance", password=None)


def given_by(giver, stock, ada):
    """The roles that the person manages to give and to end."""
    found = set()
    for role in ROLES:
        try:
            held = give_role(user=ada, role=role, school=stock.ashdown, by=giver)
            end_role(held, on=today(), by=giver)
        except NotTheirsToGive:
            continue
        found.add(role)
    return found


def test_a_careers_leader_gives_roles_up_to_the_coordinator_and_advisers(stock, ada):
    assert given_by(stock.priya, stock, ada) == BY_A_CAREERS_LEADER


@pytest.mark.parametrize("name", ["kit", "tom", "nell", "david", "olive", "anna", "bea", "joan"])
def test_nobody_else_gives_any(stock, ada, name):
    """The technician neither, until there is a second person to agree; nor the leader of another school."""
    assert given_by(getattr(stock, name), stock, ada) == set()


def test_the_command_line_gives_all(stock, ada):
    assert given_by(None, stock, ada) == set(ROLES)


def test_nobody_gives_or_ends_their_own(stock):
    with pytest.raises(OwnRole):
        give_role(user=stock.priya, role="tutor", school=stock.ashdown, by=stock.priya)
    own = RoleAssignment.objects.get(user=stock.priya)
    with pytest.raises(OwnRole):
        end_role(own, on=today(), by=stock.priya)


@pytest.mark.parametrize("again", [0, -1, -30])
def test_a_role_that_is_over_keeps_its_end(stock, ada, again):
    """Whenever it is ended once more, and by whom."""
    held = give_role(user=ada, role="tutor", school=stock.ashdown, by=stock.priya)
    end_role(held, on=today() - timedelta(days=1), by=stock.priya)
    for by in (stock.priya, None):
        with pytest.raises(AlreadyOver):
            end_role(held, on=today() + timedelta(days=again), by=by)
    held.refresh_from_db()
    assert held.ends_on == today() - timedelta(days=1)
    assert Event.objects.filter(action="role ended", subject_id=ada.pk).count() == 1


def test_a_role_that_ends_later_may_end_sooner_and_not_later(stock, ada):
    held = give_role(user=ada, role="tutor", school=stock.ashdown, by=stock.priya, ends_on=today() + timedelta(days=5))
    with pytest.raises(AlreadyOver):
        end_role(held, on=today() + timedelta(days=6), by=stock.priya)
    end_role(held, on=today(), by=stock.priya)
    held.refresh_from_db()
    assert held.ends_on == today()


def test_a_role_that_was_declined_has_nothing_to_end(stock, ada):
    asked = give_role(user=ada, role="senco", school=stock.ashdown, by=stock.priya)
    decline_role(asked, by=stock.david)
    with pytest.raises(AlreadyOver):
        end_role(asked, on=today() - timedelta(days=1), by=stock.priya)


def test_a_refused_role_leaves_nothing_behind(stock, ada):
    with pytest.raises(NotTheirsToGive):
        give_role(user=ada, role="dsl", school=stock.ashdown, by=stock.priya)
    with pytest.raises(NoSuchRole):
        give_role(user=ada, role="king", school=stock.ashdown, by=stock.priya)
    assert not RoleAssignment.objects.filter(user=ada).exists()


def test_what_a_careers_leader_gives_carries_no_more_than_their_own():
    """But for approving what the public reads, which is a senior leader's and opens nothing that the leader does not see."""
    leader = ROLES["careers-leader"].may | {Permission.PUBLICATION_APPROVE, Permission.PLAN_APPROVE}
    assert all(ROLES[role].may < leader for role in BY_A_CAREERS_LEADER)
