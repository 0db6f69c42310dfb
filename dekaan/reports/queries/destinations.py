"""Destinations: what is held today of where pupils mean to go and went, and what is published of the school."""

from dekaan.library.queries import about_measures, destinations_of
from dekaan.reports.queries.sections import Section, Table
from dekaan.schools.models import School

NONE = (
    "No destinations are recorded here: neither what pupils intend after Year 11 or Year 13, nor where they went, nor "
    "who is at risk of going nowhere."
)


def destinations(school: School) -> Section:
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
        str(about_measures()["lag"]) if published else "No published measures have been loaded for this school either."
    )
    return Section(
        key="destinations",
        title="Where pupils go",
        says=says,
        tables=tables,
        note="Published measures as the Department for Education gives them (Programme, Library, Destinations)."
        if published
        else "",
    )
