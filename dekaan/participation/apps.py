from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.participation"
