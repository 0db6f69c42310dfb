"""What is held here about people: the data protection officer, cases, and what is about to go."""

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
    Holding(
        model="privacy.Going",
        about="pupil",
        what="That a record is about to go because it was kept long enough, and when",
        why="So that nothing goes by a slip: it is named for 30 days before",
        ground=Ground.ACCOUNTABILITY,
        until=Until.LEAVING,
    ),
    Holding(
        model="privacy.Going",
        about="carer",
        what="The same of a parent or carer of nobody here",
        why="So that nothing goes by a slip: it is named for 30 days before",
        ground=Ground.ACCOUNTABILITY,
        until=Until.WITH_CHILD,
    ),
    Holding(
        model="privacy.Going",
        about="staff",
        what="The same of a former colleague",
        why="So that nothing goes by a slip: it is named for 30 days before",
        ground=Ground.ACCOUNTABILITY,
        until=Until.WORKING_HERE,
    ),
)
