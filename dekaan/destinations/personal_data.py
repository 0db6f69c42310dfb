"""What is held here about pupils, long after they have left: where they meant to go and went, and what they allow."""

from dekaan.core.held import Erased, Ground, Holding, Until

MACHINERY = frozenset({"provider", "corrects", "batch"})

HELD = (
    Holding(
        model="destinations.Statement",
        about="pupil",
        reached_by="pupil",
        what="What a pupil would like to do, means to do, was offered, and where they were after leaving, by whom it was "
        "said and how sure it is; corrections with what they corrected",
        why="Following pupils for three years after they leave is a part of the benchmarks, and councils ask where they are",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
        not_shown=MACHINERY,
    ),
    Holding(
        model="destinations.Ruling",
        about="pupil",
        reached_by="pupil",
        what="Which of several statements about a pupil’s destination somebody said holds, and why",
        why="So that two sources that disagree are not both counted",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
        not_shown=frozenset({"seen"}),
    ),
    Holding(
        model="destinations.Wish",
        about="pupil",
        reached_by="pupil",
        what="Whether a pupil may be kept in touch with after leaving, where and until when; an objection to sharing",
        why="Nobody is written to, or written of to others, who does not want it",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
    ),
    Holding(
        model="destinations.Asked",
        about="pupil",
        reached_by="pupil",
        what="That a pupil was asked by a link where they were or mean to go, at what address, and when they answered; "
        "what they answered is a statement",
        why="So that nobody is asked twice or after they said no, and those who do not answer are telephoned",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
        not_shown=frozenset({"asking", "link_hash", "link_round"}),
    ),
    Holding(
        model="destinations.AskedLetter",
        about="pupil",
        reached_by="pupil",
        what="On which days a pupil who was asked had a letter, and whether it came back",
        why="So that nobody is reminded twice, and whoever no letter reaches is telephoned",
        ground=Ground.PUBLIC_TASK,
        until=Until.LEAVING,
        not_shown=frozenset({"asked", "message_id"}),
    ),
    Holding(
        model="destinations.Asking",
        about="account",
        reached_by="begun_by",
        what="Who asked leavers or a tutor group, when, in what words, and whom they may reply to",
        why="Somebody answers for letters that go out in the school’s name",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
        erased=Erased.POINTS_NOWHERE,
    ),
)
