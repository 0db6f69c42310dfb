from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.privacy"
