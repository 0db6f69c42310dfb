"""The terms that a paper may be about."""

from dataclasses import dataclass
from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of, year_end, year_start
from dekaan.reports.models import Term
from dekaan.schools.queries import half_terms

# Easter's holiday ends in the last week of March at the earliest, February's half-term by the end of that month.
SUMMER_FROM = (3, 15)


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


def term_asked(key: str, on: date) -> TermOfYear:
    """The choosable term of that key; the one that runs for anything else."""
    terms = choosable_terms(on)
    return next((each for each in terms if each.key == key), terms[0])
