"""Templates: the school's own and the starting set, and the day on which one would usually be put on."""

import tomllib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from dekaan.core.academic_year import academic_year_of, today
from dekaan.frameworks.queries import Answers, activity_types, benchmarks_in_force, mask_of, usual_criteria
from dekaan.programme.models import Activity, ActivityTemplate
from dekaan.programme.queries.calling import year_groups_called
from dekaan.programme.queries.occasions import MeterLine, meter
from dekaan.programme.queries.planner import half_term_of, last_day
from dekaan.programme.queries.rolling import tagged_anew
from dekaan.schools.queries import calendar


@dataclass(frozen=True)
class Starter:
    """One of the starting set; it counts towards what its kind usually does."""

    key: str
    title: str
    activity_type: str
    description: str
    partner_kind: str
    year_groups: tuple[int, ...]
    half_term: int
    minutes: int

    @property
    def mode(self) -> str:
        """Where its kind usually happens."""
        return activity_types()[self.activity_type].mode

    @property
    def flags_yes(self) -> int:
        """Nobody has said anything of what makes it meaningful."""
        return 0

    @property
    def flags_no(self) -> int:
        """Nobody has said anything of what makes it meaningful."""
        return 0

    @property
    def criteria(self) -> int:
        """What its kind usually counts towards."""
        return mask_of(usual_criteria(self.activity_type, self.partner_kind))


@cache
def starters() -> dict[str, Starter]:
    """The starting set by key, in its order."""
    text = files("dekaan.programme").joinpath("data", "templates.toml").read_text(encoding="utf-8")
    return {
        row["key"]: Starter(
            row["key"],
            row["title"],
            row["kind"],
            row["description"],
            row.get("partner", ""),
            tuple(row["year_groups"]),
            row["half_term"],
            row["minutes"],
        )
        for row in tomllib.loads(text)["template"]
    }


def templates() -> list[ActivityTemplate]:
    """The school's own, by title."""
    return list(ActivityTemplate.objects.all())


def criteria_now(template: ActivityTemplate | Starter) -> tuple[int, bool]:
    """What it counts towards under what is in force, and whether that had to be tagged anew."""
    anew = tagged_anew(template, benchmarks_in_force(today()), today())
    return (template.criteria, False) if anew is None else (anew, True)


def meter_of_template(template: ActivityTemplate | Starter) -> list[MeterLine]:
    """What is said of what makes it meaningful, by the versions in force; empty where nothing is said."""
    answers = Answers(template.flags_yes, template.flags_no)
    lines = meter(template.criteria, answers) if answers else []
    return [each for each in lines if each.framework.is_in_force(today())]


def usual_day(half_term: int | None, year_groups: Collection[int]) -> date:
    """The next free day for them in that half-term, of this year or else the next; today where none is named."""
    year = academic_year_of(today())
    for each in (year, year + 1) if half_term else ():
        dates = calendar(each)
        found = next((one for one in dates.half_terms(each) if one.number == half_term), None)
        if found is None or last_day(found) < today():
            continue
        day = max(found.starts_on, today())
        while day < found.ends_on:
            if day.isoweekday() < 6 and not dates.keeps_free(day, year_groups):
                return day
            day += timedelta(days=1)
    return today()


def usually(activity: Activity) -> tuple[list[int], int | None, int | None]:
    """The year groups, half-term and minutes of the activity's latest year, as its sessions have them most."""
    sessions = list(activity.sessions.filter(cancelled_at__isnull=True).prefetch_related("invitations__group"))
    if not sessions:
        return [], None, None
    year = academic_year_of(sessions[-1].held_on)
    latest = [each for each in sessions if academic_year_of(each.held_on) == year]
    half_terms = calendar(year).half_terms(year)
    when = Counter(found.number for each in latest if (found := half_term_of(each.held_on, half_terms)))
    long = Counter(each.minutes for each in latest if each.minutes)
    return (
        sorted(set().union(*year_groups_called(latest, year).values())),
        when.most_common(1)[0][0] if when else None,
        long.most_common(1)[0][0] if long else None,
    )
