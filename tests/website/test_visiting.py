"""A visit as a whole, at a website of our own: what it reads, what it leaves alone, and which links are broken."""

import pytest

from dekaan.core.fetching.addresses import NotAnAddress
from dekaan.website import visiting
from dekaan.website.visiting import MOST_PAGES, identity_of, visit
from tests.website.samples.pdfs import pdf_of
from tests.website.served import send

pytestmark = pytest.mark.once

AT = "http://www.ashdown.example/careers/"
LONG = "<p>" + "Careers education prepares everybody for a working life that they choose. " * 5 + "</p>"
POLICY = pdf_of('#set document(title: "Access", date: none)\n= Provider access policy\nWrite to us before you come, and say what you offer and to whom it may be of use.\n')  # fmt: skip


def page(body: str, title: str = "Careers") -> str:
    return f"<html lang=en><title>{title}</title><body><nav><a href='/'>Home</a><a href='/news/'>News</a></nav><main><h1>{title}</h1>{LONG}{body}</main></body></html>"


def paths(visited) -> list[str]:
    return [each.address.removeprefix("http://www.ashdown.example") for each in visited.documents]


def go(wire, address=AT):
    return visit(address, school="Ashdown School", wire=wire)


def test_a_visit_reads_the_careers_page_and_what_it_leads_to_about_careers_one_a_second(website):
    asked = []
    pages = {
        "/careers/": page(
            "<a href='/careers/parents/'>Careers for parents</a><a href='/files/pal.pdf'>Provider access policy</a>"
            "<a href='/uniform/'>Uniform</a><a href='https://nationalcareers.example/'>National Careers Service</a>"
            "<a href='/map.docx'>Careers map</a><a href='https://drive.google.example/d/1'>Careers programme</a>"
        ),
        "/careers/parents/": page("<a href='/careers/'>Back to careers</a>", "For parents"),
        "/files/pal.pdf": POLICY,
        "/uniform/": page("", "Uniform"),
        "/map.docx": b"PK",
        "/robots.txt": (404, {}, ""),
    }

    def tell(request):
        asked.append((request.command, request.path))
        said = pages.get(request.path)
        if said is None:
            send(request, 404)
        else:
            status, _, body = said if isinstance(said, tuple) else (200, {}, said)
            send(request, status, body=body if isinstance(body, bytes) else body.encode())

    wire = website(tell)
    visited = go(wire)
    assert paths(visited) == [
        "/careers/",
        "/files/pal.pdf",
        "/map.docx",
        "https://drive.google.example/d/1",
        "/careers/parents/",
    ]
    assert [each.unread for each in visited.documents] == ["", "", "not-a-page", "elsewhere", ""]
    assert asked == [
        *[("GET", path) for path in ("/robots.txt", "/careers/", "/files/pal.pdf", "/careers/parents/")],
        *[("HEAD", path) for path in ("/uniform/",)],
    ]  # fmt: skip
    assert wire.paused == [1.0] * 4
    assert visited.asked == 5
    assert visited.broken == []
    assert set(wire.asked) == {"www.ashdown.example"}


def test_robots_txt_is_respected_and_its_failure_forbids(website):
    closed = {"/robots.txt": "User-agent: *\nDisallow: /careers", "/careers/": page("")}
    wire = website(closed)
    assert [each.unread for each in go(wire).documents] == ["robots"]
    for status, unread in ((500, "robots"), (404, ""), (403, "")):
        assert [
            each.unread for each in go(website({"/robots.txt": (status, {}, ""), "/careers/": page("")})).documents
        ] == [unread]


def test_robots_txt_may_name_us(website):
    named = {
        "/robots.txt": "User-agent: *\nDisallow: /\n\nUser-agent: Dekaan website check\nCrawl-delay: 3\nAllow: /",
        "/careers/": page(""),
    }
    wire = website(named)
    assert [each.unread for each in go(wire).documents] == [""]
    assert wire.paused == [3.0]


def test_a_visit_ends_after_fifteen_pages_and_says_what_it_left(website):
    links = "".join(f"<a href='/careers/{n}/'>Careers in job {n}</a>" for n in range(40))
    wire = website(lambda request: send(request, body=page(links if request.path == "/careers/" else "").encode()))
    visited = go(wire)
    read = [each for each in visited.documents if not each.unread]
    assert len(read) == MOST_PAGES
    assert {each.unread for each in visited.documents} == {"", "not-visited"}
    assert len(visited.documents) == 41


