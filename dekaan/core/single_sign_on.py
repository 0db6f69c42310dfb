"""Which single sign-on a school has, as its technician says in the environment.

Kept apart from the settings, which read it, since it refuses what would let other schools' people in.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)

# What asks the person once more, and the provider to say when it did (decision 0030). Not `max_age=0`: Microsoft makes
# the token of a request with `max_age` run out so many seconds later. Google asks nobody again, whatever is sent.
MICROSOFT_AGAIN = {"prompt": "login", "max_age": "900"}
GOOGLE_AGAIN = {"prompt": "select_account", "claims": '{"id_token":{"auth_time":{"essential":true}}}'}


def single_sign_on(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """The providers that are set up, each with the claims that it must make of whoever signs in.

    Raises ImproperlyConfigured for a tenant that is anybody's (common, organizations), for a domain that is none, and
    where the client or its secret is missing.
    """
    found = []
    if tenant := environment.get("DEKAAN_MICROSOFT_TENANT", ""):
        if not TENANT.fullmatch(tenant):
            raise ImproperlyConfigured(
                f"DEKAAN_MICROSOFT_TENANT is the school's own tenant, as 8-4-4-4-12 letters and digits; “{tenant}” is not."
            )
        server = f"https://login.microsoftonline.com/{tenant.lower()}/v2.0"
        found.append(_provider("microsoft", "Microsoft", server, {"tid": tenant.lower()}, MICROSOFT_AGAIN, environment))
    if domain := environment.get("DEKAAN_GOOGLE_DOMAIN", ""):
        if not DOMAIN.fullmatch(domain):
            raise ImproperlyConfigured(
                f"DEKAAN_GOOGLE_DOMAIN is the school's own domain (ashdown.example); “{domain}” is not."
            )
        server = "https://accounts.google.com"
        found.append(_provider("google", "Google", server, {"hd": domain.lower()}, GOOGLE_AGAIN, environment))
    return found


def _provider(
    key: str, name: str, server: str, must: dict[str, str], again: dict[str, str], environment: Mapping[str, str]
) -> dict[str, Any]:
    client, secret = (environment.get(f"DEKAAN_{name.upper()}_{word}", "") for word in ("CLIENT_ID", "CLIENT_SECRET"))
    if not client or not secret:
        raise ImproperlyConfigured(
            f"{name} needs DEKAAN_{name.upper()}_CLIENT_ID and DEKAAN_{name.upper()}_CLIENT_SECRET."
        )
    return {
        "provider_id": key,
        "name": name,
        "client_id": client,
        "secret": secret,
        # The subject is in the token itself, so nothing more is asked about the person.
        "settings": {
            "server_url": server,
            "must": must,
            "again": again,
            "fetch_userinfo": False,
            "scope": ["openid"],
        },
    }


def where_forms_lead(providers: list[dict[str, Any]]) -> list[str]:
    """The addresses to which a press on "Sign in with …" leads: the content security policy must let a form go there."""
    servers = (urlsplit(each["settings"]["server_url"]) for each in providers)
    return [f"{server.scheme}://{server.netloc}" for server in servers]
