"""What is held here about colleagues: who speaks for careers in a department, and who proposed and decided on links, and whose names are given in them."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="curriculum.Subject",
        about="staff",
        reached_by="representative",
        what="That a colleague speaks for careers in a department",
        why="So that somebody can be asked what the subject links to careers",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
    Holding(
        model="curriculum.CurriculumLink",
        about="account",
        reached_by="proposed_by",
        what="Who entered what a subject links to careers, and who accepted or refused it",
        why="So that somebody can be asked about it, and answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.TAUGHT,
        not_shown=frozenset({"once"}),
    ),
    Holding(
        model="curriculum.CurriculumLink",
        about="staff",
        what="The name that whoever proposed a link by the code chose to give, and whom pupils met or heard of in it",
        why="So that somebody can be asked about it, and to know whom pupils see at work",
        ground=Ground.PUBLIC_TASK,
        until=Until.SAID,
        not_shown=frozenset({"once"}),
    ),
)
