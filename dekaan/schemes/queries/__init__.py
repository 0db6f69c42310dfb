"""Reading schemes with what is planned and taught of them, and observations."""

from dekaan.schemes.queries.observing import (
    observations,
    observations_good_on,
    overdue,
    things_to_observe,
    to_follow,
    year_of_observations,
)
from dekaan.schemes.queries.teaching import (
    LessonLine,
    SchemeLine,
    lesson_lines,
    lessons_of,
    scheme_lines,
    schemes,
    schemes_changed_by,
    sessions_told_of,
)
from dekaan.schemes.queries.themes import theme_names

__all__ = [
    "LessonLine",
    "SchemeLine",
    "lesson_lines",
    "lessons_of",
    "observations",
    "observations_good_on",
    "overdue",
    "scheme_lines",
    "schemes",
    "schemes_changed_by",
    "sessions_told_of",
    "theme_names",
    "things_to_observe",
    "to_follow",
    "year_of_observations",
]
