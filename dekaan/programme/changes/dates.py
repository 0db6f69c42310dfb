"""The school's calendar says otherwise, and what the law says of sessions on those days follows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.academic_year import year_end, year_start
from dekaan.programme.changes.judging import judge_access_again
from dekaan.schools import changes
from dekaan.schools.models import CalendarEntry
from dekaan.schools.queries import CLOSED, Days


@transaction.atomic
def set_term_dates(academic_year: int, *, breaks: Sequence[Days], by: User | None) -> None:
    """These are the year's breaks; its encounters with providers are judged again by them."""
    changes.set_term_dates(academic_year, breaks=breaks, by=by)
    judge_access_again(Q(held_on__gte=year_start(academic_year), held_on__lte=year_end(academic_year)))


@transaction.atomic
def put_on_calendar(*, kind: str, starts_on: date, by: User | None, **details: Any) -> CalendarEntry:
    """The calendar says so of those days; where pupils are not in, encounters on them are judged again."""
    entry = changes.add_calendar_entry(kind=kind, starts_on=starts_on, by=by, **details)
    _judge_on(entry)
    return entry


@transaction.atomic
def change_on_calendar(entry: CalendarEntry, *, by: User | None, **facts: Any) -> None:
    """The entry is as given; encounters on the days that it had and has are judged again. Sessions stay on their days."""
    before = _days(entry)
    changes.change_calendar_entry(entry, by=by, **facts)
    _judge_on(entry, before)


@transaction.atomic
def take_off_calendar(entry: CalendarEntry, *, by: User | None) -> None:
    """The calendar says nothing of it any more; encounters on those days are judged again."""
    before = _days(entry)
    changes.remove_calendar_entry(entry, by=by)
    if before:
        judge_access_again(before)


def _days(entry: CalendarEntry) -> Q:
    """Sessions on its days, where it keeps pupils away; no condition where it does not."""
    return Q(held_on__gte=entry.starts_on, held_on__lte=entry.ends_on) if entry.kind in CLOSED else Q()


def _judge_on(entry: CalendarEntry, before: Q | None = None) -> None:
    if which := (before or Q()) | _days(entry):
        judge_access_again(which)
