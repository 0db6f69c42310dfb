"""Pages and files that somebody saved from a browser, read as a visit would have read them."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from dekaan.website.reading.document import Document
from dekaan.website.reading.door import read_bytes
from dekaan.website.reading.page import urlsplit_path

MOST = 10 * 1024 * 1024
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]{4,1000})\s*-->")


def read_saved(files: Iterable[tuple[str, bytes]], *, address: str) -> list[Document]:
    """Each file by its name and content; a page knows where it was saved from, a PDF which link of a page leads to it."""
    read = []
    for name, content in files:
        saved_from = _SAVED_FROM.search(content[:4096])
        at = saved_from.group(1).decode("ascii", "ignore") if saved_from else address
        if len(content) > MOST:
            read.append(Document(at, unread="too-large", said=name))
        else:
            read.append(read_bytes(content, address=at).led_to_by(name))
    pages = [each for each in read if each.kind == "page"]
    return [_as_linked(each, pages) if each.kind == "pdf" else each for each in read]


def _as_linked(document: Document, pages: list[Document]) -> Document:
    """The PDF as the page leads to it: with the words and the address of the link whose file has its name."""
    for page in pages:
        for link in page.links:
            if unquote(urlsplit_path(link.address)).rpartition("/")[2].casefold() == document.said.casefold():
                return Document(**vars(document) | {"address": link.address, "said": link.words})
    return Document(**vars(document) | {"address": document.said})
