from django.apps import AppConfig


class ListsConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.lists"
