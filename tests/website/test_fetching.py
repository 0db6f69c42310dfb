"""The one place where the server asks for an address that a person gave: every attack on it is refused, at real servers."""

import datetime
import gzip
import socket
import ssl
import time
import zlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dekaan.core.fetching import asking
from dekaan.core.fetching.addresses import NotAnAddress, NotFetched, address_of, is_public, registered_host
from dekaan.core.fetching.asking import PAGE_LIMIT, PDF_LIMIT, Asker
from dekaan.core.fetching.robots import robots_of
from dekaan.core.fetching.wire import Wire
from tests.website.bombs import gzip_bomb
from tests.website.served import PUBLIC, Local, send, serving

pytestmark = pytest.mark.once

HOST = "ashdown.example"
AT = f"http://www.{HOST}/careers/"


def ask(wire: Local, address: str = AT, **more):
    return Asker(HOST, "Dekaan website check (Ashdown School)", wire).ask(address, **more)


def refused(wire: Local, address: str = AT) -> str:
    with pytest.raises(NotFetched) as refusal:
        ask(wire, address)
    return refusal.value.reason


# --- addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "192.0.0.8",
        "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "192.88.99.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808", "fe80::1", "fe80::1%eth0", "fec0::1",
        "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::1", "2002:808:808::1", "100::1", "3fff::1",
        "", "localhost", "1.2.3", "0x7f.1",
    ],
)  # fmt: skip
def test_no_address_of_a_network_of_its_own_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"])  # fmt: skip
def test_an_address_of_the_public_internet_is(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "written",
    [
        "", "careers", "ftp://www.ashdown.example/", "file:///etc/passwd", "gopher://www.ashdown.example/", "javascript:alert(1)",
        "http://localhost/", "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0x1/", "http://0177.0.0.1/",
        "http://[::1]/", "http://10.0.0.1/", "http://www.ashdown.example:22/", "http://www.ashdown.example:8080/",
        "https://www.ashdown.example:80/", "http://name@www.ashdown.example/", "http://www.ashdown.example@127.0.0.1/",
        "http://a:b@www.ashdown.example/", "http://printer/", "http://router.local/", "http://nas.lan/", "http://metadata.internal/",
        "http://x.localhost/", "http://www.ashdown.example\\@127.0.0.1/", "http://www.ashdown.example/ x", "http://www.ashdown.example/\r\nHost: x",
        "http://www.ash\x00down.example/", "http://.example/", "http://-a.example/", "http://a..example/", f"http://{'a' * 64}.example/",
        "http://www.ashdown.example:99999/", "http://[::1", "https://" + "a" * 3000 + ".example/", "http://①②⑦.①/", "http://www.ashdown.example/\ud800", "http://\ud800.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_website_is_refused_in_words(written):
    with pytest.raises(NotAnAddress) as refusal:
        address_of(written)
    assert str(refusal.value).endswith((".", "uk."))


def test_an_address_is_looked_at_in_parts():
    assert address_of("HTTPS://WWW.Ashdown.EXAMPLE./Careers and more/?q=ü#x".replace(" ", "%20")).whole == "https://www.ashdown.example/Careers%20and%20more/?q=%C3%BC"  # fmt: skip
    assert address_of("http://bücher.example:80").whole == "http://xn--bcher-kva.example/"
    assert registered_host("https://www.ashdown.example/careers/") == "ashdown.example"


# --- asking ------------------------------------------------------------------------------------------------------------


def test_a_page_is_fetched_under_our_name_from_the_address_that_was_looked_at(website):
    seen = []
    wire = website(lambda request: (seen.append(dict(request.headers)), send(request, body=b"<p>Careers</p>")))
    answer = ask(wire)
    assert (answer.content, answer.charset, answer.address) == (b"<p>Careers</p>", "utf-8", AT)
    assert seen[0]["User-Agent"] == "Dekaan website check (Ashdown School)"
    assert seen[0]["Host"] == "www.ashdown.example"
    assert wire.connected == [PUBLIC]
    assert ask(wire, f"http://{HOST}/careers/").content  # with www. and without it is one website


@pytest.mark.parametrize(
    "name", ["evil.example", "ashdown.example.evil.example", "notashdown.example", "sub.ashdown.example"]
)
def test_another_host_is_never_asked(website, name):
    wire = website({})
    assert refused(wire, f"http://{name}/") == "elsewhere"
    assert (wire.asked, wire.connected) == ([], [])


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://localhost/", "http://[::1]/", "//10.0.0.1/",
        "http://evil.example/", "file:///etc/passwd", "http://www.ashdown.example:22/", "http://www.ashdown.example@10.0.0.1/", "gopher://x/",
        "http://0x7f000001/",
    ],
)  # fmt: skip
def test_a_redirect_away_from_the_registered_host_is_not_followed(website, to):
    wire = website({"/careers/": (302, {"Location": to}, "")})
    assert refused(wire) == "elsewhere"
    assert wire.connected == [PUBLIC]


