"""Three expressions: the roll, what each pupil did in a year, and where that leaves them against each criterion.

Written for four engines at once, so: every truth is turned into 1 or 0 by `as_int`; whole numbers only; no date
arithmetic, only comparisons; no window functions; nothing read but `tables`.
"""

from collections.abc import Iterable
from functools import reduce
from typing import Any

import ibis
from ibis import _

from dekaan.frameworks.queries import higher_education
from dekaan.measures.definitions.rules import Counter, Rule, Term, counters, rules
from dekaan.measures.tables import TABLES

# Stand-ins that the compiler's output is searched for and that become parameters (see `compiling`).
PUPILS = 910_000_000_000_001
SCHOOLS = 910_000_000_000_002
FROM_YEAR = 910_000_000_000_003
TODAY = "1900-01-02"
NEVER = 9999  # later than any year, higher than any year group

MAIN_ENROLMENTS = ("C", "M")
NOTHING, ELSEWHERE, CONSIDERS = 0, 2, 3  # as `models.Says`
SAID = 4  # a year and what was said in it are one number, so that the latest is the highest


def table(name: str) -> Any:
    """The flat table of that name."""
    return ibis.table(TABLES[name], name=name)


def as_int(truth: Any) -> Any:
    """1 or 0; casting a truth value is an error on PostgreSQL."""
    return ibis.ifelse(truth, 1, 0)


def _all_of(conditions: Iterable[Any]) -> Any:
    return reduce(lambda one, other: one & other, conditions)


def _total(parts: Iterable[Any]) -> Any:
    return reduce(lambda one, other: one + other, parts)


def _limited(rows: Any, scope: str) -> Any:
    """The rows of the pupils, of the schools, or all of them."""
    if scope == "pupils":
        return rows.filter(rows.pupil_id == PUPILS)
    if scope == "schools":
        return rows.filter(rows.school_id == SCHOOLS)
    return rows


def _mask(bit_of: dict[int, Any]) -> Any:
    """One mask out of a truth per bit."""
    return _total(ibis.ifelse(truth, 1 << bit, 0) for bit, truth in bit_of.items())


def _any_of(masks: Any, bits: int, *, ors: bool) -> Any:
    """Which of these bits any row of the group has: in one step where the engine `ors`, else a bit at a time."""
    if ors:
        return masks.bit_or() & bits
    return _total((masks & 1 << bit).max() for bit in range(bits.bit_length()) if bits >> bit & 1)


def roll(scope: str) -> Any:
    """Pupil × academic year in which they were enrolled: `on_roll`, and `known` where records cover the year."""
    enrolments = _limited(table("people_enrolment"), scope)
    years, schools = table("schools_academicyear"), table("schools_school")
    joined = enrolments.join(
        years,
        [
            enrolments.school_id == years.school_id,
            years.start_year >= FROM_YEAR,
            enrolments.starts_on <= years.ends_on,
            enrolments.ends_on.isnull() | (enrolments.ends_on > years.starts_on),
        ],
    ).select(
        enrolments.school_id,
        enrolments.pupil_id,
        academic_year=years.start_year,
        year_starts_on=years.starts_on,
        on_roll=as_int(
            enrolments.status.isin(MAIN_ENROLMENTS)
            & (enrolments.starts_on <= ibis.date(TODAY))
            & (enrolments.starts_on <= years.roll_on)
            & (
                enrolments.ends_on.isnull()
                | (enrolments.ends_on > ibis.date(TODAY))
                | (enrolments.ends_on > years.roll_on)
            )
        ),
        there=as_int(
            (enrolments.starts_on <= years.joined_by)
            & (enrolments.ends_on.isnull() | (enrolments.ends_on > years.joined_by))
        ),
    )
    joined = joined.join(schools, joined.school_id == schools.id).select(
        joined.school_id,
        joined.pupil_id,
        joined.academic_year,
        joined.on_roll,
        known=joined.there * as_int(schools.records_begin.isnull() | (schools.records_begin <= joined.year_starts_on)),
    )
    return joined.group_by("school_id", "pupil_id", "academic_year").aggregate(
        on_roll=_.on_roll.max(), known=_.known.max()
    )


def doings(scope: str, *, ors: bool) -> Any:
    """Pupil × academic year: the counters, and masks of what is left unknown and of what rests on assumption."""
    ledger = _limited(table("participation_participation"), scope)
    live = ledger.filter(
        ledger.superseded_at.isnull() & ledger.pupil_id.notnull() & (ledger.academic_year >= FROM_YEAR)
    )
    judged = reduce(int.__or__, (1 << rule.bit for rule in rules()))
    is_assumed = (live.counts == 1) & (live.known_by == "assumed")
    return live.group_by("school_id", "pupil_id", "academic_year").aggregate(
        **{column: as_int(_counts_for(live, counter)).sum() for counter, column in counters().items()},
        unrecorded=_any_of(live.criteria_unknown, judged, ors=ors),
        assumed=_any_of(ibis.ifelse(is_assumed, live.criteria, 0), judged, ors=ors),
    )


