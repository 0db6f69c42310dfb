"""Reading a trust: its schools side by side, what it offers and what became of it, visits, and who may read names."""

from dekaan.trusts.queries.clustering import Clustered, clustered, clusters_of, schools_of_trust
from dekaan.trusts.queries.comparing import (
    GROUPS,
    LEAST,
    Column,
    Entry,
    Group,
    Kind,
    KindSummary,
    Row,
    SideBySide,
    Summary,
    kind_of,
    side_by_side,
)
from dekaan.trusts.queries.evaluated import Results, ResultsOfSet, latest_results
from dekaan.trusts.queries.granting import grant_to, grants, may_be_granted, names_granted, open_grants
from dekaan.trusts.queries.known import Fact, FactsOf, facts_of
from dekaan.trusts.queries.offered import (
    Line,
    Standing,
    how_many_took,
    items_of,
    lines_of,
    own_of,
    standing,
    standings,
    standings_at,
)
from dekaan.trusts.queries.vision import ObjectiveAt, objectives_at, objectives_of, vision_of
from dekaan.trusts.queries.visiting import steps, visits

__all__ = [
    "GROUPS",
    "LEAST",
    "Clustered",
    "Column",
    "Entry",
    "Fact",
    "FactsOf",
    "Group",
    "Kind",
    "KindSummary",
    "Line",
    "ObjectiveAt",
    "Results",
    "ResultsOfSet",
    "Row",
    "SideBySide",
    "Standing",
    "Summary",
    "clustered",
    "clusters_of",
    "facts_of",
    "grant_to",
    "grants",
    "how_many_took",
    "items_of",
    "kind_of",
    "latest_results",
    "lines_of",
    "may_be_granted",
    "names_granted",
    "objectives_at",
    "objectives_of",
    "open_grants",
    "own_of",
    "schools_of_trust",
    "side_by_side",
    "standing",
    "standings",
    "standings_at",
    "steps",
    "vision_of",
    "visits",
]
