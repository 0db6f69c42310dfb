"""A visit: the careers page, what it leads to about careers, and whether its links still lead anywhere."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dekaan.core.fetching.addresses import Address, NotFetched, on_host, registered_host
from dekaan.core.fetching.asking import Answer, Asker
from dekaan.core.fetching.robots import MOST, NOTHING, Robots, robots_of
from dekaan.core.fetching.wire import Wire
from dekaan.website.judging.site import called, is_about_access, is_about_careers
from dekaan.website.reading.document import Document, Link
from dekaan.website.reading.door import read_bytes

MOST_PAGES, MOST_LINKS = 15, 20
BETWEEN = 1.0  # seconds between two askings
VISIT_SECONDS = 240.0
_OFFICE = re.compile(r"\.(?:docx?|xlsx?|pptx?|odt|ods|odp|rtf|pages|zip)$", re.IGNORECASE)
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|mp[34]|mov|avi|css|js|ics|xml|json)$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?)$", re.IGNORECASE)
_KEEPS_FILES = re.compile(
    r"(?:drive|docs)\.google|dropbox|sharepoint|1drv|onedrive|amazonaws|cloudfront|blob\.core|cdn|files?\."
)
_POLICIES = re.compile(r"\bpolicies\b|\bpolicy documents\b|statutory information|key information", re.IGNORECASE)
_OWN_MACHINE = re.compile(r"^(?:file:|[a-z]:[\\/]|\\\\|https?://(?:localhost|127\.|10\.|192\.168\.))", re.IGNORECASE)

Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere: what it says, where it leads, on which page it stands, and what is wrong."""

    words: str
    address: str
    page: str
    why: str


@dataclass
class Visited:
    """What a visit found."""

    documents: list[Document] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    asked: int = 0  # how many addresses were asked for


def identity_of(school: str) -> str:
    """How we name ourselves to the website."""
    plain = unicodedata.normalize("NFKD", school).encode("ascii", "ignore").decode()
    return f"Dekaan website check ({re.sub(r'[^A-Za-z0-9 .,-]', '', plain).strip()[:100]})"


def visit(address: str, *, school: str, wire: Wire, tell: Tell = lambda _words, _done: None) -> Visited:
    """What the school's website says about careers. Raises NotAnAddress; whatever else goes wrong is found, not raised."""
    return _Visit(address, registered_host(address), identity_of(school), wire, tell).go()