def _counts_for(live: Any, counter: Counter) -> Any:
    conditions = [live.counts == 1, (live.criteria & counter.mask) != 0]
    if counter.kinds:
        conditions.append(live.partner_kind.isin(counter.kinds))
    if counter.until_day is not None:
        conditions.append(live.academic_day <= counter.until_day)
    return _all_of(conditions)


def pupil_years(scope: str, *, ors: bool) -> Any:
    """What the kept table holds before anything is judged: one row per pupil and academic year.

    A year without a record, before one that has it (before the first import, say), is counted back from the first.
    A year after the last record has none: the information system has not said who moved up.
    """
    on_roll, did = roll(scope), doings(scope, ors=ors)
    every_record = _limited(table("people_yearrecord"), scope)
    records = every_record.filter(every_record.academic_year >= FROM_YEAR)
    told = _limited(table("measures_considering"), scope)
    said = told.filter(told.academic_year >= FROM_YEAR)
    key = ["school_id", "pupil_id", "academic_year"]
    # Two and two: SQLite's parser takes no deeper nesting.
    done = ibis.union(on_roll.select(key), did.select(key), distinct=True)
    keys = ibis.union(done, ibis.union(records.select(key), said.select(key), distinct=True), distinct=True)
    span = every_record.group_by("pupil_id").aggregate(
        first_year=_.academic_year.min(), last_year=_.academic_year.max()
    )
    offsets = span.join(
        every_record, [span.pupil_id == every_record.pupil_id, span.first_year == every_record.academic_year]
    ).select(span.pupil_id, span.last_year, offset=every_record.year_group - every_record.academic_year)
    pupils = table("people_pupil")
    rows = (
        keys.left_join(on_roll, key)
        .select(keys, on_roll=_.on_roll.fill_null(0), known=_.known.fill_null(0))
        .left_join(did, key)
        .drop("school_id_right", "pupil_id_right", "academic_year_right")
    )
    rows = rows.left_join(records, key).drop("school_id_right", "pupil_id_right", "academic_year_right")
    rows = rows.left_join(offsets, "pupil_id").drop("pupil_id_right")
    cohort = pupils.select(pupil="id", cohort="benchmark_cohort")
    plans = said.select("says", "names_it", said_of="pupil_id", said_in="academic_year")
    rows = rows.join(cohort, rows.pupil_id == cohort.pupil).left_join(
        plans, [rows.pupil_id == plans.said_of, rows.academic_year == plans.said_in]
    )
    year_group = ibis.coalesce(
        rows.year_group,
        ibis.ifelse(
            rows.academic_year < rows.last_year,
            ibis.greatest(rows.academic_year + rows.offset, 0),
            ibis.null("int64"),
        ),
        0,
    )
    return rows.select(
        rows.school_id,
        rows.pupil_id,
        rows.academic_year,
        year_group=year_group,
        tutor_group_id=rows.tutor_group_id,
        in_cohort=rows.on_roll.fill_null(0) * as_int(rows.cohort),
        known=rows.known.fill_null(0),
        sex=rows.sex.fill_null(""),
        sen=rows.sen.fill_null(""),
        pupil_premium=_yes_no(rows.pupil_premium),
        ethnicity=rows.ethnicity.fill_null(""),
        eal=_yes_no(rows.eal),
        looked_after=_yes_no(rows.looked_after),
        **{column: rows[column].fill_null(0) for column in counters().values()},
        unrecorded=rows.unrecorded.fill_null(0),
        assumed=rows.assumed.fill_null(0),
        considers=_considers(rows, year_group),
    )


def _considers(rows: Any, year_group: Any) -> Any:
    """What was said that year: in the last years the last of it; before, only whether higher education was named."""
    return ibis.cases(
        (rows.says.isnull(), NOTHING),
        (year_group >= higher_education().from_year, rows.says),
        (rows.names_it == 1, CONSIDERS),
        else_=NOTHING,
    )


def _yes_no(truth: Any) -> Any:
    """ "yes", "no", or "" where it is not known."""
    return ibis.cases((truth.isnull(), ""), (truth, "yes"), else_="no")


