"""Links to choose a password, sent by mail: each opens once, and none outlives the sessions of its time."""

from datetime import datetime
from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class PasswordLinks(PasswordResetTokenGenerator):
    """Django's own, dead as well once a role has ended, the account was closed or somebody signed out everywhere."""

    def _make_hash_value(self, user: Any, timestamp: int | datetime) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.session_round}"  # type: ignore[misc, arg-type]
