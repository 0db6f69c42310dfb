"""The twin on the screen: reviewed, opened to what is behind it, answered otherwise, kept, printed."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.compass.changes import answer_otherwise
from dekaan.compass.models import RealResult, SelfEvaluation
from dekaan.compass.queries import Share, answers, released_answers
from dekaan.compass.questions import question_sets
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.curriculum.changes import add_link, add_subject
from dekaan.evidence.changes import add_evidence
from dekaan.schools.changes import add_school
from tests.databases import ON_POSTGRES
from tests.factories.schools import Place, person, place, pupils, talk
from tests.isolation.world import BACKEND
from tests.kept import once_made
from tests.stock import THIS_YEAR

pytestmark = pytest.mark.django_db
REVIEW = "/northgate/compass/"
EMPLOYER = "/northgate/compass/compass-2025/5.1/"


def make_northgate():
    at = place("northgate")
    ten = pupils(at, 8)
    person(at, "careers-leader")
    talk(at, invited=ten, absent=ten[:2])
    return at


@pytest.fixture
def northgate():
    return once_made(make_northgate)


def signed_in(client, at, role="careers-leader"):
    client.force_login(person(at, role), backend=BACKEND)
    return client


def test_every_answer_stands_in_the_evaluations_own_order(northgate, client):
    page = signed_in(client, northgate).get(REVIEW).content.decode()
    assert "A readiness estimate by the question set since autumn 2025, never a Compass score." in page
    assert page.index("1.1 Is there a named") < page.index("5.1 What share") < page.index("8.3 Is it told")
    assert "6 of 8" in page
    assert "Most" in page


def test_whoever_may_not_see_small_numbers_sees_nothing_that_gives_them_away(northgate, client):
    """Two of eight miss 5.1: neither number, band, nor how sure it is, nor what benchmark 5 comes to."""
    governor = signed_in(client, northgate, "link-governor")
    page = governor.get(REVIEW)
    text = page.content.decode()
    assert "6 of 8" not in text
    row = text[text.index(">5.1 What share") :]
    assert "Most" not in row[: row.index("</tr>")]
    assert row[: row.index("</tr>")].count("hidden") == 3
    (five,) = [each for each, *_ in page.context["sections"] if each.section.benchmark == "5"]
    assert (five.least, five.most, bool(five.hidden)) == (0, 0, True)
    text = governor.get(EMPLOYER).content.decode()
    for told in ("Most", "6 of 8", "2 of", "could be higher", "attendance that nobody checked", "not all shown"):
        assert told not in text
    assert "Hidden: it would give away a number under 6" in text
    assert client.get(f"{EMPLOYER}pupils/").status_code == 403


def test_a_small_group_is_hidden_on_the_sheet_in_the_differences_and_among_the_schools(northgate, client):
    """Kept when six of eight had met somebody: two miss it. Then all eight have, which two more would tell."""
    leader = signed_in(client, northgate)
    leader.post(f"{EMPLOYER}answer/", {"answer": "All", "reason": "Two were ill"})
    sheet = leader.post("/northgate/compass/keep/", {"set": "compass-2025"}, follow=True)
    assert "6 of 8" in sheet.content.decode()
    assert "Two were ill" in sheet.content.decode()
    leader.post(f"{EMPLOYER}as-recorded/")
    assert "Your own answer of last time was taken back." in leader.get(REVIEW).content.decode()
    governor = signed_in(client, northgate, "link-governor")
    text = governor.get(sheet.redirect_chain[-1][0]).content.decode()
    row = text[text.index("5.1 What share") :]
    row = row[: row.index("</tr>")]
    assert [told in row for told in ("All", "Most", "6 of 8", "Two were ill", "hidden")] == [False] * 4 + [True]
    review = governor.get(REVIEW)
    assert [each.question for each in review.context["difference"].changes] == []
    assert "All → " not in review.content.decode()
    schools = governor.get("/northgate/compass/schools/").context["schools"]
    assert [bool(each.hidden) for each in schools[0].estimates if each.section.benchmark in "15"] == [False, True]


def test_numbers_that_give_nobody_away_are_told_to_everybody(client):
    """Of twenty, twelve met somebody and eight did not."""
    at = place("northgate")
    ten = pupils(at, 20)
    talk(at, invited=ten, absent=ten[:8])
    governor = signed_in(client, at, "link-governor")
    text = governor.get(EMPLOYER).content.decode()
    assert "12 of 20" in text
    assert "would give away" not in text


def test_what_rests_on_a_few_is_hidden_beside_numbers_that_are_told(northgate):
    """Nine of twenty met somebody, three of them by attendance that nobody checked: that is a small number by itself."""
    of = question_sets()[0]
    with working_in(northgate.school):
        found = answers(northgate.school, of, today())
    (place_of,) = [place for place, each in enumerate(found) if each.question.id == "5.1"]
    told = {}
    for assumed, shown in ((3, 9), (9, 9), (0, 7), (0, 9)):
        share = Share(9, 20, 0, assumed, shown)
        said = replace(found[place_of], share=share, said="Some", at_most="Some", confidence="assumed")
        (out,) = [
            each
            for each in released_answers([*found[:place_of], said, *found[place_of + 1 :]], of)
            if each.question.id == "5.1"
        ]
        told[assumed, shown] = (out.numbers, out.why, bool(out.sure))
    assert told == {
        (3, 9): ("9 of 20", "9 of 20 by what is recorded.", False),
        (9, 9): ("9 of 20", "9 of 20 by what is recorded. 9 rest on attendance that nobody checked.", True),
        (0, 7): ("9 of 20", "9 of 20 by what is recorded.", False),
        (0, 9): ("9 of 20", "9 of 20 by what is recorded.", True),
    }


def test_year_groups_of_one_criterion_are_hidden_together_where_one_alone_would_follow(northgate):
    """Of Year 7 two miss it, so of Year 8 the numbers go too: with the whole school's total they would tell of the two."""
    of = question_sets()[0]
    with working_in(northgate.school):
        found = answers(northgate.school, of, today())
    numbers = {"4.1": Share(18, 20, 0), "4.2": Share(10, 20, 0), "4.3": Share(12, 24, 0)}
    said = [replace(each, share=numbers.get(each.question.id), said="Some") for each in found]
    out = {
        each.question.id: (each.numbers, each.said)
        for each in released_answers(said, of)
        if each.question.id in numbers
    }
    assert out == {"4.1": ("", ""), "4.2": ("", ""), "4.3": ("12 of 24", "Some")}


