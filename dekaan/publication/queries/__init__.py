"""What the pages would say now, what they are short of, what has changed since, and what the public sees."""

from dekaan.publication.queries.approving import (
    Approved,
    approval_of_words,
    approval_recorded,
    approved,
    others_approved_on,
)
from dekaan.publication.queries.compared import Difference, differences, version_before
from dekaan.publication.queries.drafting import (
    Facts,
    changed_since,
    draft,
    facts_now,
    information,
    words_of,
)
from dekaan.publication.queries.evidence import Said, said_on
from dekaan.publication.queries.leavers import SECTION, LeaversTold, leavers_told
from dekaan.publication.queries.names import Named, left_out, named_in, names_in
from dekaan.publication.queries.needing import Needed, lacking, needed
from dekaan.publication.queries.register import kept_policies
from dekaan.publication.queries.shown import (
    Standing,
    StatementShown,
    as_it_stands,
    published,
    standing,
    standings,
    statements_shown,
    versions,
    versions_waiting,
    waiting,
)

__all__ = [
    "SECTION",
    "Approved",
    "Difference",
    "Facts",
    "LeaversTold",
    "Named",
    "Needed",
    "Said",
    "Standing",
    "StatementShown",
    "approval_of_words",
    "approval_recorded",
    "approved",
    "as_it_stands",
    "changed_since",
    "differences",
    "draft",
    "facts_now",
    "information",
    "kept_policies",
    "lacking",
    "leavers_told",
    "left_out",
    "named_in",
    "names_in",
    "needed",
    "others_approved_on",
    "published",
    "said_on",
    "standing",
    "standings",
    "statements_shown",
    "version_before",
    "versions",
    "versions_waiting",
    "waiting",
    "words_of",
]
