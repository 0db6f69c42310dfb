"""The year as a whole: figures by audience, over the terms and by year group."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from dekaan.core.academic_year import academic_year_of
from dekaan.people.models import Pupil
from dekaan.people.queries import in_year_groups, on_roll
from dekaan.programme.models import Audience, Session
from dekaan.programme.queries import invited_others, invited_pupils
from dekaan.quality.models import Asked, Collection
from dekaan.quality.queries.figures import NOBODY, Tally, collections, released_tallies, tallies
from dekaan.quality.queries.questionnaires import every_version

SUMMER_FROM = 4  # the month in which the third term begins, roughly: Easter moves


def of_year(academic_year: int) -> QuerySet[Collection]:
    """The year's collections, the newest first; pulses are read on a page of their own."""
    return collections().filter(academic_year=academic_year).exclude(questionnaire__in=pulses())


def pulses() -> list[str]:
    """The keys of the questionnaires that take the pulse."""
    return sorted({key for (key, _), each in every_version().items() if each.about == "pulse"})


def by_audience(academic_year: int, *, exactly: bool) -> list[Tally]:
    """One line an audience: answers beside the number asked, and the share of positive answers."""
    found = list(of_year(academic_year))
    counted = tallies(found, "collection__audience")
    groups = [
        replace(counted.get(audience, NOBODY), name=label, invited=_invited(found, audience))
        for audience, label in Asked.choices
        if any(each.audience == audience for each in found)
    ]
    return groups if exactly else released_tallies(groups)


def _invited(found: Iterable[Collection], audience: str) -> int | None:
    """How many were asked in all; None where that is not known of one of the collections."""
    numbers = [each.invited for each in found if each.audience == audience]
    return None if None in numbers or not numbers else sum(number or 0 for number in numbers)


def by_year_group(academic_year: int, *, exactly: bool) -> list[Tally]:
    """Pupils' answers by the year group that they said, or that was asked."""
    found = [each for each in of_year(academic_year) if each.audience == Asked.PUPILS]
    counted = tallies(found, "year_group")
    groups = [
        Tally(f"Year {key}" if key else "Not said", each.answers, each.positive, each.steps)
        for key, each in sorted(counted.items(), key=lambda item: (item[0] is None, item[0] or 0))
    ]
    return groups if exactly else released_tallies(groups)


def by_group(collection: Collection, *, exactly: bool) -> list[Tally]:
    """One collection's answers by the group that people chose to say, where it was asked."""
    if not collection.asks_group:
        return []
    counted = tallies([collection], "group")
    groups = [
        Tally(key or "Not said", each.answers, each.positive, each.steps)
        for key, each in sorted(counted.items(), key=lambda item: (item[0] == "", item[0]))
    ]
    return groups if exactly else released_tallies(groups)


def over_terms(academic_years: Sequence[int], *, exactly: bool) -> list[Tally]:
    """Pupils' answers term by term, by the term in which they were asked; terms without any are left out."""
    asked = collections().exclude(questionnaire__in=pulses())
    found = list(asked.filter(academic_year__in=academic_years, audience=Asked.PUPILS))
    counted, groups = tallies(found), dict[tuple[int, int], Tally]()
    for each in found:
        tally = counted.get(each.pk)
        if tally is None:
            continue
        key = term_of(each.opened_on)
        before = groups.get(key, replace(NOBODY, name=term_name(*key)))
        groups[key] = Tally(
            before.name,
            (before.answers or 0) + (tally.answers or 0),
            (before.positive or 0) + (tally.positive or 0),
            (before.steps or 0) + (tally.steps or 0),
        )
    ordered = [groups[key] for key in sorted(groups)]
    return ordered if exactly else released_tallies(ordered)


def term_of(day: date) -> tuple[int, int]:
    """The academic year and which of its three terms the day falls in."""
    year = academic_year_of(day)
    if day.year == year:
        return year, 0
    return year, 1 if day.month < SUMMER_FROM else 2


def term_name(academic_year: int, term: int) -> str:
    """ "Autumn 2026", "Spring 2027"."""
    return f"{('Autumn', 'Spring', 'Summer')[term]} {academic_year + (term > 0)}"


def known_invited(
    *, audience: str, session: Session | None, year_group: int | None, on: date, is_year: bool
) -> int | None:
    """How many are asked, where our own records know it: a session's invited, a year group, every pupil; else None."""
    if session is not None:
        if audience == Asked.PUPILS and session.activity.audience == Audience.PUPILS:
            found = invited_pupils(session)
            return (in_year(found, year_group, on) if year_group else found).count()
        theirs = {Asked.STAFF: Audience.STAFF, Asked.CARERS: Audience.CARERS}.get(Asked(audience))
        return len(invited_others(session)) if theirs and session.activity.audience == theirs else None
    if audience != Asked.PUPILS or not (is_year or year_group):
        return None
    found = Pupil.objects.filter(on_roll(on))
    return (in_year(found, year_group, on) if year_group else found).count()


def in_year(found: QuerySet[Pupil], year_group: int, on: date) -> QuerySet[Pupil]:
    """Those of them in that year group."""
    return found.filter(in_year_groups([year_group], on))
