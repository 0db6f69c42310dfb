from django.apps import AppConfig


class CliConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.cli"
