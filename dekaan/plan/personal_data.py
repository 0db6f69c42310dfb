"""What is held here about colleagues and others: whose a thing is, who approved it, who met; and what is a person's own."""

from dekaan.core.held import Ground, Holding, Until

_OWNERS = (
    ("plan.Action", "owner", "Whose an action of the plan is, of others by name and capacity"),
    ("plan.Task", "owner", "Whose a task is, of others by name and capacity"),
    ("plan.Policy", "owner", "Whose a policy is and who approved it, of others by name and capacity"),
    ("plan.Meeting", "chair", "Who takes the chair of a meeting; in its notes no pupil is named"),
    ("plan.MeetingMember", "staff", "Who belongs to a meeting and was there, of others by name and capacity"),
)

HELD = (
    *(
        Holding(
            model=model,
            about="staff",
            reached_by=field,
            what=what,
            why="So that it is done, and somebody can be asked about it",
            ground=Ground.PUBLIC_TASK,
            until=Until.WORKING_HERE,
        )
        for model, field, what in _OWNERS
    ),
    Holding(
        model="plan.Plan",
        about="account",
        reached_by="written_by",
        what="Who wrote a strategy or plan",
        why="Whoever wrote it does not enter that it was approved",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="plan.Approval",
        about="account",
        reached_by="entered_by",
        what="Who approved a plan, by name and capacity, and who entered it",
        why="To show governors and inspectors which version was approved",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="plan.Task",
        about="account",
        reached_by="given_by",
        what="Who gave a task",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="plan.TimeSpent",
        about="account",
        reached_by="user",
        what="Hours that a person noted of their own work for careers, which nobody else reads",
        why="So that they know what their time goes into, if they want to",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="plan.TimeShared",
        about="account",
        reached_by="user",
        what="That a person shares the totals of these hours with senior leaders",
        why="Nobody reads them who was not told",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="plan.WeeklyMail",
        about="account",
        reached_by="user",
        what="Whether a person gets the mail of their week, and when the last was written",
        why="So that nobody gets one that they do not want",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
)
