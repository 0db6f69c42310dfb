"""The governors' report: three clicks and the thought that goes into three boxes; a wrong one is taken back."""

import pytest

from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_governors_report_takes_three_clicks(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    person = visit(stock.priya, width=width)
    person.open("/ashdown/")
    person.press("Reports")
    person.press("Write a governors' report")
    person.type("What governors should know", "Every tutor group has met an employer.")
    person.press("Freeze the paper")
    assert "Frozen." in person.words
    assert "Every tutor group has met an employer." in person.words
    assert person.clicks == 3
    assert person.violations() == []
    assert not person.is_too_wide()
    paper = person.page.get_by_role("link", name="Open the PDF to print").get_attribute("href")
    answer = person.page.request.get(paper)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-1.7")
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_wrong_paper_is_withdrawn_and_governors_see_it(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    person = visit(stock.priya, width=width)
    person.open("/ashdown/reports/governors/")
    person.press("Freeze the paper")
    person.press("Something is wrong: withdraw it")
    person.type("What was wrong with it?", "The fair was counted twice")
    person.press("Withdraw the paper")
    assert "Withdrawn. It stays in the list, and says so." in person.words
    governor = visit(stock.moira, width=width)
    governor.open("/ashdown/reports/")
    assert "The fair was counted twice" in governor.words
    assert governor.violations() == []
    assert not governor.is_too_wide()
    governor.press("Careers: report to governors")
    assert "(withdrawn)" in governor.words
    assert "Something is wrong" not in governor.words
    assert governor.violations() == []
    assert person.failures == governor.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_governor_without_an_account_approves_the_paper_and_the_leader_sees_it(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    leader = visit(stock.priya, width=width)
    leader.open("/ashdown/reports/governors/")
    leader.press("Freeze the paper")
    leader.press("Make a link for a governor without an account")
    leader.type("Name of the governor", "Ann Teasdale")
    leader.type("As what", "Chair of governors")
    leader.press("Make the link")
    assert "There is a link for Ann Teasdale." in leader.words
    address = leader.page.locator("p.key").inner_text()
    governor = visit(width=width)
    governor.open(address[address.index("/paper/") :])
    assert "What the law asks" in governor.words
    assert governor.violations() == []
    assert not governor.is_too_wide()
    answer = governor.page.request.get(f"{address}pdf/")
    assert answer.body().startswith(b"%PDF-1.7")
    governor.page.get_by_label("I approve it").check()
    governor.type("A comment, if you like", "Clear.")
    governor.press("Send")
    assert "Your answer has arrived." in governor.words
    assert governor.violations() == []
    leader.page.reload()
    assert "by Ann Teasdale, Chair of governors. “Clear.”" in leader.words
    assert leader.violations() == []
    assert not leader.is_too_wide()
    leader.press("End the link for Ann Teasdale")
    governor.open(address[address.index("/paper/") :])
    assert "This link opens nothing" in governor.words


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_paper_is_handed_over_in_word_and_stands_in_the_log(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    person = visit(stock.priya, width=width)
    person.open("/ashdown/reports/governors/")
    person.press("Freeze the paper")
    for link, kind in (("Word", "wordprocessingml"), ("Slides", "presentationml")):
        address = person.page.get_by_role("link", name=link, exact=True).get_attribute("href")
        answer = person.page.request.get(address)
        assert kind in answer.headers["content-type"]
        assert answer.body().startswith(b"PK")
    person.press("Note that it was handed over")
    person.type("Who exactly", "Clerk to governors")
    person.page.get_by_label("In which form").select_option("word")
    assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Note it")
    assert "Noted: handed to governors on" in person.words
    person.press("Report log")
    assert "Governors: Clerk to governors" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_senior_leaders_have_a_page_in_three_clicks(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    person = visit(stock.priya, width=width)
    person.open("/ashdown/")
    person.press("Reports")
    person.press("Write a summary for senior leaders")
    person.type("What we ask of senior leaders", "Two days of cover.")
    assert person.violations() == []
    person.press("Freeze the summary")
    assert person.clicks == 3
    assert "Two days of cover." in person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_an_inspection_leads_from_a_question_to_a_pupils_whole_story(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    person = visit(stock.priya, width=width)
    person.open("/ashdown/reports/")
    person.press("Inspection")
    assert "20. What will you improve next" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Draw sample pupils")
    assert person.violations() == []
    assert not person.is_too_wide()
    person.page.locator("main tbody th a").first.click()
    assert "/ashdown/pupils/" in person.page.url
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_term_without_anything_is_answered_in_a_sentence(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    person = visit(stock.priya, width=width)
    person.open("/ashdown/reports/governors/?term=2000-spring")
    assert "No report on Spring term 2001" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()
