"""What is held here of the lists that are brought in. All of it goes when the time for undo has passed."""

from dekaan.core.held import Erased, Ground, Holding, Until

HELD = (
    Holding(
        model="exchange.ImportRun",
        about="pupil",
        what="The uploaded list itself, examples of its columns, and names of those who were not undone",
        why="To compare the list with what is held before anything changes, and to undo it",
        ground=Ground.SPECIAL,
        until=Until.UNDO,
        erased=Erased.SIFTED,
    ),
    Holding(
        model="exchange.ImportRun",
        about="account",
        reached_by="started_by",
        what="Who brought in, confirmed or undid a list",
        why="Somebody answers for each list",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="exchange.ImportLine",
        about="pupil",
        reached_by="pupil",
        what="What a row of the list says of the pupil, and what becomes of it",
        why="To show before anything changes what will change",
        ground=Ground.SPECIAL,
        until=Until.UNDO,
        not_shown=frozenset({"run", "target_id", "candidates", "choice"}),
    ),
    Holding(
        model="exchange.UndoPage",
        about="pupil",
        what="The pupil's rows as they were before a list",
        why="To undo the list",
        ground=Ground.SPECIAL,
        until=Until.UNDO,
        erased=Erased.SIFTED,
    ),
    Holding(
        model="exchange.Mapping",
        about="account",
        reached_by="saved_by",
        what="Who last said what the columns of a list mean",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="exchange.OutgoingSheet",
        about="account",
        reached_by="saved_by",
        what="Who last said which of our columns stand in a council’s sheet",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
)
