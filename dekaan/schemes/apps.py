from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.schemes"