def test_a_redirect_to_a_name_that_has_become_private_is_refused(website):
    wire = website(
        {"/careers/": (302, {"Location": "/inside/"}, ""), "/inside/": "secret"},
        www_ashdown_example=[[PUBLIC], ["10.0.0.7"]],
    )
    assert refused(wire) == "not-public"
    assert wire.connected == [PUBLIC]


def test_a_name_that_changes_between_the_look_and_the_connection_finds_nothing(website):
    """The connection is made to the address that was looked at; the name is not asked again."""
    wire = website({"/careers/": "<p>x</p>"}, www_ashdown_example=[[PUBLIC], ["127.0.0.1"]])
    assert ask(wire).content == b"<p>x</p>"
    assert (wire.asked, wire.connected) == (["www.ashdown.example"], [PUBLIC])
    assert refused(wire) == "not-public"  # the next asking looks anew
    assert wire.connected == [PUBLIC]


@pytest.mark.parametrize(
    "private", ["127.0.0.1", "192.168.0.10", "::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "169.254.169.254"]
)
def test_a_name_with_a_private_address_among_public_ones_is_refused_whole(website, private):
    wire = website({"/careers/": "secret"}, www_ashdown_example=[[PUBLIC, private]])
    assert refused(wire) == "not-public"
    assert wire.connected == []


def test_where_no_host_is_named_any_public_name_is_asked_and_no_other(website):
    """A link of the library leads anywhere, by whatever redirects; every step is looked at as strictly."""
    wire = website(
        {
            "/a": (302, {"Location": "http://www.services.example/b"}, ""), "/b": "x" * (PAGE_LIMIT + 1),
            "/in": (302, {"Location": "http://inside.example/"}, ""), "/number": (302, {"Location": "http://169.254.169.254/"}, ""),
            "/port": (302, {"Location": "http://services.example:22/"}, ""),
        },
        inside_example=[["10.0.0.7"]],
    )  # fmt: skip
    anywhere = Asker(None, "Dekaan link check", wire)
    answer = anywhere.ask("http://careers.example/a", reads=False)
    assert (answer.address, answer.content) == ("http://www.services.example/b", b"")  # nothing of the page is read
    for path, reason in {"/in": "not-public", "/number": "elsewhere", "/port": "elsewhere"}.items():
        with pytest.raises(NotFetched, match=reason):
            anywhere.ask(f"http://careers.example{path}", reads=False)
    assert set(wire.connected) == {PUBLIC}
    only_http = Asker(None, "x", wire, is_let=lambda address: address.host != "www.services.example")
    with pytest.raises(NotFetched, match="robots"):
        only_http.ask("http://careers.example/a")


def test_redirects_on_the_same_host_are_followed_five_times_and_circles_are_not(website):
    chain = {f"/{n}": (301, {"Location": f"/{n + 1}"}, "") for n in range(9)} | {"/9": "there"}
    wire = website(chain | {"/a": (302, {"Location": "/b"}, ""), "/b": (302, {"Location": "/a"}, "")})
    assert ask(wire, f"http://{HOST}/4").content == b"there"
    assert refused(wire, f"http://{HOST}/2") == "redirects"
    assert refused(wire, f"http://{HOST}/a") == "redirects"


def test_what_is_too_large_is_refused_by_its_length_and_while_it_is_read(website):
    sent = []

    def fifty_megabytes(request, length=""):
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        if length:
            request.send_header("Content-Length", length)
        request.end_headers()
        for _ in range(50):
            request.wfile.write(bytes(1024 * 1024))
            sent.append(1)

    wire = website(
        {"/said": lambda request: fifty_megabytes(request, str(50 * 1024 * 1024)), "/silent": fifty_megabytes}
    )
    assert refused(wire, f"http://{HOST}/said") == "too-large"
    assert refused(wire, f"http://{HOST}/silent") == "too-large"
    assert len(sent) < 40  # the rest was not taken


def test_a_page_may_be_5_and_a_pdf_10_megabytes(website):
    wire = website(
        {
            "/page": "x" * PAGE_LIMIT, "/more": "x" * (PAGE_LIMIT + 1),
            "/a.pdf": b"%PDF" + b"x" * (PDF_LIMIT - 4), "/b.pdf": b"%PDF" + b"x" * PDF_LIMIT,
        }
    )  # fmt: skip
    assert len(ask(wire, f"http://{HOST}/page").content) == PAGE_LIMIT
    assert refused(wire, f"http://{HOST}/more") == "too-large"
    assert len(ask(wire, f"http://{HOST}/a.pdf").content) == PDF_LIMIT
    assert refused(wire, f"http://{HOST}/b.pdf") == "too-large"


def test_what_unpacks_without_end_is_refused(website):
    packed = {"Content-Encoding": "gzip"}
    wire = website(
        {
            "/bomb": (200, packed, gzip_bomb(200)), "/deflate": (200, {"Content-Encoding": "deflate"}, zlib.compress(bytes(50 * 1024 * 1024))),
            "/good": (200, packed, gzip.compress(b"careers" * 1000)), "/lies": (200, packed, b"not packed at all"),
            "/br": (200, {"Content-Encoding": "br"}, b"x"), "/twice": (200, {"Content-Encoding": "gzip, gzip"}, gzip_bomb(1)),
        }
    )  # fmt: skip
    assert refused(wire, f"http://{HOST}/bomb") == "too-large"
    assert refused(wire, f"http://{HOST}/deflate") == "too-large"
    assert ask(wire, f"http://{HOST}/good").content == b"careers" * 1000
    for path in ("/lies", "/br", "/twice"):
        assert refused(wire, f"http://{HOST}{path}") == "odd-answer"


def test_half_an_answer_is_none(website):
    whole = gzip.compress(b"careers" * 1000)
    wire = website(
        {
            "/cut": lambda request: send(request, headers={"Content-Length": "5000"}, body=b"<p>Half a page"),
            "/packed": (200, {"Content-Encoding": "gzip", "Content-Length": ""}, whole[:-20]),
        }
    )
    for path in ("/cut", "/packed"):
        assert refused(wire, f"http://{HOST}{path}") == "odd-answer"


def trickling(head: bytes, drop: bytes):
    """A server that says something now and then, so that no single reading waits long."""

    def tell(request):
        request.wfile.write(head)
        for _ in range(400):
            request.wfile.write(drop)
            request.wfile.flush()
            time.sleep(0.05)

    return tell


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"", b""),
    ],
)
def test_a_slow_server_is_left(website, monkeypatch, head, drop):
    """However it trickles, the whole answer has its time (25 seconds; a second here)."""
    monkeypatch.setattr(asking, "SECONDS", 1.0)
    begun = time.monotonic()
    assert refused(website(trickling(head, drop))) == "too-slow"
    assert time.monotonic() - begun < 5


