"""What other areas ask the counting room. Answers are small frozen things; pupils are ids."""

from dekaan.measures.definitions.rules import Progress
from dekaan.measures.queries.figures import (
    Figure,
    HeatCell,
    coverage,
    coverage_of_criteria,
    coverage_of_years,
    every_breakdown,
    heat_map,
    specification,
)
from dekaan.measures.queries.lacking import Lacking, lacking
from dekaan.measures.queries.releasing import (
    HIDDEN,
    SMALL,
    is_small,
    places_to_hide,
    released,
    released_cells,
    released_count,
)
from dekaan.measures.queries.standings import (
    EVERYBODY,
    STATES,
    Part,
    PupilState,
    applying_to,
    misses,
    not_yet,
    pupils_in,
    standings,
    states_of,
    unknowns,
)

__all__ = [
    "EVERYBODY",
    "HIDDEN",
    "SMALL",
    "STATES",
    "Figure",
    "HeatCell",
    "Lacking",
    "Part",
    "Progress",
    "PupilState",
    "applying_to",
    "coverage",
    "coverage_of_criteria",
    "coverage_of_years",
    "every_breakdown",
    "heat_map",
    "is_small",
    "lacking",
    "misses",
    "not_yet",
    "places_to_hide",
    "pupils_in",
    "released",
    "released_cells",
    "released_count",
    "specification",
    "standings",
    "states_of",
    "unknowns",
]
