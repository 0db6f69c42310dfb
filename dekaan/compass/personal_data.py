"""What is held here about people: who answered, kept or typed in what. Answers hold numbers and no name."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="compass.Override",
        about="account",
        reached_by="by",
        what="Who answered a question of the self-evaluation otherwise than the records, and why; and who took it back",
        why="An answer of one's own has to be defended",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="compass.SelfEvaluation",
        about="account",
        reached_by="by",
        what="Who kept the answers of a self-evaluation",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="compass.RealResult",
        about="account",
        reached_by="by",
        what="Who typed in the percentages of the real self-evaluation",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
)
