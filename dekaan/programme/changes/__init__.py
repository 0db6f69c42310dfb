"""What happens in the programme: planning, *It happened*, striking off absentees, registers, corrections, catch-ups."""

from dekaan.programme.changes.acts import (
    MoreRecordedSince,
    NothingToUndo,
    TooLateToUndo,
    Undone,
    undo_act,
    undo_last_act,
)
from dekaan.programme.changes.advising import requalify_adviser
from dekaan.programme.changes.attendance import forget_day_absences, record_day_absences, strike_off_absences
from dekaan.programme.changes.changing import cancel_session, change_session, put_back_on
from dekaan.programme.changes.erasing import forget_absent
from dekaan.programme.changes.happening import (
    AlreadyRecorded,
    NotHeldYet,
    Receipt,
    SessionCancelled,
    correct_mark,
    correct_other,
    it_happened,
    note_unrecorded,
    strike_off,
    take_register,
)
from dekaan.programme.changes.planning import (
    Invited,
    NobodyInvited,
    NobodyToCatchUp,
    change_activity,
    plan_activity,
    plan_catch_up,
    plan_session,
    record_unplanned,
)

__all__ = [
    "AlreadyRecorded",
    "Invited",
    "MoreRecordedSince",
    "NobodyInvited",
    "NobodyToCatchUp",
    "NotHeldYet",
    "NothingToUndo",
    "Receipt",
    "SessionCancelled",
    "TooLateToUndo",
    "Undone",
    "cancel_session",
    "change_activity",
    "change_session",
    "correct_mark",
    "correct_other",
    "forget_absent",
    "forget_day_absences",
    "it_happened",
    "note_unrecorded",
    "plan_activity",
    "plan_catch_up",
    "plan_session",
    "put_back_on",
    "record_day_absences",
    "record_unplanned",
    "requalify_adviser",
    "strike_off",
    "strike_off_absences",
    "take_register",
    "undo_act",
    "undo_last_act",
]
