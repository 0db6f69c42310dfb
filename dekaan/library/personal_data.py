"""What is held here about people: whose a resource is, and who asked for a look at the links."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="library.Resource",
        about="staff",
        reached_by="owner",
        what="That a colleague keeps a resource of the library",
        why="So that somebody looks whether it is still good",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
    Holding(
        model="library.LinkRound",
        about="account",
        reached_by="asked_by",
        what="Who asked for a look at the links of the library",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.YEAR,
    ),
)
