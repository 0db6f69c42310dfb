from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.schools"

    def ready(self) -> None:
        """What production mode refuses to start on is known to Django's checks."""
        from dekaan.schools import checks  # noqa: F401 Django must know its models first
