"""What is held here about those to whom mail is sent."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="jobs.Mail",
        about="account",
        what="To which address a mail about signing in or about work that waits was sent, when, and what became of it; "
        "its words encrypted, until it is sent",
        why="A mail is sent once and not lost, and a mail server that refuses it is noticed",
        ground=Ground.PUBLIC_TASK,
        until=Until.UNDO,
    ),
)
