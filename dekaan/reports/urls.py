"""Addresses of the reports."""

from django.urls import path

from dekaan.reports import views

urlpatterns = [
    path("reports/", views.report_list, name="report-list"),
    path("reports/governors/", views.report_governors, name="report-governors"),
    path("reports/<int:report_id>/", views.report_detail, name="report-detail"),
    path("reports/<int:report_id>/paper/", views.report_download, name="report-download"),
    path("reports/<int:report_id>/withdraw/", views.report_withdraw, name="report-withdraw"),
    path("reports/<int:report_id>/evidence/", views.report_evidence, name="report-evidence"),
]
