from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.reports"
