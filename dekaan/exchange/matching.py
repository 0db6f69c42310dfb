"""Recognising people by weighed evidence.

A number that only one person has weighs most; a name and a birth date support it or speak against it. Name and birth date
alone never decide: two pupils may be alike in both, so such pairs are put to a person.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dekaan.core.folding import folded

NUMBERS = ("mis_id", "admission_number", "upn", "uln", "email")
NUMBER, NAME, HALF_NAME, BIRTH_DATE = 4, 2, 1, 2
OTHER_NAME, OTHER_BIRTH_DATE, OTHER_NUMBER = -2, -3, -2
ENOUGH = 4


@dataclass
class Known:
    """A pupil whom the school has, with all that recognising needs."""

    pk: int
    values: dict[str, Any]
    former_upns: set[str] = field(default_factory=set)
    year: dict[str, Any] = field(default_factory=dict)  # of the year record
    tutor_group: str = ""
    is_on_roll: bool = False
    status: str = ""
    starts_on: date | None = None  # of the stay that has not ended
    ends_on: date | None = None  # a leaving date to come


@dataclass(frozen=True)
class Match:
    """Who a line is: one pupil, nobody we have, or some whom it may be, with the reason."""

    pupil: Known | None = None
    candidates: tuple[Known, ...] = ()
    why: str = ""
    is_contradicted: bool = False  # a number says one thing and something else another


def plain_number(key: str, value: Any) -> str:
    """A number for comparing: without the zeros that spreadsheets drop."""
    text = str(value or "").strip().casefold()
    return text.lstrip("0") if key in {"admission_number", "mis_id"} else text


class Register:
    """Everyone known, findable by each number, and by name."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.by_number: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.known = list(known)
        for pupil in self.known:
            for key in NUMBERS:
                if found := plain_number(key, pupil.values.get(key)):
                    self.by_number[key, found].append(pupil)
            for upn in pupil.former_upns:
                self.by_number["upn", upn.casefold()].append(pupil)
            for names in _names(pupil.values):
                self.by_name[names].append(pupil)

    def match(self, values: dict[str, Any]) -> Match:
        """Who the line with these values is."""
        numbered = self._by_numbers(values)
        named = [pupil for names in _names(values) for pupil in self.by_name.get(names, [])]
        alike = [
            pupil
            for pupil in {pupil.pk: pupil for pupil in named}.values()
            if not values.get("birth_date")
            or not pupil.values.get("birth_date")
            or pupil.values["birth_date"] == values["birth_date"]
        ]
        exact = [pupil for pupil in alike if values.get("birth_date") == pupil.values.get("birth_date") is not None]
        if numbered:
            return self._judge(values, numbered, exact)
        if alike:
            has_number = any(values.get(key) for key in NUMBERS)
            if exact:
                why = "its numbers are not those that we have" if has_number else "there is no number to tell by"
                return Match(candidates=tuple(exact), why=f"has the same name and birth date as a pupil, and {why}")
            if not values.get("birth_date"):
                return Match(candidates=tuple(alike), why="has the same name as a pupil; the row has no birth date")
            if not has_number:
                return Match(
                    candidates=tuple(alike), why="has the same name as a pupil whose birth date we do not know"
                )
        return Match()

    def _by_numbers(self, values: dict[str, Any]) -> dict[int, tuple[Known, int]]:
        """Pupils who share a number, with how many they share."""
        found: dict[int, tuple[Known, int]] = {}
        for key in NUMBERS:
            number = plain_number(key, values.get(key))
            for pupil in self.by_number.get((key, number), []) if number else []:
                found[pupil.pk] = (pupil, found.get(pupil.pk, (pupil, 0))[1] + 1)
        former = plain_number("upn", values.get("former_upn"))
        for pupil in self.by_number.get(("upn", former), []) if former else []:
            found[pupil.pk] = (pupil, found.get(pupil.pk, (pupil, 0))[1] + 1)
        return found

    def _judge(self, values: dict[str, Any], numbered: dict[int, tuple[Known, int]], exact: list[Known]) -> Match:
        scores = sorted(
            ((weight(values, pupil, shared), pupil) for pupil, shared in numbered.values()),
            key=lambda pair: (-pair[0], pair[1].pk),
        )
        best, pupil = scores[0]
        others = [] if pupil in exact else [each for each in exact if each.pk not in numbered]
        if others:
            return Match(
                candidates=(*(each for _, each in scores), *others),
                why="has a number of one pupil and the name and birth date of another",
                is_contradicted=True,
            )
        if len(scores) > 1:
            # Siblings share a parent's e-mail address; any other number that points elsewhere is a question.
            return Match(
                candidates=tuple(each for _, each in scores),
                why="has numbers of more than one pupil whom we know",
                is_contradicted=True,
            )
        if best >= ENOUGH:
            return Match(pupil=pupil)
        return Match(
            candidates=(pupil,),
            why="has a number of this pupil, but another name or birth date",
            is_contradicted=True,
        )


def weight(values: dict[str, Any], pupil: Known, shared: int) -> int:
    """How strongly the line speaks for being this pupil."""
    total = shared * NUMBER
    line_names, their_names = _names(values), _names(pupil.values)
    if line_names and their_names:
        if line_names & their_names:
            total += NAME
        elif {part for pair in line_names for part in pair} & {part for pair in their_names for part in pair}:
            total += HALF_NAME
        else:
            total += OTHER_NAME
    born, theirs = values.get("birth_date"), pupil.values.get("birth_date")
    if isinstance(born, date) and theirs:
        total += BIRTH_DATE if born == theirs else OTHER_BIRTH_DATE
    for key in ("mis_id", "admission_number", "uln"):
        ours, said = plain_number(key, pupil.values.get(key)), plain_number(key, values.get(key))
        if ours and said and ours != said:
            total += OTHER_NUMBER
    upn, said = plain_number("upn", pupil.values.get("upn")), plain_number("upn", values.get("upn"))
    if upn and said and upn != said and said not in {former.casefold() for former in pupil.former_upns}:
        # A temporary UPN ends in a letter and is replaced; a permanent one that differs is another person's.
        total += 0 if upn[-1].isalpha() else OTHER_NUMBER
    return total


def _names(values: dict[str, Any]) -> set[tuple[str, str]]:
    """The pairs of surname and forename that a person goes by."""
    surnames = {folded(values.get("surname") or ""), folded(values.get("preferred_surname") or "")} - {""}
    forenames = {folded(values.get("forename") or ""), folded(values.get("preferred_forename") or "")} - {""}
    return {(surname, forename) for surname in surnames for forename in forenames}


def find_pupil(register: Register, values: dict[str, Any]) -> Match:
    """Which pupil a line of marks, groups or past participation is about.

    It changes nobody, so a name that only one pupil has, with a tutor group or year group that fits, is enough.
    """
    match = register.match(values)
    if match.pupil or not match.candidates or match.is_contradicted:
        return match
    fits = [pupil for pupil in match.candidates if _fits(values, pupil)]
    if len(fits) == 1 and (len(match.candidates) == 1 or values.get("tutor_group") or values.get("year_group")):
        return Match(pupil=fits[0])
    return match


def _fits(values: dict[str, Any], pupil: Known) -> bool:
    if not pupil.is_on_roll:
        return False
    if values.get("tutor_group") and pupil.tutor_group:
        return folded(values["tutor_group"]) == folded(pupil.tutor_group)
    if values.get("year_group") is not None and pupil.year.get("year_group") is not None:
        return bool(values["year_group"] == pupil.year["year_group"])
    return True
