"""Browsers in which a person has signed in: what makes one known, and who is told of a new one."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dekaan.access.models import Device, User

COOKIE = "dekaan-device"
PEOPLE_AT_ONE = 20  # who share a browser, as in a staff room
KNOWN_FOR = timedelta(days=365)
# The first sign found is the name: nearly every browser says besides that it is Chrome, and Safari too.
BROWSERS = (
    *(("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("HeadlessChrome", "A program")),
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari")),
)
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook")),
    *(("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")),
)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def known_device(request: HttpRequest, email: str) -> str:
    """The hash of this browser's key where the account with that address has signed in here; else empty."""
    theirs = Device.objects.filter(user__email__iexact=email)
    return next((_hash(key) for key in _keys(request) if _is_one_of(theirs, key)), "")


def _keys(request: HttpRequest) -> list[str]:
    """What the browser carries: a key for each person who has signed in with it, the latest last."""
    return [key for key in request.COOKIES.get(COOKIE, "").split(".") if key][-PEOPLE_AT_ONE:]


def _is_one_of(devices: QuerySet[Device], key: str) -> bool:
    return devices.filter(cookie_hash=_hash(key), last_at__gt=timezone.now() - KNOWN_FOR).exists()


def name_of(request: HttpRequest) -> str:
    """What the browser calls itself, in two words: "Chrome on Windows"."""
    said = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in BROWSERS if re.search(rf"\b{sign}", said)), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in said), "an unknown system")
    return f"{browser} on {system}"


@transaction.atomic
def note_sign_in(request: HttpRequest, response: HttpResponse, user: User) -> tuple[bool, list[Device]]:
    """The browser is one of the person's, by a key in a cookie that lasts a year.

    A key that is not theirs yet is never made theirs: somebody may have put it there, and have it elsewhere too. So each
    person has a key of their own, and those of the others with whom they share the machine stay beside it.

    Returns whether it is new where others were there before, and those of the others that are newer than the last
    sign-in here: whoever owns the account is shown them.
    """
    keys, now = _keys(request), timezone.now()
    theirs = Device.objects.filter(user=user)
    key = next((each for each in keys if _is_one_of(theirs, each)), None) or secrets.token_urlsafe(32)
    others = theirs.exclude(cookie_hash=_hash(key))
    device, is_new = Device.objects.get_or_create(
        user=user,
        cookie_hash=_hash(key),
        defaults={"name": name_of(request), "first_at": now, "last_at": now},
    )
    newer = [] if is_new else list(others.filter(first_at__gt=device.last_at))
    device.name, device.last_at = name_of(request), now
    device.save()
    response.set_cookie(
        COOKIE,
        ".".join([*(each for each in keys if each != key), key][-PEOPLE_AT_ONE:]),
        max_age=int(KNOWN_FOR.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return is_new and others.exists(), newer
