"""Facts about each school of a trust that are no figure: whether its provider access statement is in date, and the like.

A fact of another area joins as one more function of `FACTS`: given schools in scope and a day, it answers a plain
`Fact` of each, in one statement or two however many schools there are.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from dekaan.frameworks.queries import access_duty_of, year_groups_of
from dekaan.publication.queries import statements_shown
from dekaan.schools.models import School

MET, OPEN, UNKNOWN, NOT_ASKED = "met", "open", "unknown", "not-asked"
BY_LAW = range(8, 14)  # the year groups that provider access law is about (Education Act 1997, section 42B)


@dataclass(frozen=True)
class Fact:
    """What is so at one school, in a few words, and whether it is as it should be."""

    words: str
    state: str


@dataclass(frozen=True)
class FactsOf:
    """One fact of every school, with how many of those that it is asked of have it as it should be."""

    name: str
    by_school: dict[int, Fact]

    @property
    def asked(self) -> int:
        """Of how many schools it is asked."""
        return sum(each.state != NOT_ASKED for each in self.by_school.values())

    @property
    def met(self) -> int:
        """At how many it is so."""
        return sum(each.state == MET for each in self.by_school.values())


def _statement(schools: Collection[School], on: date) -> dict[int, Fact]:
    """The provider access statement that the public reads here, held to the day of its own next review."""
    shown = statements_shown([each.pk for each in schools])
    found = {}
    for each in schools:
        bound = access_duty_of(each.establishment_type).binds is not False
        if not bound or not set(year_groups_of(each)) & set(BY_LAW):
            found[each.pk] = Fact("Not asked", NOT_ASKED)
        elif (said := shown.get(each.pk)) is None:
            found[each.pk] = Fact("Not published here", UNKNOWN)
        elif said.review_on is None:
            found[each.pk] = Fact("No day of review", OPEN)
        elif said.review_on < on:
            found[each.pk] = Fact(f"Review was due {said.review_on:%-d %b %Y}", OPEN)
        else:
            found[each.pk] = Fact(f"In date until {said.review_on:%-d %b %Y}", MET)
    return found


FACTS: tuple[tuple[str, Callable[[Collection[School], date], dict[int, Fact]]], ...] = (
    ("Provider access statement", _statement),
)


def facts_of(schools: Collection[School], on: date) -> list[FactsOf]:
    """Each fact of each of the schools on that day. To be used inside `working_in` of them all."""
    return [FactsOf(name, read(schools, on)) for name, read in FACTS]
