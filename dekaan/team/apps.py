from django.apps import AppConfig


class TeamConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.team"
