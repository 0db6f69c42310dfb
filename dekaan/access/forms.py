"""What is typed when signing in: codes and passkeys, checked by allauth, counted by us."""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError

from dekaan.access import throttle
from dekaan.access.devices import known_device
from dekaan.access.models import User

CODE_HINT = "Six digits from your authenticator app, or one of your recovery codes."


def use_up(user: User, code: str) -> None:
    """The code opens nothing again: one of the app counts for a minute and a half here, and is remembered longer."""
    seconds = settings.MFA_TOTP_TOLERANCE * 2 * 30 + 60
    if not cache.add(f"dekaan.code.{user.pk}.{normalize_user_code(code)}", 1, seconds):
        raise ValidationError("This code has been used. Wait for the next one.")


class _Code(BaseAuthenticateForm):
    """A code of the app or a recovery code: each opens once, and wrong ones make the next wait."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label, self.fields["code"].help_text = "Code", CODE_HINT
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        request = context.request
        device = known_device(request, self.user.email)
        counted = throttle.counters("code", self.user.email, address=throttle.address_of(request), device=device)
        if wait := throttle.seconds_to_wait(counted):
            raise ValidationError(throttle.in_words(wait))
        try:
            code = super().clean_code()
            use_up(self.user, code)
        except ValidationError:
            throttle.note_wrong(counted)
            raise
        throttle.note_right(counted)
        return code


class SecondStep(_Code, AuthenticateForm):
    """The second step of signing in."""


class OnceMore(_Code, ReauthenticateForm):
    """Asked again before an export, a change of roles or of one's own factors."""


class NewApp(ActivateTOTPForm):
    """The first code of a newly set up authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code that the app shows"
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        code = super().clean_code()
        use_up(self.user, code)
        return code


class NewPasskey(AddWebAuthnForm):
    """A passkey, which always asks who is holding the device, so that it is enough by itself."""

    name = forms.CharField(
        label="What you call it", max_length=60, required=False, help_text="For instance: my laptop, my telephone."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.initial["passwordless"] = True
        self.initial["name"] = ""


class FirstAccount(forms.Form):
    """Who opens the first account of a school with the code from the console."""

    code = forms.CharField(label="Code", max_length=80, help_text="It was printed on the console.")
    name = forms.CharField(label="Your name", max_length=150)
    email = forms.EmailField(label="Your school e-mail address", max_length=254)


class Code(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(label="Code", max_length=80, help_text="As it was printed or sent to you.")


class NewPassword(forms.Form):
    """A password of one's own choosing, typed twice."""

    password = forms.CharField(
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters; three words that have nothing to do with each other are easy to remember.",
    )
