"""Reading provider access: the duty at this school, pupils by what they have had, offers, and each encounter by the law."""

from dekaan.provider_access.queries.counting import (
    HAD,
    TWO,
    UNKNOWN,
    PupilHad,
    attended,
    offered,
    offered_by_school,
    pupils_who,
)
from dekaan.provider_access.queries.encounters import (
    Encounter,
    Place,
    YearOfAccess,
    encounters,
    might_count,
    year_of_access,
)
from dekaan.provider_access.queries.phases import (
    Line,
    Phase,
    PhasePage,
    Short,
    phase,
    phase_pages,
    phases,
    short_by_year_group,
    too_late_for,
)

__all__ = [
    "HAD",
    "TWO",
    "UNKNOWN",
    "Encounter",
    "Line",
    "Phase",
    "PhasePage",
    "Place",
    "PupilHad",
    "Short",
    "YearOfAccess",
    "attended",
    "encounters",
    "might_count",
    "offered",
    "offered_by_school",
    "phase",
    "phase_pages",
    "phases",
    "pupils_who",
    "short_by_year_group",
    "too_late_for",
    "year_of_access",
]
