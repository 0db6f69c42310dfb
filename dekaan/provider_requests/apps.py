from django.apps import AppConfig


class ProviderRequestsConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.provider_requests"
