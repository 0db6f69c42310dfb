"""Addresses of the worker and the mail."""

from django.urls import path

from dekaan.jobs import views

urlpatterns = [
    path("service/", views.service, name="service"),
]
