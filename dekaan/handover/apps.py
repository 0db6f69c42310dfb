from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.handover"

    def ready(self) -> None:
        """A person's week has what falls due of whom they cover for (decision 0054)."""
        from dekaan.handover.queries import covering  # once every model is there
        from dekaan.plan.queries import COVERS

        if covering not in COVERS:
            COVERS.append(covering)
