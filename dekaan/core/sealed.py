"""Text that only this installation reads: sealed under keys made from the secret key, which lies outside the database."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def box(label: str) -> Fernet:
    """What seals and opens for one use; what was sealed under another label or secret key it cannot open."""
    seed = hashlib.sha256(label.encode() + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(seed))
