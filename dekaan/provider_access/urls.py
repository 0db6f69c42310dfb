"""Addresses of provider access, within a school."""

from django.urls import path

from dekaan.provider_access import views

urlpatterns = [
    path("", views.provider_access, name="provider-access"),
    path("phases/<int:phase_key>/pupils/", views.provider_access_pupils, name="provider-access-pupils"),
]