@dataclass
class _Visit:
    start: str
    host: str
    identity: str
    wire: Wire
    tell: Tell
    found: Visited = field(default_factory=Visited)
    read: dict[str, Document] = field(default_factory=dict)  # by address
    robots: Robots = field(default_factory=Robots)

    def __post_init__(self) -> None:
        self.ends_at = self.wire.now() + VISIT_SECONDS
        self.asker = Asker(self.host, self.identity, self.wire, self._is_let, self.ends_at)

    def _is_let(self, address: Address) -> bool:
        return self.robots.lets(address.path)

    def go(self) -> Visited:
        """The careers page, then what it leads to, then its links."""
        self.robots = self._robots()
        first = self._document(Link(self.start, ""))
        self.found.documents.append(first)
        self._follow(first)
        if not any(
            is_about_access(called(each.address, each.said)) or _holds_access(each) for each in self.found.documents
        ):
            self._look_among_policies(first)
        self._look_at_links()
        return self.found

    def _robots(self) -> Robots:
        try:
            address = on_host("/robots.txt", self.host, base=self.start)
            answer = Asker(self.host, self.identity, self.wire, ends_at=self.ends_at).ask(address.whole, most=MOST)
        except NotFetched as refusal:
            # Where there is none, or it is not for us, nothing is forbidden; where the server fails, everything is.
            return NOTHING if refusal.reason in {"server-error", "too-large"} else Robots()
        finally:
            self.found.asked += 1
        return robots_of(answer.content.decode("utf-8", "replace"))

    def _ask(self, address: str, method: str = "GET") -> Answer:
        self.wire.pause(max(BETWEEN, self.robots.delay))
        if self.wire.now() >= self.ends_at:
            raise NotFetched("too-slow")
        self.found.asked += 1
        return self.asker.ask(address, method=method)

    def _document(self, link: Link) -> Document:
        """What lies there, as it was read."""
        self.tell(link.words or link.address, len(self.read))
        kind = "pdf" if _path(link.address).casefold().endswith(".pdf") else "page"
        try:
            answer = self._ask(link.address)
            document = read_bytes(answer.content, address=answer.address, charset=answer.charset)
        except NotFetched as refusal:
            document = Document(link.address, kind, unread=refusal.reason)
        document = document.led_to_by(link.words)
        self.read[_plain(link.address)] = self.read[_plain(document.address)] = document
        return document

    def _follow(self, first: Document) -> None:
        """Pages and files about careers that are led to, nearest first, until there are enough."""
        waiting = list(_leads(first, self.host))
        while waiting:
            waiting.sort(key=lambda each: each[0])
            _, link = waiting.pop(0)
            if _plain(link.address) in self.read:
                continue
            document = self._lies_elsewhere(link) or self._one_more(link)
            self.read[_plain(link.address)] = document
            self.found.documents.append(document)
            waiting += [(rank + 10, each) for rank, each in _leads(document, self.host)]

    def _lies_elsewhere(self, link: Link) -> Document | None:
        """Of what is not visited only that it is there."""
        try:
            on_host(link.address, self.host)
        except NotFetched as refusal:
            return Document(link.address, "other", unread=refusal.reason, said=link.words)
        if _OFFICE.search(_path(link.address)):
            return Document(link.address, "other", unread="not-a-page", said=link.words)
        return None

    def _one_more(self, link: Link) -> Document:
        fetched = sum(each.unread not in {"elsewhere", "not-a-page", "not-visited"} for each in self.found.documents)
        if fetched >= MOST_PAGES:
            return Document(link.address, unread="not-visited", said=link.words)
        return self._document(link)

    def _look_among_policies(self, first: Document) -> None:
        """Where nothing leads to the statement, the school's page of policies may; it is not judged itself."""
        for link in first.links:
            if _POLICIES.search(link.words) and _plain(link.address) not in self.read and self._is_ours(link.address):
                for each in self._document(link).links:
                    if is_about_access(called(each.address, each.words)) and _plain(each.address) not in self.read:
                        self.found.documents.append(self._lies_elsewhere(each) or self._one_more(each))
                return

    def _is_ours(self, address: str) -> bool:
        try:
            return bool(on_host(address, self.host))
        except NotFetched:
            return False

    # --- links -------------------------------------------------------------------------------------------------------

    def _look_at_links(self) -> None:
        """Whether what the pages lead to, besides their menus, is there; other people's websites are not asked."""
        looked: dict[str, str] = {}
        for document in [each for each in self.found.documents if not each.unread]:
            for link in document.links:
                if link.in_content and (why := self._what_is_wrong(document, link, looked)):
                    self.found.broken.append(Broken(link.words or link.address, link.address, document.address, why))

    def _what_is_wrong(self, document: Document, link: Link, looked: dict[str, str]) -> str:
        if _OWN_MACHINE.match(link.address):
            return "It leads to a place on somebody's own computer or network."
        bare, _, anchor = link.address.partition("#")
        if not _is_split(bare):
            return "It is no address: look how it is written."
        if anchor and _plain(bare) == _plain(document.address):
            is_there = anchor in document.anchors or anchor == "top" or anchor.startswith(("/", "!", ":~:"))
            return "" if is_there else "It leads to a place on this page that is not there."
        if not self._is_ours(bare):
            return ""
        if (known := self.read.get(_plain(bare))) is not None:
            return _GONE_WORDS.get(known.unread, "")
        if _plain(bare) not in looked and len(looked) < MOST_LINKS:
            looked[_plain(bare)] = self._asked_by_head(bare)
        return looked.get(_plain(bare), "")

    def _asked_by_head(self, address: str) -> str:
        self.tell(address, len(self.read))
        try:
            self._ask(address, "HEAD")
        except NotFetched as refusal:
            return _GONE_WORDS.get(refusal.reason, "")
        return ""


_GONE_WORDS = {
    "not-found": "There is no such page any more.",
    "error-page": "It answers with an error page.",
    "server-error": "The website's server reports a fault of its own there.",
    "redirects": "It is sent on round in a circle.",
}


def _leads(document: Document, host: str) -> Iterator[tuple[int, Link]]:
    """What it leads to about careers, each with a rank: the statement first, then files, then pages, then the menu."""
    if document.unread or document.kind == "pdf":
        return
    for link in document.links:
        words, path = called(link.address, link.words), _path(link.address)
        if not is_about_careers(words) or _NO_PAGE.search(path) or not link.address.startswith(("http://", "https://")):
            continue
        is_ours = _host(link.address) == host
        if is_about_access(words):
            yield 0, Link(_bare(link.address), link.words)
        elif not is_ours:
            # Other websites about careers are many; only a file that the school keeps elsewhere is of this one.
            if link.in_content and (_FILE.search(path) or _KEEPS_FILES.search(_host(link.address))):
                yield 1, Link(link.address, link.words)
        elif link.in_content:
            yield 1 if _FILE.search(path) else 2, Link(_bare(link.address), link.words)
        elif _path(document.address).rstrip("/") in path:  # the menu's pages below the careers page
            yield 3, Link(_bare(link.address), link.words)


def led_to(document: Document) -> list[Link]:
    """What a page that was saved leads to about careers, and was not brought in with it."""
    found = {link.address: link for rank, link in _leads(document, _host(document.address)) if rank < 3}
    return [link for address, link in found.items() if _plain(address) != _plain(document.address)]


def _holds_access(document: Document) -> bool:
    return any(is_about_access(each.words) for each in document.content if each.kind == "heading")


def _bare(address: str) -> str:
    """An address without the place within its page; people write such as cannot be taken apart."""
    return address.partition("#")[0]


def _is_split(address: str) -> bool:
    try:
        return bool(urlsplit(address))
    except ValueError:
        return False


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _plain(address: str) -> str:
    """An address by which two ways of writing it are one."""
    return re.sub(r"^https?://(?:www\.)?", "", _bare(address)).rstrip("/").casefold()
