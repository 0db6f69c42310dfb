"""A web page's bytes to blocks: what a reader sees in order, whether an accordion, tabs or a table hold it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree, html

from dekaan.website.reading.document import Block, Document, Link, Picture
from dekaan.website.reading.unread import why_unread

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Heads of what is folded away, or of a term that is explained.
FOLDS = {"summary": 6, "dt": 6, "legend": 6, "caption": 6}
SKIPPED = {"script", "style", "template", "noscript", "svg", "head", "iframe", "object", "select", "option", "input"}
INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "img", "label", "mark", "q", "s", "small"),
    *("span", "strong", "sub", "sup", "time", "u", "wbr", "ins", "del", "picture", "source", "button"),
}
BOLD = {"b", "strong"}
CHROME_ROLES = {"navigation", "banner", "contentinfo", "search"}
CHROME_WORDS = {"nav", "navbar", "navigation", "menu", "megamenu", "footer", "breadcrumb", "breadcrumbs", "cookie", "cookies"}  # fmt: skip
APP_ROOTS = {"root", "app", "__next", "__nuxt", "app-root", "q-app", "ember-app", "svelte"}
DEEPEST = 200  # elements within one another
MOST_BLOCKS, MOST_LINKS = 6000, 3000
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE)
_OPENS = re.compile(r"accordion|toggle|collaps|tab(?:-|_|$)|expand", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")


def read_page(content: bytes, *, address: str, charset: str = "") -> Document:
    """The page as it was read; `unread` says why where it could not be."""
    text = _decoded(content, charset)
    if not text.strip():
        return Document(address, unread="empty")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return Document(address, unread="damaged")
    reader = _Reader(base=_base(root, address), tabs=_named_elements(root), panels=_panels(root))
    body = root.find("body")
    reader.walk(body if body is not None else root)
    if not any(each.in_content and each.words for each in reader.blocks):  # a site whose everything is called a menu
        reader.blocks = [Block(**vars(each) | {"in_content": True}) for each in reader.blocks]
    document = Document(
        address,
        title=_plain(root.findtext(".//title") or ""),
        language=(root.get("lang") or "").strip(),
        blocks=tuple(_under_headings(reader.blocks)),
        links=tuple(reader.links),
        pictures=tuple(reader.pictures),
        anchors=frozenset(
            each for node in root.iter() for each in (node.get("id"), node.get("name") if node.tag == "a" else None) if each
        ),
    )  # fmt: skip
    without_script = " ".join(_plain(node.text_content()) for node in root.iter("noscript"))
    reason = why_unread(document, has_app_root=_has_app_root(root), without_script=without_script)
    return Document(**vars(document) | {"unread": reason})


def _decoded(content: bytes, charset: str) -> str:
    """By its mark, else as the server or the page says, else UTF-8, else as Windows writes; nothing is guessed at."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(name, "replace")
    said = _CHARSET.search(content[:4096])
    for name in (charset, said.group(1).decode("ascii") if said else "", "utf-8"):
        try:
            codec = codecs.lookup(name) if name else None
        except (LookupError, ValueError):
            continue
        if codec is None or not getattr(codec, "_is_text_encoding", True):
            continue
        # What is called Latin 1 on the web is what Windows writes (the WHATWG's list of encodings says so).
        called = "cp1252" if codec.name in {"iso8859-1", "ascii"} else codec.name
        try:
            return content.decode(called)
        except (UnicodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _base(root: html.HtmlElement, address: str) -> str:
    base = root.find(".//base")
    return _joined(address, base.get("href") or "") if base is not None else address


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address.strip()


def _named_elements(root: html.HtmlElement) -> dict[str, str]:
    """The words of buttons and tabs by their id, for the panels that they open."""
    return {
        node.get("id"): _plain(node.text_content())
        for node in root.iter("a", "button", "li", "div", "span")
        if node.get("id") and (node.get("role") == "tab" or node.get("aria-controls") or _OPENS.search(node.get("class", "")))
    }  # fmt: skip


def _panels(root: html.HtmlElement) -> dict[str, str]:
    """The words of what opens a panel, by the panel's id."""
    found = {}
    for node in root.iter("a", "button", "div", "span", "h2", "h3", "h4"):
        opens = node.get("aria-controls") or (node.get("data-bs-target") or node.get("data-target") or "").lstrip("#")
        if opens and _plain(node.text_content()):
            found[opens] = _plain(node.text_content())
    return found


def _has_app_root(root: html.HtmlElement) -> bool:
    return any(
        (node.get("id") or "").casefold() in APP_ROOTS or node.tag == "app-root" or node.get("ng-app") is not None
        for node in root.iter("div", "app-root", "main", "body", "section", "html")
    )


@dataclass
class _Line:
    """What gathers until a block ends."""

    words: list[str] = field(default_factory=list)
    bold: int = 0
    letters: int = 0
    mails: list[str] = field(default_factory=list)
    telephones: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


@dataclass
class _Reader:
    base: str
    tabs: dict[str, str]
    panels: dict[str, str]
    folds: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    line: _Line = field(default_factory=_Line)

    def walk(self, node: html.HtmlElement, kind: str = "text", depth: int = 0, *, bold: bool = False, content: bool = True) -> None:  # fmt: skip
        """Everything within the element, in order."""
        self._say(node.text, bold=bold)
        for child in node:
            if isinstance(child.tag, str) and depth < DEEPEST:
                self._element(child, kind, depth + 1, bold=bold, content=content)
            self._say(child.tail, bold=bold)
        if depth == 0:
            self._end(kind, content=content)

    def _element(self, node: html.HtmlElement, kind: str, depth: int, *, bold: bool, content: bool) -> None:
        tag = node.tag
        if tag in SKIPPED or len(self.blocks) > MOST_BLOCKS:
            return
        if tag in {"br", "hr"}:
            self._end(kind, content=content)
        elif tag in INLINE and not self._opens_a_fold(node):
            self._inline(node, kind, depth, bold=bold, content=content)
        else:
            self._block(node, kind, depth, content=content and not _is_chrome(node))

    def _inline(self, node: html.HtmlElement, kind: str, depth: int, *, bold: bool, content: bool) -> None:
        if node.tag == "a":
            self._link(node, content=content)
        elif node.tag == "img":
            name = unquote(urlsplit_path(node.get("src") or node.get("data-src") or "").rpartition("/")[2])
            self.pictures.append(Picture(node.get("alt"), name, content))
            self.line.pictures.append(_plain(node.get("alt") or "") or name)
        self.walk(node, kind, depth, bold=bold or node.tag in BOLD, content=content)

    def _block(self, node: html.HtmlElement, kind: str, depth: int, *, content: bool) -> None:
        self._end(kind, content=content)
        if node.tag == "tr" and self._row(node, depth, content=content):
            return
        labelled = self.tabs.get(node.get("aria-labelledby") or "", "")
        if labelled:
            self.blocks.append(Block("heading", labelled, 6, folds=self.folds, in_content=content))
        head, before = labelled or self._head_of(node), self.folds
        self.folds = (*before, head) if head else before
        level = HEADINGS.get(node.tag) or FOLDS.get(node.tag) or (6 if self._opens_a_fold(node) else 0)
        inner = "heading" if level else "item" if node.tag == "li" else "text"
        self.walk(node, inner, depth, content=content)
        self._end(inner, level=level, content=content)
        self.folds = before

    def _head_of(self, node: html.HtmlElement) -> str:
        """The head of what is folded away in the element; empty where nothing folds it."""
        if node.tag == "details":
            summary = node.find("summary")
            return _plain(summary.text_content()) if summary is not None else ""
        return self.panels.get(node.get("id") or "", "")

    def _opens_a_fold(self, node: html.HtmlElement) -> bool:
        is_fold = node.tag == "button" or (node.tag in {"a", "span"} and node.get("aria-expanded") is not None)
        return is_fold and bool(node.get("aria-controls") or node.get("aria-expanded") or _OPENS.search(node.get("class", "")))  # fmt: skip

    def _row(self, node: html.HtmlElement, depth: int, *, content: bool) -> bool:
        """A row whose cells hold short words is one block; a table that lays out a page is walked as any other."""
        cells = [child for child in node if child.tag in {"td", "th"}]
        texts = [_plain(" ".join(_strings(cell))) for cell in cells]
        lays_out = len(cells) < 2 or any(len(text) > 400 or cell.find(".//table") is not None for cell, text in zip(cells, texts, strict=True))  # fmt: skip
        if lays_out or any(cell.find(f".//{each}") is not None for cell in cells for each in HEADINGS):
            return False
        for cell in cells:
            for each in cell.iter("a", "img"):
                self._inline_alone(each, content=content)
        words = " – ".join(each for each in texts if each)
        self.line.words, self.line.bold, self.line.letters = [words], 0, len(words)
        self._end("row", cells=tuple(texts), content=content)
        return True

    def _inline_alone(self, node: html.HtmlElement, *, content: bool) -> None:
        if node.tag == "a":
            self._link(node, content=content)
        else:
            name = unquote(urlsplit_path(node.get("src") or "").rpartition("/")[2])
            self.pictures.append(Picture(node.get("alt"), name, content))
            self.line.pictures.append(_plain(node.get("alt") or "") or name)

    def _link(self, node: html.HtmlElement, *, content: bool) -> None:
        href = (node.get("href") or "").strip()
        scheme, _, rest = href.partition(":")
        if scheme.casefold() == "mailto":
            self.line.mails.append(unquote(rest.partition("?")[0]).strip())
        elif scheme.casefold() == "tel":
            self.line.telephones.append(unquote(rest).strip())
        elif href and len(self.links) < MOST_LINKS:
            words = _plain(node.text_content() or node.get("aria-label") or node.get("title") or "")
            self.links.append(Link(_joined(self.base, href), words, content))

    def _say(self, text: str | None, *, bold: bool) -> None:
        if text and text.strip():
            self.line.letters += len(text.strip())
            self.line.bold += len(text.strip()) if bold else 0
        if text:
            self.line.words.append(text)

    def _end(self, kind: str, *, level: int = 0, cells: tuple[str, ...] = (), content: bool = True) -> None:
        line, self.line = self.line, _Line()
        words = _plain("".join(line.words))
        if not words and not line.mails and not line.telephones and not line.pictures:
            return
        is_bold = bool(words) and kind == "text" and line.bold >= line.letters and len(words) <= 80
        if is_bold and not words.endswith((".", ",", ";")):
            kind, level = "heading", 7
        if kind == "heading" and not level:
            kind = "text" if len(words) > 150 else "heading"
            level = 6
        self.blocks.append(
            Block(
                kind,
                words,
                level if kind == "heading" else 0,
                folds=self.folds,
                cells=cells,
                mails=tuple(line.mails),
                telephones=tuple(line.telephones),
                pictures=tuple(line.pictures),
                in_content=content,
            )
        )


def urlsplit_path(address: str) -> str:
    """The path of an address; empty where it is none."""
    try:
        return urlsplit(urldefrag(address)[0]).path
    except ValueError:
        return ""


def _strings(node: html.HtmlElement) -> Iterator[str]:
    for each in node.iter():
        if isinstance(each.tag, str) and each.tag not in SKIPPED:
            yield each.text or ""
        if each is not node:
            yield each.tail or ""


def _is_chrome(node: html.HtmlElement) -> bool:
    """Whether it is the menu, the head or the foot of the site, by what it is or is called."""
    if node.tag in {"nav", "footer"} or node.get("role") in CHROME_ROLES:
        return True
    if node.tag == "header":
        return not any(each.tag in {"main", "article"} for each in node.iterancestors())
    if node.tag not in {"div", "ul", "section", "table"}:
        return False
    called = re.split(r"[^a-z]+", f"{node.get('class', '')} {node.get('id', '')}".casefold())
    return not CHROME_WORDS.isdisjoint(called)


def _under_headings(blocks: list[Block]) -> Iterator[Block]:
    """Each block with the headings that it stands under; what is folded away has headings of its own below its head."""
    above: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for block in blocks:
        own = above.setdefault(block.folds, [])
        if block.kind == "heading":
            own[:] = [each for each in own if each[0] < block.level]
        outer = [words for level, words in above.get((), ()) if level < 6] if block.folds else []
        path = dict.fromkeys([*outer, *block.folds, *(words for _, words in own)])
        yield Block(**vars(block) | {"path": tuple(path)})
        if block.kind == "heading":
            own.append((block.level, block.words))


def _plain(words: str) -> str:
    return _SPACE.sub(" ", words).strip()
