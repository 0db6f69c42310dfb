"""Addresses of leavers, within a school."""

from django.urls import path

from dekaan.destinations import views

urlpatterns = [
    path("leavers/", views.leaver_list, name="leaver-list"),
]
