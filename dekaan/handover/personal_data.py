"""What is held here about people: between whom careers goes, and who planned and agreed to it."""

from dekaan.core.held import Ground, Holding, Until

WHY = "So that everybody knows who answers for careers from which day, and it can be put back"


def _staff(field: str, what: str) -> Holding:
    return Holding(
        model="handover.HandOver",
        about="staff",
        reached_by=field,
        what=what,
        why=WHY,
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    )


def _account(field: str, what: str) -> Holding:
    return Holding(
        model="handover.HandOver",
        about="account",
        reached_by=field,
        what=what,
        why=WHY,
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    )


HELD = (
    _staff("from_staff", "Who handed careers over, with what of theirs changed hands"),
    _staff("to_staff", "Who took careers over, or covered"),
    _account("planned_by", "Who planned a hand-over"),
    _account("agreed_by", "Who agreed to a hand-over as the second person"),
)
