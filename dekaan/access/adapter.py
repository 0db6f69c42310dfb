"""How allauth behaves here: nobody signs themselves up, and nobody is found by an address that a provider names."""

import base64
import secrets
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from dekaan.access import devices, throttle
from dekaan.access.changes import forget_invitations, stop_factor_reset_by_signing_in
from dekaan.access.factors import ASKED_AT, STRONG, may_change_factors, note_asked_at
from dekaan.access.invitations import Spent, spend_for_link
from dekaan.access.models import User
from dekaan.access.tasks import send_password_link
from dekaan.access.throttle import address_of
from dekaan.audit.changes import record
from dekaan.core.sealed import box

# Whoever has the database alone can make no code of anybody's app.
SEEDS = "dekaan.access.factors"

# Said to the person on the page as well, so no mail is needed to know of it.
CHANGES_OF_FACTORS = {
    "mfa/email/totp_activated": "authenticator app set up",
    "mfa/email/totp_deactivated": "authenticator app removed",
    "mfa/email/webauthn_added": "passkey added",
    "mfa/email/webauthn_removed": "passkey removed",
    "mfa/email/recovery_codes_generated": "recovery codes made",
    "account/email/password_changed": "password changed",
    "account/email/password_reset": "password changed by a link",
    "account/email/password_set": "password set",
    "socialaccount/email/account_connected": "single sign-on linked",
    "socialaccount/email/account_disconnected": "single sign-on unlinked",
}


class SignIn(DefaultAccountAdapter):
    """Accounts are opened by a Careers Leader or on the console; wrong passwords make the next try wait."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, or None; a ValidationError that says how long to wait after wrong tries."""
        email = credentials.get("email", "")
        counted = throttle.counters(
            "password", email, address=address_of(request), device=devices.known_device(request, email)
        )
        if wait := throttle.seconds_to_wait(counted):
            raise ValidationError(throttle.in_words(wait))
        user = super().authenticate(request, **credentials)
        (throttle.note_right if user else throttle.note_wrong)(counted)
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counted in `authenticate`, where a browser that the person has used is not made to wait for others."""

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether the password is the person's, asked once more."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not may_change_factors(context.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How it is asked again who is there; a password is enough only where there is nothing better."""
        ways = super().get_reauthentication_methods(user)
        if SocialAccount.objects.filter(user=user).exists():
            url = reverse("single-sign-on-again")
            ways.append({"id": "single-sign-on", "description": "Use single sign-on", "url": url})
        return [way for way in ways if way["id"] != "reauthenticate"] or ways

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """The browser is known, the sign-in is on record, and the owner is told of a new browser."""
        response = super().post_login(request, user, **kwargs)
        if sociallogin := (kwargs.get("signal_kwargs") or {}).get("sociallogin"):
            note_asked_at(request, sociallogin.state.get(ASKED_AT))
        shown = get_authentication_records(request, user)
        ways = [each.get("type", each["method"]) for each in shown]
        record(action="signed in", by=user, subject="user", subject_id=user.pk, detail={"with": ways}, school_id=0)
        if STRONG & {each["method"] for each in shown} and stop_factor_reset_by_signing_in(user):
            messages.warning(
                request,
                "Somebody had asked that your second factor be reset. You have just used it, so that was stopped. If you "
                "did not ask for it, tell your Careers Leader or headteacher.",
                "open",
            )
        is_new, newer = devices.note_sign_in(request, response, user)
        if is_new:
            self.send_notification_mail("access/email/new_device", user)
        for device in newer:
            at = timezone.localtime(device.first_at)
            messages.warning(
                request,
                f"Since you were last here, somebody signed in as you with {device.name} on {at:%-d %B at %H:%M}. If that "
                "was not you, change your password and sign out everywhere.",
                "open",
            )
        return response

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """That somebody has signed in or out is seen from the page; allauth's other sentences are shown."""
        template = args[0] if args else kwargs.get("message_template")
        if template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(request, level, *args, **kwargs)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        send_password_link.enqueue(user.pk, _here(self.request))

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Who changed what about their own sign-in is on record, and its owner is told by mail.

        Whoever could change it has a way in, so an invitation that still lies about is no key any more.
        """
        if action := CHANGES_OF_FACTORS.get(template_prefix):
            forget_invitations(user)
            record(action=action, by=user, subject="user", subject_id=user.pk, school_id=0)
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail is written down, never sent while somebody waits; an unknown address costs as long as a known one."""
        if template_prefix == "account/email/unknown_account":
            send_password_link.enqueue(0, _here(self.request))
            return
        words = self.render_mail(template_prefix, email, context | {"request": self.request})
        send_mail(words.subject, str(words.body), None, [email])


