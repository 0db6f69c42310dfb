from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.audit"
