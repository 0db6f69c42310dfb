"""The code by which links are proposed without an account."""

from dekaan.core import link_keys
from dekaan.core.link_keys import hash_of
from dekaan.core.scope import schools_in_scope
from dekaan.curriculum.models import LinkDoor


def door() -> LinkDoor | None:
    """The school's door, open or closed; None where none was ever opened."""
    return LinkDoor.objects.first()


def made_key(of: LinkDoor) -> str:
    """The key of this round of the door."""
    (school_id,) = schools_in_scope()
    return link_keys.made_key("dekaan.curriculum.door", school_id, of.link_round)


def key_of(of: LinkDoor) -> str | None:
    """The key to show; None where the server's secret is another than when it was made."""
    return link_keys.shown(made_key(of), of.link_hash)


def opens(key: str) -> bool:
    """Whether the key opens the door of the school in scope now."""
    return LinkDoor.objects.filter(is_open=True, link_hash=hash_of(key)).exists()
