"""Choosing the school to act in; one's own sign-in; allauth's pages where ours come first; security.txt."""

import time
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.socialaccount.adapter import get_adapter as single_sign_on
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as provider_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_POST
from requests import RequestException

from dekaan.access import changes, forms, invitations, throttle
from dekaan.access.door import open_to_all, signed_in
from dekaan.access.factors import (
    is_strong_enough,
    kinds_of,
    lead_to_factor,
    may_change_factors,
    page_to_press_on,
    says_no_moment,
)
from dekaan.access.models import Device, User
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_of, permissions_by_school
from dekaan.access.sessions import SEEN, OnlyAsked, can_be_longer, seconds_left
from dekaan.audit.changes import record
from dekaan.core.context import across
from dekaan.schools.models import School

OPENED = "invitation_opened"  # where a session keeps the code of the link that was opened
NO_SUCH_CODE = "This code opens nothing: it is not one of ours, has been used, or its time is over."


@signed_in
def school_choice(request: HttpRequest) -> HttpResponse:
    """Straight on to one's only school; a choice where there are several; a plain sentence where there are none."""
    if not is_strong_enough(request, assignments_of(request.user)):  # type: ignore[arg-type]
        return lead_to_factor(request)
    choices = permissions_by_school(request.user)  # type: ignore[arg-type]
    if len(choices) == 1:
        return redirect("home", school_slug=choices[0][0].slug)
    context = {"schools": [school for school, _ in choices], "choices": choices, "of_all": _of_all(choices)}
    return render(request, "access/school_choice.html", context)


def _of_all(choices: list[tuple[School, frozenset[Permission]]]) -> list[tuple[str, str]]:
    """What is of all their schools, by name and address: reached from the first school where the person may see it."""
    found: dict[str, str] = {}
    for school, permissions in choices:
        for place in across(school, permissions):
            found.setdefault(place.name, place.address)
    return list(found.items())


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def session_left(request: HttpRequest) -> JsonResponse:
    """How long the session lives on: a page asks, which lengthens nothing; a person presses, which does.

    A page that was put away is shown again to the same person only, and its forms need a mark that is good now.
    """
    if not request.user.is_authenticated:
        return OnlyAsked({"left": 0})
    if request.method == "POST":
        request.session[SEEN] = time.time()
    session = request.session
    return OnlyAsked(
        {
            "left": seconds_left(session),
            "longer": can_be_longer(session),
            "person": str(request.user.pk),
            "token": get_token(request),
        }
    )


# --- one's own sign-in -----------------------------------------------------------------------------


@signed_in
def mfa_index(request: HttpRequest) -> HttpResponse:
    """Everything about one's own sign-in on one page: factors, single sign-on, devices, password."""
    user: User = request.user  # type: ignore[assignment]
    linked = {each.provider: each for each in SocialAccount.objects.filter(user=user)}
    providers = [(app, linked.get(app.provider_id)) for app in single_sign_on().list_apps(request)]
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("created_at")
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return render(
        request,
        "access/sign_in.html",
        {
            "kinds": kinds_of(user),
            "passkeys": [(each, each.wrap().name) for each in passkeys],
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
            "providers": providers,
            "devices": Device.objects.filter(user=user),
            "must_have_one": not is_strong_enough(request, assignments_of(user)),
        },
    )


