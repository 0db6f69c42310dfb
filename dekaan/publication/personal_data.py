"""What is held here about people: who leads careers as the public reads it, and who prepared and approved each version."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="publication.PublishedVersion",
        about="account",
        reached_by="prepared_by",
        what="Who prepared each version of the public careers page and of the provider access statement",
        why="Somebody answers for what the public reads",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="publication.PublishedVersion",
        about="account",
        reached_by="decided_by",
        what="Who approved each version of them, or sent it back",
        why="Somebody answers for what the public reads",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="publication.PublishedVersion",
        about="account",
        reached_by="taken_down_by",
        what="Who took a version of them down",
        why="Somebody answers for what the public reads",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="publication.VersionApproval",
        about="account",
        reached_by="recorded_by",
        what="Who recorded that the governing body approved a version of the statement; which governor signed it is published",
        why="Somebody answers for what the public reads",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="publication.CareersInformation",
        about="staff",
        what="The Careers Leader’s name, e-mail address and telephone number, as the school publishes them",
        why="The law asks that a school’s website names them",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
)
