"""The milestones of putting careers leadership in place, and what of each the records show. Reconstructed, and says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of
from dekaan.duties.queries import BROKEN, duty_board
from dekaan.frameworks.queries import Milestone, benchmarks_in_force, milestones
from dekaan.principles.checks import Shown, shown_by
from dekaan.principles.queries.judging import in_words
from dekaan.principles.queries.leading import begin_of_terms
from dekaan.principles.queries.records import Gathered, Records
from dekaan.schools.models import School

IN_FULL = 100


@dataclass(frozen=True)
class Reached:
    """A milestone, since when the records show it, and how; not reached has no day, or a sentence of what is there.

    `broken` are the lines of the duty board by which what was reached is not as it must be now.
    """

    milestone: Milestone
    shown: Shown
    on: date | None
    sentence: str = ""
    broken: tuple[str, ...] = ()


ShowsIt = Callable[[Shown, Records], tuple[date | None, str]]


def milestones_reached(school: School, on: date) -> list[Reached]:
    """Every milestone in order, with what is so on that day in the school in scope."""
    records = Records(Gathered(school, [on]), on)
    board = duty_board(school, on, exact=False).lines
    broken = {each.in_force.duty.id for each in board if each.judgement.state == BROKEN}
    found = []
    for each in milestones():
        shown = shown_by()[each.number]
        day, said = SHOWS[shown.judge](shown, records)
        now = tuple(duty for duty in shown.duties if duty in broken) if day else ()
        found.append(Reached(each, shown, day, said, now))
    return found


def _minute(shown: Shown, records: Records) -> tuple[date | None, str]:
    met, named = records.last(records.all.governors_met_on), records.held(shown.role)
    if met and named:
        return max(records.all.governors_met_on[0], min(each.starts_on for each in named)), ""
    return None, "No meeting with governors is recorded." if named else "No link governor is named."


def _model(_shown: Shown, records: Records) -> tuple[date | None, str]:
    led = records.leadership
    if led and led.reporting_line:
        return led.starts_on, ""
    return None, "The model is recorded, and no reporting line." if led else ""


def _description(_shown: Shown, records: Records) -> tuple[date | None, str]:
    return records.last(records.all.descriptions_on), ""


def _leader(shown: Shown, records: Records) -> tuple[date | None, str]:
    held = records.held(shown.role)
    if not held:
        return None, "Nobody holds the post."
    if any(each not in records.said for each in shown.facts):
        return None, "Somebody holds the post, and no public page here names them."
    return min(each.starts_on for each in held), ""


def _published(shown: Shown, records: Records) -> tuple[date | None, str]:
    said = [records.said.get(each) for each in shown.facts]
    there = [each for each in said if each]
    if len(there) < len(said):
        return None, ""
    over = [each.valid_until for each in there if each.valid_until and each.valid_until < records.on]
    if over:
        return None, f"Public, and out of date since {in_words(min(over))}."
    decided = [each.version.decided_at for each in there if each.version.decided_at]
    return (max(decided).date() if decided else records.on), ""


def _learning(_shown: Shown, records: Records) -> tuple[date | None, str]:
    trained = [day for staff, day in records.all.trainings if staff in records.leaders and day <= records.on]
    trained += [
        each.trained_on
        for staff, each in records.all.profiles.items()
        if staff in records.leaders and each.trained_on and each.trained_on <= records.on
    ]
    joined = [
        each.joined_on
        for each in records.all.networks
        if each.staff_id in records.leaders and each.joined_on and each.joined_on <= records.on
    ]
    if trained and joined:
        return max(min(trained), min(joined)), ""
    return None, "Training is recorded, and no network joined." if trained else ""


def _baseline(_shown: Shown, records: Records) -> tuple[date | None, str]:
    by_then = [each for each in records.all.evaluated_on if each <= records.on]
    return (by_then[0], f"Last on {in_words(by_then[-1])}.") if by_then else (None, "")


def _approved(_shown: Shown, records: Records) -> tuple[date | None, str]:
    given = [each for each in records.all.approvals if each.is_of_governors and each.approved_on <= records.on]
    plans = [each for each in given if each.plan.kind == "development" and each.plan.first_year == records.year]
    strategies = [
        each
        for each in given
        if each.plan.kind == "strategy" and each.plan.first_year <= records.year <= each.plan.last_year
    ]
    if plans and strategies:
        return max(min(each.approved_on for each in some) for some in (plans, strategies)), ""
    if plans:
        return None, "This year's plan is approved; no strategy is."
    return None, "The strategy is approved; this year's plan is not." if strategies else ""


def _briefed(shown: Shown, records: Records) -> tuple[date | None, str]:
    since = records.on - timedelta(days=shown.days)
    return records.last(each for each in records.all.acknowledged_on if each >= since), ""


def _delivered(_shown: Shown, records: Records) -> tuple[date | None, str]:
    held = [
        day
        for day, _, _, is_recorded in records.all.sessions
        if is_recorded and day <= records.on and academic_year_of(day) == records.year
    ]
    return (held[0], f"{len(held)} so far.") if held else (None, "")


def _reported(shown: Shown, records: Records) -> tuple[date | None, str]:
    governors = records.last(day for whom, day in records.all.handed if whom == "governors")
    leaders = records.last(day for whom, day in records.all.handed if whom == "leaders")
    told = governors and governors >= records.on - timedelta(days=shown.days)
    if told and leaders and leaders >= begin_of_terms(records.on, shown.terms):
        return max(governors or leaders, leaders), ""
    return None, f"Governors had one on {in_words(governors)}." if governors else ""


def _evaluated(shown: Shown, records: Records) -> tuple[date | None, str]:
    since = records.on - timedelta(days=shown.days)
    changed = [day for day, changes in records.all.evaluations if changes and since <= day <= records.on]
    return (changed[-1], "") if changed else (None, "")


def _all_benchmarks(shown: Shown, records: Records) -> tuple[date | None, str]:
    since = records.on - timedelta(days=shown.days)
    newest = next((each for each in records.all.real_results if since <= each.completed_on <= records.on), None)
    if newest is None:
        return None, "No real result of the last year is typed in."
    asked = len(benchmarks_in_force(records.on).benchmarks)
    full = sum(figure is not None and figure >= IN_FULL for figure in newest.percentages.values())
    return (newest.completed_on, "") if full >= asked else (None, f"{full} of {asked} by the real result.")


SHOWS: dict[str, ShowsIt] = {
    "minute": _minute,
    "model": _model,
    "description": _description,
    "leader": _leader,
    "published": _published,
    "learning": _learning,
    "baseline": _baseline,
    "approved": _approved,
    "briefed": _briefed,
    "delivered": _delivered,
    "reported": _reported,
    "evaluated": _evaluated,
    "all-benchmarks": _all_benchmarks,
}
