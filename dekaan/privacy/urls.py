"""Addresses of data rights."""

from django.urls import path

from dekaan.privacy.views import facts

urlpatterns = [
    path("data-protection/", facts.data_protection_page, name="data-protection-page"),
    path("data-protection/facts/", facts.data_protection_facts, name="data-protection-facts"),
    path("data-protection/assessment/", facts.impact_assessment, name="impact-assessment"),
    path("data-protection/assessment/download/", facts.impact_assessment_download, name="impact-assessment-download"),
]
