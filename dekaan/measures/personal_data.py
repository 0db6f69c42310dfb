"""What is kept here about pupils so that figures are quick; it follows from the roll and the ledger, and goes with them."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="measures.Considering",
        about="pupil",
        reached_by="pupil_id",
        what="Each academic year: whether the pupil then meant to go to higher education, elsewhere, or was undecided",
        why="The benchmarks ask two visits of higher education of those who consider it; copied from what was said of plans",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
    ),
    Holding(
        model="measures.PupilYear",
        about="pupil",
        reached_by="pupil_id",
        what="Each academic year: which criteria the pupil meets, misses, or leaves unknown",
        why="To show at once where the school stands and who misses out",
        ground=Ground.SPECIAL,
        until=Until.LEAVING,
        # The masks are told in words; who the pupil was that year stands in the year's record, of which this is a copy.
        not_shown=frozenset(
            {"coh", "far", "met", "unk", "asm", "unrecorded", "assumed", "counting", "in_cohort", "known"}
            | {"tutor_group_id", "sex", "sen", "pupil_premium", "ethnicity", "eal", "looked_after", "considers"}
        ),
    ),
)
