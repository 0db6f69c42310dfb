from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.budget"
