"""What is held here about those who sign in."""

from dekaan.core.held import Ground, Holding, Until

HELD = (
    Holding(
        model="access.User",
        about="account",
        reached_by="pk",
        what="Name, e-mail address, the password as a hash that cannot be read back, and when they last signed in",
        why="To let in those who may come in, and nobody else",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="access.RoleAssignment",
        about="account",
        reached_by="user",
        what="Which role was held, where, and from when until when; until the school was first opened with it, the name "
        "that was typed",
        why="A person sees what the role allows, on those days",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="access.Press",
        about="account",
        reached_by="user",
        what="Which form was sent and which page it led to, for a day; nothing of what was typed",
        why="A form that is sent twice is done once",
        ground=Ground.PUBLIC_TASK,
        until=Until.UNDO,
    ),
    Holding(
        model="access.Device",
        about="account",
        reached_by="user",
        what="In which browsers the person signed in (“Chrome on Windows”), first and last, by the hash of a cookie. With "
        "the account stand its second factors, encrypted, and the subject of a linked Microsoft or Google account",
        why="To tell the person of a sign-in that may not be theirs, and to let nobody shut them out by guessing",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
    Holding(
        model="access.Invitation",
        about="account",
        reached_by="user",
        what="That a code was made for the person, and whether it was used; the code as a hash",
        why="To let the person in for the first time",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
    Holding(
        model="access.FactorReset",
        about="account",
        reached_by="user",
        what="That somebody asked to have the person's second factor reset, who agreed, and what became of it; for 90 days",
        why="To let in a colleague who has lost telephone and recovery codes, by two people",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    ),
)
