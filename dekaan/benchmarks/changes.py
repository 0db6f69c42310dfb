"""From a gap to something in the programme."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.frameworks.queries import Answers, Criterion, activity_types, flags
from dekaan.programme.changes import keep_planned_for, plan_for_pupils, say_of_session
from dekaan.programme.models import Session
from dekaan.programme.queries import is_for_access


class DoesNotCount(Exception):
    """That kind of activity counts towards none of the criteria."""


@transaction.atomic
def plan_for_missing(
    criteria: Collection[Criterion],
    *,
    activity_type: str,
    by: User,
    are_all: bool = False,
    **planned: Any,
) -> Session:
    """These pupils are invited to an activity on that day that counts towards one of the criteria that they miss.

    `planned` is what `plan_for_pupils` is told besides: title, held_on, pupils, partner_name, starts_at, place. Where they
    are all who still need it, it says that it is for everybody and not for chosen pupils, as the law asks of an encounter
    with a provider. Raises DoesNotCount.
    """
    if not {each.id for each in criteria} & set(activity_types()[activity_type].criteria):
        raise DoesNotCount
    session = plan_for_pupils(activity_type=activity_type, by=by, **planned)
    if are_all and is_for_access(session):
        say_of_session(session, Answers(yes=flags()["whole-cohort"].bit), by=by)
    keep_planned_for(session, by=by)
    return session
