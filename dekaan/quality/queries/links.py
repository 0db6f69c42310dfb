"""The link of a collection."""

from dekaan.core.link_keys import hash_of
from dekaan.quality.models import Collection
from dekaan.quality.queries.figures import collections


def collection_of_link(key: str) -> Collection | None:
    """The collection of the school in scope that the key opens, open or over; None for any other key."""
    return collections().filter(link_hash=hash_of(key)).first()
