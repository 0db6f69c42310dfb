"""Priya asks for approval, Ellen gives it, and a parent reads the careers page on a telephone: light, plain, and for machines."""

import json
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.publication.changes import say_facts
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
VOID = {"meta", "link", "br", "img", "input", "hr"}
MOST = 100_000  # bytes, everything that the page loads


class Tags(HTMLParser):
    """What is wrong with how the elements of a page stand in one another."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open, self.wrong, self.ids, self.headings = [], [], [], []
        self.feed(page)
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> says one thing twice")
        self.ids += [value for name, value in attrs if name == "id"]
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))
        if self.open[-1:] == ["p"] and tag in {"p", "ul", "dl", "h1", "h2", "h3", "div", "main", "header", "footer"}:
            self.wrong.append(f"<{tag}> stands within a <p>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes another")


@pytest.fixture
def stock():
    stock = make_stock()
    pupils(Place(stock.ashdown), 3)
    with working_in(stock.ashdown):
        fair = plan_activity(title="Careers fair", activity_type="FAIR", by=None)
        plan_session(fair, held_on=today() + timedelta(days=7), invited=Invited(year_groups=(10,)), by=None)
        evening = plan_activity(title="Options evening", activity_type="OPTEVE", audience="carers", by=None)
        plan_session(evening, held_on=today() + timedelta(days=9), invited=Invited(), by=None, place="Hall")
        say_facts(
            telephone="01632 960123",
            next_review_on=today() + timedelta(days=200),
            own_page="https://www.ashdown.example/careers",
            statement_approved_by="Ann Teasdale, chair of governors",
            statement_approved_on=date(today().year - 1, 12, 1),
            statement_review_on=today() + timedelta(days=200),
            by=None,
        )
    return stock


def test_from_asking_to_a_page_that_anybody_reads(visit, stock):
    for of_the in ("provider access statement", "careers page"):
        priya, ellen = visit(stock.priya, width=NARROW), visit(stock.ellen, width=NARROW)
        priya.open("/ashdown/public-pages/")
        assert (priya.violations(), priya.is_too_wide()) == ([], False)
        priya.press(f"Ask for approval of the {of_the}")
        assert "It waits for a senior leader’s approval." in priya.words
        assert priya.clicks == 1
        ellen.open("/ashdown/")
        ellen.press("Read and decide")
        ellen.press("Read it and decide")
        assert (ellen.violations(), ellen.is_too_wide()) == ([], False)
        ellen.press("Approve and publish")
        assert "The public sees it now." in ellen.words
        assert ellen.clicks == 3
        assert priya.failures + ellen.failures == []
    loaded = []
    for width in (NARROW, WIDE):
        parent = visit(width=width)
        parent.page.on("response", lambda answer: loaded.append((answer.url, len(answer.body()))))
        for address in ("/ashdown/careers/", "/ashdown/careers/provider-access/", "/ashdown/careers/embed/"):
            loaded.clear()
            parent.open(address)
            assert (parent.violations(), parent.is_too_wide()) == ([], False), address
            tags = Tags(parent.page.request.get(parent.page.url).text())
            assert tags.wrong == [], address
            assert len(tags.ids) == len(set(tags.ids))
            assert tags.headings.count(1) == 1
            assert all(after - before <= 1 for before, after in zip(tags.headings, tags.headings[1:], strict=False))
            assert loaded
            assert sum(size for _, size in loaded) < MOST, loaded
        assert parent.failures == []
    data = json.loads(parent.page.locator('script[type="application/ld+json"]').inner_text())
    about, event = data["@graph"]
    assert (data["@context"], about["@type"], about["about"]["@type"]) == (
        "https://schema.org",
        "WebPage",
        "HighSchool",
    )
    assert {"name", "startDate", "location"} <= set(event)
