from django.apps import AppConfig


class ProviderAccessConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.provider_access"
