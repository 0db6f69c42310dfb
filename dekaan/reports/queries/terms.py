"""The terms that a paper may be about."""

from dataclasses import dataclass
from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of, year_end, year_label, year_start
from dekaan.measures.models import PupilYear
from dekaan.participation.queries import live
from dekaan.reports.models import Term
from dekaan.schools.models import School
from dekaan.schools.queries import half_terms

# Easter's holiday ends in the last week of March at the earliest, February's half-term by the end of that month.
SUMMER_FROM = (3, 15)
FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True)
class TermOfYear:
    """One term of one academic year; holidays belong to the term before them."""

    academic_year: int
    term: Term
    starts_on: date
    ends_on: date

    @property
    def key(self) -> str:
        """ "2026-autumn", as it stands in an address."""
        return f"{self.academic_year}-{self.term}"

    @property
    def name(self) -> str:
        """ "Autumn term 2026", "Spring term 2027"."""
        return f"{self.term.label} {self.academic_year + (self.term != Term.AUTUMN)}"


def terms_of(academic_year: int) -> list[TermOfYear]:
    """The year's three terms, from its half-terms."""
    after = academic_year + 1
    begun = [half_term.starts_on for half_term in half_terms(academic_year)]
    summer_from = date(after, *SUMMER_FROM)
    spring = min((day for day in begun if date(after, 1, 1) <= day < summer_from), default=date(after, 1, 1))
    summer = min((day for day in begun if day >= summer_from), default=date(after, 4, 12))
    one_day = timedelta(days=1)
    return [
        TermOfYear(academic_year, Term.AUTUMN, year_start(academic_year), spring - one_day),
        TermOfYear(academic_year, Term.SPRING, spring, summer - one_day),
        TermOfYear(academic_year, Term.SUMMER, summer, year_end(academic_year)),
    ]


def choosable_terms(on: date) -> list[TermOfYear]:
    """The terms that a paper of that day may be about, the one that runs first.

    Those of the year that have begun, and in autumn the last of the year before: its paper is written in September.
    """
    year = academic_year_of(on)
    begun = [each for each in terms_of(year) if each.starts_on <= on]
    if len(begun) == 1:
        begun.insert(0, terms_of(year - 1)[-1])
    return begun[::-1]


def term_asked(key: str, on: date, terms: list[TermOfYear] | None = None) -> TermOfYear:
    """The choosable term of that key; the one that runs for anything else. `terms` are those of the day, where at hand."""
    terms = terms or choosable_terms(on)
    return next((each for each in terms if each.key == key), terms[0])


def term_named(key: str) -> TermOfYear | None:
    """The term of that key, whether a paper may be about it or not; None where it names no term."""
    year, _, term = key.partition("-")
    if term not in Term.values or not (year.isascii() and year.isdecimal() and len(year) == len("2026")):
        return None
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    return next(each for each in terms_of(int(year)) if each.term == term)


def why_none(school: School, term: TermOfYear, on: date, terms: list[TermOfYear] | None = None) -> str:
    """Why no paper can be written about the term that day, in a sentence; empty where one can.

    The term that runs always has one: a new school's says what stands in law, and that nothing else is recorded yet.
    """
    choosable = terms or choosable_terms(on)
    if term == choosable[0]:
        return ""
    if term.starts_on > on:
        return f"{term.name} begins on {in_full(term.starts_on)}, so there is nothing to report of it yet."
    if school.records_begin and term.ends_on < school.records_begin:
        return (
            f"Records begin here on {in_full(school.records_begin)}, when {term.name} was over: nothing is known of it."
        )
    if term not in choosable:
        return (
            f"{term.name} was over too long ago: a paper's figures are those of the day on which it is written. "
            "What was issued at the time stands among the reports."
        )
    if not (PupilYear.objects.filter(academic_year=term.academic_year).exists() or _is_anything_recorded(term)):
        return (
            f"Nothing is recorded for {term.name}: no pupil is counted in {year_label(term.academic_year)}, and nothing "
            f"was held from {in_full(term.starts_on)} to {in_full(min(term.ends_on, on))}."
        )
    return ""


def _is_anything_recorded(term: TermOfYear) -> bool:
    return live().filter(happened_on__range=(term.starts_on, term.ends_on)).exists()


def in_full(on: date) -> str:
    """24 November 2026."""
    return f"{on.day} {on:%B %Y}"
