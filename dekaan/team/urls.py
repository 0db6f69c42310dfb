"""Addresses of the team and of who does what, within a school; each begins with its room's own word."""

from django.urls import path

from dekaan.team import views

urlpatterns = [
    path("team/", views.team_page, name="team-page"),
]
