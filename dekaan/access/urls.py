"""Signing in and out, under the names that allauth expects; and choosing a school."""

from allauth.account import views as allauth_views
from django.urls import path, re_path

from dekaan.access import views
from dekaan.access.door import open_to_all, signed_in

urlpatterns = [
    path("", views.school_choice, name="school-choice"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("sign-in/", open_to_all(allauth_views.login), name="account_login"),
    path("sign-out/", signed_in(allauth_views.logout), name="account_logout"),
    path(
        "sign-in/password/",
        signed_in(allauth_views.password_change),
        name="account_change_password",
    ),
    path(
        "sign-in/forgotten/",
        open_to_all(allauth_views.password_reset),
        name="account_reset_password",
    ),
    path(
        "sign-in/forgotten/sent/",
        open_to_all(allauth_views.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_to_all(allauth_views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/forgotten/done/",
        open_to_all(allauth_views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("sign-in/closed/", open_to_all(allauth_views.signup), name="account_signup"),
    path(
        "sign-in/inactive/",
        open_to_all(allauth_views.account_inactive),
        name="account_inactive",
    ),
]
