"""Job 8 of the product: is our website still compliant? Checked weekly by itself; Home says what is to be mended, 0 clicks."""

import pytest

from dekaan.cli.morning import go_round
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.jobs.changes import Doer, begin_work
from dekaan.website.changes import watch_website
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock
from tests.website.given import AT, careers_page, past
from tests.website.served import served, website

__all__ = ["served", "website"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def do_jobs() -> int:
    """The worker does what waits for it; answers how many jobs."""
    from django_tasks_db.models import DBTaskResult

    worker, done = begin_work(), 0
    for job in DBTaskResult.objects.ready():
        job.claim(worker.name)
        Doer(worker).run_task(job)
        done += 1
    return done


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_home_says_by_itself_what_the_website_misses_and_a_mended_page_clears_it(visit, served, width):
    stock = make_stock()
    page = careers_page(telephone="", review=past()).replace(f"Next review: {past():%B %Y}", "Next review: July 2099")
    pages = {"/careers/": page, "/accessibility/": "<p>Accessibility</p>"}
    wire = served(pages)
    with working_in(stock.ashdown):
        watch_website(AT, by=stock.priya)

    go_round(today())  # the worker's weekly round, with nobody there
    assert do_jobs() == 1
    assert set(wire.asked) == {"www.ashdown.example"}

    person = visit(stock.priya, width=width)
    person.open("/ashdown/")
    assert "Our website: telephone missing; review date passed." in person.words
    assert person.clicks == 0
    assert person.violations() == []

    person.press("What to paste")
    assert person.clicks == 1
    assert "Careers Leader: Priya Raman, telephone [telephone number]" in person.words
    assert "Date of the next review of this information: [a date within the next twelve months]" in person.words
    assert f"The website says: “Date of the next review of this information: {past():%-d %B %Y}.”" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    person.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person.press("Copy the words: The careers leader's telephone number", role="button")
    copied = person.page.evaluate("navigator.clipboard.readText()")
    assert copied == "Careers Leader: Priya Raman, telephone [telephone number]"

    pages["/careers/"] = careers_page()  # pasted, on the school's own website
    person.press("Check now")
    assert "The check waits for the worker" in person.words
    assert person.violations() == []
    assert do_jobs() == 1
    person.open("/ashdown/website/")
    assert "Nothing to mend" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    person.open("/ashdown/")
    assert "Our website" not in person.words
    assert person.failures == []


def test_a_server_without_a_way_out_reads_a_saved_page_in_four_clicks(visit, tmp_path):
    stock = make_stock()
    saved = tmp_path / "Careers.html"
    saved.write_text(careers_page(telephone=""), encoding="utf-8")
    person = visit(stock.priya, width=NARROW)
    person.open("/ashdown/")
    person.press("Benchmarks")
    person.press("Website", role="link")
    assert person.violations() == []
    person.press("Bring in a saved page")
    assert person.violations() == []
    person.choose_file("The careers page", saved)
    person.press("Read it")
    assert person.clicks == 4
    assert "1 to mend" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    assert person.failures == []