@signed_in
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Every session of the person is over, this one too."""
    changes.end_sessions(request.user, by=request.user)  # type: ignore[arg-type]
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("account_login")


def fresh_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A factor is asked for again before factors are changed, the password where there is none yet."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs) if may_change_factors(request) else _to_show_it_is_them(request)

    return guarded


def _to_show_it_is_them(request: HttpRequest) -> HttpResponse:
    has_one = kinds_of(request.user) or SocialAccount.objects.filter(user=request.user).exists()  # type: ignore[arg-type, misc]
    return lead_to_factor(request) if has_one else redirect("account_reauthenticate")


def _proved(request: HttpRequest, kind: str, before: set[str]) -> None:
    """Whoever has just set up a factor has shown that they hold it: the session is strong from now on."""
    user: User = request.user  # type: ignore[assignment]
    factor = Authenticator.objects.filter(user=user, type=kind).order_by("-pk").first()
    if factor and f"{kind}{factor.pk}" not in before:
        record_authentication(request, user, "mfa", id=factor.pk, type=kind, reauthenticated=True)


def _factors(request: HttpRequest) -> set[str]:
    return {f"{each.type}{each.pk}" for each in Authenticator.objects.filter(user=request.user)}  # type: ignore[misc]


@signed_in
@fresh_first
def mfa_activate_totp(request: HttpRequest) -> HttpResponse:
    """Setting up an authenticator app."""
    before = _factors(request)
    answer = totp_views.activate_totp(request)
    _proved(request, "totp", before)
    return answer


@signed_in
@fresh_first
def mfa_deactivate_totp(request: HttpRequest) -> HttpResponse:
    """Removing the authenticator app."""
    return totp_views.deactivate_totp(request)


@signed_in
@fresh_first
def mfa_add_webauthn(request: HttpRequest) -> HttpResponse:
    """Adding a passkey."""
    before = _factors(request)
    answer = webauthn_views.add_webauthn(request)
    _proved(request, "webauthn", before)
    return answer


@signed_in
@fresh_first
def mfa_remove_webauthn(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Removing one of one's own passkeys."""
    return webauthn_views.remove_webauthn(request, pk=passkey_id)


@signed_in
@fresh_first
def mfa_generate_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes instead of the old."""
    return recovery_views.generate_recovery_codes(request)


@signed_in
@fresh_first
def mfa_view_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes that are left, to print or write down."""
    if "recovery_codes" not in kinds_of(request.user):  # type: ignore[arg-type]
        return redirect("mfa_index")
    return recovery_views.view_recovery_codes(request)


@signed_in
@fresh_first
def account_set_password(request: HttpRequest) -> HttpResponse:
    """A first password for somebody who comes in through single sign-on."""
    return account_views.password_set(request)


