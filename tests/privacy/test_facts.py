"""What is held, who answers for it, and the impact assessment."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from dekaan.audit.models import Event
from dekaan.core.scope import working_in
from dekaan.privacy.changes import say_data_protection
from dekaan.privacy.models import DataProtection
from dekaan.privacy.queries.holdings import data_protection, not_said_yet

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FACTS = {
    "controller": "Weirbrook Learning Trust",
    "registration": "ZA123456",
    "officer_name": "Oluwaseun Quist",
    "officer_email": "dpo@weirbrook.example",
    "hosting": "The trust's own server in Leeds",
    "processors": "Backups: Northern Vaults Ltd, agreement of 3 May 2026",
    "keep_years": 3,
    "risks": "Asked the sixth form council.",
    "agreed_by": "The trustees",
}


def test_the_trust_answers_for_its_academies_until_somebody_says_otherwise(in_ashdown):
    assert data_protection(in_ashdown.ashdown).controller == in_ashdown.weirbrook.name
    assert data_protection(in_ashdown.elsewhere).controller == "Farfield High"


def test_what_is_said_is_kept_once_and_audited(in_ashdown):
    for _ in range(2):
        say_data_protection(in_ashdown.ashdown, by=in_ashdown.priya, **FACTS)
    said = DataProtection.objects.get()
    assert {name: getattr(said, name) for name in FACTS} == FACTS
    assert not_said_yet(said) == ["when the impact assessment was agreed"]
    event = Event.objects.filter(action="data protection said").get()
    assert event.actor_id == in_ashdown.priya.pk
    assert "Oluwaseun" not in str(event.detail)


def test_the_page_says_what_is_held_and_what_is_not_said_yet(stock, client):
    client.force_login(stock.priya, backend=BACKEND)
    page = client.get(reverse("data-protection-page", args=["ashdown"])).content.decode()
    for words in ("3 years after the pupil has left", "Pupils", "who the data protection officer is", "class"):
        assert words in page


def test_facts_are_saved_from_the_form_and_said_by_the_assessment(stock, client):
    client.force_login(stock.priya, backend=BACKEND)
    answer = client.post(reverse("data-protection-facts", args=["ashdown"]), FACTS | {"agreed_on": "2026-09-01"})
    assert answer.status_code == 302
    page = client.get(reverse("impact-assessment", args=["ashdown"])).content.decode()
    pdf = PdfReader(BytesIO(client.get(reverse("impact-assessment-download", args=["ashdown"])).content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).replace("\u200b", "").split())
    for words in ("Weirbrook Learning Trust", "ZA123456", "Oluwaseun Quist", "3 years after the pupil has left"):
        assert words in page
        assert words in text
    with working_in(stock.beckford):
        assert not DataProtection.objects.exists()


def test_a_day_to_come_is_refused_in_words(stock, client):
    client.force_login(stock.priya, backend=BACKEND)
    answer = client.post(
        reverse("data-protection-facts", args=["ashdown"]), FACTS | {"agreed_on": "2099-01-01"}
    ).content.decode()
    assert "That day is still to come" in answer
    assert "Oluwaseun Quist" in answer
    with working_in(stock.ashdown):
        assert not DataProtection.objects.exists()


@pytest.mark.parametrize("name", ["data-protection-page", "data-protection-facts", "impact-assessment"])
def test_a_tutor_has_no_business_there(stock, client, name):
    client.force_login(stock.sam, backend=BACKEND)
    assert client.get(reverse(name, args=["ashdown"])).status_code == 403
