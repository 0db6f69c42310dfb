"""The verdict on each principle, from its checks; and the verdicts of the terms before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import Principle, key_principles
from dekaan.principles.checks import Check, checks_of
from dekaan.principles.queries import equipped, improving, leading  # noqa: F401 their judges enter themselves
from dekaan.principles.queries.judging import JUDGES, MET, NONE, NOT_MET, UNKNOWN, Found, in_words
from dekaan.principles.queries.records import Gathered, Records
from dekaan.reports.queries.terms import TermOfYear, terms_of
from dekaan.schools.models import School

IN_PLACE, IN_PART, NOT_IN_PLACE, NOT_KNOWN = "in-place", "in-part", "not-in-place", "not-known"
IN_WORDS = {IN_PLACE: "In place", IN_PART: "In part", NOT_IN_PLACE: "Not in place", NOT_KNOWN: "Not known"}


@dataclass(frozen=True)
class Looked:
    """One check with what was found."""

    check: Check
    found: Found

    @property
    def mark(self) -> str:
        """The sign before the word, for whoever sees no colour."""
        return {MET: "✓", NOT_MET: "✗", UNKNOWN: "?", NONE: "–"}[self.found.state]

    @property
    def words(self) -> str:
        """The state in a word or two."""
        return {MET: "Yes", NOT_MET: "No", UNKNOWN: "Not known", NONE: "None"}[self.found.state]

    @property
    def tag(self) -> str:
        """The tag's class; nothing here is law, so nothing is red."""
        return {MET: "met", NOT_MET: "open", UNKNOWN: "unknown", NONE: "unknown"}[self.found.state]


@dataclass(frozen=True)
class Verdict:
    """How a school stands to a principle on a day, and why in a sentence."""

    principle: Principle
    state: str
    reason: str
    looked: tuple[Looked, ...] = ()

    @property
    def in_short(self) -> str:
        """The reason without what is listed beside it."""
        return self.reason.partition(" Not so: ")[0]

    @property
    def words(self) -> str:
        """The verdict in a word or two."""
        return IN_WORDS[self.state]

    @property
    def tag(self) -> str:
        """The tag's class."""
        return {IN_PLACE: "met", IN_PART: "open", NOT_IN_PLACE: "open", NOT_KNOWN: "unknown"}[self.state]


@dataclass(frozen=True)
class Term:
    """A term that is over, and the verdicts on its last day, in the order of the principles."""

    term: TermOfYear
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Standing:
    """The principles today, and in the terms before, the newest first."""

    now: tuple[Verdict, ...]
    before: tuple[Term, ...]


def standing(school: School, on: date, terms: Sequence[TermOfYear]) -> Standing:
    """The verdicts of a day and of the last days of those terms, of the school in scope. Everything is read once."""
    gathered = Gathered(school, [on, *(each.ends_on for each in terms)])
    return Standing(
        verdicts(Records(gathered, on)),
        tuple(Term(each, verdicts(Records(gathered, each.ends_on))) for each in terms),
    )


def terms_before(on: date, number: int) -> list[TermOfYear]:
    """The last terms that were over by that day, the newest first, of the school in scope."""
    year = academic_year_of(on)
    over = [each for before in (2, 1, 0) for each in terms_of(year - before) if each.ends_on < on]
    return over[::-1][:number]


def verdicts(records: Records) -> tuple[Verdict, ...]:
    """One of each principle, in the guide's order."""
    return tuple(_verdict(each, records) for each in key_principles().values())


def _verdict(principle: Principle, records: Records) -> Verdict:
    looked = tuple(Looked(check, _found(check, records)) for check in checks_of(principle.key))
    state, reason = judged([(each.check, each.found) for each in looked])
    return Verdict(principle, state, reason, looked)


def _found(check: Check, records: Records) -> Found:
    """What its judge says; of days before records began nothing follows from there being none."""
    found = JUDGES[check.judge](check, records)
    if found.state == NOT_MET and not records.are_kept and (begin := records.school.records_begin):
        return replace(found, state=UNKNOWN, sentence=f"Records begin on {in_words(begin)}.")
    return found


def judged(looked: Sequence[tuple[Check, Found]]) -> tuple[str, str]:
    """The verdict on what was found, and its reason.

    In place: every check that is needed is met. Not known: nothing that is needed is known. Not in place: of what is
    known nothing is met. In part is everything between.
    """
    needed = [(check, found) for check, found in looked if check.needed]
    met = [each for each in needed if each[1].state == MET]
    not_met = [each for each in needed if each[1].state == NOT_MET]
    if len(met) == len(needed):
        return IN_PLACE, f"All {len(needed)} that it needs are shown." if len(needed) > 1 else "What it needs is shown."
    if not met and not not_met:
        return NOT_KNOWN, "Nothing that it needs is known yet."
    lacking = "; ".join(f"“{check.asks}”" for check, _ in not_met)
    unknown = len(needed) - len(met) - len(not_met)
    said = f"{len(met)} of {len(needed)} that it needs are shown."
    said += f" Not so: {lacking}." if lacking else ""
    said += f" {unknown} not known." if unknown else ""
    return (IN_PART if met else NOT_IN_PLACE), said