def test_a_visit_that_is_over_asks_no_more(website):
    wire = website({"/careers/": "x"})
    asker = Asker(HOST, "x", wire, ends_at=wire.now() - 1)
    with pytest.raises(NotFetched, match="too-slow"):
        asker.ask(AT)
    assert wire.connected == []


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "blocked"), (403, "blocked"), (429, "blocked"), (404, "not-found"), (410, "not-found"), (500, "server-error"),
     (503, "server-error"), (304, "odd-answer"), (302, "odd-answer"), (418, "blocked"), (406, "odd-answer")],
)  # fmt: skip
def test_each_refusal_of_the_website_has_its_answer(website, status, reason):
    assert refused(website({"/careers/": (status, {}, "")})) == reason


def test_nonsense_is_an_odd_answer_and_silence_none(website):
    def says(content: bytes):
        return lambda request: (
            request.wfile.write(content),
            request.wfile.flush(),
            request.connection.shutdown(socket.SHUT_RDWR),
        )

    assert refused(website(says(b"SSH-2.0-OpenSSH_9.6\r\n"))) == "odd-answer"
    assert refused(website(says(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n"))) == "odd-answer"  # fmt: skip
    assert refused(website(says(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000))) == "odd-answer"
    assert refused(website(says(b""))) == "odd-answer"
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = Local({80: unused.getsockname()[1]})
        assert refused(nobody) == "no-answer"


def test_a_name_that_leads_nowhere_has_no_name():
    class Lost(Local):
        def resolve(self, host, port):
            raise socket.gaierror(-2, "Name or service not known")

    assert refused(Lost({})) == "no-name"
    assert refused(Local({}, {"www.ashdown.example": [[]]})) == "no-name"


def test_the_real_wire_resolves_connects_and_waits_no_longer_than_it_says():
    wire = Wire()
    assert wire.resolve("127.0.0.1", 80) == ["127.0.0.1"]
    with pytest.raises(socket.gaierror):
        wire.resolve("no-such-name.invalid", 80)
    with serving({"/": "x"}) as port:
        made = wire.connect("127.0.0.1", port, 2.0)
        assert made.gettimeout() == 2.0
        made.close()


# --- TLS ---------------------------------------------------------------------------------------------------------------


def certificate(name: str, folder) -> tuple[str, str]:
    """A certificate for that name that signs itself; its file and its key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    cert, secret = folder / f"{name}.pem", folder / f"{name}.key"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))  # fmt: skip
    return str(cert), str(secret)


def test_a_certificate_is_held_to_the_name(tmp_path):
    ours, theirs = certificate("www.ashdown.example", tmp_path), certificate("www.evil.example", tmp_path)

    class Trusting(Local):
        def trusted(self):
            context = super().trusted()
            context.load_verify_locations(ours[0])
            context.load_verify_locations(theirs[0])
            return context

    def secure(files):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        return lambda sock: context.wrap_socket(sock, server_side=True)

    at = AT.replace("http:", "https:")
    with serving({"/careers/": "safe"}, secure=secure(ours)) as port:
        assert ask(Trusting({443: port}), at).content == b"safe"
        assert refused(Local({443: port}), at) == "certificate"  # nobody whom the machine trusts has signed it
    with serving({"/careers/": "safe"}, secure=secure(theirs)) as port:
        assert refused(Trusting({443: port}), at) == "certificate"
    with serving({"/careers/": "plain"}) as port:
        assert refused(Trusting({443: port}), at) == "no-answer"


# --- robots ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "lets"),
    [
        ("", "/careers/", True),
        ("User-agent: *\nDisallow: /", "/careers/", False),
        ("User-agent: *\nDisallow:", "/careers/", True),
        ("User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/ajax", "/wp-admin/ajax", True),
        ("User-agent: *\nDisallow: /wp-admin/", "/wp-admin/x", False),
        ("User-agent: other\nDisallow: /", "/careers/", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Dekaan website check\nAllow: /", "/careers/", True),
        ("User-agent: *\nAllow: /\n\nUser-Agent: dekaan\nDisallow: /careers", "/careers/", False),
        ("User-agent: a\nUser-agent: dekaan\nDisallow: /careers", "/careers/", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/policies/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/policies/a.pdf?x", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a-x-b-y-c-z", False),
        ("# a comment\nUser-agent: * # all\nDisallow: /careers # not this", "/careers/", False),
        ("nonsense\x00\n:::\nDisallow: /", "/careers/", True),
        ("User-agent: *\nDisallow: /" + "*a" * 5000, "/" + "a" * 1900, True),
    ],
)
def test_robots_txt_is_respected(text, path, lets):
    assert robots_of(text).lets(path) is lets


def test_a_website_may_ask_us_to_go_slower():
    assert robots_of("User-agent: *\nCrawl-delay: 5").delay == 5
    assert robots_of("User-agent: *\nCrawl-delay: 86400").delay == 10
    assert robots_of("User-agent: *\nCrawl-delay: soon").delay == 0
