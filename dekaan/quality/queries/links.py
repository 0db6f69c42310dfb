"""The link of a collection."""

from dekaan.core import link_keys
from dekaan.core.link_keys import hash_of
from dekaan.quality.models import Collection
from dekaan.quality.queries.figures import collections


def link_key(collection: Collection) -> str | None:
    """The key of the collection's link; None where the server's secret is another than when the link was made."""
    return link_keys.shown(made_key(collection), collection.link_hash)


def made_key(collection: Collection) -> str:
    """The key that belongs to the collection, this round of its link and this server's secret."""
    return link_keys.made_key("dekaan.quality.link", collection.school_id, collection.pk, collection.link_round)


def collection_of_link(key: str) -> Collection | None:
    """The collection of the school in scope that the key opens, open or over; None for any other key."""
    return collections().filter(link_hash=hash_of(key)).first()
