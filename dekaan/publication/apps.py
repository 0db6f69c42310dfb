from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.publication"
