from django.apps import AppConfig


class PrinciplesConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.principles"

    def ready(self) -> None:
        """The first plan proposes what the principles lack (decision 0054)."""
        from dekaan.plan.queries import ALSO  # once every model is there
        from dekaan.principles.queries import falling_short

        if falling_short not in ALSO:
            ALSO.append(falling_short)
