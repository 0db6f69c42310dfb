"""Reading the map: subjects, who takes them, what is linked and what waits."""

from dekaan.curriculum.queries.door import door, opens
from dekaan.curriculum.queries.mapping import (
    Cell,
    CurriculumMap,
    YearGroupLine,
    accepted,
    curriculum_map,
    lines_shown,
    map_began,
    nobody_takes,
    role_models,
    standing_in_every_subject,
    subjects_of,
    taught_in,
    waiting,
    waiting_links,
    year_group_lines,
)
from dekaan.curriculum.queries.taken import Taken, Taker, taken
from dekaan.curriculum.queries.uptake import UptakeLine, uptake, uptake_of_each

__all__ = [
    "Cell",
    "CurriculumMap",
    "Taken",
    "Taker",
    "UptakeLine",
    "YearGroupLine",
    "accepted",
    "curriculum_map",
    "door",
    "lines_shown",
    "map_began",
    "nobody_takes",
    "opens",
    "role_models",
    "standing_in_every_subject",
    "subjects_of",
    "taken",
    "taught_in",
    "uptake",
    "uptake_of_each",
    "waiting",
    "waiting_links",
    "year_group_lines",
]
