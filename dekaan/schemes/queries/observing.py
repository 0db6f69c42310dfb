"""Observations: of a year, those that are good as evidence on a day, and the actions that somebody follows."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from dekaan.core.academic_year import months_after, today, year_end, year_start
from dekaan.programme.models import Session
from dekaan.schemes.holding import holds_months
from dekaan.schemes.models import Observation, SchemeLesson

LATELY = timedelta(days=28)


def observations() -> QuerySet[Observation]:
    """Every observation with all that a page says of it, the newest first."""
    return Observation.objects.select_related("seen_by", "session__activity", "lesson__scheme", "action_who")


def year_of_observations(academic_year: int) -> list[Observation]:
    """Those of the year, the newest first."""
    return list(observations().filter(seen_on__gte=year_start(academic_year), seen_on__lte=year_end(academic_year)))


def observations_good_on(on: date) -> list[Observation]:
    """Those that are evidence on that day: not older than the data file says, and not of a day to come."""
    within = observations().filter(seen_on__lte=on, seen_on__gt=months_after(on, -holds_months()) - timedelta(days=4))
    return [each for each in within if each.valid_until >= on]  # four days, since months are not of one length


def to_follow() -> list[Observation]:
    """Those whose action is neither done nor dropped, of any year, by the day until when."""
    return list(observations().filter(_is_open()).order_by("action_due_on", "pk"))


def overdue() -> QuerySet[Observation]:
    """Those whose action has passed its day and is neither done nor dropped."""
    return Observation.objects.filter(_is_open(), action_due_on__lt=today())


def _is_open() -> Q:
    return Q(action_due_on__isnull=False, action_done_on=None, action_dropped_on=None)


def things_to_observe(
    *, besides: Observation | None = None, session: Session | None = None
) -> tuple[list[Session], list[SchemeLesson]]:
    """What an observation may have been of: sessions of the last weeks and lessons of schemes that are offered.

    The session that is given, and what the observation was of, are among them whenever they were.
    """
    also = {each for each in (besides and besides.session_id, session and session.pk) if each}
    lately = Q(held_on__lte=today(), held_on__gte=today() - LATELY, cancelled_at__isnull=True)
    sessions = Session.objects.filter(lately | Q(pk__in=also)).select_related("activity")
    sessions = sessions.prefetch_related("invitations__group").order_by("-held_on", "-pk")
    lessons = SchemeLesson.objects.filter(
        Q(scheme__given_up_on=None) | Q(pk=besides.lesson_id if besides else None)
    ).select_related("scheme")
    return list(sessions), list(lessons.order_by("scheme__title", "place", "pk"))
