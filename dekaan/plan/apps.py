from django.apps import AppConfig


class PlanConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.plan"
