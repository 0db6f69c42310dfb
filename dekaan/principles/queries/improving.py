"""Judges of quality assurance and of thinking long term."""

from datetime import date, timedelta

from dekaan.core.academic_year import year_label
from dekaan.destinations.models import Kind
from dekaan.frameworks.queries import moments
from dekaan.measures.queries import is_small
from dekaan.principles.checks import Check
from dekaan.principles.queries.judging import MET, NONE, NOT_MET, UNKNOWN, Found, in_words, judges, within
from dekaan.principles.queries.records import Records


@judges("compass")
def compass(check: Check, records: Records) -> Found:
    """Whether an evaluation was kept, or its real result typed in, within the days."""
    last = records.last(records.all.evaluated_on)
    return within(last, check, records, nothing="No evaluation by Compass is kept.", done="Last completed on")


@judges("feedback")
def feedback(check: Check, records: Records) -> Found:
    """Whether each group that the benchmarks in force name was asked within the days, and answered."""
    found = records.all.feedback[records.on]
    if found is None:
        return Found(UNKNOWN, "The benchmarks in force then name no groups.")
    since = records.on - timedelta(days=check.days)
    asked = {each.name: each.asked_on for each in found.groups if each.answers and each.asked_on}
    lately = [day for day in asked.values() if day >= since]
    lacking = [each.name for each in found.groups if asked.get(each.name, date.min) < since]
    if not lacking:
        first = min(lately)
        return Found(
            MET, f"All {len(lately)} groups, the first on {in_words(first)}.", first + timedelta(days=check.days)
        )
    return Found(NOT_MET, f"{len(lately)} of {len(found.groups)} groups. Not yet: {', '.join(lacking)}.")


@judges("outcomes")
def outcomes(check: Check, records: Records) -> Found:
    """Whether actions were finished within the days, with what came of them."""
    ended = [
        each.ended_on
        for each in records.all.actions
        if each.ending == each.Ending.DONE and each.outcome and each.ended_on and each.ended_on <= records.on
    ]
    lately = [each for each in ended if (records.on - each).days <= check.days]
    if lately:
        number = "One action was" if len(lately) == 1 else f"{len(lately)} actions were"
        return Found(MET, f"{number} finished with an outcome, the last on {in_words(max(lately))}.")
    if not records.all.actions:
        return Found(NOT_MET, "There is no development plan with actions yet.")
    return Found(NOT_MET, "No action was finished with an outcome in the last year.")


@judges("fact")
def fact(check: Check, records: Records) -> Found:
    """Whether evidence in force shows it; of what is not needed, there may be none."""
    shown = [records.all.facts[records.on][each] for each in check.facts]
    here = [each for each in shown if each.is_shown]
    if len(here) == len(shown):
        ends = min((each.valid_until for each in here if each.valid_until), default=None)
        until = f", until {in_words(ends)}" if ends else ""
        return Found(MET, f"Shown by “{here[0].title}”{until}.", ends)
    over = [each for each in shown if each.state == "expired" and each.valid_until]
    if over:
        last = max(each.valid_until for each in over if each.valid_until)
        return Found(NOT_MET, f"What showed it ran out on {in_words(last)}.")
    return Found(NOT_MET if check.needed else NONE, "Nothing in the cabinet shows it.")


@judges("plan-serves")
def plan_serves(check: Check, records: Records) -> Found:
    """Whether an action of the year's plan, not dropped, belongs to an objective for one of the criteria."""
    if not records.plan_actions:
        return Found(NOT_MET, "There is no development plan with actions for this year yet.")
    serving = [
        each
        for each in records.plan_actions
        if set(each.objective.criteria) & set(check.criteria) and each.ending != each.Ending.DROPPED
    ]
    if serving:
        return Found(MET, f"“{serving[0].objective.title}” rests on it.")
    return Found(NOT_MET, "No objective of this year's plan with an action is about destinations.")


@judges("intentions")
def intentions(check: Check, records: Records) -> Found:
    """Whether somebody said within the days where they mean to go."""
    asked = [said_on for kind, said_on, *_ in records.all.destinations if kind == Kind.INTENTION]
    return within(records.last(asked), check, records, nothing="No intention is recorded.", done="Last recorded on")


@judges("leavers-known")
def leavers_known(_check: Check, records: Records) -> Found:
    """Whether somebody knows of each leaver whose 1 November has been; how many is not told where few are."""
    left_in = records.year - 1 if records.on >= _asked_on(records.year - 1) else records.year - 2
    left, known = records.known_of(left_in)
    if not left:
        return Found(UNKNOWN, f"No leavers of {year_label(left_in)} are on record.")
    if known == left:
        return Found(MET, f"Something is known of every leaver of {year_label(left_in)}.")
    if is_small(left, known, left - known):
        return Found(NOT_MET, f"Not of every leaver of {year_label(left_in)} is something known.")
    return Found(NOT_MET, f"Of {left - known} of the {left} leavers of {year_label(left_in)} nothing is known.")


@judges("three-years")
def three_years(_check: Check, records: Records) -> Found:
    """Whether something is known of leavers of each of the three years before."""
    years = [records.year - back for back in (1, 2, 3)]
    if not any(records.known_of(each)[0] for each in years):
        return Found(UNKNOWN, "No leavers of the last three years are on record.")
    lacking = [year_label(each) for each in years if not records.known_of(each)[1]]
    if lacking:
        return Found(NOT_MET, f"Nothing is known of where anybody went who left in: {', '.join(lacking)}.")
    return Found(MET, f"Something is known of leavers of {', '.join(map(year_label, years))}.")


def _asked_on(left_in: int) -> date:
    """The 1 November after."""
    return moments()[Kind.POSITION].day_after_leaving(left_in)
