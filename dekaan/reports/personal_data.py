"""What is held here about people: who issued a paper, to whom it was handed, which governor said what of it.

The papers hold totals with small numbers hidden, and no names.
"""

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
    Holding(
        model="reports.Handed",
        about="account",
        reached_by="noted_by",
        what="Who noted that a paper was handed over, to whom and when, and who took that back",
        why="To show that governors and senior leaders are told, and somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="reports.Handed",
        about="staff",
        what="To whom a paper was handed, where the school wrote a name",
        why="To show that governors and senior leaders are told",
        ground=Ground.PUBLIC_TASK,
        until=Until.SAID,
    ),
    Holding(
        model="reports.ApprovalLink",
        about="account",
        reached_by="made_by",
        what="Who made or ended the link by which a governor reads a paper",
        why="Somebody answers for who can read it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
        not_shown=frozenset({"link_hash", "link_round", "digest"}),
    ),
    Holding(
        model="reports.ApprovalLink",
        about="staff",
        what="The name and capacity of a governor who reads a paper by a link, what they said of it and when",
        why="To show who approved a paper, and which",
        ground=Ground.PUBLIC_TASK,
        until=Until.SAID,
        not_shown=frozenset({"link_hash", "link_round", "digest"}),
    ),
    Holding(
        model="reports.ReportApproval",
        about="account",
        reached_by="recorded_by",
        what="Who recorded that governors approved a paper",
        why="Somebody answers for what is recorded",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
        not_shown=frozenset({"digest"}),
    ),
    Holding(
        model="reports.ReportApproval",
        about="staff",
        what="The name of the governor who signed the approval of a paper, when and for whom",
        why="To show who approved a paper, and which",
        ground=Ground.PUBLIC_TASK,
        until=Until.SAID,
        not_shown=frozenset({"digest"}),
    ),
)
