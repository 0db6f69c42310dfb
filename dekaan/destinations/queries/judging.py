"""The judge: whether what is known of a leaver's first year is sustained, as the council counts and as is published.

By what is in the data file of `frameworks`, and nothing else. Where sources disagree every way of reading them is judged,
and only what all of them come to is said.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod

from django.db import models

from dekaan.core.academic_year import FIRST_MONTH, months_after, year_start
from dekaan.destinations.models import PLANS, Kind, Ruling, Statement
from dekaan.destinations.queries.days import moment_on
from dekaan.destinations.queries.ledger import ONE_DAY, agree, bucket_of, code_of, moments_of, most_exact
from dekaan.frameworks.queries import ActivityCode, Bucket, destination_rules, moments

MOST_READINGS = 256  # of sources that disagree: more are not tried, and it is unknown
LEARNING_OR_WORK = {"education", "apprenticeship", "work"}
_IN, _OUT, _NOT_KNOWN = "in", "out", "not known"


class Outcome(models.TextChoices):
    """What a leaver's first year comes to."""

    SUSTAINED = "sustained", "Sustained"
    NOT_SUSTAINED = "not-sustained", "Not sustained"
    NOT_CAPTURED = "not-captured", "Not captured"
    UNKNOWN = "unknown", "Unknown"


class Why(models.TextChoices):
    """On what a verdict rests, in a few words."""

    BOTH_DAYS = "both-days", "Taking part on 1 November and at the end of March"
    NOT_TAKING_PART = "not-taking-part", "Known not to take part between 1 November and the end of March"
    NOT_FOUND = "not-found", "Asked after, and not found"
    ALL_MONTHS = "all-months", "In learning or work in every month from October to March"
    WORK_MONTHS = "work-months", "In work for five of the six months from October to March"
    APPRENTICE = "apprentice", "An apprentice for six months in the year"
    TOO_FEW_MONTHS = "too-few-months", "Some learning, work or looking for it, for too few months"
    NOT_SEEN = "not-seen", "Where the published measure’s records would find nobody"
    NOT_ALL_KNOWN = "not-all-known", "Not enough is known of the months from October to March"
    DISAGREE = "disagree", "Sources disagree, and nobody has said which holds"


@dataclass(frozen=True)
class Verdict:
    """One mapping's answer; `destination` is the council's group or the measure's bucket, by key, where sustained."""

    outcome: Outcome
    why: Why
    destination: str = ""


_DISAGREE = Verdict(Outcome.UNKNOWN, Why.DISAGREE)


@dataclass(frozen=True)
class Judgement:
    """Both answers, never merged."""

    council: Verdict
    measure: Verdict


@dataclass(frozen=True)
class _Spell:
    """One statement as a stretch of days."""

    statement: Statement
    starts_on: date
    ends_on: date
    bucket: Bucket | None
    code: ActivityCode | None

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def counts_as(self) -> str:
        """To the measure; whom we did not find its records may."""
        if self.bucket is None or (self.code is not None and self.code.is_not_known):
            return "lost"
        return self.bucket.counts_as

    @property
    def state(self) -> str:
        """To the council: taking part, not taking part, or not known."""
        if self.code is None or self.code.is_not_known:
            return _NOT_KNOWN
        return _IN if self.code.takes_part else _OUT


def judged(statements: Iterable[Statement], rulings: Iterable[Ruling], left_in: int) -> Judgement:
    """What both mappings say of one person who left in that academic year."""
    first = year_start(left_in + 1)
    said = [each for each in statements if each.kind not in PLANS]
    told = moments_of(said, rulings, since=first)
    if prod(len(each.groups) for each in told) > MOST_READINGS:
        return Judgement(_DISAGREE, _DISAGREE)
    readings = [_spells(reading, left_in) for reading in product(*(m.groups for m in told))]
    return Judgement(
        council=_together([_by_the_council(spells, left_in) for spells in readings]),
        measure=_together([_by_the_measure(spells, left_in) for spells in readings]),
    )


def _together(verdicts: list[Verdict]) -> Verdict:
    """What every reading comes to; where they come to different things, nobody knows."""
    if len({each.outcome for each in verdicts}) > 1:
        return _DISAGREE
    one = verdicts[0]
    return one if len(set(verdicts)) == 1 else Verdict(one.outcome, one.why)


def _spells(reading: Iterable[Sequence[Statement]], left_in: int) -> list[_Spell]:
    """Stretches of days. Who is said to be in the same place twice was there between, unless something says otherwise.

    A code alone says no bucket where somebody who agrees says the route.
    """
    found = [
        _Spell(each, *_stretch(each, left_in), bucket_of(each if each.route else most_exact(group)), code_of(each))
        for group in reading
        for each in group
    ]
    found.sort(key=lambda each: (each.starts_on, each.ends_on, each.statement.pk))
    between = []
    for at, one in enumerate(found):
        later = [each for each in found[at + 1 :] if each.starts_on > one.ends_on and _is_the_same(one, each)]
        if not later or one.statement.ends_on or later[0].statement.starts_on:
            continue
        gap = (one.ends_on, later[0].starts_on)
        if not any(each.ends_on > gap[0] and each.starts_on < gap[1] for each in found if not _is_the_same(one, each)):
            between.append(_Spell(one.statement, *gap, one.bucket, one.code))
    return found + between


def _stretch(statement: Statement, left_in: int) -> tuple[date, date]:
    """The first and the last day there. What is said of a moment some days off holds on the day itself, unless it says since when."""
    first, last = statement.starts_on or statement.as_of, _last_day(statement)
    is_of_a_day = statement.kind in (Kind.POSITION, Kind.SIX_MONTHS)
    if not is_of_a_day or moment_on(statement.as_of, left_in) != statement.kind:
        return first, last
    day = moments()[statement.kind].day_after_leaving(left_in)
    return first if statement.starts_on else min(first, day), last if statement.ends_on else max(last, day)


