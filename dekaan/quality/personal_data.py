"""What is held here about people: who sees to a change. Answers hold nobody's name, account or device."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="quality.Improvement",
        about="staff",
        reached_by="who",
        what="That a colleague sees to something which an evaluation changes, and until when",
        why="So that what was learnt is done",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
)
