from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.demo"
