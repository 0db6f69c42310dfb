"""What a governors' paper says: gathered from the counting room and the programme, small numbers hidden."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dekaan.core.academic_year import academic_year_of, roll_date, year_end, year_label
from dekaan.frameworks.queries import ACCESS, Framework, benchmarks_in_force, framework
from dekaan.measures.queries import Figure, coverage_by, coverage_of_years, released
from dekaan.programme.queries import held_between, planned_between
from dekaan.reports.models import Report
from dekaan.reports.queries.destinations import destinations
from dekaan.reports.queries.evaluation import evaluation
from dekaan.reports.queries.from_below import means_on, plan_on
from dekaan.reports.queries.groups import GROUPS, ROWS, behind, gap_figures, not_compared, of_a_group
from dekaan.reports.queries.issued import LastPaper, last_paper
from dekaan.reports.queries.law import law
from dekaan.reports.queries.leading import means_section, plan_section
from dekaan.reports.queries.picture import picture
from dekaan.reports.queries.programme import day, done, figures_of, planned
from dekaan.reports.queries.reach import reach
from dekaan.reports.queries.rules import rules
from dekaan.reports.queries.sections import Section, plain
from dekaan.reports.queries.short import short
from dekaan.reports.queries.sure import sure
from dekaan.reports.queries.terms import TermOfYear
from dekaan.reports.queries.voices import voices
from dekaan.reports.queries.words import words
from dekaan.schools.models import School

DONE_ROWS, PLANNED_ROWS = 10, 10  # so that the paper keeps to four pages
AHEAD = timedelta(days=120)
LEADERS_SECTIONS, LEADERS_ROWS = {"law", "evaluation", "plan", "rules"}, 5
# The parts of the paper in order; a box stands between them where the Careers Leader wrote in it.
ORDER = (
    *("short", "summary", "law", "evaluation", "picture", "reach", "gaps", "destinations", "voices", "plan", "means"),
    *("concerns", "done", "planned", "rules", "asks", "sure"),
)


@dataclass(frozen=True)
class Gathered:
    """The paper's content as plain values, and the figures in it."""

    content: dict[str, Any]
    figures: list[Figure]


TITLES = {
    Report.Kind.GOVERNORS: "Careers: report to governors",
    Report.Kind.LEADERS: "Careers: summary for senior leaders",
}


def title_of(term: TermOfYear, kind: Report.Kind) -> str:
    """What the paper is called."""
    return f"{TITLES[kind]}, {term.name}"


def gather(
    school: School,
    term: TermOfYear,
    *,
    on: date,
    boxes: dict[str, str],
    kind: Report.Kind = Report.Kind.GOVERNORS,
) -> Gathered:
    """Everything the paper about that term says on that day. Only released figures: small numbers never reach it.

    The figures are always of the day of writing, since the records are: a past term's paper tells what was done then.
    """
    year = term.academic_year
    in_force = benchmarks_in_force(min(on, year_end(year)))
    now, before = _everybody(school, year, [in_force, framework(ACCESS)])
    groups = [
        figure
        for figures in coverage_by(school.pk, year, in_force, GROUPS).values()
        for figure in released(figures)
        if of_a_group(figure)
    ]
    last = last_paper(kind)
    of_benchmarks = [figure for figure in now if figure.framework == in_force.key]
    gaps = behind(of_benchmarks, groups)
    until = min(on, term.ends_on)
    activities, to_come = done(held_between(term.starts_on, until)), planned(planned_between(on, on + AHEAD))
    sections = _sections(school, year, on, in_force, (now, before), last)
    sections.insert(0, short(school, year, of_benchmarks, sections, asks=boxes.get("asks", ""), days=_days(year, on)))
    content: dict[str, Any] = {
        "school": school.name,
        "title": title_of(term, kind),
        "term": term.name,
        "on": day(on),
        "year": year_label(year),
        "as_on": _as_on(year, on),
        "last_year": year_label(year - 1),
        "last_as_on": day(roll_date(year - 1, on)),
        "since": day(last.figures_on) if last.figures_on else "",
        "framework": in_force.title,
        "picture": picture(of_benchmarks, before, last.told),
        "gaps": gaps[:ROWS],
        "more_gaps": len(gaps[ROWS:]),
        "not_compared": not_compared(of_benchmarks),
        "done_from": day(term.starts_on),
        "done_until": day(until),
        "done": activities[:DONE_ROWS],
        "more_done": len(activities[DONE_ROWS:]),
        "planned_until": day(on + AHEAD),
        "planned": to_come[:PLANNED_ROWS],
        "more_planned": len(to_come[PLANNED_ROWS:]),
        "sections": {each["key"]: each for each in plain(sections)},
        "notes": _notes(_as_on(year, on), sections),
        **{name: text.strip() for name, text in boxes.items()},
    }
    if meant := words(content):
        content["sections"]["words"] = plain([meant])[0]
    if kind == Report.Kind.LEADERS:
        content = for_leaders(content)
    of_lines = [
        *gap_figures(gaps, school.pk, year),
        *figures_of(activities, to_come, school_id=school.pk, year=year),
    ]
    of_sections = [one for each in sections for one in each.figures]
    return Gathered(content, _each_once([*now, *before, *groups, *of_sections, *of_lines]))


