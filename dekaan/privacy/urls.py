"""Addresses of data rights."""

from django.urls import path

from dekaan.privacy.views import facts, matrix, trail

urlpatterns = [
    path("data-protection/trail/", trail.audit_trail, name="audit-trail"),
    path("data-protection/", facts.data_protection_page, name="data-protection-page"),
    path("data-protection/facts/", facts.data_protection_facts, name="data-protection-facts"),
    path("data-protection/assessment/", facts.impact_assessment, name="impact-assessment"),
    path("data-protection/assessment/download/", facts.impact_assessment_download, name="impact-assessment-download"),
    path("data-protection/who-sees-what/", matrix.role_matrix, name="role-matrix"),
    path("data-protection/who-sees-what/<slug:role_key>/", matrix.role_seen, name="role-seen"),
]