def status(scope: str, *, ors: bool) -> Any:
    """Pupil × academic year: masks `coh` (judged), `far` (so far), `met`, `unk`, `asm` (met resting on assumption).

    Each year is judged on it and the pupil's earlier years, added up over the rule's year groups.
    """
    kept = _limited(table("measures_pupil_year"), scope)
    now = kept.filter(kept.academic_year >= FROM_YEAR)
    now = now.select("school_id", "pupil_id", "academic_year", "year_group", "in_cohort")
    past = kept.select(
        past_pupil=kept.pupil_id,
        past_year=kept.academic_year,
        yg=kept.year_group,
        known=kept.known,
        unrecorded=kept.unrecorded,
        assumed=kept.assumed,
        considers=kept.considers,
        **{column: kept[column] for column in counters().values()},
    )
    joined = now.join(past, [now.pupil_id == past.past_pupil, now.academic_year >= past.past_year])
    sums: dict[str, Any] = {}
    for number, rule in enumerate(rules()):
        for place, need in enumerate(rule.needs):
            sums[f"sum_{number}_{place}"] = _total(_term(joined, rule, term).sum() for term in need)
    for window, alike in _windows().items():
        inside, bits = _inside(joined, alike[0]), reduce(int.__or__, (rule.mask for rule in alike))
        for name in ("unrecorded", "assumed"):
            sums[f"{name}_{window}"] = _any_of(ibis.ifelse(inside, joined[name], 0), bits, ors=ors)
    for first in _first_year_groups():
        sums[f"since_{first}"] = ibis.ifelse(joined.yg >= first, joined.past_year, NEVER).min()
        sums[f"known_{first}"] = as_int((joined.yg >= first) & (joined.known == 1)).sum()
    sums["said"] = ibis.ifelse(joined.considers > NOTHING, joined.past_year * SAID + joined.considers, 0).max()
    sums["lowest"] = ibis.ifelse(joined.yg > 0, joined.yg, NEVER).min()
    sums["known_now"] = as_int((joined.past_year == joined.academic_year) & (joined.known == 1)).max()
    added = joined.group_by("school_id", "pupil_id", "academic_year", "year_group", "in_cohort").aggregate(**sums)
    return _judged(added)


def _first_year_groups() -> list[int]:
    """The year groups in which a rule's window opens."""
    return sorted({rule.from_year for rule in rules() if not rule.this_year_only})


def _window(rule: Rule) -> str:
    """The name of the years that the rule looks at."""
    return "this_year" if rule.this_year_only else f"{rule.from_year}_to_{rule.to_year}"


def _windows() -> dict[str, list[Rule]]:
    """The rules, by the years that they look at."""
    found: dict[str, list[Rule]] = {}
    for rule in rules():
        found.setdefault(_window(rule), []).append(rule)
    return found


def _inside(joined: Any, rule: Rule) -> Any:
    """Whether a past year lies in the rule's window; a rule about this year looks at this year only."""
    if rule.this_year_only:
        return joined.past_year == joined.academic_year
    return joined.yg.between(rule.from_year, rule.to_year)


def _term(joined: Any, rule: Rule, term: Term) -> Any:
    is_part = (term.from_year, term.to_year) != (rule.from_year, rule.to_year)
    in_term = joined.yg.between(term.from_year, term.to_year) if is_part else _inside(joined, rule)
    return ibis.ifelse(in_term, joined[counters()[term.counter]], 0)


def _judged(added: Any) -> Any:
    """The masks, a bit per criterion."""
    coh: dict[int, list[Any]] = {}
    far: dict[int, list[Any]] = {}
    met: dict[int, list[Any]] = {}
    unk: dict[int, list[Any]] = {}
    asm: dict[int, list[Any]] = {}
    for number, rule in enumerate(rules()):
        here = added.in_cohort == 1
        if rule.cohort:
            here = here & (added.said % SAID != ELSEWHERE)
        judged = here & added.year_group.isin(rule.judged)
        so_far = here & added.year_group.isin([year for year in rule.year_groups if year not in rule.judged])
        applies = here & added.year_group.isin(rule.year_groups)
        reached = _all_of(added[f"sum_{number}_{place}"] >= rule.at_least for place in range(len(rule.needs)))
        met_here, open_here = applies & reached, applies & ~reached & _is_open(added, rule)
        if rule.cohort:  # of whom it is not known whether they are asked, nothing is
            is_asked = added.said % SAID == CONSIDERS
            met_here, open_here = met_here & is_asked, open_here | (applies & ~is_asked)
        for masks, truth in (
            (coh, judged),
            (far, so_far),
            (met, met_here),
            (unk, open_here),
            (asm, met_here & _has(added, "assumed", rule)),
        ):
            masks.setdefault(rule.bit, []).append(truth)
    either = {
        name: _mask({bit: reduce(lambda one, other: one | other, truths) for bit, truths in masks.items()})
        for name, masks in {"coh": coh, "far": far, "met": met, "unk": unk, "asm": asm}.items()
    }
    return added.select("school_id", "pupil_id", "academic_year", **either)


def _has(added: Any, name: str, rule: Rule) -> Any:
    """Whether anything of the rule's is unrecorded, or assumed, in the years that it looks at."""
    return (added[f"{name}_{_window(rule)}"] & rule.mask) != 0


def _is_open(added: Any, rule: Rule) -> Any:
    """Whether something in the window is not known: a year outside the records, or attendance never recorded.

    Known are all years from the one in which the window opened, by year rather than by year group, so that a pupil who
    repeats a year or is moved up one is judged like everybody else.
    """
    unrecorded = _has(added, "unrecorded", rule)
    if rule.this_year_only:
        return unrecorded | (added.known_now == 0)
    first = rule.from_year
    years = added.academic_year - added[f"since_{first}"] + 1
    return unrecorded | (added.lowest > first) | (added[f"known_{first}"] < years)
