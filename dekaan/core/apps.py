from django.apps import AppConfig


class CoreConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.core"
