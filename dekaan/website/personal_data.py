"""What is held here about people: who asked for a check, and whoever a public page names."""

from dekaan.core.held import Erased, Ground, Holding, Until

HELD = (
    Holding(
        model="website.WebsiteCheck",
        about="account",
        reached_by="asked_by",
        what="Who asked for a check of the school's website",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.YEAR,
    ),
    Holding(
        model="website.WebsiteCheck",
        about="staff",
        what="Sentences of the school's public pages, which name the careers leader and how to reach them",
        why="To say whether the website still says what it must",
        ground=Ground.PUBLIC_TASK,
        until=Until.YEAR,
    ),
    Holding(
        model="website.WebsiteCheck",
        about="pupil",
        what="Sentences of the school's public pages, where one happens to name a pupil",
        why="To say whether the website still says what it must",
        ground=Ground.PUBLIC_TASK,
        until=Until.YEAR,
        erased=Erased.SIFTED,
    ),
)
