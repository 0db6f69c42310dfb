"""The programme year and the twin without a mouse: each is reached by Tab, seen to be reached, and pressed by a key."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.compass.models import Override, SelfEvaluation
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.curriculum.changes import add_subject, propose
from dekaan.curriculum.models import CurriculumLink
from dekaan.evidence.models import Evidence
from dekaan.programme.models import Invitation, Session
from dekaan.quality.models import Answer, Mark
from tests.factories.schools import Place, pupils, talk
from tests.quality.asked import opened
from tests.stock import THIS_YEAR, Stock, make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year_10() -> tuple[Stock, Place]:
    """Five pupils of Year 10, and nothing else."""
    stock = make_stock()
    at = Place(stock.ashdown, people={"careers-leader": stock.priya})
    pupils(at, 5)
    return stock, at


def test_from_a_thin_square_of_the_planner_to_an_activity(visit, year_10):
    stock, _ = year_10
    priya = visit(stock.priya)
    priya.open("/ashdown/programme/planner/")
    priya.reach("Year 10, half-term 6, Encounters with employers")
    priya.key("Enter")
    assert "None." in priya.words
    priya.reach("Plan an activity")
    priya.key("Enter")
    priya.write("What is it?", "Engineers in class")
    priya.write("Kind", "Employer or")
    priya.write_day("Date", today() + timedelta(days=14))
    assert priya.page.get_by_role("checkbox", name="Year 10").is_checked()
    priya.reach("Plan it")
    priya.key("Enter")
    assert "Engineers in class" in priya.page.inner_text("h1")
    with working_in(stock.ashdown):
        planned = Session.objects.get()
        assert (planned.title, planned.activity.activity_type) == ("Engineers in class", "TALK")
        assert planned.held_on == today() + timedelta(days=14)
    assert priya.failures == []


def test_from_the_gap_one_press_invites_whoever_else_needs_it(visit, year_10):
    stock, at = year_10
    talk(at, title="Mock interviews", happened=False, days_ago=-14, invited=list(at.pupils.values())[:3])
    priya = visit(stock.priya)
    priya.open("/ashdown/benchmarks/gap/?criterion=GB24.5.1")
    priya.reach("Invite 2 more to Mock interviews")
    priya.key("Enter")
    assert "2 pupils invited besides to Mock interviews" in priya.words
    with working_in(stock.ashdown):
        assert Invitation.objects.count() == 5
    assert priya.failures == []


def test_compass_is_answered_otherwise_with_a_reason_and_kept_on_a_sheet(visit, year_10):
    stock, _ = year_10
    priya = visit(stock.priya)
    priya.open("/ashdown/compass/compass-2025/5.1/")
    priya.write("Your answer", "All")
    priya.write("Why?", "The register of the fair was lost.")
    priya.reach("Answer so")
    priya.key("Enter")
    assert "Question 5.1 is answered “All”." in priya.words
    priya.reach("All questions")
    priya.key("Enter")
    priya.reach("Keep these answers and print the sheet")
    priya.key("Enter")
    assert "Sheet to transcribe" in priya.page.inner_text("h1")
    priya.page.evaluate("window.print = () => { document.title = 'on paper' }")
    priya.reach("Print")
    priya.key("Enter")
    assert priya.page.title() == "on paper"
    with working_in(stock.ashdown):
        assert Override.objects.get().reason == "The register of the fair was lost."
        assert SelfEvaluation.objects.count() == 1
    assert priya.failures == []


def test_a_piece_of_evidence_is_added(visit, year_10):
    stock, _ = year_10
    priya = visit(stock.priya)
    priya.open("/ashdown/evidence/")
    priya.reach("Add evidence: Governors have approved it")
    priya.key("Enter")
    priya.write("What is it?", "Minutes of May")
    priya.write("Or a statement", "Approved on 4 May, without a vote against.")
    priya.reach("Add it")
    priya.key("Enter")
    assert "Added: Minutes of May." in priya.words
    with working_in(stock.ashdown):
        assert Evidence.objects.get().facts == ["governors-approve"]
    assert priya.failures == []


def test_a_proposed_curriculum_link_is_accepted(visit, year_10):
    stock, _ = year_10
    with working_in(stock.ashdown):
        english = add_subject(name="English", year_groups=[10], by=None)
        propose(page="1", subject=english, academic_year=THIS_YEAR, year_group=10, what="Letters of a solicitor")
    priya = visit(stock.priya)
    priya.open("/ashdown/curriculum/")
    priya.reach("Accept Letters of a solicitor")
    priya.key("Enter")
    assert "It counts: English, Year 10." in priya.words
    with working_in(stock.ashdown):
        assert CurriculumLink.objects.get().state == "accepted"
    assert priya.failures == []


def test_a_questionnaire_is_answered(visit, year_10):
    stock, _ = year_10
    with working_in(stock.ashdown):
        key = opened(stock, "carers").key_to_show
    parent = visit()
    parent.open(reverse("answer-new", args=["ashdown", key]))
    for question in parent.page.get_by_role("group").all():
        if question.get_by_role("radio").count():
            parent.reach(question.get_by_role("radio").first.evaluate("(e) => e.labels[0].innerText.trim()"))
            parent.page.keyboard.press("Space")
            parent.page.keyboard.press("Tab")
    parent.reach("Send")
    parent.key("Enter")
    assert "Thank you" in parent.words
    with working_in(stock.ashdown):
        assert (Answer.objects.count(), {each.value for each in Mark.objects.all()}) == (1, {1})
    assert parent.failures == []
