"""The code by which links are proposed without an account."""

from dekaan.core.link_keys import hash_of
from dekaan.curriculum.models import LinkDoor


def door() -> LinkDoor | None:
    """The school's door, open or closed; None where none was ever opened."""
    return LinkDoor.objects.first()


def opens(key: str) -> bool:
    """Whether the key opens the door of the school in scope now."""
    return LinkDoor.objects.filter(is_open=True, link_hash=hash_of(key)).exists()
