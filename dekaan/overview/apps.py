from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.overview"
