from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.curriculum"
