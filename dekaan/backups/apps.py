from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.backups"
