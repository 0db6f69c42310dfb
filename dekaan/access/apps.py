from django.apps import AppConfig


class AccessConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.access"
