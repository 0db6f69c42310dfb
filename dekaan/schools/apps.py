from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.schools"
