from django.apps import AppConfig


class QualityConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.quality"
