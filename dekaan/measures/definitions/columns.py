"""The columns that the compiled text of `pupil_years` gives, in order; a test holds them against the definitions."""

from dekaan.measures.definitions.rules import counters

PUPIL_YEAR_COLUMNS: tuple[str, ...] = (
    "school_id",
    "pupil_id",
    "academic_year",
    "year_group",
    "tutor_group_id",
    "in_cohort",
    "known",
    "sex",
    "sen",
    "pupil_premium",
    "ethnicity",
    "eal",
    "looked_after",
    *counters().values(),
    "unrecorded",
    "assumed",
    "considers",
)
