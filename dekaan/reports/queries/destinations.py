"""Destinations: what is known of the last two years' leavers, and beside it what is published of the school."""

from collections.abc import Iterator

from dekaan.access.permissions import Permission
from dekaan.core.academic_year import year_label
from dekaan.destinations.queries import NOT_KNOWN, Picture, picture
from dekaan.library.queries import Destinations, about_measures, destinations_of
from dekaan.measures.queries import Figure
from dekaan.people.models import Pupil
from dekaan.reports.queries.sections import Section, Table, counted, worded
from dekaan.schools.models import School

PUBLISHED = "published"  # what the frozen figures call them
SUSTAINED = "“Sustained” means that a pupil stayed there for at least half a year."

OWN = "destinations"
HIDDEN = "hidden"
OWN_METHOD = (
    "Found out by the school: “sustained” as the council counts is in learning or work on 1 November and at the end of March; "
    "as the published measure would, in the months from October to March. A month of which nobody knows leaves it unknown."
)

NONE = (
    "No destinations are recorded here: neither what pupils intend after Year 11 or Year 13, nor where they went, nor "
    "who is at risk of going nowhere."
)


def destinations(school: School, year: int) -> Section:
    """The section. Nothing published is a figure of ours, and none is added to any."""
    published = destinations_of(school)
    ours = own(year)
    tables = [_own_table(each) for each in ours] + [
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
    says = [OWN_METHOD] if ours else [NONE]
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
        figures=[figure for each in ours for figure in _own_figures(school, each)]
        + [figure for each in published for figure in _figures(school, year, each)],
    )


def own(year: int) -> list[Picture]:
    """Where the leavers of the two years before went, as it may be told outside; without a year of which nothing is known."""
    drawn = [picture(each, Pupil.objects.all(), {Permission.DESTINATIONS_COUNT}) for each in (year - 1, year - 2)]
    return [each for each in drawn if each.flows and any(flow.became != NOT_KNOWN for flow in each.flows)]


def own_lines(drawn: Picture) -> list[tuple[str, str, int | None]]:
    """(key, name, how many) of what the paper tells of a year's leavers, unknowns first."""
    return [
        ("not-known", "Nothing known", drawn.not_known),
        ("council", "Sustained, as the council counts", drawn.council.sustained),
        ("council-not", "Not sustained, as the council counts", drawn.council.not_sustained),
        ("council-unknown", "Unknown, as the council counts", drawn.council.unknown),
        ("measure", "Sustained, as the published measure would", drawn.measure.sustained),
        ("measure-not", "Not sustained, as the published measure would", drawn.measure.not_sustained),
        ("measure-unknown", "Unknown, as the published measure would", drawn.measure.unknown),
    ]


def _own_table(drawn: Picture) -> Table:
    return Table(
        f"Found out by the school: leavers of {year_label(drawn.left_in)} ({drawn.pupils} leavers)",
        ("What became of them", "Leavers"),
        (4, 1),
        [(name, HIDDEN if number is None else str(number)) for _, name, number in own_lines(drawn)],
    )


def _own_figures(school: School, drawn: Picture) -> Iterator[Figure]:
    """Each number of the table, of how many leavers; a hidden one is frozen hidden."""
    for key, _, number in [("leavers", "", drawn.pupils), *own_lines(drawn)]:
        known = number is not None
        yield counted(
            OWN,
            key,
            drawn.left_in,
            met=number,
            of=drawn.pupils if known else None,
            unknown=0 if known else None,
            assumed=0 if known else None,
            school_id=school.pk,
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
