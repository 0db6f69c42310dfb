from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.website"
