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
from dekaan.programme.changes.briefing import write_briefing
from dekaan.programme.changes.carousels import (
    DayReceipt,
    DayUndone,
    NothingGoesRound,
    Slot,
    Station,
    carousel_happened,
    plan_carousel,
    undo_carousel,
)
from dekaan.programme.changes.changing import also_invite, cancel_session, change_session, put_back_on
from dekaan.programme.changes.erasing import forget_absent
from dekaan.programme.changes.feeds import end_calendar_address, renew_calendar_address
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
from dekaan.programme.changes.judging import judge_access_again
from dekaan.programme.changes.learning import (
    NoSuchArea,
    add_outcome,
    bring_back_outcome,
    change_outcome,
    retire_outcome,
    tag_learning,
)
from dekaan.programme.changes.meaning import (
    SaidAlready,
    ask_meaning,
    forget_who_said,
    say_by_link,
    say_of_activity,
    say_of_session,
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
from dekaan.programme.changes.rolling import RollUndone, roll_forward, undo_roll_forward
from dekaan.programme.changes.templating import change_template, keep_as_template, remove_template
from dekaan.programme.changes.timetable import load_timetable

__all__ = [
    "AlreadyRecorded",
    "DayReceipt",
    "DayUndone",
    "Invited",
    "MoreRecordedSince",
    "NoSuchArea",
    "NobodyInvited",
    "NobodyToCatchUp",
    "NotHeldYet",
    "NothingGoesRound",
    "NothingToUndo",
    "Receipt",
    "RollUndone",
    "SaidAlready",
    "SessionCancelled",
    "Slot",
    "Station",
    "TooLateToUndo",
    "Undone",
    "add_outcome",
    "also_invite",
    "ask_meaning",
    "bring_back_outcome",
    "cancel_session",
    "carousel_happened",
    "change_activity",
    "change_outcome",
    "change_session",
    "change_template",
    "correct_mark",
    "correct_other",
    "end_calendar_address",
    "forget_absent",
    "forget_day_absences",
    "forget_who_said",
    "it_happened",
    "judge_access_again",
    "keep_as_template",
    "load_timetable",
    "note_unrecorded",
    "plan_activity",
    "plan_carousel",
    "plan_catch_up",
    "plan_session",
    "put_back_on",
    "record_day_absences",
    "record_unplanned",
    "remove_template",
    "renew_calendar_address",
    "requalify_adviser",
    "retire_outcome",
    "roll_forward",
    "say_by_link",
    "say_of_activity",
    "say_of_session",
    "strike_off",
    "strike_off_absences",
    "tag_learning",
    "take_register",
    "undo_act",
    "undo_carousel",
    "undo_last_act",
    "undo_roll_forward",
    "write_briefing",
]
