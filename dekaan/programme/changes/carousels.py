"""A day on which groups go round is planned, recorded in one press, and that is undone in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.people.models import Group
from dekaan.programme.changes.acts import MoreRecordedSince, NothingToUndo, undo_act
from dekaan.programme.changes.happening import NotHeldYet, it_happened
from dekaan.programme.changes.planning import plan_activity
from dekaan.programme.models import Act, Activity, Carousel, Invitation, Session, Visit
from dekaan.programme.queries import activity_called, rotation


class NothingGoesRound(Exception):
    """A carousel needs at least one group, one station and one slot."""


@dataclass(frozen=True)
class Station:
    """Where groups come: an activity by its title, or with a `partner_kind` a partner by name; and what kind it is of."""

    what: str
    place: str = ""
    partner_kind: str = ""
    activity_type: str = ""


@dataclass(frozen=True)
class Slot:
    """A stretch of the day."""

    starts_at: time
    ends_at: time

    @property
    def minutes(self) -> int:
        """How long it is."""
        day = date(2000, 1, 1)
        return (datetime.combine(day, self.ends_at) - datetime.combine(day, self.starts_at)).seconds // 60


@transaction.atomic
def plan_carousel(
    *,
    title: str,
    held_on: date,
    groups: Sequence[Group],
    stations: Sequence[Station],
    slots: Sequence[Slot],
    by: User | None,
) -> Carousel:
    """A session is planned for every visit of the rotation, and the day knows them. Raises NothingGoesRound.

    A station that is called as an activity of the programme is that activity; the others are new ones, each of its kind.
    """
    visits = rotation(len(groups), len(stations), len(slots))
    if not visits:
        raise NothingGoesRound
    carousel = Carousel.objects.create(
        title=title,
        held_on=held_on,
        groups=[each.name for each in groups],
        stations=[[each.what, each.place] for each in stations],
        slots=[[f"{each.starts_at:%H:%M}", f"{each.ends_at:%H:%M}"] for each in slots],
    )
    activities = [_activity(each, title, by) for each in stations]
    sessions = [
        Session(
            activity=activities[station],
            held_on=held_on,
            starts_at=slots[slot].starts_at,
            minutes=slots[slot].minutes,
            place=stations[station].place,
        )
        for slot, _, station in visits
    ]
    Session.objects.bulk_create(sessions)
    Invitation.objects.bulk_create(
        [Invitation(session=each, group=groups[group]) for each, (_, group, _) in zip(sessions, visits, strict=True)]
    )
    Visit.objects.bulk_create(
        [
            Visit(carousel=carousel, session=each, slot=slot, group=group, station=station)
            for each, (slot, group, station) in zip(sessions, visits, strict=True)
        ]
    )
    record(
        action="carousel planned",
        by=by,
        subject="carousel",
        subject_id=carousel.pk,
        detail={"sessions": len(sessions)},
    )
    return carousel


def _activity(station: Station, title: str, by: User | None) -> Activity:
    if station.partner_kind:
        return plan_activity(
            title=f"{title}: {station.what}"[:200],
            activity_type=station.activity_type,
            partner_name=station.what,
            partner_kind=station.partner_kind,
            by=by,
        )
    known = activity_called(station.what)
    return known or plan_activity(title=station.what, activity_type=station.activity_type, by=by)


@dataclass(frozen=True)
class DayReceipt:
    """What one press for the whole day did: sessions, those recorded in them, and those to catch up."""

    sessions: int
    recorded: int
    to_catch_up: int


@transaction.atomic
def carousel_happened(carousel: Carousel, *, by: User) -> DayReceipt:
    """Every visit that is on, and not recorded yet, happened; one Undo takes all of it back.

    Pressed twice it is one effect. Raises NotHeldYet.
    """
    carousel = _locked(carousel)
    if carousel.held_on > today():
        raise NotHeldYet
    waiting = _sessions(carousel).filter(recorded_at__isnull=True, cancelled_at__isnull=True)
    before = set(Act.objects.filter(session__visit__carousel=carousel).values_list("pk", flat=True))
    receipts = [it_happened(each, by=by) for each in waiting]
    if receipts:
        acts = Act.objects.filter(session__visit__carousel=carousel).exclude(pk__in=before).order_by("pk")
        carousel.acts, carousel.recorded_at, carousel.recorded_by = [each.pk for each in acts], timezone.now(), by
        carousel.save(update_fields=["acts", "recorded_at", "recorded_by"])
        record(
            action="carousel happened",
            by=by,
            subject="carousel",
            subject_id=carousel.pk,
            detail={"sessions": len(receipts)},
        )
    return DayReceipt(
        len(receipts), sum(each.recorded for each in receipts), sum(each.to_catch_up for each in receipts)
    )


def _locked(carousel: Carousel) -> Carousel:
    return Carousel.objects.select_for_update(of=("self",), no_key=True).get(pk=carousel.pk)


def _sessions(carousel: Carousel) -> QuerySet[Session]:
    return Session.objects.filter(visit__carousel=carousel).order_by("starts_at", "pk")


@dataclass(frozen=True)
class DayUndone:
    """How many sessions are open again, and those that stay because more was recorded of them since."""

    sessions: int
    stayed: tuple[Session, ...]


@transaction.atomic
def undo_carousel(carousel: Carousel, *, by: User) -> DayUndone:
    """What the press for the whole day said is taken back; sessions of which more was recorded since stay, and are named.

    Raises NothingToUndo, TooLateToUndo, and MoreRecordedSince where more was recorded of all of them.
    """
    carousel = _locked(carousel)
    acts = list(Act.objects.filter(pk__in=carousel.acts, undone_at__isnull=True).select_related("session__activity"))
    if not acts:
        raise NothingToUndo
    stayed: list[Session] = []
    for act in acts:
        try:
            undo_act(act, by=by)
        except MoreRecordedSince:
            stayed.append(act.session)
    if len(stayed) == len(acts):
        raise MoreRecordedSince
    kept = {each.pk for each in stayed}
    carousel.acts = [act.pk for act in acts if act.session_id in kept]
    carousel.recorded_at = carousel.recorded_by = None
    carousel.save(update_fields=["acts", "recorded_at", "recorded_by"])
    record(
        action="carousel undone",
        by=by,
        subject="carousel",
        subject_id=carousel.pk,
        detail={"sessions": len(acts) - len(stayed), "stayed": len(stayed)},
    )
    return DayUndone(len(acts) - len(stayed), tuple(stayed))
