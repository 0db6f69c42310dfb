"""From bytes to words; and what could not be read says so, each in its own way."""

import pytest

from dekaan.website.reading.child import read_content
from dekaan.website.reading.document import sentences
from dekaan.website.reading.door import read_bytes
from dekaan.website.reading.unread import WORDS
from tests.website.samples.pdfs import locked, pdf_of, picture

pytestmark = pytest.mark.once

AT = "https://www.ashdown.example/careers/"
LONG = "<p>" + "Careers education prepares everybody for a working life that they choose. " * 5 + "</p>"
POLICY = '#set document(title: "Access", date: none)\n= Provider access policy\n== Requests\nWrite to Priya Raman, Careers Leader, before you come, and tell us what you offer and to whom.\n'


def page(body: str, head: str = "<title>Careers</title>") -> bytes:
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def read(content: bytes, **more):
    return read_content(content, address=AT, **more)


def test_a_page_is_read_in_order_with_headings_links_mails_numbers_and_pictures():
    document = read(
        page(
            f"<nav><a href='/'>Home</a></nav>{LONG}<main><h1>Careers</h1><p>Our <b>lead</b> is Mrs. P Raman.<br>Call "
            "<a href='tel:01632960123'>us</a> or <a href='mailto:p@a.example?subject=x'>write</a>.</p><h2>Policy</h2>"
            "<ul><li>One</li><li><p>Two</p></li></ul><table><tr><th>Review</th><td>May 2027</td></tr></table>"
            "<p><strong>In bold</strong></p><p><img src='/i/logo%20a.png' alt='Our logo'></p><a href='a.pdf#p2' id='x'>A</a></main>"
            "<footer>01632 960000</footer>"
        )
    )
    assert document.unread == ""
    assert (document.title, document.language) == ("Careers", "en")
    assert [(each.kind, each.words, each.path) for each in document.content[1:]] == [
        ("heading", "Careers", ()),
        ("text", "Our lead is Mrs. P Raman.", ("Careers",)),
        ("text", "Call us or write.", ("Careers",)),
        ("heading", "Policy", ("Careers",)),
        ("item", "One", ("Careers", "Policy")),
        ("text", "Two", ("Careers", "Policy")),
        ("row", "Review – May 2027", ("Careers", "Policy")),
        ("heading", "In bold", ("Careers", "Policy")),
        ("text", "", ("Careers", "Policy", "In bold")),
        ("text", "A", ("Careers", "Policy", "In bold")),
    ]
    call = document.content[3]
    assert (call.mails, call.telephones) == (("p@a.example",), ("01632960123",))
    assert [(each.alt, each.name) for each in document.pictures] == [("Our logo", "logo a.png")]
    assert [(each.address, each.in_content) for each in document.links] == [
        ("https://www.ashdown.example/", False),
        ("https://www.ashdown.example/careers/a.pdf#p2", True),
    ]
    assert document.anchors == {"x"}


def test_what_is_folded_away_stands_under_its_head():
    folded = "<div id='p{0}'><h4>Premises</h4><p>The hall.</p></div>"
    document = read(
        page(
            LONG
            + "<button aria-controls='p1'>Provider access</button>"
            + folded.format(1)
            + "<details><summary>Review</summary><p>May 2027</p></details><div role='tabpanel' aria-labelledby='t'><p>Panel</p></div>"
            + "<a role='tab' id='t' href='#'>A tab</a>"
        )
    )
    paths = {each.words: each.path for each in document.content}
    assert paths["The hall."] == ("Provider access", "Premises")
    assert paths["May 2027"] == ("Review",)
    assert paths["Panel"] == ("A tab",)


def test_letters_are_read_as_the_page_the_server_or_windows_writes_them():
    words = "Careers – “what’s next?” for Zoë"
    body = f"<p>{words}</p>{LONG}"
    whole = f"<title>x</title>{body}"
    for content, charset in (
        (whole.encode(), ""),
        (whole.encode("utf-8-sig"), "latin-1"),
        (whole.encode("utf-16"), ""),
        (whole.encode("cp1252"), "iso-8859-1"),
        (f"<meta charset='windows-1252'>{whole}".encode("cp1252"), ""),
        (whole.encode("cp1252"), ""),
        (whole.encode("cp1252"), "no-such-set"),
        (whole.encode(), "zlib"),
    ):
        assert read(content, charset=charset).content[0].words == words, charset


