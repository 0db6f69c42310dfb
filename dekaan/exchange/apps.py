from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.exchange"
