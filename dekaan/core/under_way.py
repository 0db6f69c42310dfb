"""A restore that was begun and has not ended: nobody is served meanwhile, and no other command runs.

While a plan lies in the data folder, the database may be the new and the uploads still the old. Whoever carries it out
takes the plan away as the last step (`dekaan.backups.changes.placing`).
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dekaan.core.busy import try_again

UNDER_WAY = "restore-under-way"
PLAN = "plan.json"
WORDS = (
    "A restore is under way here, or was cut short, and nothing else runs until it has ended. Where none is running any "
    "more, say: dekaan restore --finish. Was it the wrong backup, say after that: dekaan restore --go-back."
)


def plan_in(data: Path) -> Path:
    """Where the plan of a restore lies while it is carried out."""
    return data / UNDER_WAY / PLAN


def restore_under_way() -> bool:
    """A restore has begun and has not ended."""
    return plan_in(Path(settings.DATA)).exists()


class RestoreFirst:
    """Nobody is answered from a database and uploads of which one is the old and the other the new."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if restore_under_way():
            return try_again(request, "Dekaan is being restored from a backup just now.")
        return self.get_response(request)