def test_a_computed_answer_opens_to_its_pupils(northgate, client):
    signed_in(client, northgate)
    assert "Those who miss it" in client.get(EMPLOYER).content.decode()
    missed = client.get(f"{EMPLOYER}pupils/?state=missed").content.decode()
    assert "2 pupils who miss it" in missed
    assert "Qu001" in missed
    assert "Qu003" not in missed
    assert "6 pupils who meet it" in client.get(f"{EMPLOYER}pupils/?state=met").content.decode()
    assert client.get(f"{EMPLOYER}pupils/?state=nonsense").status_code == 404


def test_an_answer_about_the_whole_school_opens_to_its_evidence(northgate, client):
    with working_in(northgate.school):
        add_evidence(title="Minutes of May", kind="statement", facts=["governors-approve"], by=None)
    page = signed_in(client, northgate).get("/northgate/compass/compass-2025/1.2.2/").content.decode()
    assert "Minutes of May" in page
    assert "nobody has checked it yet" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"answer": "", "reason": "x"}, "Choose your answer."),
        ({"answer": "Perhaps", "reason": "x"}, "Choose one of the answers on the list."),
        ({"answer": "Most", "reason": ""}, "Say why: an answer of your own has to be defended"),
        ({"answer": "Most", "reason": "x" * 501}, "Say it in 500 letters or fewer."),
    ],
)
def test_an_own_answer_that_cannot_be_is_refused_in_words(northgate, client, sent, words):
    assert words in signed_in(client, northgate).post(f"{EMPLOYER}answer/", sent).content.decode()


def test_an_own_answer_is_given_and_taken_back(northgate, client):
    signed_in(client, northgate)
    page = client.post(f"{EMPLOYER}answer/", {"answer": "All", "reason": "Register lost"}, follow=True).content.decode()
    assert "Question 5.1 is answered “All”." in page
    assert "where the records said “Most”: Register lost" in page
    page = client.post(f"{EMPLOYER}as-recorded/", follow=True).content.decode()
    assert "Question 5.1 is answered by the records again." in page


def test_kept_answers_are_a_sheet_to_transcribe(northgate, client):
    page = signed_in(client, northgate).post("/northgate/compass/keep/", {"set": "compass-2025"}, follow=True)
    said = page.content.decode()
    assert "it is no Compass score" in said
    assert said.index("1.1 Is there") < said.index("5.1 What share") < said.index("8.3 Is it told")
    assert "6 of 8 by what is recorded." in said
    with working_in(northgate.school):
        assert SelfEvaluation.objects.get().kept_on == today()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"completed_on": "2026-01-15", "benchmark_1": "75"}, "The percentages are kept with their date."),
        ({"completed_on": "2026-01-15"}, "Type the percentage of at least one benchmark."),
        ({"completed_on": "2026-01-15", "benchmark_1": "101"}, "Give per cent as a whole number from 0 to 100."),
        ({"completed_on": "2024-01-15", "benchmark_1": "75"}, "was not in use on that day"),
        ({"completed_on": "2099-01-15", "benchmark_1": "75"}, "That day has not come yet."),
        ({"completed_on": "soon", "benchmark_1": "75"}, "Give the date as day, month and year"),
    ],
)
def test_the_real_percentages_are_typed_in_with_their_date(northgate, client, sent, words):
    sent = {"set": "compass-2025"} | sent
    page = signed_in(client, northgate).post("/northgate/compass/real/", sent, follow=True).content.decode()
    assert words in page


