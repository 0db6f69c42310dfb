"""Recording what was done, in the transaction that did it."""

from typing import Any

from dekaan.audit.models import Event
from dekaan.core.scope import schools_in_scope


def record(
    *,
    action: str,
    by: Any,
    subject: str = "",
    subject_id: int | None = None,
    detail: dict[str, Any] | None = None,
    school_id: int | None = None,
) -> None:
    """The audit says that `by` did `action`; the school is the one in scope unless named."""
    if school_id is None:
        schools = schools_in_scope()
        school_id = next(iter(schools)) if len(schools) == 1 else None
    Event.objects.create(
        school_id=school_id,
        actor_id=getattr(by, "pk", None),
        action=action,
        subject=subject,
        subject_id=subject_id,
        detail=detail or {},
    )
