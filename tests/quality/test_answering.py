"""Answering by the link, without an account; and typing paper back."""

import re
from datetime import timedelta

import pytest
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.quality import forms
from dekaan.quality.models import Answer, Line, Mark
from dekaan.quality.queries import questionnaires
from tests.quality.asked import fair, opened
from tests.stock import pupil


def link(collection, at: str = "ashdown") -> str:
    return reverse("answer-new", args=[at, collection.key_to_show])


def page_of(client, address: str) -> str:
    """The name by which that page is sent once."""
    return re.search(r'name="page" value="([^"]+)"', client.get(address).content.decode()).group(1)


def marks() -> list[dict]:
    return [dict(each.marks.values_list("question", "value")) for each in Answer.objects.order_by("pk")]


@pytest.fixture
def anybody() -> Client:
    """A browser in which nobody is signed in."""
    return Client()


def test_ada_answers_by_the_link_and_is_thanked(in_ashdown, anybody):
    pupil("Ada", tutor_group="10A")
    collection = opened(in_ashdown, "pupils-activity", session=fair(in_ashdown))
    address = link(collection)
    sent = {"page": page_of(anybody, address), "purpose": "4", "next": "2", "line": "  Longer, please  "}
    answer = anybody.post(address, sent, follow=True)
    assert "Thank you" in answer.content.decode()
    assert marks() == [{"purpose": 4, "next": 2}]
    assert Line.objects.get().words == "Longer, please"
    assert Answer.objects.values_list("year_group", "group", "came_by").get() == (10, "", "link")


def test_the_same_page_sent_twice_is_one_answer(in_ashdown, anybody):
    address = link(opened(in_ashdown))
    sent = {"page": page_of(anybody, address), "told": "1"}
    assert [anybody.post(address, sent).status_code for _ in range(2)] == [302, 302]
    anybody.post(address, {"page": page_of(anybody, address), "told": "1"})
    assert marks() == [{"told": 1}, {"told": 1}]


