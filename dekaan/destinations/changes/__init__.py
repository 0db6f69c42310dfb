"""What happens in the ledger of destinations. Nothing in it is overwritten."""

from dekaan.destinations.changes.answering import LinkOver, TooManyAnswers, answer_asked
from dekaan.destinations.changes.asking import begin_asking, draft_asking, remind_due, stop_asking, undo_asking
from dekaan.destinations.changes.intending import record_line, say_still_the_same
from dekaan.destinations.changes.recording import (
    Recorded,
    correct_statement,
    erase_destinations,
    record_statement,
    say_which_holds,
    try_statement,
    verify_statement,
    withdraw_statement,
)
from dekaan.destinations.changes.refusals import (
    AlreadyCorrected,
    BeforeLeaving,
    CodeNoLongerUsed,
    HasNotLeft,
    IsNoDestination,
    NoEnd,
    NoSuchCode,
    NoSuchRoute,
    NothingSaid,
    NothingToSettle,
    NotTheirsToSay,
    Refused,
    RouteNoLongerUsed,
    SaidAlready,
    SaidMeanwhile,
    StillToCome,
    StoppedBeforeItBegan,
)
from dekaan.destinations.changes.telling import tell, tell_everything
from dekaan.destinations.changes.undoing import take_back
from dekaan.destinations.changes.wishing import say_wish

__all__ = [
    "AlreadyCorrected",
    "BeforeLeaving",
    "CodeNoLongerUsed",
    "HasNotLeft",
    "IsNoDestination",
    "LinkOver",
    "NoEnd",
    "NoSuchCode",
    "NoSuchRoute",
    "NotTheirsToSay",
    "NothingSaid",
    "NothingToSettle",
    "Recorded",
    "Refused",
    "RouteNoLongerUsed",
    "SaidAlready",
    "SaidMeanwhile",
    "StillToCome",
    "StoppedBeforeItBegan",
    "TooManyAnswers",
    "answer_asked",
    "begin_asking",
    "correct_statement",
    "draft_asking",
    "erase_destinations",
    "record_line",
    "record_statement",
    "remind_due",
    "say_still_the_same",
    "say_which_holds",
    "say_wish",
    "stop_asking",
    "take_back",
    "tell",
    "tell_everything",
    "try_statement",
    "undo_asking",
    "verify_statement",
    "withdraw_statement",
]
