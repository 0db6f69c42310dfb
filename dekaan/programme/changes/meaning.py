"""What is said of the flags that make an encounter meaningful: of an activity, and of one occasion by exception."""

from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.frameworks.queries import Answers
from dekaan.participation.changes import judge_again
from dekaan.programme.changes.acts import locked
from dekaan.programme.models import Activity, MeaningLink, Session
from dekaan.programme.queries import occasions_of


class SaidAlready(Exception):
    """It was said by that link, or its day is over."""


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


@transaction.atomic
def ask_meaning(session: Session, *, open_until: date, by: User | None) -> MeaningLink:
    """Whoever has the link can say it of the session once, until that day; a link of before opens nothing any more."""
    session = locked(session)  # before the first press there is no link to hold
    link = MeaningLink.objects.filter(session=session).first()
    link = link or MeaningLink(session=session, school_id=session.school_id)
    link.open_until = open_until
    link.said_by, link.said_on, link.said_yes, link.said_no = "", None, 0, 0
    link.renew_key()
    link.save()
    record(action="meaning of a session asked", by=by, subject="session", subject_id=session.pk)
    return link


@transaction.atomic
def say_by_link(link: MeaningLink, answers: Answers, *, said_by: str) -> None:
    """What somebody who was there says is kept, and holds wherever nobody has said it of that session yet.

    Raises SaidAlready where the link was used or is over.
    """
    session = locked(link.session)  # as whoever asks anew, and whoever says it of the session here, holds it
    link = MeaningLink.objects.get(pk=link.pk)
    if not link.is_open:
        raise SaidAlready
    link.said_by, link.said_on, link.said_yes, link.said_no = said_by, today(), answers.yes, answers.no
    link.save()
    own = Answers(session.flags_yes, session.flags_no).over(answers)
    session.flags_yes, session.flags_no = own.yes, own.no
    session.save(update_fields=["flags_yes", "flags_no"])
    _judge([session])
    record(action="meaning of a session said by link", by=None, subject="session", subject_id=session.pk)


@transaction.atomic
def forget_who_said(before: date) -> int:
    """What was said by a link before that day stands without the name that was given; answers of how many links."""
    named = MeaningLink.objects.filter(said_on__lt=before).exclude(said_by="").update(said_by="")
    if named:
        record(action="old names of links let go", by=None, subject="school", detail={"names": named})
    return named


def _judge(sessions: list[Session]) -> None:
    judge_again(occasions_of(sessions))
