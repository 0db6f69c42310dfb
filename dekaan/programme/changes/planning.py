"""Planning: activities, sessions, invitations, catch-ups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.frameworks.queries import activity_types, mask_of, usual_criteria
from dekaan.participation.changes import restate, retag, retitle
from dekaan.participation.queries import live
from dekaan.partners.models import Organisation
from dekaan.partners.queries import organisation_named
from dekaan.people.models import Group, Pupil, StaffMember
from dekaan.programme.changes.happening import Receipt, it_happened
from dekaan.programme.changes.judging import judge_beside
from dekaan.programme.models import Activity, Invitation, Session
from dekaan.programme.queries import SOURCE, have_had, occasions_of, to_catch_up

# What the ledger copies from an activity, besides what it counts towards.
IN_THE_LEDGER = {"title", "mode", "partner_name", "partner_kind"}


class NobodyInvited(Exception):
    """A session for pupils must invite somebody."""


class NobodyToCatchUp(Exception):
    """Nobody missed the session, or all have caught up."""


@dataclass(frozen=True)
class Invited:
    """Whom a session invites."""

    year_groups: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()
    pupils: tuple[Pupil, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.year_groups or self.groups or self.pupils)


@transaction.atomic
def plan_activity(
    *,
    title: str,
    activity_type: str,
    by: User | None,
    criteria: Iterable[str] | None = None,
    **details: Any,
) -> Activity:
    """The programme has the activity; its criteria, mode and audience are those of its type unless told otherwise.

    What counts only with an employer counts where the partner's kind says that there is one.

    `details` are further fields of Activity: mode, audience, description, partner_name, partner_kind. A partner's name
    that is the name of one organisation of the directory is that one's.
    """
    details.setdefault("organisation", organisation_named(details.get("partner_name", "")))
    kind = activity_types()[activity_type]
    usual = usual_criteria(activity_type, details.get("partner_kind", ""))
    activity = Activity.objects.create(
        title=title,
        activity_type=activity_type,
        criteria=mask_of(usual if criteria is None else criteria),
        **{"mode": kind.mode, "audience": kind.audience, **details},
    )
    record(action="activity planned", by=by, subject="activity", subject_id=activity.pk)
    return activity


@transaction.atomic
def change_activity(
    activity: Activity, *, by: User | None, criteria: Iterable[str] | None = None, **fields: Any
) -> None:
    """The activity is as given; the ledger says so of whoever took part, and what it counts towards is counted at once."""
    if fields.get("partner_name", activity.partner_name) != activity.partner_name:
        fields.setdefault("organisation", organisation_named(fields["partner_name"]))
    changed = [name for name, value in fields.items() if getattr(activity, name) != value]
    for name in changed:
        setattr(activity, name, fields[name])
    if criteria is not None:
        activity.criteria = mask_of(criteria)
    activity.save()
    spoken_of = live().filter(source_kind=SOURCE, source_id__in=activity.sessions.values("pk")).order_by()
    sessions = activity.sessions.filter(pk__in=spoken_of.values("source_id"))
    for occasion in occasions_of(sessions.select_related("activity", "adviser")):
        if criteria is not None:
            retag(SOURCE, occasion.source_id, occasion.criteria, occasion.criteria_unknown)
        if not IN_THE_LEDGER.isdisjoint(changed):
            restate(occasion, by=by)
    if "title" in changed:
        retitle(SOURCE, activity.sessions.values_list("pk", flat=True), activity.title)
    record(action="activity changed", by=by, subject="activity", subject_id=activity.pk, detail={"fields": changed})


@transaction.atomic
def plan_session(
    activity: Activity,
    *,
    held_on: date,
    invited: Invited,
    by: User | None,
    starts_at: time | None = None,
    minutes: int | None = None,
    place: str = "",
    led_by: StaffMember | None = None,
    adviser: StaffMember | None = None,
    catches_up: Session | None = None,
    partner_name: str = "",
    partner_kind: str = "",
    organisation: Organisation | None = None,
) -> Session:
    """The activity is put on that day for those invited. Raises NobodyInvited."""
    if not invited and activity.audience == "pupils":
        raise NobodyInvited
    session = Session.objects.create(
        activity=activity,
        held_on=held_on,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        led_by=led_by,
        adviser=adviser,
        catches_up=catches_up,
        partner_name=partner_name,
        partner_kind=partner_kind,
        organisation=organisation or organisation_named(partner_name),
    )
    invite(session, invited)
    judge_beside(session)
    record(action="session planned", by=by, subject="session", subject_id=session.pk)
    return session


def invite(session: Session, invited: Invited, *, came_with: Mapping[int, int] | None = None) -> None:
    """The session invites these besides whom it invites already; `came_with` says by which press (ids) pupils came."""
    came = came_with or {}
    Invitation.objects.bulk_create(
        [
            *(Invitation(session=session, year_group=year) for year in invited.year_groups),
            *(Invitation(session=session, group=group) for group in invited.groups),
            *(Invitation(session=session, pupil=each, came_with_id=came.get(each.pk)) for each in invited.pupils),
        ]
    )


@transaction.atomic
def record_unplanned(
    *,
    title: str,
    activity_type: str,
    held_on: date,
    invited: Invited,
    by: User,
    partner_name: str = "",
    partner_kind: str = "",
    organisation: Organisation | None = None,
) -> tuple[Session, Receipt]:
    """Something nobody had planned is in the programme and recorded as having happened.

    Raises NobodyInvited and NotHeldYet.
    """
    activity = plan_activity(
        title=title,
        activity_type=activity_type,
        by=by,
        partner_name=partner_name,
        partner_kind=partner_kind,
        organisation=organisation or organisation_named(partner_name),
    )
    session = plan_session(activity, held_on=held_on, invited=invited, by=by)
    return session, it_happened(session, by=by)


@transaction.atomic
def plan_for_pupils(
    *,
    title: str,
    activity_type: str,
    held_on: date,
    pupils: Iterable[Pupil],
    by: User,
    partner_name: str = "",
    **when: Any,
) -> Session:
    """These pupils are invited to a new activity on that day.

    It is with the kind of employer or provider that such an activity is usually with, whether or not it is said with
    whom, since some criteria count kinds. `when`: starts_at, place. Raises NobodyInvited.
    """
    activity = plan_activity(
        title=title,
        activity_type=activity_type,
        by=by,
        partner_name=partner_name,
        partner_kind=activity_types()[activity_type].usual_partner,
    )
    return plan_session(activity, held_on=held_on, invited=Invited(pupils=tuple(pupils)), by=by, **when)


@transaction.atomic
def plan_catch_up(
    session: Session, *, held_on: date, by: User | None, pupils: Iterable[Pupil] | None = None
) -> Session:
    """The absentees (or those given) are invited to an occasion of its own that makes up for the one they missed.

    Of those given, whoever has had it is not invited again. A catch-up of a catch-up makes up for the first session.
    Raises NobodyToCatchUp.
    """
    if pupils is None:
        pupils = Pupil.objects.filter(pk__in=to_catch_up(session, not_invited=True))
    had = have_had(session)
    missed = tuple(each for each in pupils if each.pk not in had)
    if not missed:
        raise NobodyToCatchUp
    return plan_session(
        session.activity,
        held_on=held_on,
        invited=Invited(pupils=missed),
        by=by,
        minutes=session.minutes,
        led_by=session.led_by,
        adviser=session.adviser,
        catches_up=session.catches_up or session,
        partner_name=session.partner_name,
        partner_kind=session.partner_kind,
        organisation=session.organisation,
    )
