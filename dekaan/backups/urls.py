"""Addresses of backups."""

from django.urls import path

from dekaan.backups import views

urlpatterns = [
    path("settings/backups/", views.backup_list, name="backup-list"),
]
