"""What has been pressed on a session and still stands, and which of it a person may undo."""

from dekaan.programme.models import Act, Session
from dekaan.programme.queries.colleague import Colleague


def standing_acts(session: Session) -> list[Act]:
    """The acts that have not been undone, oldest first."""
    return list(session.acts.filter(undone_at__isnull=True).select_related("by"))


def named_absent(acts: list[Act]) -> set[int]:
    """The pupils (ids) whom pasted lists have absent, of those acts."""
    return {pupil_id for act in acts for pupil_id in act.absent}


def act_to_undo(acts: list[Act], session: Session, colleague: Colleague) -> Act | None:
    """The act that this person's Undo undoes, or None.

    For whoever may record the whole session it is the last one; for anyone else their own last register, as long as
    nobody has said anything of everybody since.
    """
    if not acts:
        return None
    if colleague.may_record(session):
        return acts[-1]
    own = [act for act in acts if act.by_id == colleague.user.pk and not act.is_whole]
    if not own or any(act.is_whole and act.pk > own[-1].pk for act in acts):
        return None
    return own[-1]
