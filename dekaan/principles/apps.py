from django.apps import AppConfig


class PrinciplesConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.principles"
