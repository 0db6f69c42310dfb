"""Links that open something without an account: a key that nobody guesses, worked out anew whenever it is shown.

Of the key only a hash is kept, so that whoever reads the database opens nothing.
"""

import base64
import hashlib

from django.utils.crypto import salted_hmac

KEY_BYTES = 18  # 144 bits


def made_key(purpose: str, *said: object) -> str:
    """The key for that purpose, what it opens, its round and this server's secret."""
    digest = salted_hmac(purpose, ".".join(map(str, said)), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:KEY_BYTES]).decode()


def shown(key: str, kept: str) -> str | None:
    """The key, to be shown; None where it is not what was kept, since the server's secret is another by now."""
    return key if hash_of(key) == kept else None


def page_sent(page: str) -> str:
    """The name by which what is sent from a page is kept once; `page` is what the browser says it was."""
    return hashlib.sha256(page.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def hash_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()
