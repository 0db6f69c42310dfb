from django.apps import AppConfig


class DestinationsConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.destinations"
