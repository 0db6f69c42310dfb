"""What changed in the rules: changes of the last year and those to come that bind this school."""

from datetime import date

from dekaan.duties.queries import news
from dekaan.reports.queries.sections import Section, Table
from dekaan.schools.models import School

ROWS = 4


def rules(school: School, on: date) -> Section:
    """The newest first."""
    found = sorted(news(school, on), key=lambda each: each.version.begins, reverse=True)
    rows = [(f"{each.version.begins:%-d %b %Y}", each.duty.title, each.version.means) for each in found]
    if not rows:
        return Section(
            "rules", "What changed in the rules", ["Nothing that binds this school changed in the last year."]
        )
    return Section(
        key="rules",
        title="What changed in the rules",
        tables=[
            Table("In the last year, and to come", ("From", "What", "What it means here"), (0, 2, 5), rows).cut_to(ROWS)
        ],
        note="The duties as data, each version with its source (Benchmarks, Duties, What changed in the rules).",
    )
