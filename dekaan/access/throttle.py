"""How long the next try has to wait after wrong ones: a growing wait, never a lock (security paper, T1, T7).

Tries are counted in the database, so that every web worker counts the same. Where the browser is one in which the person
has signed in before, only wrong tries made there count, and they wait half a minute at most: nobody shuts a teacher out
by guessing elsewhere. From any other browser they count by address and account, by account, and by address; an
account that does not exist counts like one that does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dekaan.access.models import Attempts

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Counter:
    """Tries that count together: the first `free` wrong ones cost nothing, then the wait doubles up to `longest`.

    With `fades` one of them is forgotten each time that so long has gone by, also where others follow.
    """

    key: str
    free: int
    longest: int  # seconds
    fades: timedelta | None = None

    def wait_after(self, count: int) -> int:
        """Seconds to wait after so many wrong tries."""
        return 0 if count < self.free else min(5 * 2 ** min(count - self.free, 20), self.longest)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: what the outermost of our own proxies says, and nobody else."""
    own = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    said = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    return said[-min(own, len(said))] if own and said else request.META.get("REMOTE_ADDR", "")


def _key(*parts: str) -> str:
    return salted_hmac("dekaan.access.throttle", "\x00".join(parts), algorithm="sha256").hexdigest()


def counters(kind: str, account: str, *, address: str, device: str = "") -> list[Counter]:
    """Where a wrong try counts; `device` is the hash of the cookie of a browser that the person has used."""
    account = account.strip().lower()
    if device:
        return [Counter(_key(kind, "device", account, device), 5, 30)]
    return [
        Counter(_key(kind, "both", account, address), 5, 15 * 60),
        Counter(_key(kind, "account", account), 20, 15 * 60),
        Counter(_key(kind, "address", address), 60, 5 * 60),
    ]


def at_a_form(kind: str, place: str, *, address: str) -> list[Counter]:
    """Where what is sent counts at a form that needs no account: by sender's address, and last by whom it is sent to.

    What many senders can do to one place is small and goes by with time: nobody closes a form by sending from everywhere.
    """
    quarter, minute = timedelta(minutes=15), timedelta(minutes=1)
    return [
        Counter(_key(kind, "both", place, address), 5, 15 * 60, fades=quarter),
        Counter(_key(kind, "address", address), 60, 5 * 60, fades=minute),
        Counter(_key(kind, "place", place), 60, 60, fades=minute),
    ]


def seconds_to_wait(counted: Iterable[Counter]) -> int:
    """How long until the next try is looked at; 0 for now."""
    now = timezone.now()
    until = Attempts.objects.filter(key__in=[each.key for each in counted], wait_until__gt=now)
    latest = max(until.values_list("wait_until", flat=True), default=now)
    return -int((now - latest).total_seconds() // 1)


def note_wrong(counted: Iterable[Counter]) -> None:
    """One more wrong try counts, wherever it counts."""
    now = timezone.now()
    for each in counted:
        with transaction.atomic():
            row, _ = Attempts.objects.select_for_update().get_or_create(
                key=each.key, defaults={"last_at": now, "wait_until": now}
            )
            row.count = 1 if _is_old(row, now) else max(0, row.count - _faded(each, row, now)) + 1
            row.last_at, row.wait_until = now, now + timedelta(seconds=each.wait_after(row.count))
            row.save()


def _is_old(row: Attempts, now: datetime) -> bool:
    return now - row.last_at > FORGOTTEN_AFTER


def _faded(counter: Counter, row: Attempts, now: datetime) -> int:
    return (now - row.last_at) // counter.fades if counter.fades else 0


def note_right(counted: Iterable[Counter]) -> None:
    """The right one was given: what counted against this browser or address for this account is forgotten."""
    Attempts.objects.filter(key=next(iter(counted)).key).delete()


def in_words(seconds: int) -> str:
    """The refusal, the same for every account and for none."""
    wait = f"{seconds} seconds" if seconds < 100 else f"{-(-seconds // 60)} minutes"
    return f"Too many wrong tries. Wait {wait} and try again."
