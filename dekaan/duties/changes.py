"""What happens here: somebody has read what changed in the rules."""

from collections.abc import Iterable

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.duties.queries.rules import SUBJECT


def read_changes(keys: Iterable[str], *, by: User) -> None:
    """The person has read these changes at the school in scope, and home tells them of these no more."""
    record(action="rule changes read", by=by, subject=SUBJECT, detail={"changes": sorted(set(keys))})
