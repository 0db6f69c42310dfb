"""What is held here about people: who the data protection officer is."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="privacy.DataProtection",
        about="staff",
        what="Name and e-mail address of the data protection officer",
        why="So that everybody knows whom to ask",
        ground=Ground.ACCOUNTABILITY,
        until=Until.WORKING_HERE,
    ),
)
