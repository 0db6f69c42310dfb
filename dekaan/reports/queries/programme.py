"""What was done and what is planned: a line for each activity, with no number of people from 1 to 5."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from dekaan.core.academic_year import academic_year_of
from dekaan.measures.queries import Figure, released, released_count
from dekaan.people.models import YearRecord
from dekaan.programme.models import Activity, Audience, Session
from dekaan.programme.queries import SessionLine
from dekaan.reports.queries.picture import assumed_in_words
from dekaan.reports.queries.sections import counted, worded
from dekaan.schools.queries import half_terms

WEEK = timedelta(days=7)
PROGRAMME = "programme"  # what the frozen figures call them


@dataclass
class Line:
    """The sessions of one activity that the paper tells of together."""

    activity: Activity
    sessions: list[SessionLine] = field(default_factory=list)


def done(held: list[SessionLine]) -> list[dict[str, Any]]:
    """Activities with how many took part of those invited, most first; where that is hidden, last and by name."""
    lines: dict[int, Line] = {}
    for each in held:
        lines.setdefault(each.session.activity_id, Line(each.session.activity)).sessions.append(each)
    who = _year_groups(held)
    rows = [
        {
            "key": str(line.activity.pk),
            "title": line.activity.title,
            "partner": _names({each.session.partner for each in line.sessions if each.session.partner}),
            "who": _for_whom(line, who),
            "sessions": len(line.sessions),
            **_took_part(line),
        }
        for line in lines.values()
    ]
    return sorted(rows, key=lambda row: (-row["number"], row["title"]))


def _took_part(line: Line) -> dict[str, Any]:
    """ "603 of 645", or in words what no number is told of: somebody may know how many are in a year group."""
    tallies = [each.tally for each in line.sessions if each.tally]
    there = sum(tally.recorded for tally in tallies)
    figure = Figure(
        school_id=0,
        academic_year=0,
        framework="",
        criterion="",
        breakdown="activity",
        value="",
        met=there,
        of=there + sum(tally.absent + tally.opted_out + tally.invited for tally in tallies),
        unknown=sum(tally.invited for tally in tallies),
        assumed=sum(tally.assumed for tally in tallies),
        band="",
    )
    (fit,) = released([figure])
    if released_count(there) is None:
        return {"number": 0, "of": None, "unknown": None, "took_part": "fewer than 6", "assumed": ""}
    if fit.hidden:
        says = "numbers hidden" if figure.unknown else "all but a few"
        return {"number": 0, "of": None, "unknown": None, "took_part": says, "assumed": ""}
    told = {"took_part": f"{there} of {fit.of}", "assumed": assumed_in_words(fit)}
    return {"number": there, "of": fit.of, "unknown": fit.unknown, **told}


def planned(lines: list[SessionLine]) -> list[dict[str, Any]]:
    """A line for each activity and half-term, in order of date."""
    years = {academic_year_of(each.session.held_on) for each in lines}
    # A school that has entered no holiday after Easter has no half-term there: what follows the last one is its own.
    stretches = [each for year in years for each in half_terms(year)]
    begins = sorted({each.starts_on for each in stretches} | {each.ends_on + timedelta(days=1) for each in stretches})
    grouped: dict[tuple[int, int], Line] = {}
    for each in lines:
        key = (bisect_right(begins, each.session.held_on), each.session.activity_id)
        grouped.setdefault(key, Line(each.session.activity)).sessions.append(each)
    who = _year_groups(lines)
    return [
        {
            "key": f"{line.activity.pk} {min(each.session.held_on for each in line.sessions):%Y%m%d}",
            "when": _when([each.session.held_on for each in line.sessions]),
            "title": line.activity.title,
            "how_often": _how_often([each.session.held_on for each in line.sessions]),
            "who": _for_whom(line, who),
        }
        for line in sorted(grouped.values(), key=lambda line: (line.sessions[0].session.held_on, line.activity.title))
    ]


def figures_of(
    activities: list[dict[str, Any]], to_come: list[dict[str, Any]], *, school_id: int, year: int
) -> list[Figure]:
    """Sessions and who took part, activity by activity, and how often something is planned: as the lines say it."""
    found = []
    for row in activities:
        where = {"school_id": school_id, "breakdown": "activity", "value": row["key"]}
        hidden = row["of"] is None
        found.append(counted(PROGRAMME, "sessions", year, met=row["sessions"], of=None, unknown=None, **where))
        found.append(
            counted(
                PROGRAMME,
                "took-part",
                year,
                met=None if hidden else row["number"],
                of=row["of"],
                unknown=row["unknown"],
                says=f"{row['took_part']} {row['assumed']}".strip(),
                **where,
            )
        )
    return found + [
        worded(
            PROGRAMME,
            "planned",
            year,
            row["how_often"] or "once",
            school_id=school_id,
            breakdown="activity",
            value=row["key"][:20],
        )
        for row in to_come
    ]


def day(on: date) -> str:
    """ "24 November 2026"."""
    return f"{on.day} {on:%B %Y}"


def _when(days: list[date]) -> str:
    first, last = min(days), max(days)
    if first == last:
        return day(first)
    return f"{first.day} {first:%B} to {day(last)}"


def _how_often(days: list[date]) -> str:
    """ "6 sessions, weekly"; nothing for one."""
    if len(days) == 1:
        return ""
    dates = sorted(set(days))
    is_weekly = len(dates) > 2 and all(second - first == WEEK for first, second in pairwise(dates))
    return f"{len(days)} sessions{', weekly' if is_weekly else ''}"


def _year_groups(lines: Iterable[SessionLine]) -> dict[tuple[int, int], int]:
    """The year group of each pupil who is invited by name, by pupil and academic year."""
    pupils: dict[int, set[int]] = defaultdict(set)
    for each in lines:
        for invitation in each.session.invitations.all():
            if invitation.pupil_id:
                pupils[academic_year_of(each.session.held_on)].add(invitation.pupil_id)
    return {
        (pupil_id, year): year_group
        for year, ids in pupils.items()
        for pupil_id, year_group in YearRecord.objects.filter(academic_year=year, pupil_id__in=ids)
        .order_by()
        .values_list("pupil_id", "year_group")
    }


def _for_whom(line: Line, who: dict[tuple[int, int], int]) -> str:
    """ "Years 9 to 13", "Staff": never how many, and never the name of a group, which may say what they have."""
    if line.activity.audience != Audience.PUPILS:
        return line.activity.get_audience_display()
    return years_in_words({year for each in line.sessions for year in _invited_years(each.session, who)})


def _invited_years(session: Session, who: dict[tuple[int, int], int]) -> Iterable[int]:
    academic_year = academic_year_of(session.held_on)
    for invitation in session.invitations.all():
        if invitation.year_group is not None:
            yield invitation.year_group
        elif invitation.group and invitation.group.year_group is not None:
            yield invitation.group.year_group
        elif invitation.pupil_id and (invitation.pupil_id, academic_year) in who:
            yield who[invitation.pupil_id, academic_year]


def years_in_words(years: set[int]) -> str:
    """ "Year 10", "Years 9 and 11", "Years 9 to 13"; "Pupils" where none is known."""
    if not years:
        return "Pupils"
    ordered = sorted(years)
    if len(ordered) == 1:
        return f"Year {ordered[0]}"
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"Years {ordered[0]} to {ordered[-1]}"
    return f"Years {', '.join(map(str, ordered[:-1]))} and {ordered[-1]}"


def _names(partners: set[str]) -> str:
    ordered = sorted(partners)
    if len(ordered) > 2:
        return f"{ordered[0]} and {len(ordered) - 1} more"
    return " and ".join(ordered)
