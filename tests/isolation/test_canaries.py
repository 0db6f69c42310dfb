"""Canary words of other schools are looked for in every byte that every role is given on every address."""

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from dekaan.access.models import User
from dekaan.access.roles import ROLES
from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from dekaan.programme.models import Activity
from dekaan.reports.models import Report
from dekaan.schools.changes import add_trust
from dekaan.schools.models import School
from tests.factories.schools import place, pupils, talk
from tests.house.test_other_school import OF_A_SCHOOL, arguments_of, person

pytestmark = pytest.mark.django_db

METHODS = ("get", "post")


def marked(model: type[models.Model], word: str) -> None:
    """Every free text of every row of the school in scope says the word."""
    texts = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and (field.max_length or 99) >= 40
    ]
    model.objects.update(**dict.fromkeys(texts, word))


def signed_in(role: str, school: School) -> Client:
    """Somebody of the role; the talk was recorded by a Careers Leader, who is there already."""
    if role != "careers-leader":
        return person(role, school)
    client = Client()
    client.force_login(
        User.objects.get(email=f"{role}@{school.slug}.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


@pytest.fixture
def schools() -> tuple[School, School, School]:
    """Ours, one in the same trust, and one elsewhere; each full of its own word."""
    made, trust = [], add_trust(name="Both", slug="both")
    for slug, word in (("ours", "CANARYOURS"), ("theirs", "CANARYTHEIRS"), ("elsewhere", "CANARYELSEWHERE")):
        at = place(slug)
        at.school.trust = None if slug == "elsewhere" else trust
        at.school.save()
        pupils(at, 7, surname="Quill")
        talk(at, partner_name="Millworks", partner_kind="employer")
        with working_in(at.school):
            for entry in OF_A_SCHOOL:
                arguments_of(entry, at.school)
            for model in (Pupil, Activity, Report):
                marked(model, word)
        made.append(at.school)
    return tuple(made)


@pytest.mark.parametrize("role", ROLES)
def test_no_role_is_given_a_word_of_another_school(role, schools):
    ours, theirs, elsewhere = schools
    client, given = signed_in(role, ours), {school: [] for school in schools}
    for school in schools:
        for entry in OF_A_SCHOOL:
            address = reverse(entry.name, kwargs={"school_slug": school.slug, **arguments_of(entry, school)})
            for method in METHODS:
                answer = getattr(client, method)(address)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                given[school].append((address, method, answer.status_code, body + str(answer.headers).encode()))
    for school in (theirs, elsewhere):
        assert {status for _, _, status, _ in given[school]} == {404}
    for address, method, _, body in [each for answers in given.values() for each in answers]:
        for word in (b"CANARYTHEIRS", b"CANARYELSEWHERE"):
            assert word not in body, (address, method)
    assert (200 in {status for _, _, status, _ in given[ours]}) == bool(ROLES[role].may)


def test_the_words_are_there_to_be_found(schools):
    """The Careers Leader of each school is given its own word, so that the search above could fail."""
    for school, word in zip(schools, (b"CANARYOURS", b"CANARYTHEIRS", b"CANARYELSEWHERE"), strict=True):
        client = signed_in("careers-leader", school)
        for name in ("pupil-list", "session-list", "report-list"):
            assert word in client.get(reverse(name, args=[school.slug])).content, (name, word)
