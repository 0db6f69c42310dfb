"""The screens of destinations."""

from dekaan.destinations.views.answering import asked_answer, asked_thanks
from dekaan.destinations.views.asking import asking_detail, asking_new, asking_stop, asking_undo
from dekaan.destinations.views.calling import destination_call_grid, destination_call_undo
from dekaan.destinations.views.guarantee import september_guarantee, september_guarantee_export
from dekaan.destinations.views.intending import intention_grid, intention_undo
from dekaan.destinations.views.lists import leaver_list
from dekaan.destinations.views.paper import intention_sheet, intention_type
from dekaan.destinations.views.person import (
    destination_detail,
    statement_correct,
    statement_hold,
    statement_new,
    statement_verify,
    statement_withdraw,
    wish_new,
)
from dekaan.destinations.views.picture import destination_picture

__all__ = [
    "asked_answer",
    "asked_thanks",
    "asking_detail",
    "asking_new",
    "asking_stop",
    "asking_undo",
    "destination_call_grid",
    "destination_call_undo",
    "destination_detail",
    "destination_picture",
    "intention_grid",
    "intention_sheet",
    "intention_type",
    "intention_undo",
    "leaver_list",
    "september_guarantee",
    "september_guarantee_export",
    "statement_correct",
    "statement_hold",
    "statement_new",
    "statement_verify",
    "statement_withdraw",
    "wish_new",
]
