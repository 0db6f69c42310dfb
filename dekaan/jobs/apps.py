from django.apps import AppConfig


class JobsConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.jobs"
