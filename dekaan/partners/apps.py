from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.partners"
