"""Signing in and out, under the names that allauth expects; one's own sign-in; and choosing a school."""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import path, re_path

from dekaan.access import views
from dekaan.access.door import open_to_all, signed_in

_PASSWORDS = [
    path("sign-in/", open_to_all(account_views.login), name="account_login"),
    path("sign-in/left/", views.session_left, name="session-left"),
    path("sign-out/", signed_in(account_views.logout), name="account_logout"),
    path("sign-in/password/", signed_in(account_views.password_change), name="account_change_password"),
    path("sign-in/password/first/", views.account_set_password, name="account_set_password"),
    path("sign-in/password/again/", signed_in(account_views.reauthenticate), name="account_reauthenticate"),
    path("sign-in/forgotten/", open_to_all(account_views.password_reset), name="account_reset_password"),
    path("sign-in/forgotten/sent/", open_to_all(account_views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_to_all(account_views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/forgotten/done/",
        open_to_all(account_views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("sign-in/closed/", open_to_all(account_views.signup), name="account_signup"),
    path("sign-in/inactive/", open_to_all(account_views.account_inactive), name="account_inactive"),
]
_FACTORS = [
    path("sign-in/yours/", views.mfa_index, name="mfa_index"),
    path("sign-in/yours/out-everywhere/", views.sign_out_everywhere, name="sign-out-everywhere"),
    path("sign-in/code/", open_to_all(factor_views.authenticate), name="mfa_authenticate"),
    path("sign-in/code/again/", signed_in(factor_views.reauthenticate), name="mfa_reauthenticate"),
    path("sign-in/app/", views.mfa_activate_totp, name="mfa_activate_totp"),
    path("sign-in/app/remove/", views.mfa_deactivate_totp, name="mfa_deactivate_totp"),
    path("sign-in/recovery-codes/", views.mfa_view_recovery_codes, name="mfa_view_recovery_codes"),
    path("sign-in/recovery-codes/new/", views.mfa_generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sign-in/passkeys/", open_to_all(passkey_views.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/passkeys/new/", views.mfa_add_webauthn, name="mfa_add_webauthn"),
    path(
        "sign-in/passkeys/again/", signed_in(passkey_views.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("sign-in/passkeys/<int:passkey_id>/remove/", views.mfa_remove_webauthn, name="mfa_remove_webauthn"),
]
_SINGLE_SIGN_ON = [
    path("sign-in/with/again/", views.single_sign_on_again, name="single-sign-on-again"),
    path("sign-in/with/<slug:provider_id>/", views.openid_connect_login, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", views.openid_connect_callback, name="openid_connect_callback"),
    path("sign-in/with/<slug:provider_id>/unlink/", views.single_sign_on_unlink, name="single-sign-on-unlink"),
]
_FIRST = [
    path("sign-in/first-account/", views.first_account, name="first-account"),
    path("sign-in/invitation/", views.invitation, name="invitation"),
    path("sign-in/invitation/<slug:invitation_key>/", views.invitation_open, name="invitation-open"),
]

urlpatterns = [
    path("", views.school_choice, name="school-choice"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    *_PASSWORDS,
    *_FACTORS,
    *_SINGLE_SIGN_ON,
    *_FIRST,
]
