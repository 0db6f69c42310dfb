"""What is held here about people: who issued a paper. The papers hold totals with small numbers hidden, and no names."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="reports.Report",
        about="account",
        reached_by="issued_by",
        what="Who issued or withdrew a paper for governors",
        why="Somebody answers for its figures",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
)
