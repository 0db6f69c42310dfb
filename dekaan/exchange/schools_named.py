"""Which school a row of somebody else's file says a leaver came from: this one, another, or nothing that can be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dekaan.core.folding import folded_words
from dekaan.exchange.staging import Line
from dekaan.schools.models import School

# Words that half of all schools have in their name, and that a sender leaves out or adds.
_USUAL = frozenset(
    "the school schools academy high secondary college community sixth form and of for comprehensive upper trust".split()
)
KEYS = ("school_name", "school_number")


@dataclass(frozen=True)
class OurSchool:
    """How other people's files name this school."""

    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, school: School) -> "OurSchool":
        """Its name without the usual words, and its numbers: those of before it was an academy too."""
        every = frozenset(folded_words(school.name))
        numbers = {school.urn, school.laestab, school.predecessor_urn, school.laestab[3:]} - {""}
        return cls(every - _USUAL or every, frozenset(numbers))

    def is_named(self, values: dict[str, Any]) -> bool | None:
        """Whether the row names this school; None where it names none, or nobody can tell."""
        said = [self._is_number(values.get("school_number", "")), self._is_name(values.get("school_name", ""))]
        told = [each for each in said if each is not None]
        return any(told) if told else None

    def _is_number(self, text: str) -> bool | None:
        digits = re.sub(r"[\s/.\-]", "", text)
        return digits in self.numbers if digits.isdecimal() and self.numbers else None

    def _is_name(self, text: str) -> bool | None:
        if not text or text.isdecimal():
            return self._is_number(text)
        said = frozenset(folded_words(text))
        if not said - _USUAL:
            return None
        # A part of the name may be a short form of it, or another school of the place.
        return True if self.words <= said else None if self.words & said else False


def leave_out_schools(lines: Sequence[Line], ours: OurSchool) -> bool:
    """What the rows say of schools is left out where none of them names this one: then the sender calls it otherwise.

    True where it was.
    """
    named = [ours.is_named(line.values) for line in lines]
    if True in named or False not in named:
        return False
    for line in lines:
        for key in KEYS:
            line.values.pop(key, None)
    return True
