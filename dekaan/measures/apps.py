from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.measures"
