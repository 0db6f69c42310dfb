"""What a run of all hostile requests once found, kept as sentences."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.schools import person, place, pupils
from tests.hostile.asking import BACKEND

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["forename", "surname", "email", "telephone"])
def test_a_carer_with_a_null_character_is_refused_in_words(name):
    """Number 5067 of the first 20,000 on PostgreSQL."""
    at = place("ours")
    (pupil,) = pupils(at, 1)
    client = Client()
    client.force_login(person(at, "careers-leader"), backend=BACKEND)
    typed = {"surname": "Quill", "forename": "Ada", "email": "", "telephone": ""} | {name: "a\x00b@x.example"}
    answer = client.post(reverse("carer-new", args=[at.slug, pupil.pk]), typed)
    assert (answer.status_code, b"Null characters are not allowed" in answer.content) == (200, True)
