"""Whether words name a pupil: for what leaves the school, where no pupil may be named."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dekaan.core.folding import folded
from dekaan.people.models import Pupil

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")  # noqa: RUF001 the apostrophes that people type
_OWNED = re.compile(r"['’ʼ`´]s?$", re.IGNORECASE)  # noqa: RUF001 as above
# What may stand between the words from a forename to a surname: blanks, hyphens, quotes, brackets, the point of an initial.
_BETWEEN = re.compile(r"[\s()\"'“”‘’.\u2010-\u2015-]*$")  # noqa: RUF001 as above
_PARTICLES = frozenset("al bin bint da de del den der di du el ibn la le van von y".split())
MOST_BETWEEN = 2  # words: "Zoë Anne Louise Smith"
MOST_PARTS = 4  # of one name: "De La Cruz-Ortega"
LEAST_LETTERS = 3  # of a part of a double name that is looked for by itself


@dataclass(frozen=True)
class _Written:
    """A word as it was written, and where."""

    words: str
    start: int
    end: int


class _Text:
    """A text by its names: where each run of words stands that may be one."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.written = list(_written(self.text))
        self.runs: dict[str, list[tuple[int, int]]] = defaultdict(list)
        plain = [folded(each.words) for each in self.written]
        for first in range(len(plain)):
            for last in range(first + 1, min(first + MOST_PARTS, len(plain)) + 1):
                self.runs["".join(plain[first:last])].append((first, last))

    def names(self, forename: str, surname: str) -> bool:
        """Whether both stand side by side, in either order, or with initials or other forenames between them."""
        for begins, ends in self.runs.get(forename, ()):
            for surname_begins, surname_ends in self.runs.get(surname, ()):
                if surname_ends == begins:
                    return True
                if 0 <= surname_begins - ends <= MOST_BETWEEN and self._goes_on(begins, ends, surname_begins):
                    return True
        return False

    def _goes_on(self, begins: int, ends: int, surname: int) -> bool:
        """Whether the words between are further forenames or initials of the same person."""
        if ends == surname:
            return True
        is_low = self.written[begins].words[0].islower() and self.written[surname].words[0].islower()
        for number in range(ends, surname + 1):
            before, here = self.written[number - 1], self.written[number]
            between = self.text[before.end : here.start]
            if not _BETWEEN.match(between) or ("." in between and len(before.words) > 1):
                return False
            if number < surname and not (is_low or here.words[0].isupper() or here.words in _PARTICLES):
                return False
        opened = self.text[self.written[begins].start : self.written[surname].start]
        return opened.count("(") == opened.count(")")


def _written(text: str) -> Iterator[_Written]:
    for found in _WORD.finditer(text):
        words = _OWNED.sub("", found.group())
        yield _Written(words, found.start(), found.end())


def _said(*names: str) -> dict[str, None]:
    """The ways in which a name is said, folded: the whole of it, and of a double name each part."""
    found: dict[str, None] = {}
    for name in names:
        parts = [folded(each) for each in re.split(r"[\s\u2010-\u2015-]+", name)]
        long = [each for each in parts if len(each) >= LEAST_LETTERS and each not in _PARTICLES]
        found |= dict.fromkeys(each for each in ("".join(parts), *(long if len(parts) > 1 else ())) if each)
    return found


def pupils_named(texts: Sequence[str]) -> list[tuple[int, str]]:
    """(place of the text, the pupil's name) wherever a forename and a surname of one pupil stand together.

    In either order, by the names of birth or those preferred, by either half of a double name, with initials or one or
    two other forenames between them, also with “’s”; whoever has left counts too. One statement.
    """
    read = [_Text(text) for text in texts]
    every = {run for each in read for run in each.runs}
    found = set()
    fields = ("forename", "preferred_forename", "surname", "preferred_surname")
    for forename, preferred, surname, known_by in Pupil.objects.order_by().values_list(*fields):
        surnames = [each for each in _said(surname, known_by) if each in every or f"{each}s" in every]
        if not surnames:
            continue
        forenames = [each for each in _said(forename, preferred) if each in every]
        for place, text in enumerate(read):
            if any(text.names(one, f"{two}{end}") for one in forenames for two in surnames for end in ("", "s")):
                found.add((place, f"{preferred or forename} {known_by or surname}"))
    return sorted(found)
