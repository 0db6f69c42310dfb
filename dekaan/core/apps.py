from django.apps import AppConfig


class CoreConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.core"

    def ready(self) -> None:
        """What production mode refuses to start on is known to Django's checks."""
        from dekaan.core import checks, database_checks  # noqa: F401 Django must know its models first
