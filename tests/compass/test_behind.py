"""Every answer that is worked out opens to what is behind it."""

import pytest

from dekaan.access.models import User
from dekaan.demo.build import build
from tests.isolation.world import BACKEND

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_answer_that_is_worked_out_opens_to_its_pupils_its_encounters_or_its_evidence(settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    build(pupils=60, years=2, schools=1)
    priya = User.objects.get(email="priya@ashdown.example")
    client.force_login(priya, backend=BACKEND)
    closed, kinds = [], set()
    for of in ("compass-2025", "compass-2018"):
        review = client.get(f"/ashdown/compass/?set={of}")
        for _, found, _ in review.context["sections"]:
            for answer in found:
                if not (answer.is_asked and answer.said):
                    continue
                page = client.get(f"/ashdown/compass/{of}/{answer.question.id}/").content.decode()
                behind = [
                    each
                    for each in ("The pupils behind it", "The encounters behind it", "The evidence behind it")
                    if each in page
                ]
                kinds |= set(behind)
                closed += [answer.question.id] if not behind else []
    assert closed == []
    assert len(kinds) == 3
