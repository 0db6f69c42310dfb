"""The matrix on a page, and what somebody of a role would see of a pupil who does not exist."""

import pytest
from django.apps import apps
from django.urls import reverse

from dekaan.access.data_classes import DataClass
from dekaan.access.footnotes import FOOTNOTES
from dekaan.access.matrix import MATRIX
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.scope import working_in
from dekaan.privacy.queries.matrix import INVENTED, INVENTED_NAME, matrix_page, role_seen
from tests.stock import pupil

READERS = {"careers-leader", "headteacher", "technician", "data-protection-officer"}


def test_the_page_holds_every_role_every_class_and_every_note():
    page = matrix_page()
    assert [role.key for role in page.roles] == list(MATRIX)
    assert [each.key for each in page.classes] == list(DataClass)
    assert [number for number, _ in page.notes] == list(FOOTNOTES)
    assert {(role.key, str(heading.key), cell.written) for role in page.roles for heading, cell in role.cells} == {
        (role, str(key), cell.written) for role, line in MATRIX.items() for key, cell in line.items()
    }


def test_a_class_is_said_to_be_kept_where_a_field_belongs_to_it():
    not_kept = {each.key for each in matrix_page().classes if not each.is_kept}
    said = {value for model in apps.get_models() for value in getattr(model, "data_classes", {}).values()}
    assert not_kept & said == set()
    assert {DataClass.D, DataClass.S2, DataClass.S3} & not_kept == set()


def test_a_tutor_would_see_names_and_neither_needs_nor_flags_nor_notes():
    seen = {each.heading.key: each for each in role_seen("tutor").classes}
    assert seen[DataClass.D].values == INVENTED[DataClass.D]
    for closed in (DataClass.S2, DataClass.S3, DataClass.N, DataClass.G):
        assert (seen[closed].state, seen[closed].values) == ("closed", ())
    assert seen[DataClass.E].state == "changed"
    assert seen[DataClass.W].values == (("In part", "dates"),)


def test_a_governor_would_see_counts_and_nobodys_name():
    seen = {each.heading.key: (each.state, each.values) for each in role_seen("link-governor").classes}
    assert seen[DataClass.D] == ("closed", ())
    assert seen[DataClass.E] == seen[DataClass.S2] == ("counted", ())


def test_a_data_protection_officer_would_see_nobody_without_a_case():
    seen = {each.heading.key: each.state for each in role_seen("data-protection-officer").classes}
    assert seen[DataClass.D] == seen[DataClass.N] == "conditional"


def test_there_is_no_such_role():
    assert role_seen("caretaker") is None


def test_role_matrix_and_role_seen_are_read_by_those_who_answer_for_the_data(client, stock):
    assert {key for key, role in ROLES.items() if Permission.PRIVACY_SEE in role.may} == READERS
    for person in ("priya", "david", "olive", "kit"):
        client.force_login(stock.people[person], backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get(reverse("role-matrix", args=["ashdown"])).content.decode()
        for key in ROLES:
            assert reverse("role-seen", args=["ashdown", key]) in page
            assert client.get(reverse("role-seen", args=["ashdown", key])).status_code == 200
        assert client.get(reverse("role-seen", args=["ashdown", "caretaker"])).status_code == 404
    client.force_login(stock.sam, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("role-matrix", args=["ashdown"])).status_code == 403


@pytest.mark.parametrize("role", MATRIX)
def test_role_seen_shows_a_pupil_who_does_not_exist_and_no_pupil_of_the_school(client, stock, role):
    with working_in(stock.ashdown):
        pupil("Ada", "Lovell")
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("role-seen", args=["ashdown", role])).content.decode()
    assert f"{INVENTED_NAME} does not exist" in page
    assert "Lovell" not in page
