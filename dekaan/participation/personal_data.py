"""What is held here about those who took part."""

from dekaan.core.held import Ground, Holding, Until

MACHINERY = frozenset({
    "staff", "carer", "source_kind", "source_id", "academic_day", "activity_type", "criteria", "criteria_unknown",
    "counts", "batch", "superseded_by",
})  # fmt: skip
TITLE = "What a person was invited to and whether they took part, corrections with what they corrected"
WHY = "The benchmarks and the law on provider access are about what each pupil took part in"

HELD = (
    Holding(
        model="participation.Participation",
        about="pupil",
        reached_by="pupil",
        what=TITLE,
        why=WHY,
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
        not_shown=MACHINERY,
    ),
    Holding(
        model="participation.Participation",
        about="staff",
        reached_by="staff",
        what=TITLE,
        why="Training of staff is a part of the programme",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
        not_shown=MACHINERY,
    ),
    Holding(
        model="participation.Participation",
        about="carer",
        reached_by="carer",
        what=TITLE,
        why="Evenings for parents and carers are a part of the programme",
        ground=Ground.PUBLIC_TASK,
        until=Until.WITH_CHILD,
        not_shown=MACHINERY,
    ),
)
