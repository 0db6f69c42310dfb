"""Reading the programme: what is due, who is invited, who took part, and who may do what with it."""

from dekaan.programme.queries.acts import act_to_undo, standing_acts
from dekaan.programme.queries.colleague import Colleague
from dekaan.programme.queries.inviting import (
    RegisterRow,
    absent_from_school,
    invited_in_words,
    invited_others,
    invited_pupils,
    is_attendance_known,
    register,
    registers_to_come,
)
from dekaan.programme.queries.lists import (
    OpenCatchUp,
    SessionLine,
    held_between,
    lines,
    open_catch_ups,
    own_tally,
    planned_between,
    sessions,
    sessions_visible_to,
    to_catch_up,
    unchecked,
    unrecorded_before,
    waiting_for,
    year_of_sessions,
)
from dekaan.programme.queries.occasions import SOURCE, Counting, counting_of, occasion_of

__all__ = [
    "SOURCE",
    "Colleague",
    "Counting",
    "OpenCatchUp",
    "RegisterRow",
    "SessionLine",
    "absent_from_school",
    "act_to_undo",
    "counting_of",
    "held_between",
    "invited_in_words",
    "invited_others",
    "invited_pupils",
    "is_attendance_known",
    "lines",
    "occasion_of",
    "open_catch_ups",
    "own_tally",
    "planned_between",
    "register",
    "registers_to_come",
    "sessions",
    "sessions_visible_to",
    "standing_acts",
    "to_catch_up",
    "unchecked",
    "unrecorded_before",
    "waiting_for",
    "year_of_sessions",
]
