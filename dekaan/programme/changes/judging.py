"""What the law says of sessions is judged again when something changes that it rests on beside the session itself."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from dekaan.core.academic_year import academic_year_of, year_end, year_start
from dekaan.frameworks.queries import access_mask
from dekaan.participation.changes import judge_again
from dekaan.participation.models import State
from dekaan.participation.queries import live
from dekaan.partners.models import Organisation
from dekaan.programme.models import Session
from dekaan.programme.queries import SOURCE, is_for_access, occasions_of


def judge_beside(session: Session, *, was_on: date | None = None) -> None:
    """Sessions of the same activity in the same year are judged again: together they say whether all are reached.

    Where the day was in another year (`was_on`), those of that year too.
    """
    if not is_for_access(session):
        return
    years = {academic_year_of(session.held_on)} | ({academic_year_of(was_on)} if was_on else set())
    within = Q()
    for year in years:
        within |= Q(held_on__gte=year_start(year), held_on__lte=year_end(year))
    _judge(Q(within, activity=session.activity_id) & ~Q(pk=session.pk))


@transaction.atomic
def judge_access_again(which: Q | None = None) -> None:
    """Every session of the school that is put on towards provider access, or those of `which`, is judged again.

    As when the school's day changes, or its calendar.
    """
    ours = access_mask()
    activities = {
        pk
        for pk, criteria in Session.objects.order_by().values_list("activity_id", "activity__criteria").distinct()
        if criteria & ours
    }
    _judge(Q(which or Q(), activity__in=activities))


@transaction.atomic
def judge_part_attendance_again() -> None:
    """Sessions at which somebody was in part are judged again: whether that counts was settled otherwise."""
    in_part = live().filter(source_kind=SOURCE, state=State.PART).order_by().values("source_id")
    _judge(Q(pk__in=in_part))


@transaction.atomic
def judge_sessions_with(organisation: Organisation) -> None:
    """The organisation's sessions are judged again: what it offers is said otherwise."""
    _judge(Q(organisation=organisation) | Q(organisation=None, activity__organisation=organisation))


def _judge(which: Q) -> None:
    spoken_of = live().filter(source_kind=SOURCE).order_by().values("source_id")
    judge_again(occasions_of(Session.objects.filter(which, pk__in=spoken_of).select_related("activity", "adviser")))
