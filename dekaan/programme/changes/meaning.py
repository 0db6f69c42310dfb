"""What is said of the flags that make an encounter meaningful: of an activity, and of one occasion by exception."""

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.frameworks.queries import Answers
from dekaan.participation.changes import judge_again
from dekaan.programme.models import Activity, Session
from dekaan.programme.queries import occasion_of


@transaction.atomic
def say_of_activity(activity: Activity, answers: Answers, *, by: User | None) -> None:
    """The activity's occasions are as answered, but where one of them says otherwise; all are judged again."""
    activity.flags_yes, activity.flags_no = answers.yes, answers.no
    activity.save(update_fields=["flags_yes", "flags_no"])
    _judge([*activity.sessions.select_related("activity", "adviser")])
    record(action="meaning of an activity said", by=by, subject="activity", subject_id=activity.pk)


@transaction.atomic
def say_of_session(session: Session, answers: Answers, *, by: User | None) -> None:
    """The occasion is as answered, and as its activity says where nothing is; it is judged again."""
    session.flags_yes, session.flags_no = answers.yes, answers.no
    session.save(update_fields=["flags_yes", "flags_no"])
    _judge([session])
    record(action="meaning of a session said", by=by, subject="session", subject_id=session.pk)


def _judge(sessions: list[Session]) -> None:
    judge_again(occasion_of(each) for each in sessions)
