"""Visits by the trust to a school, with the next steps that were agreed."""

from django.db.models import QuerySet

from dekaan.trusts.models import SupportVisit, VisitStep


def visits() -> QuerySet[SupportVisit]:
    """Every visit to the school in scope with its steps, the latest first. Two statements."""
    return SupportVisit.objects.select_related("by").prefetch_related("steps__owner")


def steps() -> QuerySet[VisitStep]:
    """Every next step at the school in scope."""
    return VisitStep.objects.select_related("visit", "owner")
