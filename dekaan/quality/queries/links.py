"""The link of a collection: a key that nobody guesses, worked out anew whenever it is shown, and of which a hash is kept."""

import base64
import hashlib

from django.utils.crypto import salted_hmac

from dekaan.quality.models import Collection
from dekaan.quality.queries.figures import collections

KEY_BYTES = 18  # 144 bits


def link_key(collection: Collection) -> str | None:
    """The key of the collection's link; None where the server's secret is another than when the link was made."""
    key = made_key(collection)
    return key if hash_of(key) == collection.link_hash else None


def made_key(collection: Collection) -> str:
    """The key that belongs to the collection, this round of its link and this server's secret."""
    said = f"{collection.school_id}.{collection.pk}.{collection.link_round}"
    digest = salted_hmac("dekaan.quality.link", said, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:KEY_BYTES]).decode()


def hash_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def collection_of_link(key: str) -> Collection | None:
    """The collection of the school in scope that the key opens, open or over; None for any other key."""
    return collections().filter(link_hash=hash_of(key)).first()
