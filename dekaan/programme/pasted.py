"""Finding pupils in a pasted list: names either way round, numbers or e-mails, one a line, in any order."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from dekaan.people.models import Pupil


@dataclass
class Found:
    """Who a pasted list names: sure matches, and lines that fit several pupils or only by half a name.

    `elsewhere` are lines that name somebody of the school who is not on the list; `unknown` are those that fit nobody.
    """

    matched: list[Pupil] = field(default_factory=list)
    doubtful: list[tuple[str, list[Pupil]]] = field(default_factory=list)
    elsewhere: list[tuple[str, list[Pupil]]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def find_pupils(text: str, among: Iterable[Pupil], school: Iterable[Pupil] = ()) -> Found:
    """Each line matched against these pupils; what fits none of them is looked for in the rest of the school."""
    pupils = list(among)
    found = Found()
    for line in re.split(r"[\n;]+", text.replace("\r", "\n")):
        _look_up(line.strip(" \t,"), pupils, found, may_split=True)
    lines, found.unknown = found.unknown, []
    everyone = list(school) if lines else []
    for line in lines:
        _look_further(line, pupils, everyone, found)
    return found


def _look_further(line: str, pupils: list[Pupil], everyone: list[Pupil], found: Found) -> None:
    """The whole line first: a comma may stand inside one name, or between two."""
    if others := _fitting(line, everyone):
        found.elsewhere.append((line, others))
    elif half := _fitting_by_half(line, pupils):
        found.doubtful.append((line, half))
    elif "," in line:
        for piece in line.split(","):
            _look_further(piece.strip(), pupils, everyone, found)
    elif line:
        found.unknown.append(line)


def _look_up(line: str, pupils: list[Pupil], found: Found, *, may_split: bool) -> None:
    if not line:
        return
    fits = _fitting(line, pupils)
    pieces = [piece.strip() for piece in line.split(",")] if may_split else []
    if len(fits) > 1 and len(pieces) > 1 and all(len(_fitting(piece, pupils)) == 1 for piece in pieces):
        fits = []  # several people on one line
    if len(fits) == 1:
        if fits[0] not in found.matched:
            found.matched.append(fits[0])
    elif fits:
        found.doubtful.append((line, fits))
    elif any(_fitting(piece, pupils) for piece in pieces if len(pieces) > 1):
        for piece in pieces:
            _look_up(piece, pupils, found, may_split=False)
    else:
        found.unknown.append(line)


def _fitting(line: str, pupils: list[Pupil]) -> list[Pupil]:
    """By number or e-mail first, which say more; else everyone all of whose known names stand in the line."""
    tokens = set(re.split(r"[\s,]+", line.casefold()))
    by_number = [pupil for pupil in pupils if tokens & _numbers(pupil)]
    if by_number:
        return by_number
    words = _words(line)
    return [pupil for pupil in pupils if any(names <= words for names in _names(pupil))]


def _fitting_by_half(line: str, pupils: list[Pupil]) -> list[Pupil]:
    """Those whose surname or forename alone is the line, whatever initial or tutor group stands beside it."""
    words = _words(" ".join(token for token in re.split(r"[\s,]+", line) if not re.search(r"\d", token)))
    initials = {word for word in words if len(word) == 1}
    fits = [pupil for pupil in pupils if words - initials and words - initials in _halves(pupil)]
    with_initial = [pupil for pupil in fits if any(name[0] in initials for name in _words(pupil.known_forename))]
    return with_initial or fits


def _halves(pupil: Pupil) -> list[set[str]]:
    names = {pupil.forename, pupil.preferred_forename, pupil.surname, pupil.preferred_surname} - {""}
    return [_words(name) for name in names]


def _numbers(pupil: Pupil) -> set[str]:
    numbers = (
        pupil.admission_number,
        pupil.admission_number.lstrip("0"),
        pupil.upn,
        pupil.uln,
        pupil.email,
        pupil.mis_id,
    )
    return {number.casefold() for number in numbers if number}


def _names(pupil: Pupil) -> list[set[str]]:
    forenames = {pupil.forename, pupil.preferred_forename} - {""}
    surnames = {pupil.surname, pupil.preferred_surname} - {""}
    return [_words(f"{forename} {surname}") for forename in forenames for surname in surnames]


def _words(text: str) -> set[str]:
    """Its words without case, accents or apostrophes."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    bare = bare.casefold().translate({ord(each): None for each in "'’`"})
    return set(re.findall(r"[^\W\d_]+", bare))
