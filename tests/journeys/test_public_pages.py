"""Priya asks for approval, Ellen gives it, and a parent reads the careers page on a telephone: light, plain, and for machines."""

import itertools
import json
from datetime import timedelta

import html5lib
import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.publication.changes import say_facts
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST = 100_000  # bytes, everything that the page loads


def wrong(page: str) -> list[str]:
    """Every error that the HTML standard's own algorithm finds in reading the page, and what it leaves to others."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    found = [f"{where}: {code} {about}" for where, code, about in parser.errors]
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    found += [f"id {each} twice" for each in sorted(set(ids)) if ids.count(each) > 1]
    headings = [int(each.tag[1]) for each in tree.iter() if each.tag in {"h1", "h2", "h3", "h4"}]
    found += ["not one <h1>"] if headings.count(1) != 1 else []
    pairs = itertools.pairwise(headings)
    return found + [f"<h{after}> after <h{before}>" for before, after in pairs if after - before > 1]


def test_a_page_that_is_wrong_is_found():
    page = "<!doctype html><html lang=en><head><title>It</title></head><body>{}</body></html>"
    assert wrong(page.format("<h1>It</h1><p>fine</p>")) == []
    for body in (
        "<h1>It</h1><p><ul></ul></p>",
        "<h1>It</h2>",
        "<h1>It</h1><h3>on</h3>",
        "<h1 id=a>a</h1><p id=a>",
        "<p>",
    ):
        assert wrong(page.format(body)), body


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
        if "statement" in of_the:
            ellen.type("Who signed it for the governing body?", "Ann Teasdale, chair of governors")
            ellen.type("On which day did they approve these words?", str(today()))
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
            assert wrong(parent.page.request.get(parent.page.url).text()) == [], address
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
