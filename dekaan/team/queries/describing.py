"""The job description, composed from how careers is led and from the grid; and as it was agreed."""

from datetime import date
from decimal import Decimal
from typing import Any

from dekaan.core.fingerprint import digest_of
from dekaan.core.word import Heading, Part, Points, Table, Words
from dekaan.frameworks.queries import careers_leadership
from dekaan.schools.models import School
from dekaan.team.models import AgreedDescription
from dekaan.team.queries.grid import Grid, grid
from dekaan.team.queries.setting_up import Standing, standing

PURPOSE = (
    "To lead, manage, coordinate and network the school’s careers programme, so that every pupil is ready for what comes "
    "next; to lead the programme, more than to deliver it in person."
)


def job_description(school: School, on: date) -> dict[str, Any]:
    """What the job description says on that day: plain data, the same for the same records."""
    now = standing(on)
    found = grid(now)
    return {
        "title": "Job description: Careers Leader",
        "school": school.name,
        "purpose": PURPOSE,
        "facts": [list(each) for each in _facts(now)],
        "own": [
            {
                "heading": name,
                "lines": [each.responsibility.words for each in lines if each.responsible.key in _leads(now)],
            }
            for name, lines in found.by_heading
        ],
        "others": [list(each) for each in _of_others(found, now)],
        "note": f"Put together in Dekaan after: {careers_leadership()['source']}; words: the school’s and ours.",
    }


def agreed_descriptions() -> list[AgreedDescription]:
    """Every agreement to a job description, the latest first."""
    return list(AgreedDescription.objects.all())


def parts(content: dict[str, Any], agreed: str) -> list[Part]:
    """The job description as parts of a document."""
    said: list[Part] = [Words(content["school"]), Heading("Purpose"), Words(content["purpose"]), Heading("The post")]
    said.append(Table("Facts of the post", ("What", "How"), tuple((each[0], each[1]) for each in content["facts"])))
    said.append(Heading("Responsibilities"))
    for each in content["own"]:
        if each["lines"]:
            said += [Heading(each["heading"], 2), Points(tuple(each["lines"]))]
    if content["others"]:
        rows = tuple((each[0], each[1]) for each in content["others"])
        said += [
            Heading("What others do, and the Careers Leader sees to"),
            Table("What others are responsible for", ("Responsibility", "Who"), rows),
        ]
    said += [Heading("Agreed"), Words(agreed), Words(content["note"])]
    return said


def agreement(rows: list[AgreedDescription], digest: str) -> str:
    """Whether the words as they stand were agreed, by whom and when, in words."""
    same = next((each for each in rows if digest_of(each.content) == digest), None)
    if same:
        return f"Agreed on {same.agreed_on:%-d %B %Y} by {same.agreed_by}, {same.capacity}."
    if rows:
        return f"Changed since it was agreed on {rows[0].agreed_on:%-d %B %Y} by {rows[0].agreed_by}; not agreed since."
    return "Not agreed yet."


def hours(value: Decimal | None, unit: str) -> str:
    """ "1.5 days a week"; nothing where nobody said."""
    if value is None:
        return ""
    said = f"{value.normalize():f}"
    return f"{said} {unit}{'' if value == 1 else 's'} a week"


def _leads(now: Standing) -> set[str]:
    """By which keys of the grid the Careers Leader is meant."""
    return {"role:leader"} | {f"staff:{each.staff_id}" for each in now.holders("leader") if each.staff_id}


def _facts(now: Standing) -> list[tuple[str, str]]:
    led = now.led
    time = (
        ", ".join(each for each in (hours(led.days_a_week, "day"), hours(led.hours_a_week, "hour")) if each)
        if led
        else ""
    )
    said = [
        ("Post", "Careers Leader"),
        ("Held by", ", ".join(each.holder for each in now.holders("leader"))),
        ("Model", now.model.name if now.model else ""),
        ("Reports to", led.reporting_line if led else ""),
        ("Line-managed by", ", ".join(each.holder for each in now.holders("line-manager"))),
        ("Link governor", ", ".join(each.holder for each in now.holders("link-governor"))),
        ("Time", time),
        ("Administrative help", hours(led.admin_hours, "hour") if led else ""),
        ("Grade and terms", "As set out in the terms of the post"),
    ]
    return [(what, how or "Not said yet") for what, how in said]


def _of_others(found: Grid, now: Standing) -> list[tuple[str, str]]:
    return [
        (each.responsibility.words, each.responsible.words)
        for each in found.lines
        if each.responsible.key not in _leads(now)
    ]
