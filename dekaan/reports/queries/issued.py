"""The papers that were issued."""

from dekaan.reports.models import Report


def reports() -> list[Report]:
    """Every report of the school in scope, newest first, without its paper; the withdrawn ones too."""
    return list(Report.objects.defer("pdf", "content").select_related("issued_by", "withdrawn_by"))
