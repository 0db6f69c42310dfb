"""What a session has proved: a password alone opens no page of staff (security paper, T1).

A session is strong where a second factor was given in it (an authenticator app, a passkey or a recovery code), or where
the person came in through the school's own single sign-on, which asks for one itself. It is fresh for fifteen minutes
after that, and before an export or a change of roles it must be.
"""

import time
from collections.abc import Iterable

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dekaan.access.models import RoleAssignment, User

STRONG = {"mfa", "socialaccount"}
WITHOUT_STAFF_PAGES = {"pupil", "carer"}


def _last_proof(request: HttpRequest) -> float:
    """When the session was last strong, in seconds since 1970; 0 for never."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return max((record["at"] for record in records if record["method"] in STRONG), default=0)


def is_strong_enough(request: HttpRequest, assignments: Iterable[RoleAssignment]) -> bool:
    """Whether the session may see the pages of these roles."""
    if not settings.SECOND_FACTOR or all(each.role in WITHOUT_STAFF_PAGES for each in assignments):
        return True
    return _last_proof(request) > 0


def is_fresh(request: HttpRequest) -> bool:
    """Whether a factor was given in the last quarter of an hour."""
    return not settings.SECOND_FACTOR or 0 <= time.time() - _last_proof(request) < settings.FRESH_FOR


def kinds_of(user: User) -> set[str]:
    """The kinds of factor that the person has set up: "totp", "webauthn", "recovery_codes"."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def may_change_factors(request: HttpRequest) -> bool:
    """Whether the session may add and remove factors: shortly after one was given, or the password while there is none.

    This holds in the demonstration too: whoever finds a session open cannot make it their own.
    """
    user: User = request.user  # type: ignore[assignment]
    has_one = bool(kinds_of(user)) or SocialAccount.objects.filter(user=user).exists()
    records = get_authentication_records(request, user)
    counted = [each["at"] for each in records if each["method"] in (STRONG if has_one else STRONG | {"password"})]
    return 0 <= time.time() - max(counted, default=0) < settings.FRESH_FOR


def lead_to_factor(request: HttpRequest) -> HttpResponse:
    """To where a factor is given, or set up where there is none; what was asked for is come back to."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    strong = [way["url"] for way in ways if way["id"] != "reauthenticate"]
    return suspend_request(request, strong[0] if strong else reverse("mfa_index"))
