from django.apps import AppConfig


class CompassConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.compass"
