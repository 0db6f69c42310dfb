"""The year groups that sessions are for, however they invite: in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from dekaan.people.models import Membership
from dekaan.programme.models import Invitation, Session


def year_groups_called(listed: Iterable[Session], academic_year: int) -> dict[int, set[int]]:
    """For each of the sessions the year groups of whom it invites: named, of its groups, or of its pupils.

    Staff, parents and carers are of no year group; what the sessions invite should have been fetched with them.
    """
    called: dict[int, set[int]] = {}
    unclear: dict[int, set[int]] = defaultdict(set)  # groups that say no year group: their members do
    by_name = False
    for session in listed:
        found = called.setdefault(session.pk, set())
        for each in session.invitations.all():
            if each.year_group is not None:
                found.add(each.year_group)
            elif each.group is not None and each.group.year_group is not None:
                found.add(each.group.year_group)
            elif each.group_id:
                unclear[each.group_id].add(session.pk)
            by_name = by_name or each.pupil_id is not None
    if unclear:
        members = Membership.objects.filter(group_id__in=list(unclear)).order_by()
        for group_id, year_group in _years_of(members, academic_year, "group_id"):
            for session_id in unclear[group_id]:
                called[session_id].add(year_group)
    if by_name:
        named = Invitation.objects.filter(session_id__in=list(called), pupil__isnull=False).order_by()
        for session_id, year_group in _years_of(named, academic_year, "session_id"):
            called[session_id].add(year_group)
    return called


def _years_of(rows: QuerySet[Any], academic_year: int, key: str) -> QuerySet[Any, tuple[int, int]]:
    """Of rows that name a pupil, the key and the year group that the pupil is in that year, each pair once."""
    that_year = rows.filter(pupil__year_records__academic_year=academic_year)
    return that_year.values_list(key, "pupil__year_records__year_group").distinct()
