"""Success that is read from the records: how much of a part of the pupils meets a criterion, and what was aimed at.

Met, of and unknown as the counting room has them: a target is reached where at least so many meet it, not reached where
at most fewer can, and between the two it is not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dekaan.access.permissions import COUNTED_BY, Permission
from dekaan.benchmarks.queries.criterion import framework_of
from dekaan.benchmarks.queries.shares import BREAKDOWN_NAMES, Share, drawn, fit_to_show, value_name
from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import Criterion, Framework, criterion
from dekaan.measures.queries import Figure, coverage
from dekaan.people.models import SenProvision, Sex
from dekaan.plan.models import Action, Plan

EVERYBODY = "all"
# Parts of the pupils that a target may be about, besides the year groups: what is read of them by characteristic.
VALUES = {
    "pupil-premium": ("yes",),
    "sen": tuple(each.value for each in SenProvision if each.value),
    "sex": tuple(each.value for each in Sex if each.value),
    "looked-after": ("yes",),
}
STATES = {
    "reached": "Reached",
    "open": "Not known yet",
    "short": "Not reached yet",
    "unknown": "Nothing known yet",
    "nobody": "Nobody is judged on it",
    "hidden": "Hidden, since the numbers are small",
    "closed": "Not shown to your role",
}
MARKS = {"reached": "met", "short": "open"}


def group_name(breakdown: str, value: str) -> str:
    """What a part of the pupils is called: "Year 10", "pupil premium: yes", "all pupils"."""
    if breakdown in {"", EVERYBODY}:
        return "all pupils"
    if breakdown == "year-group":
        return f"Year {value}"
    return f"{BREAKDOWN_NAMES.get(breakdown, breakdown).lower()}: {value_name(breakdown, value, {}).lower()}"


def groups_on_offer(year_groups: Iterable[int], permissions: frozenset[Permission]) -> list[tuple[str, str]]:
    """The parts that somebody of these permissions may aim at, each with its key."""
    found = [(EVERYBODY, ""), *(("year-group", str(each)) for each in year_groups)]
    found += [
        (breakdown, value)
        for breakdown, values in VALUES.items()
        if _may_count(breakdown, permissions)
        for value in values
    ]
    return [(f"{breakdown}:{value}", group_name(breakdown, value).capitalize()) for breakdown, value in found]


def _may_count(breakdown: str, permissions: frozenset[Permission]) -> bool:
    return breakdown not in COUNTED_BY or COUNTED_BY[breakdown][0] in permissions


def _is_exact(breakdown: str, permissions: frozenset[Permission]) -> bool:
    return Permission.FIGURES_EXACT in permissions and (
        breakdown not in COUNTED_BY or COUNTED_BY[breakdown][1] in permissions
    )


@dataclass(frozen=True)
class Measured:
    """What is aimed at, and how far the records say that it is reached; `before` is the baseline of the approval."""

    criterion: Criterion
    version: Framework
    group: str
    target: int
    academic_year: int
    share: Share | None
    state: str
    before: Share | None
    before_on: date | None

    @property
    def aim(self) -> str:
        """What is aimed at, in words."""
        return f"{self.target} % of {self.group}: {self.criterion.title}"

    @property
    def mark(self) -> str:
        """How its tag is drawn."""
        return MARKS.get(self.state, "unknown")

    @property
    def says(self) -> str:
        """ "Not known yet: at least 60 %, at most 90 %"; without numbers where there is none to say."""
        word = STATES[self.state]
        if self.share is None or self.state in {"nobody", "hidden", "closed", "unknown"}:
            return word
        return f"{word}: {span(self.share)}"

    @property
    def numbers(self) -> str:
        """ "36 of 60, 12 unknown", or nothing."""
        return numbers(self.share) if self.share and self.state not in {"nobody", "hidden", "closed"} else ""

    @property
    def drawing(self) -> str:
        """The figure as a bar, with the baseline's mark."""
        if self.share is None or self.state in {"nobody", "hidden", "closed"}:
            return ""
        return drawn(self.share, f"{self.criterion.title}, {self.group}", self.before)

    @property
    def baseline(self) -> str:
        """Where it stood when the plan was approved."""
        if self.before is None or self.before.figure.hidden or not self.before.figure.of:
            return ""
        return f"{numbers(self.before)}: {span(self.before)}"


