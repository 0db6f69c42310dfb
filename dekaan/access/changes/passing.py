"""The role of who leads careers passes from one person to another, or is lent for a time: two people have said so."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction

from dekaan.access.changes.accounts import (
    NotTheirsToConfirm,
    _close_if_nothing_is_left,
    _leave,
    _of,
    _open_again,
)
from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import assignments_in, may_agree
from dekaan.access.roles import PASSED_ON
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.schools.models import School

ONE_DAY = timedelta(days=1)


@transaction.atomic
def pass_role_on(
    *,
    to: User,
    school: School,
    starts_on: date,
    ends_on: date | None,
    former: Collection[RoleAssignment],
    asked_by: User | None,
    agreed_by: User | None,
    known_as: str = "",
    leads_already: bool = False,
) -> RoleAssignment | None:
    """`to` leads careers from that day, and each of `former` is held until the day before.

    Answers with the role that was given: none where `to` leads already.

    `agreed_by` is None on the command line and in the demonstration. Raises NotTheirsToConfirm otherwise than `may_agree`.
    """
    if agreed_by is not None and not may_agree(agreed_by, assignments_in(agreed_by, school), asked_by=asked_by, to=to):
        raise NotTheirsToConfirm
    given = None
    if not leads_already:
        given = RoleAssignment.objects.create(
            user=to,
            role=PASSED_ON,
            school=school,
            starts_on=starts_on,
            ends_on=ends_on,
            given_by=asked_by,
            known_as=known_as,
        )
        record(action="role passed on", by=agreed_by, **_of(given))
        _open_again(to, by=agreed_by)
    for each in former:
        each.ends_on = starts_on - ONE_DAY
        each.save(update_fields=["ends_on"])
        record(action="role ended", by=agreed_by, **_of(each))
    for each in former:  # once all of them have ended: a role that still lasted would keep the person signed in
        if starts_on <= today():
            _leave(each)
        _close_if_nothing_is_left(each.user, by=agreed_by)
    return given


@transaction.atomic
def take_role_back(
    given: RoleAssignment | None, *, former: Collection[tuple[RoleAssignment, date | None]], by: User | None
) -> None:
    """The role that was passed on or lent is held no more; each of `former` is held again, until the day it had before."""
    if given is not None and (given.ends_on is None or given.ends_on >= today()):
        given.ends_on = today() - ONE_DAY
        given.save(update_fields=["ends_on"])
        record(action="role ended", by=by, **_of(given))
        if given.starts_on is not None and given.starts_on <= today():
            _leave(given)
    for each, until in former:
        each.ends_on = until
        each.save(update_fields=["ends_on"])
        record(action="role given", by=by, **_of(each))
        _open_again(each.user, by=by)
    if given is not None:
        _close_if_nothing_is_left(given.user, by=by)
