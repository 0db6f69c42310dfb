"""The screens of feedback: what they show to whom, and how many questions they ask of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.schools import Place, person
from tests.quality.asked import answered, fair, opened


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def asks(client, address: str) -> int:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize("name", ["feedback-list", "pulse-list", "evaluation-list", "questionnaire-list"])
def test_a_list_asks_as_much_of_three_as_of_one(in_ashdown, client, name):
    client.force_login(in_ashdown.priya)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            answered(opened(in_ashdown), times=12, told=4)
            answered(opened(in_ashdown, "pulse-9", year_group=9), times=12)
        counts.append(asks(client, at(name)))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 24


def test_a_governor_reads_no_small_number_and_no_words(in_ashdown, client):
    collection = opened(in_ashdown)
    answered(collection, times=5, told=4, line="Speak up")
    client.force_login(in_ashdown.priya)
    assert "Speak up" in client.get(at("collection-words", collection.pk)).content.decode()
    client.force_login(person(Place(in_ashdown.ashdown), "link-governor"))
    page = client.get(at("collection-detail", collection.pk)).content.decode()
    assert "Yes, very much: 5" not in page
    assert "Speak up" not in page
    assert client.get(at("collection-words", collection.pk)).status_code == 403


def test_the_session_leads_to_its_questions_and_the_activity_to_what_was_said(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    session = fair(in_ashdown)
    page = client.get(at("session-detail", session.pk)).content.decode()
    asking = f"{at('collection-new')}?about=session-{session.pk}&amp;questionnaire=pupils-activity"
    assert asking in page
    form = client.get(asking.replace("&amp;", "&")).context["form"]
    assert (form["about"].value(), form["questionnaire"].value()) == (f"session-{session.pk}", "pupils-activity")
    assert (
        at("activity-feedback", session.activity_id)
        in client.get(at("activity-detail", session.activity_id)).content.decode()
    )
