from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.programme"
