"""The address of a person's own calendar: made, made anew, ended."""

import secrets

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.link_keys import hash_of
from dekaan.programme.models import CalendarFeed
from dekaan.schools.models import School


@transaction.atomic
def renew_calendar_address(*, school: School, by: User) -> str:
    """The person has a new address there, and the one before is dead. Answers with the token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    said = {"token_hash": hash_of(token), "session_round": by.session_round, "made_at": timezone.now()}
    CalendarFeed.objects.update_or_create(user=by, school=school, defaults=said)
    record(action="calendar address made", by=by, subject="user", subject_id=by.pk)
    return token


@transaction.atomic
def end_calendar_address(*, school: School, by: User) -> None:
    """The person's address there is dead; without one nothing happens."""
    gone, _ = CalendarFeed.objects.filter(user=by, school=school).delete()
    if gone:
        record(action="calendar address ended", by=by, subject="user", subject_id=by.pk)
