"""A trust with schools of every kind, and their kept figures as they are needed: the counting itself has tests of its own."""

from collections.abc import Iterable

from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import registry
from dekaan.measures.models import Coverage
from dekaan.schools.changes import add_school
from dekaan.schools.models import School, Trust

YEAR = academic_year_of(today())
SECONDARY = {"establishment_type": "28", "phase": "secondary", "low_age": 11, "high_age": 16}
SPECIAL = {"establishment_type": "44", "phase": "not-applicable", "low_age": 11, "high_age": 19, "has_sixth_form": True}
PRIMARY = {"establishment_type": "28", "phase": "primary", "low_age": 4, "high_age": 11}
INDEPENDENT = {"establishment_type": "11", "phase": "secondary", "low_age": 11, "high_age": 16}


def school(trust: Trust | None, name: str, details: dict = SECONDARY) -> School:
    return add_school(
        name=name, slug=name.lower().replace(" ", "-"), trust=trust, records_begin=year_start(YEAR - 2), **details
    )


def kept(at: School, criterion: str, met: int, of: int, *, unknown: int = 0, by: str = "all", value: str = "") -> None:
    """The school's kept figure of a criterion this year."""
    with working_in(at):
        Coverage.objects.create(
            school_id=at.pk,
            academic_year=YEAR,
            bit=registry().bits[criterion],
            breakdown=by,
            value=value,
            n=of,
            met=met,
            unknown=unknown,
            assumed=0,
        )


def shares(trust: Trust, criterion: str, percents: Iterable[int]) -> list[School]:
    """A secondary school for each share, of a hundred pupils."""
    made = []
    for number, each in enumerate(percents):
        made.append(school(trust, f"School {chr(65 + number)}"))
        kept(made[-1], criterion, each, 100)
    return made
