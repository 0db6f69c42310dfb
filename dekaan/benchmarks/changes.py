"""From a gap to something in the programme."""

from collections.abc import Collection, Sequence
from datetime import date, time

from django.db import transaction

from dekaan.access.models import User
from dekaan.frameworks.queries import Answers, Criterion, activity_types, flags
from dekaan.people.models import Pupil
from dekaan.programme.changes import Invited, plan_activity, plan_session, say_of_session
from dekaan.programme.models import Session
from dekaan.programme.queries import is_for_access


class DoesNotCount(Exception):
    """That kind of activity counts towards none of the criteria."""


@transaction.atomic
def plan_for_missing(
    criteria: Collection[Criterion],
    *,
    title: str,
    activity_type: str,
    held_on: date,
    pupils: Sequence[Pupil],
    by: User,
    starts_at: time | None = None,
    place: str = "",
    partner_name: str = "",
    are_all: bool = False,
) -> Session:
    """These pupils are invited to an activity on that day that counts towards one of the criteria that they miss.

    It is with the kind of employer or provider that such an activity is usually with, since some criteria count kinds.
    Where they are all who still need it, it says that it is for everybody and not for chosen pupils, as the law asks of an
    encounter with a provider. Raises DoesNotCount.
    """
    kind = activity_types()[activity_type]
    if not {each.id for each in criteria} & set(kind.criteria):
        raise DoesNotCount
    activity = plan_activity(
        title=title,
        activity_type=activity_type,
        by=by,
        partner_name=partner_name,
        partner_kind=kind.usual_partner,
    )
    session = plan_session(
        activity, held_on=held_on, invited=Invited(pupils=tuple(pupils)), by=by, starts_at=starts_at, place=place
    )
    if are_all and is_for_access(session):
        say_of_session(session, Answers(yes=flags()["whole-cohort"].bit), by=by)
    return session
