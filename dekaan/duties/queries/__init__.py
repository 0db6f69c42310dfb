"""Reading the duty board, what is due in law, and what changed in the rules."""

from dekaan.duties.queries import counted, evaluated, people, shown  # each brings its judges
from dekaan.duties.queries.board import Board, Line, deadlines_in_law, duty_board, opened
from dekaan.duties.queries.judging import AT_RISK, BROKEN, JUDGES, MET, UNKNOWN, Judgement, Link
from dekaan.duties.queries.records import AtHand, counted_for_duties
from dekaan.duties.queries.rules import changes_here, news, read_by, unread

BY = (counted, evaluated, people, shown)

__all__ = [
    "AT_RISK",
    "BROKEN",
    "BY",
    "JUDGES",
    "MET",
    "UNKNOWN",
    "AtHand",
    "Board",
    "Judgement",
    "Line",
    "Link",
    "changes_here",
    "counted_for_duties",
    "deadlines_in_law",
    "duty_board",
    "news",
    "opened",
    "read_by",
    "unread",
]
