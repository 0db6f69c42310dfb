from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.frameworks"
