from typing import Any

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.programme"

    def ready(self) -> None:
        """The directory rings when an organisation offers something else: encounters with it are judged again."""
        from dekaan.partners.changes import offers_changed  # once every model is there
        from dekaan.programme.changes import judge_sessions_with

        def judge(organisation: Any, **_: Any) -> None:
            judge_sessions_with(organisation)

        offers_changed.connect(judge, weak=False, dispatch_uid="judge sessions with an organisation")
