"""Every link of the library is looked at: asked for, or as each week."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import months_after
from dekaan.core.scope import working_in
from dekaan.library.looking import Looker
from dekaan.library.models import LinkRound, Resource
from dekaan.library.queries import in_use, looked
from dekaan.schools.models import School

WEEK = timedelta(days=7)
KEPT_MONTHS = 12
LinkState = Resource.LinkState

Then = Callable[[LinkRound], Any]


class RoundUnderWay(Exception):
    """The links are being looked at."""


@transaction.atomic
def ask_for_look(*, by: User | None, then: Then) -> LinkRound:
    """Every link is looked at by the worker, to whom `then` hands it. Raises RoundUnderWay."""
    if looked().in_hand is not None:
        raise RoundUnderWay
    made = LinkRound.objects.create(asked_by=by, asked_at=timezone.now())
    record(action="link check asked for", by=by, subject="link check", subject_id=made.pk)
    then(made)
    return made


@transaction.atomic
def ask_weekly_look(then: Then) -> LinkRound | None:
    """The same where none was asked for in the last week; None where nothing is due."""
    recent = timezone.now() - WEEK + timedelta(hours=12)  # the morning's round is not to the minute
    has_links = in_use().exclude(address="").exists()
    if not has_links or looked().in_hand or LinkRound.objects.filter(asked_at__gt=recent).exists():
        return None
    made = LinkRound.objects.create(asked_at=timezone.now(), is_weekly=True)
    then(made)
    return made


def look_at_links(school_id: int, round_id: int) -> None:
    """Each link is looked at and kept at once; done again after a worker was killed, it goes on where that one ended.

    Nothing of the database is held meanwhile: a website may take its time.
    """
    with working_in(school_id):
        going = LinkRound.objects.filter(pk=round_id, finished_at=None).first()
        school = School.objects.get(pk=school_id)
        every = list(in_use().exclude(address="").order_by("pk")) if going else []
    if going is None:
        return
    looker = Looker(school.name, import_string(settings.WIRE)())
    for resource in every:
        if resource.link_checked_at is None or resource.link_checked_at < going.asked_at:
            state, reason = looker.look(resource.address)
            with working_in(school_id):
                _keep(resource, state, reason, at=max(timezone.now(), going.asked_at))
    with working_in(school_id):
        _finish(going, can_tell=looker.has_reached)


def _keep(resource: Resource, state: str, reason: str, *, at: datetime) -> None:
    """What was found, if the address is still that one."""
    Resource.objects.filter(pk=resource.pk, address=resource.address).update(
        link_state=state, link_reason=reason, link_checked_at=at
    )


@transaction.atomic
def _finish(going: LinkRound, *, can_tell: bool) -> None:
    """The look is over. A name that leads nowhere is broken where there is a way out, as other websites showed."""
    looked_at = in_use().exclude(address="").filter(link_checked_at__gte=going.asked_at)
    if can_tell:
        looked_at.filter(link_reason="no-name").update(link_state=LinkState.BROKEN, link_reason="no-such-name")
    going.finished_at = timezone.now()
    going.looked_at = looked_at.count()
    going.broken = looked_at.filter(link_state=LinkState.BROKEN).count()
    going.unread = looked_at.filter(link_state=LinkState.UNREAD).count()
    going.save()
    record(
        action="links checked",
        by=going.asked_by,
        subject="link check",
        subject_id=going.pk,
        detail={"links": going.looked_at, "broken": going.broken},
    )


@transaction.atomic
def forget_old_rounds(on: date) -> None:
    """Looks of more than a year ago are gone; what is known of each link stays with it."""
    LinkRound.objects.filter(asked_at__date__lt=months_after(on, -KEPT_MONTHS)).delete()
