"""What is kept here about pupils so that figures are quick; it follows from the roll and the ledger, and goes with them."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="measures.PupilYear",
        about="pupil",
        reached_by="pupil_id",
        what="Each academic year: which criteria the pupil meets, misses, or leaves unknown",
        why="To show at once where the school stands and who misses out",
        ground=Ground.SPECIAL,
        until=Until.LEAVING,
        not_shown=frozenset({"coh", "far", "met", "unk", "asm", "unrecorded", "assumed", "counting", "tutor_group_id"}),
    ),
)
