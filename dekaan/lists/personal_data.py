"""What is held here about people: whose a kept sentence is. No pupil is held in a list."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="lists.SavedList",
        about="account",
        reached_by="owner",
        what="Who kept or removed a sentence that finds pupils; the sentence names no pupil",
        why="To show people their own lists, and those that colleagues share",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
)
