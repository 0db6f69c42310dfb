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
from dekaan.provider_access.queries.phases import Line, Phase, PhasePage, phase, phase_pages, phases

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
    "year_of_access",
]
