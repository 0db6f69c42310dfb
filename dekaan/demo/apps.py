from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.demo"

    def ready(self) -> None:
        """What production mode refuses to start on is known to Django's checks."""
        from dekaan.demo import checks  # noqa: F401 Django must know its models first
