"""Duties, a room of Benchmarks."""

from django.urls import path

from dekaan.duties import views

urlpatterns = [
    path("", views.duty_board, name="duty-board"),
    path("rules/", views.rule_changes, name="rule-changes"),
    path("rules/read/", views.rule_changes_read, name="rule-changes-read"),
]
