"""The evidence cabinet."""

from django.urls import path

from dekaan.evidence import views

urlpatterns = [
    path("", views.evidence_list, name="evidence-list"),
    path("new/", views.evidence_new, name="evidence-new"),
    path("settings/", views.evidence_settings, name="evidence-settings"),
    path("archive/", views.evidence_archive, name="evidence-archive"),
    path("archive/export/", views.evidence_archive_export, name="evidence-archive-export"),
    path("<int:evidence_id>/", views.evidence_detail, name="evidence-detail"),
    path("<int:evidence_id>/change/", views.evidence_change, name="evidence-change"),
    path("<int:evidence_id>/file/new/", views.evidence_file_new, name="evidence-file-new"),
    path("<int:evidence_id>/also/", views.evidence_also, name="evidence-also"),
    path("<int:evidence_id>/remove/", views.evidence_remove, name="evidence-remove"),
    path("files/<int:evidence_file_id>/", views.evidence_file, name="evidence-file"),
]
