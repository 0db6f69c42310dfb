from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.people"
