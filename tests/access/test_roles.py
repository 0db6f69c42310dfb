"""The two lists that a data protection officer reads: permissions and roles."""

import ast
import re

import pytest

from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.context import PLACES
from dekaan.demo.people import CAST
from tests.house.ground import python_files
from tests.house.test_views import addresses

pytestmark = pytest.mark.once

# Permissions that no view asks for at the door, each with where it is asked instead.
ASKED_ELSEWHERE = {
    Permission.SEN_SEE: "a pupil's record and the import doctor show such fields only to those who hold it",
    Permission.SEN_COUNT: "decides which tables of groups a criterion has",
    Permission.FLAGS_SEE: "a pupil's record and the import doctor show such fields only to those who hold it",
    Permission.FLAGS_COUNT: "decides which tables of groups a criterion has",
}
NEVER_SEE_A_PUPIL = {
    "link-governor",
    "enterprise-adviser",
    "enterprise-coordinator",
    "trust-careers-adviser",
    "technician",
    "data-protection-officer",
    "pupil",
    "carer",
}


def asked_in_code() -> set[str]:
    """Names of permissions that our code reads, but for the lists themselves."""
    return {
        node.attr
        for file in python_files()
        if file.name not in {"permissions.py", "roles.py"}
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Permission"
    }


def test_every_permission_is_asked_for():
    at_the_door = {entry.callback.permission for _, entry in addresses()}
    assert set(Permission) - at_the_door == set(ASKED_ELSEWHERE)
    assert {each.name for each in ASKED_ELSEWHERE} - asked_in_code() == set()


def test_every_permission_is_held_by_the_careers_leader_but_those_that_are_somebody_elses_to_hold():
    """The matrix (G rw) gives the marker of a restricted contact to the safeguarding lead alone."""
    safe = {Permission.CONTACTS_RESTRICT, Permission.CONTACTS_LIFT}
    approved_by_another = {Permission.PUBLICATION_APPROVE, Permission.PLAN_APPROVE}
    of_others = {Permission.SERVICE_KEEP, Permission.PARTNERS_OFFER, Permission.TRUST_LEAD}
    assert set(Permission) - ROLES["careers-leader"].may == safe | of_others | approved_by_another
    assert {key for key, role in ROLES.items() if Permission.SERVICE_KEEP in role.may} == {"technician"}
    assert {key for key, role in ROLES.items() if Permission.PARTNERS_OFFER in role.may} == {"trust-careers-adviser"}
    assert {key for key, role in ROLES.items() if Permission.TRUST_LEAD in role.may} == {"trust-careers-adviser"}
    assert {key for key, role in ROLES.items() if Permission.NAMES_GRANT in role.may} == {"careers-leader"}
    assert {key for key, role in ROLES.items() if safe & role.may} == {"dsl"}
    assert {key for key, role in ROLES.items() if approved_by_another & role.may} == {"headteacher", "slt-line-manager"}


def test_a_permission_is_area_then_verb():
    assert [each for each in Permission if not re.fullmatch(r"[a-z]+\.[a-z-]+", each)] == []


def test_a_role_says_its_purpose_in_one_sentence():
    for key, role in ROLES.items():
        assert role.key == key
        assert role.name
        assert re.fullmatch(r"[A-Z][^.]+\.", role.purpose), role.purpose


def test_every_role_but_families_has_somebody_in_the_cast():
    assert {role for person in CAST for role, _ in person.roles} == set(ROLES) - {"pupil", "carer"}


def test_roles_without_business_with_pupils_see_none():
    telling = {
        Permission.PUPILS_SEE,
        Permission.PUPILS_CHANGE,
        Permission.NAMES_SEE,
        Permission.SEN_SEE,
        Permission.FLAGS_SEE,
        Permission.EXPORT_NAMED,
        Permission.IMPORT_MAKE,
        Permission.REGISTER_TAKE,
        Permission.FIGURES_EXACT,
    }
    assert {key for key in NEVER_SEE_A_PUPIL if ROLES[key].may & telling} == set()
    assert {key for key in NEVER_SEE_A_PUPIL if ROLES[key].sees not in {"none", "totals", "trust-totals"}} == set()


def test_only_the_careers_leader_exports_names_issues_reports_and_changes_settings():
    for permission in (Permission.EXPORT_NAMED, Permission.REPORTS_ISSUE, Permission.SETTINGS_CHANGE):
        assert [key for key, role in ROLES.items() if permission in role.may] == ["careers-leader"]


def test_every_place_on_the_left_needs_a_permission_that_exists():
    assert {permission for _, _, permission, _ in PLACES} <= set(Permission)
