"""What is held here about colleagues: which roles they hold, on what terms, what they learn, what they have read."""

from dekaan.core.held import Ground, Holding, Until


def _holding(model: str, reached_by: str, what: str, why: str) -> Holding:
    return Holding(
        model=f"team.{model}",
        about="staff",
        reached_by=reached_by,
        what=what,
        why=why,
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
    )


HELD = (
    _holding(
        "Post",
        "staff",
        "Which role in careers a colleague holds, from when until when; of governors and others from outside, the name",
        "So that everybody knows who leads and whom to ask",
    ),
    _holding("Assignment", "responsible_staff", "What a colleague is responsible for by name", "So that it is done"),
    _holding(
        "Assignment", "accountable_staff", "What a colleague answers for by name", "So that somebody answers for it"
    ),
    _holding(
        "TermsOfPost",
        "",
        "Grade, teaching hours, other posts and secondment of whoever holds a post in careers",
        "So that the Careers Leader and the line manager can see whether the role has the time that it needs",
    ),
    _holding(
        "Profile",
        "staff",
        "Where a colleague comes from, their training in leading careers, their induction",
        "To plan what they learn",
    ),
    _holding(
        "Profile", "mentor", "That a colleague is the mentor of another", "So that a new colleague has somebody to ask"
    ),
    _holding("DevelopmentNeed", "staff", "What a colleague is to learn, how and by when", "To plan what they learn"),
    _holding(
        "NetworkJoined", "staff", "Which networks a colleague belongs to", "To show how the school keeps up to date"
    ),
    _holding("Training", "staff", "Training that a colleague did", "To show that those who lead careers are trained"),
    _holding(
        "Acknowledgement",
        "staff",
        "That a colleague has read what careers means for them, and when",
        "So that everybody knows what is expected of them",
    ),
    _holding("Acknowledgement", "given_by", "Who recorded that somebody has read it", "So that it can be trusted"),
    _holding(
        "AgreedDescription",
        "",
        "The job description as agreed: names of who holds the roles, and who agreed to it in what capacity",
        "To show what was agreed",
    ),
)
