"""What is held here about people: who did what to whom, by plain ids. No name of a pupil stands in it."""

from dekaan.core.held import Erased, Ground, Holding, Until

HELD = (
    Holding(
        model="audit.Event",
        about="pupil",
        reached_by="subject_id",
        what="That something was done to the pupil's record, when, and by which account; ids and names of fields only",
        why="To show who did what, and that nobody has altered it",
        ground=Ground.ACCOUNTABILITY,
        until=Until.FOR_GOOD,
        erased=Erased.POINTS_NOWHERE,
        not_shown=frozenset({"school_id", "actor_id", "subject", "subject_id", "seal", "place", "link"}),
    ),
    Holding(
        model="audit.Event",
        about="account",
        reached_by="actor_id",
        what="What an account did, and when",
        why="To show who did what, and that nobody has altered it",
        ground=Ground.ACCOUNTABILITY,
        until=Until.FOR_GOOD,
        erased=Erased.POINTS_NOWHERE,
    ),
)
