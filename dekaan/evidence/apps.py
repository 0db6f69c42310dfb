from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.evidence"
