"""What is held here about colleagues and visitors: whose a scheme is, who looked, and who sees to what is to be done."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="schemes.SchemeOwner",
        about="staff",
        reached_by="staff",
        what="That a colleague owns a scheme of work",
        why="So that they may change it, and somebody can be asked about it",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
    Holding(
        model="schemes.Observation",
        about="staff",
        reached_by="seen_by",
        what="Who watched a lesson or walked round, a visitor by name and role; of what was seen, no name is asked",
        why="To show an award, a review or an inspection how the programme is looked at",
        ground=Ground.PUBLIC_TASK,
        until=Until.EVIDENCE,
    ),
    Holding(
        model="schemes.Observation",
        about="staff",
        reached_by="action_who",
        what="Who sees to what is done after an observation",
        why="So that it is done",
        ground=Ground.PUBLIC_TASK,
        until=Until.EVIDENCE,
    ),
)