def test_year_and_group_are_asked_only_where_they_may_differ_and_may_be_left_out(in_ashdown, anybody):
    pupil("Ada", tutor_group="10A")
    pupil("Ben", year_group=9, tutor_group="9B")
    both = opened(in_ashdown, "pupils-activity", session=fair(in_ashdown, year_groups=(9, 10)), asks_group=True)
    form = anybody.get(link(both)).context["form"]
    assert {name: form.fields[name].choices for name in ("year_group", "group")} == {
        "year_group": [("", "Rather not say"), ("9", "Year 9"), ("10", "Year 10")],
        "group": [("", "Rather not say"), ("9B", "9B"), ("10A", "10A")],
    }
    anybody.post(link(both), {"purpose": "4"})
    anybody.post(link(both), {"purpose": "4", "year_group": "9", "group": "9B"})
    anybody.post(link(both), {"purpose": "4", "year_group": "12"})  # not offered
    assert list(Answer.objects.order_by("pk").values_list("year_group", "group")) == [(None, ""), (9, "9B")]
    one = opened(in_ashdown, "pupils-activity", session=fair(in_ashdown))
    assert {"year_group", "group"} & set(anybody.get(link(one)).context["form"].fields) == set()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Nothing is answered yet. Answer at least one question."),
        ({"told": "9"}, "Choose one of those on the list."),
        ({"told": "4", "line": "x" * 501}, "Say it in 500 letters or fewer."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_typed_is_lost(in_ashdown, anybody, typed, words):
    page = anybody.post(link(opened(in_ashdown)), {"page": "mine", "line": "Kept words"} | typed)
    if typed == {}:
        assert marks() == [{}]  # a line alone is an answer
        page = anybody.post(link(opened(in_ashdown, "governors")), {"page": "mine", "line": " "})
    said = page.content.decode()
    assert (words in said, 'name="page" value="mine"' in said) == (True, True)
    assert not Mark.objects.exists()


def test_whose_answer_it_is_must_be_said_by_staff(in_ashdown, anybody):
    address = link(opened(in_ashdown, "staff"))
    page = anybody.post(address, {"plan": "3"}).content.decode()
    assert "Choose what you are: it decides whose answer this is." in page
    anybody.post(address, {"plan": "3", "role": "2"})
    assert marks() == [{"plan": 3, "role": 2}]


def test_a_link_that_is_over_says_so_and_keeps_nothing(in_ashdown, anybody):
    over = today() - timedelta(days=1)
    address = link(opened(in_ashdown, opened_on=over, closes_on=over))
    for answer in (anybody.get(address), anybody.post(address, {"told": "4"})):
        assert (answer.status_code, "It has ended" in answer.content.decode()) == (200, True)
    assert marks() == []


def test_a_link_opens_before_the_session_is_held(in_ashdown, anybody):
    session = fair(in_ashdown)
    session.held_on = today() + timedelta(days=2)
    session.save()
    anybody.post(link(opened(in_ashdown, "pupils-activity", session=session)), {"purpose": "3"})
    assert marks() == [{"purpose": 3}]


def test_a_key_of_another_school_or_of_nobody_opens_nothing_and_says_the_same(in_ashdown, anybody):
    with working_in(in_ashdown.beckford):
        theirs = opened(in_ashdown, "carers").key_to_show
    addresses = [
        reverse("answer-new", args=[at, key]) for at, key in (("ashdown", theirs), ("ashdown", "x"), ("no", "x"))
    ]
    answers = [anybody.get(each) for each in addresses]
    assert ({each.status_code for each in answers}, len({each.content for each in answers})) == ({404}, 1)
    assert anybody.get(reverse("answer-new", args=["beckford", theirs])).status_code == 200


def test_wrong_keys_are_slowed_down_where_they_come_from_and_a_right_one_elsewhere_is_not(in_ashdown, anybody):
    wrong, right = reverse("answer-new", args=["ashdown", "guess"]), link(opened(in_ashdown))
    for _ in range(61):
        anybody.post(wrong)
    assert (anybody.get(right).status_code, anybody.get(right, REMOTE_ADDR="192.0.2.7").status_code) == (404, 200)


def test_the_page_shows_nobodys_name_and_no_number(in_ashdown, anybody):
    pupil("Canary")
    page = anybody.get(link(opened(in_ashdown, "pupils-activity", session=fair(in_ashdown)))).content.decode()
    assert ("Canary" in page, "Careers fair" in page) == (False, True)


def grid(collection, *rows: dict) -> dict:
    """What the grid sends when those rows are typed."""
    sent = {"row-TOTAL_FORMS": "20", "row-INITIAL_FORMS": "20", "row-MIN_NUM_FORMS": "0", "row-MAX_NUM_FORMS": "20"}
    return sent | {f"row-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def test_tom_types_three_sheets_back_in_one_grid(in_ashdown, client):
    collection = opened(in_ashdown)
    address = reverse("collection-type", args=["ashdown", collection.pk])
    client.force_login(in_ashdown.tom)
    rows = [{"sheet": "1", "told": "4", "more": "6"}, {"sheet": "2"}, {"sheet": "5", "line": "Thanks"}]
    page = client.post(address, grid(collection, *rows), follow=True)
    assert "2 sheets typed back." in page.content.decode()
    assert list(Answer.objects.order_by("sheet").values_list("sheet", "came_by")) == [(1, "paper"), (5, "paper")]
    assert marks() == [{"told": 4, "more": 6}, {}]
    first = page.context["rows"].forms
    assert [row.initial["sheet"] for row in first[:5]] == [2, 3, 4, 6, 7]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"sheet": "1", "told": "7"}, "is a number from 1 to 4."),
        ({"sheet": "", "told": "4"}, "Give the number that stands on the sheet."),
        ({"sheet": "x", "told": "4"}, "The number of the sheet is a whole number from 1."),
        ({"sheet": "3", "told": "4"}, "Sheet 3 stands here twice."),
        ({"sheet": "9", "told": "4"}, "Sheet 9 was typed back before."),
    ],
)
def test_a_row_that_cannot_be_kept_is_named_and_no_row_is_lost(in_ashdown, client, row, words):
    collection = opened(in_ashdown)
    address = reverse("collection-type", args=["ashdown", collection.pk])
    client.force_login(in_ashdown.priya)
    client.post(address, grid(collection, {"sheet": "9", "told": "1"}))
    page = client.post(
        address, grid(collection, {"sheet": "3", "told": "2", "line": "Kept words"}, row)
    ).content.decode()
    assert (words in page, "Row 2" in page, "Kept words" in page) == (True, True, True)
    assert marks() == [{"told": 1}]


def test_nonsense_instead_of_the_grid_keeps_nothing(in_ashdown, client):
    collection = opened(in_ashdown)
    client.force_login(in_ashdown.priya)
    address = reverse("collection-type", args=["ashdown", collection.pk])
    for sent in ({}, {"row-TOTAL_FORMS": "9" * 30}, {"row-TOTAL_FORMS": "100000", "row-INITIAL_FORMS": "x"}):
        assert client.post(address, sent).status_code in {200, 302}
    assert marks() == []


def test_sheets_are_printed_with_a_number_each(in_ashdown, client):
    collection = opened(in_ashdown)
    client.force_login(in_ashdown.priya)
    page = client.get(reverse("collection-paper", args=["ashdown", collection.pk]), {"sheets": "3", "from": "8"})
    assert re.findall(r"sheet (\d+)", page.content.decode()) == ["8", "9", "10"]
    for odd in ("-1", "x", "9" * 40):
        assert client.get(page.request["PATH_INFO"], {"sheets": odd, "from": odd}).status_code == 200


def test_every_refusal_of_a_form_is_in_plain_words():
    """Never "This field is required", whatever is left out."""
    for form in vars(forms).values():
        if isinstance(form, type) and issubclass(form, BaseForm):
            for name, field in form.base_fields.items():
                said = {str(words) for words in field.error_messages.values()} if field.required else set()
                assert not any(words.startswith(("This field", "Enter a", "Select a")) for words in said), (form, name)


def test_every_questionnaire_is_short_and_ends_in_no_more_than_one_free_line():
    for each in questionnaires().values():
        kinds = [question.kind for question in each.questions]
        assert 3 <= len(kinds) <= 6, each.key
        assert kinds.count("line") <= 1, each.key
        assert kinds.count("scale") >= 3, each.key
        assert len({question.key for question in each.questions}) == len(kinds), each.key
