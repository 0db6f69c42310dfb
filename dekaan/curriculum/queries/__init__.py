"""Reading the map: subjects, who takes them, what is linked and what waits."""

from dekaan.curriculum.queries.door import door, key_of, opens
from dekaan.curriculum.queries.mapping import (
    Cell,
    CurriculumMap,
    UptakeLine,
    YearGroupLine,
    accepted,
    curriculum_map,
    role_models,
    subjects_of,
    uptake,
    waiting,
    year_group_lines,
)
from dekaan.curriculum.queries.taken import Taken, Taker, taken

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
    "key_of",
    "opens",
    "role_models",
    "subjects_of",
    "taken",
    "uptake",
    "waiting",
    "year_group_lines",
]
