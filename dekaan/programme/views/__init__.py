"""Screens of the programme, by noun."""

from dekaan.programme.views.activities import activity_change, activity_detail, activity_new, programme_calendar
from dekaan.programme.views.recording import (
    catch_up_new,
    session_absences,
    session_correct,
    session_correct_carer,
    session_correct_staff,
    session_happened,
    session_register,
    session_register_print,
    session_undo,
    session_unplanned,
)
from dekaan.programme.views.sessions import (
    session_cancel,
    session_change,
    session_detail,
    session_list,
    session_new,
    session_put_back,
)

__all__ = [
    "activity_change",
    "activity_detail",
    "activity_new",
    "catch_up_new",
    "programme_calendar",
    "session_absences",
    "session_cancel",
    "session_change",
    "session_correct",
    "session_correct_carer",
    "session_correct_staff",
    "session_detail",
    "session_happened",
    "session_list",
    "session_new",
    "session_put_back",
    "session_register",
    "session_register_print",
    "session_undo",
    "session_unplanned",
]
