from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.duties"
