"""The benchmarks in eight lines: the real percentages with their days, and beside them what our records support."""

from datetime import date

from dekaan.compass.queries import Estimate, answers, estimates, real_results, released_answers, set_in_use
from dekaan.reports.queries.issued import LastPaper, Told
from dekaan.reports.queries.sections import Section, Table, counted, number, worded
from dekaan.schools.models import School

WHAT_IT_IS = (
    "The Gatsby Benchmarks are eight things that good careers guidance has. Compass is the national self-evaluation "
    "against them: its percentages are the school's own judgement. Beside them stands how many of its questions this "
    "school's records would answer in full; that is our estimate, and no Compass score."
)


def evaluation(school: School, year: int, on: date, last: LastPaper) -> Section:
    """The section, with what the last paper said of the same; another set of questions is never set beside."""
    of = set_in_use(on)
    found = released_answers(answers(school, of, on), of)
    by_benchmark = estimates(found, of)
    now, before = [*(each for each in real_results(of) if each.completed_on <= on), None, None][:2]
    own = sum(each.override is not None for each in found)
    then = {key[1]: told for key, told in last.told.items() if key[0] == of.key}
    rows = [
        (
            each.section.benchmark,
            each.section.title,
            _real(now.percentages.get(each.section.benchmark) if now else None),
            _real(before.percentages.get(each.section.benchmark) if before else None),
            _supported(each),
            *([_then(then.get(each.section.benchmark))] if last.figures_on else ()),
        )
        for each in by_benchmark
    ]
    head = [
        "No.",
        "Benchmark",
        f"Compass, {now.completed_on:%-d %b %Y}" if now else "Compass",
        f"{before.completed_on:%-d %b %Y}" if before else "Before",
        "Our records now",
        *([f"At the last report, {last.figures_on:%-d %b %Y}"] if last.figures_on else ()),
    ]
    says = [WHAT_IT_IS]
    if now is None:
        says.append("No result of Compass has been entered here for this set of questions.")
    if own:
        says.append(f"For {number(own, 'question')} the school's own answer stands in place of what the records say.")
    return Section(
        key="evaluation",
        title="The eight benchmarks",
        says=says,
        tables=[Table(of.title, head, (0, 4, 0, 0, 2, 2)[: len(head)], rows)],
        note="Compass: percentages typed in from the real evaluation, with their days (Benchmarks, Compass, History). "
        "Our records: the same questions, answered from them on the day of this paper (Benchmarks, Compass); a range where pupils "
        "are unknown.",
        figures=[
            counted(
                of.key,
                each.section.benchmark,
                year,
                school_id=school.pk,
                breakdown="benchmark",
                met=None if each.hidden else each.least,
                of=None if each.hidden else each.of,
                unknown=None if each.hidden else each.most - each.least,
            )
            for each in by_benchmark
        ]
        + [
            worded(
                of.key,
                each.section.benchmark,
                year,
                _real(told.percentages.get(each.section.benchmark)),
                school_id=school.pk,
                breakdown="compass",
                value=told.completed_on.isoformat(),
            )
            for told in (now, before)
            if told
            for each in by_benchmark
        ]
        + [counted(of.key, "own-answers", year, school_id=school.pk, met=own, of=len(found))],
    )


def _real(percent: float | None) -> str:
    return f"{percent:g} %" if percent is not None else "–"


def _supported(each: Estimate) -> str:
    if each.hidden:
        return "hidden: small numbers"
    return _out_of(each.least, each.most, each.of)


def _then(said: Told | None) -> str:
    if said is None:
        return "–"
    met, of, unknown = said
    return _out_of(met, met + (unknown or 0), of) if met is not None and of is not None else "hidden"


def _out_of(least: int, most: int, of: int) -> str:
    """ "6 out of 9", "6 to 8 out of 9"."""
    if not of:
        return "not asked"
    return f"{least} out of {of}" if least == most else f"{least} to {most} out of {of}"
