"""Destinations: what is held today of where pupils mean to go and went, and what is published of the school."""

from collections.abc import Iterator

from dekaan.library.queries import Destinations, about_measures, destinations_of
from dekaan.measures.queries import Figure
from dekaan.reports.queries.sections import Section, Table, worded
from dekaan.schools.models import School

PUBLISHED = "published"  # what the frozen figures call them
SUSTAINED = "“Sustained” means that a pupil stayed there for at least half a year."

NONE = (
    "No destinations are recorded here: neither what pupils intend after Year 11 or Year 13, nor where they went, nor "
    "who is at risk of going nowhere."
)


def destinations(school: School, year: int) -> Section:
    """The section. Nothing published is a figure of ours, and none is added to any."""
    published = destinations_of(school)
    tables = [
        Table(
            f"Published by the Department for Education: {each.name.lower()}, {each.period}"
            + (f" ({each.cohort} pupils)" if each.cohort else ""),
            ("Measure", "This school", "England"),
            (4, 1, 1),
            [
                (line.measure.name, line.mark or line.share, share or "–")
                for line, share in each.lines
                if not line.measure.is_part
            ],
        )
        for each in published
    ]
    says = [NONE]
    says.append(
        f"{about_measures()['lag']} {SUSTAINED}"
        if published
        else "No published measures have been loaded for this school either."
    )
    return Section(
        key="destinations",
        title="Where pupils go",
        says=says,
        tables=tables,
        note="Published measures as the Department for Education gives them (Programme, Library, Destinations)."
        if published
        else "",
        figures=[figure for each in published for figure in _figures(school, year, each)],
    )


def _figures(school: School, year: int, of: Destinations) -> Iterator[Figure]:
    """What is published of the school and of England, and of how many pupils."""
    where = {"school_id": school.pk, "breakdown": "published", "value": f"{of.stage} {of.period}"[:20]}
    if of.cohort:
        yield worded(PUBLISHED, "cohort", year, of.cohort, **where)
    for line, share in of.lines:
        if not line.measure.is_part:
            yield worded(PUBLISHED, line.measure.column[:20], year, line.mark or line.share, **where)
            yield worded(f"{PUBLISHED}, England", line.measure.column[:20], year, share or "–", **where)
