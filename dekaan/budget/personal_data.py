"""What is held here about people: who looks after an agreement, who comes by it, who wrote what."""

from dekaan.core.held import Ground, Holding, Until


def _written(model: str, what: str) -> Holding:
    return Holding(
        model=f"budget.{model}",
        about="account",
        reached_by="recorded_by",
        what=what,
        why="So that it can be undone, and somebody answers for the money",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    )


def _staff(field: str, what: str, why: str) -> Holding:
    return Holding(
        model="budget.Agreement",
        about="staff",
        reached_by=field,
        what=what,
        why=why,
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    )


HELD = (
    _written("Allocation", "Who entered a sum that was allocated, and who took that back"),
    _written("Spend", "Who entered what was spent, and who took that back"),
    _written("AdviserDay", "Who entered an adviser’s day as used or lost, and who took that back"),
    _staff("owner", "Who looks after a service agreement", "So that somebody renews it in time"),
    _staff("adviser", "Which adviser comes by an agreement", "To count the days that were bought"),
    _staff("checks_seen_by", "Who saw the safeguarding checks of a service", "Somebody answers for it"),
    Holding(
        model="budget.Agreement",
        about="contact",
        reached_by="contact",
        what="The person at a service with whom an agreement is kept up",
        why="To reach them when it is to be renewed",
        ground=Ground.PUBLIC_TASK,
        until=Until.CONTACT,
    ),
)
