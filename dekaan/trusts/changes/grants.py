"""A school lets somebody of its trust read names, and takes it back."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.schools.models import School
from dekaan.trusts.models import NamesGrant
from dekaan.trusts.queries import may_be_granted

LONGEST = timedelta(days=366)  # the house's own: a grant is looked at again every year


class NobodyOfTheTrust(Exception):
    """Whoever is to be granted names holds no role of the school's trust."""


class TooLong(Exception):
    """It would last for more than a year."""


@transaction.atomic
def grant_names(
    school: School, *, to: User, purpose: str, starts_on: date, ends_on: date, by: User | None
) -> NamesGrant:
    """They may read names at the school in scope between those days. Raises NobodyOfTheTrust, TooLong."""
    if not may_be_granted(school, today()).filter(pk=to.pk).exists():
        raise NobodyOfTheTrust
    if ends_on - starts_on > LONGEST:
        raise TooLong
    made = NamesGrant.objects.create(to=to, purpose=purpose, starts_on=starts_on, ends_on=ends_on, granted_by=by)
    record(action="names granted to the trust", by=by, subject="user", subject_id=to.pk, detail={"until": str(ends_on)})
    return made


@transaction.atomic
def take_grant_back(grant: NamesGrant, *, by: User | None) -> None:
    """It opens nothing from the next request on; that it was there stays on record."""
    if grant.ended_at is not None:
        return
    grant.ended_at, grant.ended_by = timezone.now(), by
    grant.save(update_fields=["ended_at", "ended_by"])
    record(action="names granted taken back", by=by, subject="user", subject_id=grant.to_id)