@signed_in
@fresh_first
@require_POST
def single_sign_on_unlink(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider's account opens this one no more."""
    user: User = request.user  # type: ignore[assignment]
    linked = get_object_or_404(SocialAccount, user=user, provider=provider_id)
    if not user.has_usable_password():
        messages.error(request, "It is your only way in: set a password first.", "open")
    else:
        linked.delete()
        record(action="single sign-on unlinked", by=user, subject="user", subject_id=user.pk, school_id=0)
        messages.success(request, "Unlinked.")
    return redirect("mfa_index")


def reached(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A provider that is away or answers nonsense is said at the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except RequestException:
            messages.error(
                request, "Single sign-on cannot be reached just now. Try again, or use your password.", "open"
            )
            return redirect("account_login")

    return guarded


@open_to_all
@reached
def openid_connect_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider; before it is linked, to where it is asked once more who is there."""
    said = QueryDict(mutable=True)  # what goes to the provider is ours to say, not the browser's
    said["process"] = AuthProcess.CONNECT if request.GET.get("process") == AuthProcess.CONNECT else AuthProcess.LOGIN
    said["next"] = request.GET.get("next", "")
    if request.user.is_authenticated and said["process"] == AuthProcess.CONNECT and not may_change_factors(request):
        return _to_show_it_is_them(request)
    if request.user.is_authenticated and said["process"] == AuthProcess.LOGIN:
        apps = single_sign_on().list_apps(request)
        again: dict[str, str] = next((app.settings["again"] for app in apps if app.provider_id == provider_id), {})
        said["auth_params"] = urlencode(again)
    request.GET, request.POST = said, QueryDict()  # type: ignore[assignment]
    return provider_views.login(request, provider_id)


@open_to_all
@reached
def openid_connect_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return provider_views.callback(request, provider_id)


@signed_in
def single_sign_on_again(request: HttpRequest) -> HttpResponse:
    """Asking the provider once more who is there."""
    linked = {each.provider for each in SocialAccount.objects.filter(user=request.user)}  # type: ignore[misc]
    apps = [app for app in single_sign_on().list_apps(request) if app.provider_id in linked]
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = ""
    onward = page_to_press_on(request, onward)
    said_nothing = says_no_moment(request)
    return render(
        request, "access/single_sign_on_again.html", {"apps": apps, "onward": onward, "said_nothing": said_nothing}
    )


# --- coming in for the first time ------------------------------------------------------------------


def _waits(request: HttpRequest) -> list[throttle.Counter]:
    return throttle.counters("invitation", "", address=throttle.address_of(request))[2:]


@open_to_all
def first_account(request: HttpRequest) -> HttpResponse:
    """The first account of a school, with the code from the console."""
    form, password = forms.FirstAccount(request.POST or None), forms.NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid() and password.is_valid():
        said, chosen = form.cleaned_data, password.cleaned_data["password"]
        try:
            _check(request, chosen, User(email=said["email"], name=said["name"]))
            user = invitations.open_first_account(said["code"], email=said["email"], name=said["name"], password=chosen)
        except invitations.Spent:
            throttle.note_wrong(_waits(request))
            form.add_error("code", NO_SUCH_CODE)
        except invitations.AddressTaken:
            form.add_error("email", "There is an account with this address. Sign in with it, or give another.")
        except ValidationError as problem:
            password.add_error("password", problem)
        else:
            messages.success(request, f"{user.email} has an account. Sign in with it now.")
            return redirect("account_login")
    return render(request, "access/first_account.html", {"form": form, "password": password})


@open_to_all
def invitation_open(request: HttpRequest, invitation_key: str) -> HttpResponse:
    """The link of an invitation: the code is filled in, and neither looked at nor spent, and stands in no address."""
    request.session[OPENED] = invitation_key[:80]
    return redirect("invitation")


@open_to_all
def invitation(request: HttpRequest) -> HttpResponse:
    """The code of an invitation: choose a password, or link the school's single sign-on."""
    form = forms.Code(request.POST or None, initial={"code": request.session.get(OPENED, "")})
    password = forms.NewPassword(request.POST or None)
    apps = single_sign_on().list_apps(request)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            _check_wait(request)
            found = invitations.find(code)
            if found.user is None:
                return redirect("first-account")
            if (provider := request.POST.get("with")) in {app.provider_id for app in apps}:
                request.session["invitation"] = code
                return redirect("openid_connect_login", provider_id=provider)
            if password.is_valid():
                validate_password(password.cleaned_data["password"], found.user)
                invitations.choose_password(code, password=password.cleaned_data["password"])
                request.session.pop(OPENED, None)
                messages.success(request, "You have a password. Sign in with it now.")
                return redirect("account_login")
        except invitations.Spent:
            throttle.note_wrong(_waits(request))
            form.add_error("code", NO_SUCH_CODE)
        except ValidationError as problem:
            password.add_error("password", problem)
    return render(request, "access/invitation.html", {"form": form, "password": password, "apps": apps})


def _check_wait(request: HttpRequest) -> None:
    if wait := throttle.seconds_to_wait(_waits(request)):
        raise ValidationError(throttle.in_words(wait))


def _check(request: HttpRequest, password: str, user: User) -> None:
    _check_wait(request)
    validate_password(password, user)


@open_to_all
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness, as RFC 9116 has it. Nothing where nobody is named, or the day is past."""
    contact, until = settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES
    if not contact or not until or date.fromisoformat(until) <= date.today():  # noqa: DTZ011 the real day, not the demonstration's
        raise Http404
    lines = [
        *(f"Contact: {each}" for each in contact.split(",")),
        f"Expires: {until}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
