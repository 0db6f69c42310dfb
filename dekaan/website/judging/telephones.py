"""Telephone numbers as people in Britain write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FAX = re.compile(r"\bfax(?:es)?(?: (?:number|no))?[\s.:|()–-]*$", re.IGNORECASE)
_TOO = re.compile(r"(?:tel(?:ephone)?|phone)[\s.]*(?:/|&|and)\s*fax[^/]*$", re.IGNORECASE)  # "Tel/Fax" rings as well
_NUMBER = re.compile(
    r"(?<![\d/.-])(?:\+\s?44|0044|\(?0)(?:[\s().–-]{0,3}\d){8,11}(?![\d/])"
    r"(?P<ext>[\s,(]{0,3}(?:ext(?:ension|n)?|x)[.:\s]{0,3}\d{1,6})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Telephone:
    """A number: its digits as dialled within the country, and as it was written."""

    digits: str
    words: str
    at: int = 0


def dialled(words: str) -> str:
    """The digits, beginning with 0; empty where it is no British number."""
    main = re.split(r"ext|x", words, maxsplit=1, flags=re.IGNORECASE)[0]
    digits = re.sub(r"\D", "", re.sub(r"^\s*(?:\+\s?44|0044)\s*(?:\(0\))?", "0", main))
    digits = re.sub(r"^00(?=[1-9])", "0", digits)
    return digits if re.fullmatch(r"0[1-9]\d{8,9}", digits) else ""


def telephones_in(text: str) -> Iterator[Telephone]:
    """Every number in the text, in order; at a fax nobody answers."""
    for found in _NUMBER.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if _FAX.search(before) and not _TOO.search(before):
            continue
        if digits := dialled(found.group()):
            yield Telephone(digits, found.group().strip(" ,"), found.start())
