"""What a session has proved: a password alone opens no page of staff (security paper, T1).

A session is strong where a second factor was given in it (an authenticator app, a passkey or a recovery code), or where
the person came in through the school's own single sign-on, which asks for one itself. It is fresh for fifteen minutes
after the factor was given, here or at the provider, and before an export or a change of roles it must be.
"""

import time
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from dekaan.access.models import RoleAssignment, User

STRONG = {"mfa", "socialaccount"}
ASKED_AT = "provider_asked_at"  # where a session keeps when the provider asked for a factor; 0 where it does not say
CLOCKS_DIFFER = 2 * 60
PRESSED_ON = "pressed_on"  # where a session keeps which page a press that waits was made on
WITHOUT_STAFF_PAGES = {"pupil", "carer"}


def note_asked_at(request: HttpRequest, said: object) -> None:
    """The provider says that it asked the person then; what is no moment, or is still to come, counts as never."""
    now = time.time()
    moment = float(said) if isinstance(said, int | float) and not isinstance(said, bool) else 0.0
    request.session[ASKED_AT] = min(moment, now) if 0 < moment <= now + CLOCKS_DIFFER else 0


def says_no_moment(request: HttpRequest) -> bool:
    """Whether the person came in through a provider that does not say when it asked them."""
    return request.session.get(ASKED_AT) == 0


def _last_proof(request: HttpRequest) -> float:
    """When a factor was last given, in seconds since 1970; 0 for never.

    Of single sign-on it is the moment at which the provider asked for one, not that at which the browser came back.
    """
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    given = max((record["at"] for record in records if record["method"] == "mfa"), default=0)
    return max(given, request.session.get(ASKED_AT, 0))


def is_strong_enough(request: HttpRequest, assignments: Iterable[RoleAssignment]) -> bool:
    """Whether the session may see the pages of these roles."""
    if not settings.SECOND_FACTOR or all(each.role in WITHOUT_STAFF_PAGES for each in assignments):
        return True
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record["method"] in STRONG for record in records)


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
    last = _last_proof(request)
    if not kinds_of(user) and not SocialAccount.objects.filter(user=user).exists():
        records = get_authentication_records(request, user)
        last = max([last, *(each["at"] for each in records if each["method"] == "password")])
    return 0 <= time.time() - last < settings.FRESH_FOR


def lead_to_factor(request: HttpRequest) -> HttpResponse:
    """To where a factor is given, or set up where there is none; what was asked for is come back to.

    A press waits in the session, with the query of its address; allauth goes on with it where it is come back to by its
    path alone.
    """
    ways = get_adapter().get_reauthentication_methods(request.user)
    strong = [way["url"] for way in ways if way["id"] != "reauthenticate"]
    where = strong[0] if strong else reverse("mfa_index")
    answer = suspend_request(request, where)
    if request.method != "POST":
        return answer
    request.session[PRESSED_ON] = {"path": request.path, "page": _page_of(request)}
    return HttpResponseRedirect(f"{where}?{urlencode({'next': request.path})}")


def _page_of(request: HttpRequest) -> str:
    """The page of ours on which it was pressed; the first page where that is not known."""
    page = urlsplit(request.headers.get("Referer", ""))
    return f"{page.path}?{page.query}".rstrip("?") if page.path and page.netloc == request.get_host() else "/"


def page_to_press_on(request: HttpRequest, onward: str) -> str:
    """Where to go on from single sign-on, after which nothing waits any more: to the page of a press, not to the press."""
    pressed = request.session.get(PRESSED_ON, {})
    return pressed["page"] if pressed.get("path") == onward else onward
