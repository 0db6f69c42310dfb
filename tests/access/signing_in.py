"""What tests of signing in share: the code that an authenticator app would show."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


def code_of(key: str, *, later: int = 0) -> str:
    """What an app with that key shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + later))
