"""What is held here about people: whose a piece of evidence is, and whoever may be named in one."""

from dekaan.core.held import Erased, Ground, Holding, Until

HELD = (
    Holding(
        model="evidence.Evidence",
        about="staff",
        reached_by="owner",
        what="Whose a piece of evidence is",
        why="So that somebody renews it before it expires",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
    Holding(
        model="evidence.Evidence",
        about="pupil",
        what="Pieces of evidence whose words or files may name pupils; the files are not searched for names",
        why="To show an award, a review or an inspection that the programme does what it says",
        ground=Ground.PUBLIC_TASK,
        until=Until.EVIDENCE,
        erased=Erased.SIFTED,
    ),
    Holding(
        model="evidence.EvidenceFile",
        about="account",
        reached_by="added_by",
        what="Who brought in a file of evidence",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.EVIDENCE,
    ),
)
