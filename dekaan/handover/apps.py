from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.handover"
