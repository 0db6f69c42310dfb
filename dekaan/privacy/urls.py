"""Addresses of data rights."""

from django.urls import path

from dekaan.privacy.views import cases, contacts, facts, keeping, matrix, trail

urlpatterns = [
    path("data-protection/trail/", trail.audit_trail, name="audit-trail"),
    path("data-protection/", facts.data_protection_page, name="data-protection-page"),
    path("data-protection/facts/", facts.data_protection_facts, name="data-protection-facts"),
    path("data-protection/assessment/", facts.impact_assessment, name="impact-assessment"),
    path("data-protection/assessment/download/", facts.impact_assessment_download, name="impact-assessment-download"),
    path("data-protection/who-sees-what/", matrix.role_matrix, name="role-matrix"),
    path("data-protection/who-sees-what/<slug:role_key>/", matrix.role_seen, name="role-seen"),
    path("data-protection/cases/", cases.case_list, name="case-list"),
    path("data-protection/cases/new/", cases.case_new, name="case-new"),
    path("data-protection/cases/<int:case_id>/", cases.case_detail, name="case-detail"),
    path("data-protection/cases/<int:case_id>/names/", cases.case_names, name="case-names"),
    path("data-protection/cases/<int:case_id>/preview/", cases.case_preview, name="case-preview"),
    path("data-protection/cases/<int:case_id>/decide/", cases.case_decide, name="case-decide"),
    path("data-protection/cases/<int:case_id>/agree/", cases.case_agree, name="case-agree"),
    path("data-protection/cases/<int:case_id>/pause/", cases.case_pause, name="case-pause"),
    path("data-protection/cases/<int:case_id>/prove/", cases.case_prove, name="case-prove"),
    path("data-protection/cases/<int:case_id>/resume/", cases.case_resume, name="case-resume"),
    path("data-protection/cases/<int:case_id>/extend/", cases.case_extend, name="case-extend"),
    path("data-protection/cases/<int:case_id>/acknowledge/", cases.case_acknowledge, name="case-acknowledge"),
    path("data-protection/cases/<int:case_id>/close/", cases.case_close, name="case-close"),
    path("data-protection/cases/<int:case_id>/reopen/", cases.case_reopen, name="case-reopen"),
    path("data-protection/cases/<int:case_id>/release/", cases.case_release, name="case-release"),
    path("restricted-contacts/", contacts.restricted_list, name="restricted-list"),
    path("restricted-contacts/cases/<int:case_id>/clear/", contacts.case_clear, name="case-clear"),
    path("data-protection/retention/", keeping.retention, name="retention"),
    path("data-protection/retention/years/", keeping.retention_change, name="retention-change"),
    path("data-protection/retention/begin/", keeping.retention_begin, name="retention-begin"),
    path("data-protection/retention/end/", keeping.retention_end, name="retention-end"),
    path("data-protection/holds/new/", keeping.hold_new, name="hold-new"),
    path("data-protection/holds/<int:hold_id>/end/", keeping.hold_end, name="hold-end"),
]