def for_leaders(content: dict[str, Any]) -> dict[str, Any]:
    """What fits a page: the law, the eight benchmarks, the widest gaps, what comes next, the plan, the rules."""
    sections = {key: each for key, each in content["sections"].items() if key in LEADERS_SECTIONS}
    shorter = {
        "gaps": content["gaps"][:LEADERS_ROWS],
        "more_gaps": content["more_gaps"] + len(content["gaps"][LEADERS_ROWS:]),
        "planned": content["planned"][:LEADERS_ROWS],
        "more_planned": content["more_planned"] + len(content["planned"][LEADERS_ROWS:]),
        "sections": sections,
        "notes": [each for each in content["notes"] if each["key"] in {*LEADERS_SECTIONS, "gaps"}],
    }
    return {name: said for name, said in content.items() if name not in {"picture", "done", "more_done"}} | shorter


def _sections(
    school: School,
    year: int,
    on: date,
    in_force: Framework,
    everybody: tuple[list[Figure], list[Figure]],
    last: LastPaper,
) -> list[Section]:
    now, before = ([each for each in figures if each.framework == ACCESS] for figures in everybody)
    told_on = last.figures_on if last.figures_on and last.figures_on < on else None
    found: list[Section | None] = [
        law(school, year, on, now, before),
        evaluation(school, year, on, last),
        reach(school, year, on, in_force),
        destinations(school, year),
        voices(school, year, on, in_force.key),
        plan_section(plan_on(school, on, told_on, year=year)),
        means_section(means_on(school, on)),
        rules(school, on),
        sure(school, year, on),
    ]
    return [each for each in found if each]


def _notes(as_on: str, sections: list[Section]) -> list[dict[str, str]]:
    """Where the figures come from, part by part in the order of the paper, each with the day."""
    own = {
        "picture": f"Pupils on roll on {as_on}, by the ledger of who took part. Met, of how many, unknown and the names "
        "behind each stand under Benchmarks, at the criterion in front of the row.",
        "gaps": f"The same figures by group of pupils, as on {as_on} (Benchmarks, the criterion, By group).",
        "done": "Sessions and their registers (Programme). Who took part is counted once a session.",
    }
    notes = own | {each.key: each.note for each in sections}
    return [{"key": key, "words": notes[key]} for key in ORDER if notes.get(key)]


def _each_once(figures: list[Figure]) -> list[Figure]:
    """A figure that two sections say is frozen once."""
    return list(
        {
            (each.framework, each.criterion, each.academic_year, each.breakdown, each.value): each for each in figures
        }.values()
    )


def _everybody(school: School, year: int, frameworks: list[Any]) -> tuple[list[Figure], list[Figure]]:
    """Whole-school figures of the year and of the year before."""
    years = [coverage_of_years(school.pk, (year, year - 1), each) for each in frameworks if each]
    return (
        [figure for each in years for figure in released(each[year])],
        [figure for each in years for figure in released(each[year - 1])],
    )


def _days(year: int, on: date) -> str:
    """Of which day what is, in a paper about a year that is over; nothing where all is of one."""
    if year == academic_year_of(on):
        return ""
    return (
        f"Pupils are counted as on {day(roll_date(year, on))}. The law, the plan, people, money and what is planned stand "
        f"as on {day(on)}, when this was written."
    )


def _as_on(year: int, on: date) -> str:
    """The day whose pupils are counted; where that is past, also the day of the records."""
    if year == academic_year_of(on):
        return day(on)
    return f"{day(roll_date(year, on))}, from the records of {day(on)}"
