"""Addresses of backups."""

from django.urls import path

from dekaan.backups import views

urlpatterns = [
    path("data-protection/cases/<int:case_id>/backups/", views.case_backups, name="case-backups"),
    path("settings/backups/", views.backup_list, name="backup-list"),
]