def test_broken_links_are_named_with_what_is_wrong(website):
    wire = website(
        {
            "/careers/": page(
                "<a href='/gone/'>Old page</a><a href='/careers/lost.pdf'>Careers plan</a><a href='#nowhere'>Jump</a><a href='#here'>Stay</a>"
                "<p id='here'></p><a href='file:///C:/plan.docx'>Plan</a><a href='/fine/'>Fine</a><a href='/fault/'>Fault</a>"
                "<a href='http://localhost/edit'>Edit</a><a href='/careers/soft/'>Careers fair</a><a href='https://elsewhere.example/x'>Other</a>"
                "<a href='/round/'>Round</a><a href='/no-head/'>No head</a>"
            ),
            "/fine/": page(""),
            "/fault/": (500, {}, ""),
            "/no-head/": lambda request: send(request, 405 if request.command == "HEAD" else 200),
            "/round/": (302, {"Location": "/round/"}, ""),
            "/careers/soft/": "<html><title>Page not found</title><h1>Page not found</h1><p>Try the menu.</p></html>",
        }
    )
    broken = {each.words: each.why for each in go(wire).broken}
    assert broken == {
        "Old page": "There is no such page any more.",
        "Careers plan": "There is no such page any more.",
        "Jump": "It leads to a place on this page that is not there.",
        "Plan": "It leads to a place on somebody's own computer or network.",
        "Fault": "The website's server reports a fault of its own there.",
        "Edit": "It leads to a place on somebody's own computer or network.",
        "Careers fair": "It answers with an error page.",
        "Round": "It is sent on round in a circle.",
    }


def test_links_that_nobody_can_take_apart_are_named_and_break_nothing(website):
    odd = [
        "http://[careers",
        "https://[::1/careers.pdf",
        "http://a:b:c/careers",
        "//[x",
        "http://www.ashdown.example:x/careers/",
        "http:///careers",
    ]
    links = "".join(f"<a href='{each}'>Provider access for careers {number}</a>" for number, each in enumerate(odd))
    wire = website({"/careers/": page(links + "<a href='http://&#xD800;.example/careers'>Careers</a>")})
    visited = go(wire)
    assert visited.documents[0].unread == ""
    assert {each.unread for each in visited.documents[1:]} == {"elsewhere"}
    assert {each.why for each in visited.broken} == {"It is no address: look how it is written."}
    assert set(wire.asked) == {"www.ashdown.example"}


def test_a_statement_among_the_policies_is_found(website):
    wire = website(
        {
            "/careers/": page("<a href='/policies/'>Policies</a>"),
            "/policies/": page("<a href='/u.pdf'>Uniform policy. Next review: July 2020</a><a href='/p.pdf'>Provider access policy statement</a>", "Policies"),
            "/p.pdf": POLICY,
        }
    )  # fmt: skip
    assert paths(go(wire)) == ["/careers/", "/p.pdf"]


def test_nothing_of_the_visit_leaves_the_registered_host(website):
    wire = website(
        {
            "/careers/": page(
                "<a href='http://10.0.0.1/careers/'>Careers</a><a href='http://evil.example/careers.pdf'>Careers</a>"
                "<a href='http://www.ashdown.example:8080/careers/'>Careers</a><a href='/careers/on/'>Careers on</a>"
            ),
            "/careers/on/": (302, {"Location": "http://169.254.169.254/"}, ""),
        }
    )
    visited = go(wire)
    assert set(wire.asked) == {"www.ashdown.example"}
    assert {each.unread for each in visited.documents[1:]} == {"elsewhere"}


def test_a_visit_has_its_time(website, monkeypatch):
    monkeypatch.setattr(visiting, "VISIT_SECONDS", 100.0)
    wire = website(
        {
            "/careers/": page("<a href='/careers/a/'>Careers a</a><a href='/careers/b/'>Careers b</a>"),
            "/careers/a/": page(""),
        }
    )

    def later(words, _done):
        wire.ahead += 60

    visited = visit(AT, school="Ashdown School", wire=wire, tell=later)
    assert [each.unread for each in visited.documents] == ["", "too-slow", "too-slow"]


def test_a_website_that_cannot_be_reached_is_one_document_that_was_not_read(website):
    wire = website({}, www_ashdown_example=[["10.0.0.1"]])
    assert [each.unread for each in go(wire).documents] == ["not-public"]
    with pytest.raises(NotAnAddress):
        go(wire, "http://127.0.0.1/")


def test_we_name_ourselves_with_the_schools_name_in_letters_that_a_header_takes():
    assert identity_of("St Zoë’s\r\nX: y School") == "Dekaan website check (St ZoesX y School)"
