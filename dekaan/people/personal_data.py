"""What is held here about pupils, parents and carers, and staff."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="people.Pupil",
        about="pupil",
        reached_by="pk",
        what="Names, birth date, pupil and learner numbers, the school's own numbers, e-mail address; at a special "
        "school whether the benchmarks fit, with the reason",
        why="To know who took part in what, and to recognise a pupil in the school's own lists",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
    ),
    Holding(
        model="people.FormerIdentifier",
        about="pupil",
        reached_by="pupil",
        what="Pupil numbers that were replaced",
        why="So that an older list does not make the same pupil twice",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
    ),
    Holding(
        model="people.Enrolment",
        about="pupil",
        reached_by="pupil",
        what="When the pupil joined and left, and whether this is the main school",
        why="To know for whom the school answers, and from when on records are kept too long",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
    ),
    Holding(
        model="people.Membership",
        about="pupil",
        reached_by="pupil",
        what="Tutor groups and teaching groups, dated",
        why="To invite the right pupils and to show a tutor the own group only",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
    ),
    Holding(
        model="people.YearRecord",
        about="pupil",
        reached_by="pupil",
        what="Each academic year: year group, tutor group, sex, attendance; special educational needs, ethnicity, first "
        "language, pupil premium and free meals, looked after, young carer, service child, where the school brings "
        "these in",
        why="To see which groups miss out, and to give those who need more what they need",
        ground=Ground.SPECIAL,
        until=Until.LEAVING,
    ),
    Holding(
        model="people.CarerOf",
        about="pupil",
        reached_by="pupil",
        what="Who the pupil's parents and carers are",
        why="To invite them to what is for parents and carers",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
    ),
    Holding(
        model="people.Carer",
        about="carer",
        reached_by="pk",
        what="Name, e-mail address and telephone number",
        why="To invite them to what is for parents and carers",
        ground=Ground.PUBLIC_TASK,
        until=Until.WITH_CHILD,
    ),
    Holding(
        model="people.CarerOf",
        about="carer",
        reached_by="carer",
        what="For whom they care",
        why="To invite the parents and carers of the pupils whom it is about",
        ground=Ground.PUBLIC_TASK,
        until=Until.WITH_CHILD,
    ),
    Holding(
        model="people.StaffMember",
        about="staff",
        reached_by="pk",
        what="Name, e-mail address, post, when they work here, and when they were qualified for personal guidance",
        why="To know who leads a session, and whether a guidance meeting counts",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
    Holding(
        model="people.Group",
        about="staff",
        reached_by="tutor",
        what="Whose tutor group it is",
        why="To show a tutor the own group only",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
)
