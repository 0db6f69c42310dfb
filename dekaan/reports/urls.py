"""Addresses of the reports."""

from django.urls import path

from dekaan.reports import views

urlpatterns = [
    path("reports/", views.report_list, name="report-list"),
    path("reports/governors/", views.report_governors, name="report-governors"),
    path("reports/senior-leaders/", views.report_leaders, name="report-leaders"),
    path("reports/<int:report_id>/", views.report_detail, name="report-detail"),
    path("reports/<int:report_id>/paper/", views.report_download, name="report-download"),
    path("reports/<int:report_id>/word/", views.report_word, name="report-word"),
    path("reports/<int:report_id>/slides/", views.report_slides, name="report-slides"),
    path("reports/<int:report_id>/withdraw/", views.report_withdraw, name="report-withdraw"),
    path("reports/<int:report_id>/evidence/", views.report_evidence, name="report-evidence"),
    path("reports/<int:report_id>/handed/", views.report_handed_new, name="report-handed-new"),
    path("reports/<int:report_id>/approval/", views.report_approval_new, name="report-approval-new"),
    path("reports/<int:report_id>/link/", views.report_link_new, name="report-link-new"),
    path("inspection/", views.inspection, name="inspection"),
    path("inspection/pupils/", views.inspection_pupils, name="inspection-pupils"),
    path("report-log/", views.report_log, name="report-log"),
    path("report-log/<int:handed_id>/back/", views.report_handed_back, name="report-handed-back"),
    path("report-links/<int:approval_link_id>/end/", views.report_link_end, name="report-link-end"),
]

# Outside any school, without signing in: the one paper of a governor's link.
without_account = [
    path("said/", views.paper_said, name="paper-said"),
    path("<slug:at_slug>/<slug:paper_key>/", views.paper_open, name="paper-open"),
    path("<slug:at_slug>/<slug:paper_key>/pdf/", views.paper_open_pdf, name="paper-open-pdf"),
]