def _here(request: HttpRequest) -> str:
    """What links in mails begin with."""
    return request.build_absolute_uri("/").rstrip("/")


class Factors(DefaultMFAAdapter):
    """Seeds are kept encrypted, and nobody removes the only factor that lets them in."""

    def encrypt(self, text: str) -> str:
        return box(SEEDS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A seed under another secret key counts as one that no code fits; the factor is then set up anew.

        Its stand-in is drawn afresh each time: a seed that anybody could know would let everybody in.
        """
        try:
            return box(SEEDS).decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return not settings.SECOND_FACTOR or others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 allauth's own name
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class SingleSignOn(DefaultSocialAccountAdapter):
    """A provider's person is who is linked to its own subject; an e-mail address links nobody.

    The tenant (Microsoft) or hosted domain (Google) must be the school's, whatever else the provider says.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuses strangers to the school and strangers to Dekaan alike, in words, at the sign-in page."""
        said = sociallogin.account.extra_data.get("id_token") or {}
        app = sociallogin.provider.app
        is_ours = all(said.get(claim) == value for claim, value in app.settings.get("must", {}).items())
        if not is_ours or not said.get("sub") or said["sub"] != sociallogin.account.uid:
            _refuse(request, f"That {app.name} account is not one of this school's. Choose your school account.")
        # What the provider says of the person is not ours to keep.
        sociallogin.account.extra_data = {}
        code = request.session.pop("invitation", "")
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            _check_may_link(request, sociallogin)
        else:
            # Who shows a code as well as the account is there now, whatever the provider says of the moment.
            by_code = (code or not sociallogin.is_existing) and self._link_by_invitation(request, sociallogin, code)
            sociallogin.state[ASKED_AT] = time.time() if by_code else said.get("auth_time")
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])

    def _link_by_invitation(self, request: HttpRequest, sociallogin: SocialLogin, code: str) -> bool:
        """Whether the code was this person's, and is spent."""
        account = sociallogin.account
        try:
            user = spend_for_link(code, provider=account.provider, uid=account.uid)
        except Spent:
            if not sociallogin.is_existing:
                _refuse(
                    request,
                    f"No account here is linked to that {sociallogin.provider.app.name} account. Sign in with your password "
                    "and link it under “Your sign-in”, or open your invitation first.",
                )
            return False
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)
        return True

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("mfa_index")

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """The provider refused, or somebody turned back: said at the sign-in page."""
        _refuse(request, "Single sign-on did not finish. Try again, or sign in with your password.")


def _check_may_link(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Refuses in words where a screen was left open, and where the person has another account there linked.

    allauth asks nothing afresh of whoever has neither a password nor a factor here, so it is asked by our own reckoning.
    """
    if not request.user.is_authenticated:
        return  # allauth links nobody then
    name = sociallogin.provider.app.name
    if not may_change_factors(request):
        _refuse(request, f"Nothing was linked: show once more that it is you, then link your {name} account.")
    if _has_another(request.user, sociallogin):
        _refuse(request, f"You are linked to another {name} account. Unlink that one first.")


def _has_another(user: User, sociallogin: SocialLogin) -> bool:
    """Whether somebody else's sign-in at the same provider would open the account too: one a person is enough."""
    account = sociallogin.account
    return SocialAccount.objects.filter(user=user, provider=account.provider).exclude(uid=account.uid).exists()


def _refuse(request: HttpRequest, words: str) -> None:
    messages.error(request, words, "open")
    raise ImmediateHttpResponse(redirect("mfa_index" if request.user.is_authenticated else "account_login"))