def test_a_title_ends_no_sentence():
    said = "Mrs. Raman leads. Dr. Bell (Tel. 01632 960123) helps! See p. 3"
    assert sentences(said) == ["Mrs. Raman leads.", "Dr. Bell (Tel. 01632 960123) helps!", "See p. 3"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (page("<div id='root'></div><script src='a.js'></script>"), "script"),
        (page("<noscript>Please enable JavaScript to see this site</noscript><div></div>"), "script"),
        (page("<p>Checking your browser before you go on</p>", "<title>Just a moment</title>"), "blocked"),
        (page("<h1>Access denied</h1><p>You do not have permission.</p>"), "blocked"),
        (page("<h1>Are you human?</h1><p>Solve the captcha below.</p>"), "blocked"),
        (page("<h1>Oops</h1><p>The page you are looking for could not be found.</p>"), "error-page"),
        (page("<p>Sorry</p>", "<title>404 Not Found</title>"), "error-page"),
        (page("<h1>Sorry, we can’t find that page</h1><p>" + "Try the menu. " * 30 + "</p>"), "error-page"),
        (page("<h1>Service temporarily unavailable</h1>", "<title>Down</title>"), "error-page"),
        (page("<h1>Careers</h1><p><img src='programme.jpg'></p>"), "pictures"),
        (page(""), "empty"),
        (b"   ", "empty"),
        (b"PK\x03\x04rest of a word processor's file", "not-a-page"),
        (b"\x89PNG\r\n\x1a\nrest", "not-a-page"),
        (b"%PDF-1.7 and nothing that follows", "damaged"),
        (locked(pdf_of(POLICY)), "pdf-locked"),
        (pdf_of("", "scanned-policy"), "pdf-pictures"),
    ],
)
def test_what_could_not_be_read_says_why(content, why):
    document = read(content)
    assert document.unread == why
    assert all(WORDS[why])


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Careers</h1>" + LONG,
        "<h1>Cyber security: what a captcha is</h1>" + LONG * 5,
        "<h1>How to write an error page: 404 not found</h1>" + LONG * 5,
        "<noscript>Enable JavaScript for maps</noscript><div id='app'><h1>Careers</h1>" + LONG + "</div>",
        "<div class='main-menu'>" + LONG + "</div>",
    ],
)
def test_a_page_of_words_is_a_page(body):
    assert read(page(body)).unread == ""


def test_the_child_process_reads_pages_and_policies():
    document = read_bytes(page("<h1>Careers</h1>" + LONG), address=AT)
    assert document == read(page("<h1>Careers</h1>" + LONG))
    policy = read_bytes(pdf_of(POLICY), address=AT)
    assert (policy.kind, policy.title, policy.unread) == ("pdf", "Access", "")
    assert policy.blocks == read(pdf_of(POLICY)).blocks
    assert policy.content[2].path == ("Requests",)
    assert "Priya Raman, Careers Leader" in policy.content[2].words


def test_a_file_that_no_program_could_read_says_so_and_harms_nobody(bombs):
    for name, content in bombs.items():
        document = read_bytes(content, address=AT)
        assert document.unread in WORDS or len(document.blocks) > 0, name


@pytest.fixture
def bombs() -> dict[str, bytes]:
    """Deep, wide and lying files."""
    from tests.website.bombs import pdf_bomb  # made of a few hundred bytes each

    return {
        "deep": b"<div>" * 200_000 + b"x",
        "wide": b"<p>a</p>" * 400_000,
        "entities": b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><p>&b;&b;</p>",
        "attributes": b"<p " + b"a=1 " * 500_000 + b">x</p>",
        "pdf that unpacks to a gigabyte": pdf_bomb(1024),
        "pdf that leads to itself": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9999999>>endobj\ntrailer<</Root 1 0 R>>",
        "picture": picture(),
        "nothing but zeros": bytes(1_000_000),
        "cut short": pdf_of(POLICY)[:4000],
    }
