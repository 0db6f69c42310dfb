"""What is held here about colleagues: who speaks for careers in a department, and who proposed and decided on links."""

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
        what="Who entered what a subject links to careers, and who accepted it; by the code, the name that they gave",
        why="So that somebody can be asked about it, and answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
        not_shown=frozenset({"once"}),
    ),
)
