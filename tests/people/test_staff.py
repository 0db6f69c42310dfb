"""Those who work here, and whose account is whose."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.access.changes import give_role, open_account
from dekaan.access.models import RoleAssignment
from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.changes import (
    add_staff_member,
    change_staff_member,
    correct_pupil,
    end_roles_of_leavers,
    link_accounts,
    undo_roll,
    unlink_account,
    update_staff,
)
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff_found
from tests.factories.schools import person, place, pupils

YESTERDAY = today() - timedelta(days=1)


def accounts():
    return {str(member): member.user and member.user.email for member in StaffMember.objects.select_related("user")}


def test_an_account_with_the_address_is_theirs(in_ashdown):
    add_staff_member(surname="Marsh", forename="Leo", email="Leo@Ashdown.example", by=in_ashdown.priya)
    ruth = add_staff_member(surname="Adeyemi", forename="Ruth", by=in_ashdown.priya)
    assert accounts() == {"Leo Marsh": "leo@ashdown.example", "Ruth Adeyemi": None}
    change_staff_member(ruth, by=in_ashdown.priya, email="ruth@ashdown.example")
    assert accounts()["Ruth Adeyemi"] == "ruth@ashdown.example"
    said = Event.objects.filter(action="account linked").order_by("pk").values_list("actor_id", "detail")
    assert list(said) == [
        (in_ashdown.priya.pk, {"user": in_ashdown.leo.pk}),
        (in_ashdown.priya.pk, {"user": in_ashdown.ruth.pk}),
    ]


def test_an_account_without_a_role_here_is_nobodys(in_ashdown):
    open_account(email="new@ashdown.example", name="New", password=None)
    add_staff_member(surname="Quill", forename="Dora", email="dora@farfield.example", by=None)
    new = add_staff_member(surname="Person", forename="New", email="new@ashdown.example", by=None)
    assert set(accounts().values()) == {None}
    give_role(
        user=open_account(email=new.email, name="", password=None), role="tutor", school=in_ashdown.ashdown, by=None
    )
    assert [str(member) for member in link_accounts(["NEW@ashdown.example", ""], by=None)] == ["New Person"]


def test_a_trusts_role_is_a_role_here(in_ashdown):
    add_staff_member(surname="Weir", forename="Anna", email="anna@weirbrook.example", by=None)
    assert accounts() == {"Anna Weir": "anna@weirbrook.example"}


def test_two_with_one_address_get_no_account_and_nobody_loses_theirs(in_ashdown):
    add_staff_member(surname="Marsh", forename="Leo", email="leo@ashdown.example", by=None)
    add_staff_member(surname="Marsh", forename="Lionel", email="leo@ashdown.example", by=None)
    assert accounts() == {"Leo Marsh": "leo@ashdown.example", "Lionel Marsh": None}
    update_staff(
        [(None, {"surname": name, "forename": "Ruth", "email": "ruth@ashdown.example"}) for name in ("One", "Two")],
        by=None,
    )
    assert accounts()["Ruth One"] is accounts()["Ruth Two"] is None
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffMember.objects.filter(forename="Lionel").update(user=in_ashdown.leo)


def test_whoever_has_left_leaves_the_address_to_others(in_ashdown):
    add_staff_member(surname="Marsh", forename="Old", email="leo@ashdown.example", ends_on=YESTERDAY, by=None)
    add_staff_member(surname="Marsh", forename="Leo", email="leo@ashdown.example", by=None)
    assert accounts() == {"Old Marsh": None, "Leo Marsh": "leo@ashdown.example"}


def test_a_colleague_with_an_account_keeps_it_when_the_address_changes(in_ashdown):
    leo = add_staff_member(surname="Marsh", forename="Leo", email="leo@ashdown.example", by=None)
    change_staff_member(leo, by=None, email="ruth@ashdown.example")
    assert accounts() == {"Leo Marsh": "leo@ashdown.example"}


def test_the_same_person_in_two_schools_is_linked_in_each(in_ashdown):
    femi = in_ashdown.people["femi"]
    with working_in(in_ashdown.beckford):
        add_staff_member(surname="Carr", forename="Femi", email=femi.email, by=None)
        assert accounts() == {"Femi Carr": femi.email}
    add_staff_member(surname="Carr", forename="Femi", email=femi.email, by=None)
    assert accounts() == {"Femi Carr": None}  # no role at Ashdown


def test_a_staff_list_links_accounts_and_its_undo_takes_them_back_exactly(in_ashdown):
    ruth = add_staff_member(surname="Adeyemi", forename="Ruth", by=None)
    traces = update_staff(
        [
            (ruth.pk, {"email": "ruth@ashdown.example"}),
            (None, {"surname": "Marsh", "forename": "Leo", "email": "leo@ashdown.example"}),
        ],
        by=in_ashdown.priya,
    )
    assert accounts() == {"Ruth Adeyemi": "ruth@ashdown.example", "Leo Marsh": "leo@ashdown.example"}
    assert undo_roll(traces, by=in_ashdown.priya) == {}
    assert accounts() == {"Ruth Adeyemi": None}


def test_an_account_taken_away_stays_away_when_the_same_list_comes_again(in_ashdown):
    leo = add_staff_member(surname="Marsh", forename="Leo", email="leo@ashdown.example", by=None)
    unlink_account(leo, by=in_ashdown.priya)
    unlink_account(leo, by=in_ashdown.priya)
    update_staff([(leo.pk, {"post": "Teacher"})], by=None)
    assert accounts() == {"Leo Marsh": None}
    assert Event.objects.filter(action="account unlinked").count() == 1


def test_staff_are_found_by_any_part_of_name_post_or_address(in_ashdown):
    add_staff_member(surname="Marsh", forename="Leo", post="Teacher", email="leo@ashdown.example", by=None)
    add_staff_member(surname="Bell", forename="Grace", post="Careers adviser", by=None)
    add_staff_member(surname="Gone", forename="Ann", ends_on=today(), by=None)
    add_staff_member(surname="Soon", forename="Ben", starts_on=today() + timedelta(days=9), by=None)

    def found(words="", **more):
        return [member.surname for member in staff_found(words, on=today(), **more)]

    assert found() == ["Bell", "Marsh", "Soon"]
    assert found("adv gra") == ["Bell"]
    assert found("ASHDOWN.example") == ["Marsh"]
    assert found(past=True) == ["Gone"]


@pytest.fixture
def northgate(db):
    at = place("northgate")
    with working_in(at.school):
        add_staff_member(surname="Bell", forename="Grace", email="subject-lead@northgate.example", by=None)
        add_staff_member(surname="Gone", forename="Ann", ends_on=YESTERDAY, by=None)
    return at


def asked(client, at, role, name, query="", method="get", **kwargs):
    client.force_login(person(at, role))
    return getattr(client, method)(reverse(name, kwargs={"school_slug": at.slug, **kwargs}) + query)


def test_staff_list_shows_those_who_work_here_and_past_ones_apart(client, northgate):
    page = asked(client, northgate, "careers-administrator", "staff-list").content.decode()
    assert "Bell, Grace" in page
    assert "Gone, Ann" not in page
    assert "Gone, Ann" in asked(client, northgate, "careers-leader", "staff-list", "?leavers=on").content.decode()
    assert "Nobody fits" in asked(client, northgate, "careers-leader", "staff-list", "?q=zebedee").content.decode()


def test_staff_list_of_an_empty_school_says_how_to_begin(client, db):
    page = asked(client, place("southfield"), "careers-leader", "staff-list").content.decode()
    assert "Bring in the staff list" in page


@pytest.mark.parametrize("role", ["tutor", "link-governor", "headteacher", "technician", "careers-adviser"])
def test_staff_list_is_for_the_careers_team(client, northgate, role):
    assert asked(client, northgate, role, "staff-list").status_code == 403


def test_staff_link_and_staff_unlink(client, northgate):
    person(northgate, "subject-lead")
    with working_in(northgate.school):
        grace = StaffMember.objects.get(forename="Grace")
    asked(client, northgate, "careers-leader", "staff-link", method="post", staff_member_id=grace.pk)
    with working_in(northgate.school):
        assert accounts()["Grace Bell"] == "subject-lead@northgate.example"
    assert (
        asked(
            client, northgate, "careers-administrator", "staff-unlink", method="post", staff_member_id=grace.pk
        ).status_code
        == 403
    )
    asked(client, northgate, "careers-leader", "staff-unlink", method="post", staff_member_id=grace.pk)
    with working_in(northgate.school):
        assert accounts()["Grace Bell"] is None


PLUMBING = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "asks"), [("staff-list", 6), ("cohort-list", 6)])
def test_lists_ask_the_same_however_long_they_are(client, db, number, name, asks):
    at = place("northgate")
    leader = person(at, "careers-leader")
    for each in pupils(at, number):
        with working_in(at.school):
            add_staff_member(surname="Bell", forename=each.forename, by=None)
            correct_pupil(each, by=None, benchmark_cohort=False)
    client.force_login(leader)
    with CaptureQueriesContext(connection) as made:
        assert "001" in client.get(reverse(name, args=["northgate"])).content.decode()
    assert len([each for each in made if not each["sql"].startswith(PLUMBING)]) == asks


def roles(user) -> list[tuple[str, bool]]:
    held = RoleAssignment.objects.filter(user=user).order_by("pk")
    return [(each.role, each.ends_on is None) for each in held]


def test_whoever_has_left_holds_no_role_here_from_that_day(in_ashdown, settings):
    leo = add_staff_member(surname="Marsh", forename="Leo", email="leo@ashdown.example", by=None)
    change_staff_member(leo, by=in_ashdown.priya, ends_on=today() + timedelta(days=1))
    end_roles_of_leavers()
    (role, _), *others = roles(in_ashdown.leo)
    assert (others, roles(in_ashdown.leo)) == ([], [(role, True)])
    settings.TODAY = str(today() + timedelta(days=1))
    end_roles_of_leavers()
    assert roles(in_ashdown.leo) == [(role, False)]
    in_ashdown.leo.refresh_from_db()
    assert not in_ashdown.leo.is_active


def test_a_leaving_date_that_is_past_ends_them_at_once(in_ashdown):
    leo = add_staff_member(surname="Marsh", forename="Leo", email="leo@ashdown.example", by=None)
    change_staff_member(leo, by=in_ashdown.priya, ends_on=today())
    in_ashdown.leo.refresh_from_db()
    assert not in_ashdown.leo.is_active
    assert Event.objects.filter(action="role ended", subject_id=in_ashdown.leo.pk, actor_id=None).count() == 1


def test_a_role_given_after_they_left_or_at_another_school_stays(in_ashdown):
    leo = add_staff_member(surname="Marsh", forename="Leo", email="leo@ashdown.example", by=None)
    give_role(user=in_ashdown.leo, role="link-governor", school=in_ashdown.ashdown, by=in_ashdown.priya)
    give_role(user=in_ashdown.leo, role="tutor", school=in_ashdown.beckford, by=None, starts_on=today())
    change_staff_member(leo, by=in_ashdown.priya, ends_on=today())
    end_roles_of_leavers()
    (_, first), *later = roles(in_ashdown.leo)
    assert (first, later) == (False, [("link-governor", True), ("tutor", True)])


@pytest.mark.parametrize("name", ["priya", "kit", "david", "olive", "joan"])
def test_the_keys_of_the_school_are_not_lost_by_a_date_typed_wrongly(in_ashdown, name):
    """Careers Leader, technician and whoever answers for the school: their roles are ended where they were given."""
    user = in_ashdown.people[name]
    member = add_staff_member(surname="Key", forename="Some", email=user.email, by=None)
    assert member.user == user
    held = roles(user)
    change_staff_member(member, by=in_ashdown.priya, ends_on=today())
    assert roles(user) == held
    assert {role for role, _ in held} <= {key for key, role in ROLES.items() if not role.given_by}