def test_a_set_or_a_question_that_there_is_not(northgate, client):
    signed_in(client, northgate)
    assert client.get("/northgate/compass/compass-1999/1.1/").status_code == 404
    assert client.get("/northgate/compass/compass-2025/99/").status_code == 404
    assert client.get(f"{REVIEW}?set=compass-1999").status_code == 200


def test_several_schools_stand_side_by_side_for_whoever_may_see_them(stock, client):
    client.force_login(stock.anna, backend=BACKEND)
    page = client.get("/ashdown/compass/schools/").content.decode()
    assert stock.ashdown.name in page
    assert stock.beckford.name in page
    assert stock.elsewhere.name not in page


def drawn(school, people, *, more) -> None:
    """The school has pupils, a talk, evidence, an own answer and a curriculum map, `more` of each than it might."""
    at = Place(school, people={"careers-leader": people})
    eleven = pupils(at, 3 + more, year_group=11, tutor_group="11A")
    pupils(at, 2 + more, year_group=9, tutor_group="9A")
    talk(at, invited=eleven, absent=eleven[:more])
    with working_in(school):
        for number in range(more):
            add_evidence(title=f"Minutes {number}", kind="statement", facts=["governors-approve"], by=None)
            subject = add_subject(name=("English", "Mathematics")[number], year_groups=[9, 11], by=None)
            add_link(subject=subject, year_group=9, academic_year=THIS_YEAR, what="At work", is_taught=True, by=None)
        answer_otherwise(
            question_sets()[0].questions[0],
            question_sets()[0],
            answer="Yes",
            reason="Seen",
            instead_of="",
            by=None,
        )


@pytest.mark.parametrize(("key", "number"), [("compass-2025", 19), ("compass-2018", 19)])
def test_three_schools_side_by_side_ask_as_much_as_two(stock, client, key, number):
    client.force_login(stock.anna, backend=BACKEND)
    for more, school in enumerate([stock.ashdown, stock.beckford], start=1):
        drawn(school, stock.priya, more=more)
    asked = []
    for names in (["Ashdown School", "Beckford Academy"], ["Ashdown School", "Beckford Academy", "Calder High"]):
        if len(names) == 3:
            drawn(add_school(name="Calder High", slug="calder", trust=stock.weirbrook), stock.priya, more=1)
        client.get("/ashdown/compass/schools/")
        with CaptureQueriesContext(connection) as questions:
            page = client.get(f"/ashdown/compass/schools/?set={key}")
        assert [each.school.name for each in page.context["schools"]] == names
        asked.append(len(questions))
    # On PostgreSQL each request says twice whose rows it may see, and twice more for the schools of the trust.
    assert asked == [number + 4 * ON_POSTGRES] * 2


@pytest.mark.parametrize(("key", "number"), [("compass-2025", 20), ("compass-2018", 17)])
def test_a_page_asks_as_much_of_three_pupils_as_of_one(client, key, number):
    at, asked = place("northgate"), []
    signed_in(client, at).get(REVIEW)
    for more in (1, 2):
        pupils(at, more, year_group=11)
        with CaptureQueriesContext(connection) as questions:
            assert client.get(f"{REVIEW}?set={key}").status_code == 200
        asked.append(len(questions))
    assert asked == [number + 2 * ON_POSTGRES] * 2  # there each request says twice whose rows it may see


def test_percentages_of_the_same_day_take_the_place_of_the_first_only_when_that_is_said(northgate, client):
    sent = {"set": "compass-2025", "completed_on": "2026-10-01", "benchmark_1": "60"}
    there = signed_in(client, northgate)
    there.post("/northgate/compass/real/", sent)
    page = there.post("/northgate/compass/real/", sent | {"benchmark_1": "70"}).content.decode()
    assert "Percentages of that day are kept already." in page
    assert "Put these in the place of those that are kept for that day" in page
    with working_in(northgate.school):
        assert [each.percentages for each in RealResult.objects.all()] == [{"1": 60}]
    there.post("/northgate/compass/real/", sent | {"benchmark_1": "70", "instead": "on"})
    with working_in(northgate.school):
        assert [each.percentages for each in RealResult.objects.all()] == [{"1": 70}]


def test_the_real_percentage_stands_beside_the_estimate_with_its_day(northgate, client):
    there = signed_in(client, northgate)
    there.post("/northgate/compass/real/", {"set": "compass-2025", "completed_on": "2026-10-01", "benchmark_3": "45"})
    page = " ".join(there.get("/northgate/compass/?set=compass-2025").content.decode().split())
    assert page.count("· really <strong") == 1
    assert '· really <strong class="figure">45 %</strong> on 1 October 2026' in page
