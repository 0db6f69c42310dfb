"""Facts about each school of a trust that are no figure: whether its provider access statement is in date, and the like.

A fact of another area joins as one more function of `FACTS`: given schools in scope and a day, it answers a plain
`Fact` of each, in one statement or two however many schools there are.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import access_duty_of, year_groups_of
from dekaan.plan.queries import overdue_by_school
from dekaan.publication.queries import statements_shown
from dekaan.schools.models import School
from dekaan.team.queries import leaders_by_school

MET, OPEN, UNKNOWN, NOT_ASKED = "met", "open", "unknown", "not-asked"
PROGRAMME = range(7, 14)  # the year groups that a careers programme is for
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


def _plan(schools: Collection[School], on: date) -> dict[int, Fact]:
    """Whether the year's development plan is there, and nothing of it overdue."""
    late = overdue_by_school(academic_year_of(on), on)
    found = {}
    for each in schools:
        if not _has_a_programme(each):
            found[each.pk] = Fact("Not asked", NOT_ASKED)
        elif each.pk not in late:
            found[each.pk] = Fact("No plan here", UNKNOWN)
        elif late[each.pk]:
            found[each.pk] = Fact(f"{late[each.pk]} overdue", OPEN)
        else:
            found[each.pk] = Fact("Nothing overdue", MET)
    return found


def _leader(schools: Collection[School], on: date) -> dict[int, Fact]:
    """Whether a Careers Leader is named, and trained for the role; nobody's name is told."""
    led = leaders_by_school(on)
    found = {}
    for each in schools:
        if not _has_a_programme(each):
            found[each.pk] = Fact("Not asked", NOT_ASKED)
        elif each.pk not in led:
            found[each.pk] = Fact("Nobody named", OPEN)
        elif led[each.pk]:
            found[each.pk] = Fact("Named, trained", MET)
        else:
            found[each.pk] = Fact("Named, no training said", OPEN)
    return found


def _has_a_programme(school: School) -> bool:
    return bool(set(year_groups_of(school)) & set(PROGRAMME))


FACTS: tuple[tuple[str, Callable[[Collection[School], date], dict[int, Fact]]], ...] = (
    ("Provider access statement in date", _statement),
    ("Careers Leader named and trained", _leader),
    ("Development plan with nothing overdue", _plan),
)


def facts_of(schools: Collection[School], on: date) -> list[FactsOf]:
    """Each fact of each of the schools on that day. To be used inside `working_in` of them all."""
    return [FactsOf(name, read(schools, on)) for name, read in FACTS]