def _last_day(statement: Statement) -> date:
    """Their last day there, as far as is known: the day of which it is said, unless it says another."""
    return statement.ends_on or max(statement.as_of, statement.starts_on or statement.as_of)


def _is_the_same(one: _Spell, other: _Spell) -> bool:
    """The same place; of those who take part in nothing, and of those whom nobody finds, that they do so still."""
    if one.counts_as == other.counts_as and one.counts_as in {"out", "unseen", "lost"}:
        return one.state == other.state
    return agree(one.statement, other.statement)


def _are_at_odds(spells: list[_Spell]) -> bool:
    """Whether one says that somebody took part all along, and another that on a day within it they did not."""
    return any(
        one.starts_on < other.statement.as_of < one.ends_on
        for one in spells
        for other in spells
        if other.ends_on == other.statement.as_of and {one.state, other.state} == {_IN, _OUT}
    )


def _by_the_council(spells: list[_Spell], left_in: int) -> Verdict:
    """Taking part on 1 November and at the end of March, and not known to have stopped between."""
    if _are_at_odds(spells):
        return _DISAGREE
    days = [moments()[key].day_after_leaving(left_in) for key in ("position", "six-months")]
    states = [{each.state for each in spells if each.holds(day)} for day in days]
    begins, ends = days
    stopped = any(each.state == _OUT and each.ends_on >= begins and each.starts_on <= ends for each in spells)
    if stopped or any(_OUT in state and _IN not in state for state in states):
        return Verdict(Outcome.NOT_SUSTAINED, Why.NOT_TAKING_PART)
    if not all(states):
        return Verdict(Outcome.UNKNOWN, Why.NOT_ALL_KNOWN)
    if not all(_IN in state for state in states):
        return Verdict(Outcome.NOT_CAPTURED, Why.NOT_FOUND)
    there = [each.code.group for each in spells if each.holds(ends) and each.state == _IN and each.code]
    return Verdict(Outcome.SUSTAINED, Why.BOTH_DAYS, there[0])


def _by_the_measure(spells: list[_Spell], left_in: int) -> Verdict:
    """Six months of learning or work, by the months of the data file; what is not known may be anything."""
    if _are_at_odds(spells):
        return _DISAGREE
    rules = destination_rules()
    year = [_month(left_in + 1, each) for each in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)]
    seen = [_seen(spells, first, last) for first, last in year]
    window = [state for (first, _), state in zip(year, seen, strict=True) if first.month in rules.months]
    if why := _sustained(seen, window):
        return Verdict(Outcome.SUSTAINED, why, _bucket(spells, year, why))
    known = {each for each in seen if each}
    if not known & {*LEARNING_OR_WORK, "out"} and {window[1], window[-1]} <= {"unseen", "lost"}:
        return Verdict(Outcome.NOT_CAPTURED, Why.NOT_SEEN)
    if _sustained(*([_at_best(each) for each in months] for months in (seen, window))):
        return Verdict(Outcome.UNKNOWN, Why.NOT_ALL_KNOWN)
    if known & {*LEARNING_OR_WORK, "out"}:
        return Verdict(Outcome.NOT_SUSTAINED, Why.TOO_FEW_MONTHS)
    return Verdict(Outcome.NOT_CAPTURED, Why.NOT_SEEN)


def _sustained(year: list[str], window: list[str]) -> Why | None:
    rules = destination_rules()
    if _longest_run(year, "apprenticeship") >= rules.apprenticeship_months:
        return Why.APPRENTICE
    if all(each in LEARNING_OR_WORK for each in window):
        return Why.ALL_MONTHS
    if sum(each in {"work", "apprenticeship"} for each in window) >= rules.work_months:
        return Why.WORK_MONTHS
    return None


def _at_best(state: str) -> str:
    """What a month may have been, where it is not known."""
    return "apprenticeship" if state in {"", "lost"} else state


def _longest_run(year: list[str], state: str) -> int:
    longest = run = 0
    for each in year:
        run = run + 1 if each == state else 0
        longest = max(longest, run)
    return longest


def _month(academic_year: int, month: int) -> tuple[date, date]:
    """First and last day of that month of the academic year."""
    first = date(academic_year if month >= FIRST_MONTH else academic_year + 1, month, 1)
    return first, months_after(first, 1) - ONE_DAY


def _seen(spells: list[_Spell], first: date, last: date) -> str:
    """What the month counts as: learning or work before anything else, and "" where nothing is known of it."""
    there = {each.counts_as for each in spells if each.starts_on <= last and each.ends_on >= first}
    return next(
        (each for each in ("apprenticeship", "education", "work", "out", "unseen", "lost") if each in there), ""
    )


def _bucket(spells: list[_Spell], year: list[tuple[date, date]], why: Why) -> str:
    """Where they were for most of the months that count, the later one of two."""
    wanted = {"apprenticeship"} if why == Why.APPRENTICE else LEARNING_OR_WORK
    wanted = {"work", "apprenticeship"} if why == Why.WORK_MONTHS else wanted
    counted: Counter[str] = Counter()
    for first, last in year:
        if why == Why.APPRENTICE or first.month in destination_rules().months:
            there = [each for each in spells if each.starts_on <= last and each.ends_on >= first]
            counted.update({each.bucket.key for each in there if each.bucket and each.counts_as in wanted})
    last_there = {
        each.bucket.key: each.ends_on for each in sorted(spells, key=lambda each: each.ends_on) if each.bucket
    }
    return max(counted, key=lambda key: (counted[key], last_there[key], key))
