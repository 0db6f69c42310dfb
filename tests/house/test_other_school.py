"""Generated from the table of addresses: another school's rows are not found, and each role meets its permissions.

A new screen is covered on the day it appears. An argument `<noun>_id` that is a number names a row of the model of
that noun; any other argument has an example in EXAMPLES.
"""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse
from django.urls.converters import IntConverter

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.compass.questions import question_sets
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import counted_criteria, frameworks
from dekaan.schools.changes import add_school, add_trust
from dekaan.schools.models import School
from tests.factories.anything import made
from tests.house.test_models import ours as our_models
from tests.house.test_views import addresses

pytestmark = pytest.mark.django_db

NOUNS = {
    "session_id": "programme.Session",
    "assignment_id": "access.RoleAssignment",
    "group_id": "people.Group",
    "import_id": "exchange.ImportRun",
    "import_run_id": "exchange.ImportRun",
}
EXAMPLES = {
    "criterion_id": lambda: counted_criteria()[0].id,
    "framework_id": lambda: frameworks()[0].key,
    "benchmark_id": lambda: next(each.number for each in frameworks()[0].benchmarks if each.counted),
    "framework_key": lambda: frameworks()[0].key,
    "academic_year": lambda: academic_year_of(today()),
    "start_year": lambda: academic_year_of(today()),
    "year_group": lambda: 10,
    "phase_key": lambda: 1,
    "role_key": lambda: "tutor",
    "meaning_key": lambda: "tutor",
    "question_set_id": lambda: question_sets()[0].key,
    "question_id": lambda: next(each.id for each in question_sets()[0].questions if each.kind == "share"),
    "starter_key": lambda: "enterprise-day",
    "questionnaire_key": lambda: "carers",
    "page_key": lambda: "careers",
    "occupation_key": lambda: 2134,
    "chapter_slug": lambda: "year",
}
DOWNLOADS_OR_PAGES = {200, 302, 400, 405, 409}

OF_A_SCHOOL = [entry for path, entry in addresses() if "school_slug" in path]
WITH_A_ROW = [
    entry
    for entry in OF_A_SCHOOL
    if any(isinstance(kind, IntConverter) and name.endswith("_id") for name, kind in entry.pattern.converters.items())
]


def model_of(argument: str) -> type:
    if argument in NOUNS:
        return apps.get_model(NOUNS[argument])
    noun = argument.removesuffix("_id").replace("_", "")
    found = [model for model in our_models() if model._meta.model_name == noun]
    assert len(found) == 1, f"say in NOUNS which row {argument} names"
    return found[0]


def arguments_of(entry: URLPattern, school: School) -> dict:
    """Arguments for the address that name rows of `school`."""
    given = {}
    for name, kind in entry.pattern.converters.items():
        if isinstance(kind, IntConverter) and name.endswith("_id"):
            model = model_of(name)
            with working_in(school):
                given[name] = made(model, **whose(model, school)).pk
        elif name != "school_slug":
            given[name] = EXAMPLES[name]()
    return given


def whose(model: type, school: School) -> dict:
    """What of a row that is not school-owned says that it is this school's."""
    if model._meta.label == "access.RoleAssignment":
        return {"school": school}
    of_a_trust = {each.name for each in model._meta.concrete_fields} >= {"trust"}
    return {"trust": school.trust} if of_a_trust and school.trust else {}


@pytest.fixture
def schools() -> tuple[School, School]:
    """Two schools, each of a trust of its own."""
    ours = add_school(name="Ours", slug="ours", trust=add_trust(name="A trust", slug="a-trust"))
    theirs = add_school(name="Theirs", slug="theirs", trust=add_trust(name="Another", slug="another"))
    return ours, theirs


def person(role: str, school: School) -> Client:
    user = User.objects.create_user(email=f"{role}@{school.slug}.example", name=role, password=None)
    if ROLES[role].sees == "trust-totals":
        give_role(user=user, role=role, trust=school.trust, by=None)
    else:
        give_role(user=user, role=role, school=school, by=None)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("entry", WITH_A_ROW, ids=lambda entry: entry.name)
def test_another_schools_row_is_not_found(entry, schools):
    ours, theirs = schools
    leader = person("careers-leader", ours)
    leader_too = User.objects.get(email="careers-leader@ours.example")
    give_role(user=leader_too, role="dsl", school=ours, by=None)  # who alone restricts contacts
    give_role(user=leader_too, role="slt-line-manager", school=ours, by=None)  # who approves what the public reads
    for role in ("dsl", "trust-careers-adviser"):  # who alone restrict contacts, and keep what the trust offers
        at = {"trust": ours.trust} if role == "trust-careers-adviser" else {"school": ours}
        give_role(user=leader_too, role=role, by=None, **at)
    smuggled = reverse(entry.name, kwargs={"school_slug": ours.slug, **arguments_of(entry, theirs)})
    answers = {leader.get(smuggled).status_code, leader.post(smuggled).status_code}
    assert 404 in answers
    assert answers <= {404, 405}
    own = reverse(entry.name, kwargs={"school_slug": ours.slug, **arguments_of(entry, ours)})
    assert leader.get(own).status_code in DOWNLOADS_OR_PAGES


@pytest.mark.parametrize("entry", OF_A_SCHOOL, ids=lambda entry: entry.name)
def test_another_schools_address_is_not_found(entry, schools):
    ours, theirs = schools
    leader = person("careers-leader", ours)
    address = reverse(entry.name, kwargs={"school_slug": theirs.slug, **arguments_of(entry, theirs)})
    assert {leader.get(address).status_code, leader.post(address).status_code} == {404}
    assert Client().get(address).status_code == 302


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_its_permissions_say(role, schools):
    """Yours but not allowed is 403; nothing else is, and nothing breaks."""
    ours, _ = schools
    client = person(role, ours)
    wrong = []
    for entry in OF_A_SCHOOL:
        needed: Permission = entry.callback.permission
        address = reverse(entry.name, kwargs={"school_slug": ours.slug, **arguments_of(entry, ours)})
        answer = client.get(address).status_code
        if (answer == 403) != (needed not in ROLES[role].may) or answer >= 500:
            wrong.append((entry.name, answer))
    assert wrong == []
