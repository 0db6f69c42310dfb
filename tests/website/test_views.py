"""The page of the website: what is to be mended, the words to paste, and how far a check is."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dekaan.core.scope import working_in
from dekaan.website import changes, queries
from dekaan.website.models import WatchedWebsite, WebsiteCheck
from tests.stock import stock
from tests.website.given import AT, careers_page, past
from tests.website.samples.pdfs import pdf_of

__all__ = ["stock"]
pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def priya(stock) -> Client:
    return signed_in(stock.priya)


def words(answer) -> str:
    return html.unescape(answer.content.decode())


def saved(stock, page: str) -> WebsiteCheck:
    with working_in(stock.ashdown):
        visited = queries.read_files([("careers.html", page.encode())])
        return changes.keep_saved_check(stock.ashdown, visited, called="careers.html", by=stock.priya)


def test_before_a_website_is_named_the_page_says_what_it_is_for(priya):
    page = words(priya.get("/ashdown/website/"))
    assert "Say where your careers page is" in page
    assert "/ashdown/website/saved/" in page


def test_the_page_shows_what_to_mend_and_what_to_paste(priya, stock):
    saved(stock, careers_page(telephone="", review=past(), name="Mr J Fielding"))
    page = words(priya.get("/ashdown/website/"))
    assert "4 to mend" in page
    assert "Careers Leader: Priya Raman, telephone [telephone number]" in page
    assert "The page names Mr J Fielding; our records say Priya Raman." in page
    assert "The website says: “Date of the next review of this information:" in page
    assert "School Information (England) Regulations 2008, Schedule 4, paragraph 15" in page
    home = words(priya.get("/ashdown/"))
    assert (
        "Our website: careers leader's name not as in our records; telephone missing; review date passed; and 1 more."
        in home
    )


def test_home_says_nothing_of_a_website_that_is_as_it_should_be(priya, stock):
    saved(stock, careers_page())
    assert "Our website" not in words(priya.get("/ashdown/"))
    assert "Nothing to mend" in words(priya.get("/ashdown/website/"))


def test_check_now_hands_it_to_the_worker_once(priya, stock):
    assert "Say first where your careers page is." in words(priya.post("/ashdown/website/check/", follow=True))
    priya.post("/ashdown/website/address/", {"address": "www.ashdown.example/careers/"})
    page = priya.post("/ashdown/website/check/", follow=True)
    assert "The check waits for the worker" in words(page)
    assert page.headers["Refresh"] == "2"
    assert "A check is on its way already." in words(priya.post("/ashdown/website/check/", follow=True))
    with working_in(stock.ashdown):
        assert WatchedWebsite.objects.get().address == "https://www.ashdown.example/careers/"
        assert WebsiteCheck.objects.count() == 1
        WebsiteCheck.objects.update(state="visiting", step="Careers for parents", pages=3)
    assert "being visited: Careers for parents" in words(priya.get("/ashdown/website/"))
    with working_in(stock.ashdown):
        WebsiteCheck.objects.update(moved_at=timezone.now() - timedelta(minutes=7))
    still = priya.get("/ashdown/website/")
    assert "has not moved for six minutes" in words(still)
    assert "Check now" in words(still)
    assert "Refresh" not in still.headers


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://127.0.0.1/", "Give the website's name, not the number of a machine."),
        ("http://localhost/careers", "The address needs the name of a website"),
        ("ftp://www.ashdown.example/", "Only addresses that begin with https:// or http:// are visited."),
        ("https://me:secret@www.ashdown.example/", "Leave that out."),
        ("https://www.ashdown.example:8443/", "port of its own"),
        ("our careers page", "This is not an address."),
        ("https://nas.local/", "That name is not on the public internet."),
        ("https://" + "a" * 600, "Say it in 300 letters or fewer."),
    ],
)
def test_an_address_that_is_none_is_refused_in_words(priya, stock, typed, said):
    answer = priya.post("/ashdown/website/address/", {"address": typed})
    assert answer.status_code == 200
    assert said in words(answer)
    with working_in(stock.ashdown):
        assert not WatchedWebsite.objects.exists()


def test_of_two_who_say_where_the_page_is_neither_is_overwritten_in_silence(priya, stock):
    page = words(priya.get("/ashdown/website/address/"))
    read = re.search(r'name="as_read" value="([^"]+)"', page).group(1)
    signed_in(stock.tom).post("/ashdown/website/address/", {"address": "https://www.ashdown.example/toms/"})
    answer = priya.post(
        "/ashdown/website/address/", {"address": "https://www.ashdown.example/priyas/", "as_read": read}
    )
    assert answer.status_code == 200
    assert "Saved meanwhile: https://www.ashdown.example/toms/" in words(answer)
    with working_in(stock.ashdown):
        assert WatchedWebsite.objects.get().address == "https://www.ashdown.example/toms/"


def test_a_blank_address_ends_the_visits(priya, stock):
    priya.post("/ashdown/website/address/", {"address": AT})
    assert "No website is visited, and none may show" in words(
        priya.post("/ashdown/website/address/", {"address": ""}, follow=True)
    )
    with working_in(stock.ashdown):
        assert not WatchedWebsite.objects.exists()


def test_a_saved_page_is_read_at_once_with_its_statement(priya, stock):
    page = careers_page().replace(
        "<h2>Provider access policy statement</h2>", "<a href='pal.pdf'>Provider access policy</a><h2>Other</h2>"
    )
    policy = pdf_of('#set document(title: "Provider access policy", date: none)\n= Provider access policy\nAshdown School gives providers access. A provider wishing to request access should contact us. Requests are granted wherever we can. We may refuse a request that clashes with examinations. The hall is available. Two encounters in each phase. Approved by governors. Next review: July 2099.\n')  # fmt: skip
    sent = {
        "page": SimpleUploadedFile("careers.html", page.encode()),
        "statement": SimpleUploadedFile("pal.pdf", policy),
    }
    answer = priya.post("/ashdown/website/saved/", sent, follow=True)
    assert answer.redirect_chain[0][0].startswith("/ashdown/website/checks/")
    assert "Nothing to mend" in words(answer), words(answer)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("careers.html", b"", "The file is empty."),
        ("careers.html", b"x" * (11 * 1024 * 1024), "The file is 11 MB; 10 MB is the most."),
        ("careers.docx", b"PK\x03\x04", "It is neither a web page nor a PDF"),
        ("careers.png", b"\x89PNG\r\n\x1a\n", "It is neither a web page nor a PDF"),
        ("careers.pdf", b"%PDF-1.4", "The file is damaged"),
        ("app.html", b"<div id=root></div><script></script>", "built by a script in the browser"),
    ],
)
def test_a_file_that_is_no_page_is_answered_in_words(priya, name, content, said):
    answer = priya.post("/ashdown/website/saved/", {"page": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code in {200, 400}
    assert said in words(answer)


def test_no_file_is_answered_in_words(priya):
    answer = priya.post("/ashdown/website/saved/", {})
    assert answer.status_code == 400
    assert "Choose the page that you saved." in words(answer)


def test_whoever_may_not_change_the_programme_reads_and_presses_nothing(stock):
    saved(stock, careers_page(telephone=""))
    moira = signed_in(stock.moira)
    page = words(moira.get("/ashdown/website/"))
    assert "1 to mend" in page
    assert "Check now" not in page
    assert "/ashdown/website/saved/" not in page
    for address in ("check/", "saved/", "address/"):
        assert moira.post(f"/ashdown/website/{address}").status_code == 403
    assert "Our website" not in words(moira.get("/ashdown/"))


def test_what_a_page_says_is_shown_as_words_and_never_as_a_page(priya, stock):
    saved(stock, careers_page(name="Mr <b>Evil</b> &lt;script&gt;alert(1)&lt;/script&gt;"))
    page = priya.get("/ashdown/website/").content.decode()
    assert "<script>alert" not in page


def test_an_address_that_runs_a_script_is_no_link(priya, stock):
    saved(
        stock, careers_page(link="<a href='javascript:alert(1)'>Careers plan</a><a href='data:text/html,x'>Careers</a>")
    )
    page = priya.get("/ashdown/website/").content.decode()
    assert 'href="javascript' not in page
    assert 'href="data' not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_few_statements_however_many_checks_there_are(priya, stock, number):
    for _ in range(number):
        saved(stock, careers_page(telephone=""))
    priya.post("/ashdown/website/address/", {"address": AT})
    with CaptureQueriesContext(connection) as made:
        assert priya.get("/ashdown/website/").status_code == 200
    plumbing = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    assert len([each for each in made if not each["sql"].startswith(plumbing)]) == 13


def test_a_saved_page_is_set_aside_on_its_page_and_taken_back(priya, stock):
    check = saved(stock, careers_page(telephone=""))
    page = f"/ashdown/website/checks/{check.pk}/"
    assert "Set it aside" in words(priya.get(page))
    assert "counts no more" in words(priya.post(f"{page}set-aside/", follow=True))
    assert "to mend" not in words(priya.get("/ashdown/website/"))
    assert "Our website" not in words(priya.get("/ashdown/"))
    assert "This saved page counts again." in words(priya.post(f"{page}count-again/", follow=True))
    assert "1 to mend" in words(priya.get("/ashdown/website/"))
    with working_in(stock.ashdown):
        WebsiteCheck.objects.update(set_aside_at=timezone.now() - timedelta(days=31))
    assert "Let it count again" not in words(priya.get(page))
    assert "more than 30 days ago" in words(priya.post(f"{page}count-again/", follow=True))


def test_a_visit_that_could_read_nothing_is_not_called_a_check_of_that_day(priya, stock):
    saved(stock, careers_page(telephone=""))
    now = timezone.now()
    with working_in(stock.ashdown):
        WebsiteCheck.objects.create(address=AT, state="done", unread="server-error", asked_at=now, moved_at=now, finished_at=now)  # fmt: skip
    told = f"read from a saved page on {now:%-d %B}; the visit of {now:%-d %B} could read nothing"
    for address in ("/ashdown/", "/ashdown/website/"):
        page = words(priya.get(address))
        assert told in page
        assert f"checked {now:%-d %B}" not in page
    page = words(priya.get("/ashdown/website/"))
    assert f"The visit of {now:%-d %B} could read nothing." in page
    assert f"What stands below was read from a saved page on {now:%-d %B}." in page