def numbers(share: Share) -> str:
    """ "36 of 60, 12 unknown"."""
    figure = share.figure
    return f"{figure.met} of {figure.of}" + (f", {figure.unknown} unknown" if figure.unknown else "")


def span(share: Share) -> str:
    """ "at least 60 %, at most 90 %", or "60 %" where nothing is unknown; never 0 % of what is not known."""
    if share.is_unknown:
        return "not known"
    if share.at_least == share.at_most:
        return f"{share.at_least} %"
    return f"at least {share.at_least} %, at most {share.at_most} %"


def judged_in(plan: Plan, on: date) -> int:
    """The academic year whose figures a plan is read from: of the day, as long as the plan runs."""
    return min(max(academic_year_of(on), plan.first_year), plan.last_year)


def measured(
    school_id: int, plan: Plan, actions: Iterable[Action], permissions: frozenset[Permission], on: date
) -> dict[int, Measured]:
    """Of each action that is measured, how far it is; a statement for each framework and kind of part."""
    year = judged_in(plan, on)
    asked = [(each, found) for each in actions if (found := criterion(each.measure_criterion)) is not None]
    figures = _figures(school_id, year, [(framework_of(found), each.measure_breakdown) for each, found in asked])
    return {each.pk: _measured(each, found, year, figures, permissions) for each, found in asked}


Key = tuple[str, str]


def _figures(school_id: int, year: int, asked: Iterable[tuple[Framework, str]]) -> dict[Key, list[Figure]]:
    found: dict[Key, list[Figure]] = {}
    for version, breakdown in asked:
        if (version.key, breakdown) not in found:
            found[version.key, breakdown] = coverage(school_id, year, version, breakdown=breakdown or EVERYBODY)
    return found


def _measured(
    action: Action, of: Criterion, year: int, figures: dict[Key, list[Figure]], permissions: frozenset[Permission]
) -> Measured:
    breakdown, value, version = action.measure_breakdown, action.measure_value, framework_of(of)
    listed = [each for each in figures[version.key, breakdown] if each.criterion == of.id]
    exact = _is_exact(breakdown, permissions)
    target = action.measure_target or 0
    found = next((each for each in fit_to_show(listed, exact=exact) if each.value == value), None)
    state = state_of(found, target) if _may_count(breakdown, permissions) else "closed"
    return Measured(
        criterion=of,
        version=version,
        group=group_name(breakdown, value),
        target=target,
        academic_year=year,
        share=Share(found) if found else None,
        state=state,
        before=_before(action, of, exact=exact) if state != "closed" else None,
        before_on=date.fromisoformat(action.baseline["on"]) if action.baseline else None,
    )


def state_of(figure: Figure | None, target: int) -> str:
    """Where the figure leaves the target, reckoned in whole numbers."""
    if figure is not None and figure.hidden:
        return "hidden"
    if figure is None or not figure.of or figure.met is None or figure.unknown is None:
        return "nobody"
    if figure.met * 100 >= target * figure.of:
        return "reached"
    if figure.unknown == figure.of:
        return "unknown"
    return "open" if (figure.met + figure.unknown) * 100 >= target * figure.of else "short"


def baseline_of(school_id: int, plan: Plan, actions: Iterable[Action], on: date) -> dict[int, dict[str, Any]]:
    """What is kept of each measured action when its plan is approved: exact, and as it may leave the careers team."""
    everything = frozenset(Permission)
    exact = measured(school_id, plan, actions, everything, on)
    shown = measured(school_id, plan, actions, everything - {Permission.FIGURES_EXACT}, on)
    return {
        pk: {"on": on.isoformat(), "exact": _kept(each.share), "shown": _kept(shown[pk].share)}
        for pk, each in exact.items()
        if each.share is not None
    }


def _kept(share: Share | None) -> list[int] | None:
    if share is None or share.figure.hidden or share.figure.met is None:
        return None
    return [share.figure.met, share.figure.of or 0, share.figure.unknown or 0]


def _before(action: Action, of: Criterion, *, exact: bool) -> Share | None:
    kept = (action.baseline or {}).get("exact" if exact else "shown")
    if not kept:
        return None
    met, number, unknown = kept
    return Share(
        Figure(
            school_id=action.school_id,
            academic_year=0,
            framework=of.framework,
            criterion=of.id,
            breakdown=action.measure_breakdown,
            value=action.measure_value,
            met=met,
            of=number,
            unknown=unknown,
            assumed=0,
            band="",
        )
    )
