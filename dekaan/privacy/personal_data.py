"""What is held here about people: the data protection officer, and cases."""

from dekaan.core.held import Erased, Ground, Holding, Until

HELD = (
    Holding(
        model="privacy.DataProtection",
        about="staff",
        what="Name and e-mail address of the data protection officer",
        why="So that everybody knows whom to ask",
        ground=Ground.ACCOUNTABILITY,
        until=Until.WORKING_HERE,
    ),
    Holding(
        model="privacy.Case",
        about="pupil",
        reached_by="pupil",
        what="Requests about the pupil's data: what was asked, when, and what became of it",
        why="To answer within the time that the law gives, and to show that it was done",
        ground=Ground.ACCOUNTABILITY,
        until=Until.LEAVING,
        erased=Erased.SIFTED,
    ),
    Holding(
        model="privacy.CaseDecision",
        about="account",
        reached_by="decided_by",
        what="Who decided what goes out and what is held back",
        why="Somebody answers for it",
        ground=Ground.ACCOUNTABILITY,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="privacy.Hold",
        about="pupil",
        reached_by="pupil",
        what="Why a record is kept longer than usual",
        why="So that it can be judged whether the reason still stands",
        ground=Ground.ACCOUNTABILITY,
        until=Until.LEAVING,
    ),
)
