"""What was said: the groups whose feedback is asked for, and what was changed because of it."""

from datetime import date

from dekaan.core.academic_year import today
from dekaan.measures.queries import released_count
from dekaan.quality.queries import FeedbackGroup, by_audience, feedback_by_group, improvements_of
from dekaan.reports.queries.sections import Section, Table, counted, number, worded
from dekaan.schools.models import School

CHANGES = 4
FEEDBACK = "feedback"  # what the frozen figures call it


def voices(school: School, year: int, on: date, framework: str) -> Section:
    """Each group with when it was asked last and how many answered; then the changes."""
    asked = feedback_by_group(framework, on)
    groups = asked.groups if asked else ()
    says = []
    if asked:
        says.append(
            f"Of {len(groups)} groups whose feedback the benchmarks ask for, {_how_many(asked.asked, len(groups))} "
            f"answered since {asked.since:%-d %B %Y}."
        )
    heard = [
        (each.name.lower()[:20], f"{each.name.lower()} {each.share} %")
        for each in by_audience(year, exactly=False)
        if each.share is not None and not each.is_few
    ]
    if heard:
        says.append(f"Positive answers this year: {', '.join(said for _, said in heard)}.")
    changes = improvements_of(year)
    done = [each for each in changes if each.done_on and each.done_on <= on]
    late = [each for each in changes if not each.done_on and each.due_on < min(on, today())]
    if changes:
        says.append(
            f"Of {number(len(changes), 'change')} decided on because of it this year, "
            f"{len(done) or 'none'} made and {len(late) or 'none'} overdue."
        )
    tables = [
        Table(
            "Whose feedback was asked for",
            ("Group", "Last asked", "Answers", "In time"),
            (3, 2, 1, 1),
            [_row(each) for each in groups],
        )
    ]
    if done:
        rows = [(each.what, f"{each.done_on:%-d %b %Y}") for each in done]
        tables.append(Table("Changed because of it", ("Change", "Made on"), (5, 0), rows).cut_to(CHANGES))
    return Section(
        key="voices",
        title="What people told us",
        says=says,
        tables=tables if groups else tables[1:],
        note="What people said of themselves in questionnaires (Programme, Feedback); answers under 6 are hidden.",
        figures=[
            counted(
                FEEDBACK,
                each.key,
                year,
                school_id=school.pk,
                breakdown="group",
                met=released_count(each.answers),
                of=None,
                unknown=None,
            )
            for each in groups
        ]
        + (
            [counted(FEEDBACK, "groups-answered", year, school_id=school.pk, met=asked.asked, of=len(groups))]
            if asked
            else []
        )
        + [
            worded(FEEDBACK, "positive", year, said, school_id=school.pk, breakdown="group", value=name)
            for name, said in heard
        ]
        + [
            counted(FEEDBACK, key, year, school_id=school.pk, met=len(some), of=len(changes))
            for key, some in (("changes-made", done), ("changes-overdue", late))
            if changes
        ],
    )


def _how_many(answered: int, of: int) -> str:
    return "all" if answered == of else str(answered or "none")


def _row(each: FeedbackGroup) -> tuple[str, ...]:
    if each.asked_on is None:
        return each.name, "never", "–", "no"
    answers = released_count(each.answers)
    return (
        each.name,
        f"{each.asked_on:%-d %B %Y}",
        "fewer than 6" if answers is None else str(answers),
        "yes" if each.is_within else "no",
    )
