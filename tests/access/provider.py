"""A real OpenID provider on this machine, with people of the school, of another tenant, and one who claims an address."""

import copy
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from oidc_provider_mock import User as Subject
from oidc_provider_mock import run_server_in_thread

from dekaan.core.single_sign_on import MICROSOFT_AGAIN

TENANT = "11111111-2222-3333-4444-555555555555"
PEOPLE = {
    "subject-of-priya": {"tid": TENANT},
    "subject-of-mallory": {"tid": TENANT, "email": "priya@ashdown.example", "email_verified": True},
    "subject-elsewhere": {"tid": "99999999-2222-3333-4444-555555555555"},
    "subject-without-tenant": {},
}


def asked(at: object) -> list[Subject]:
    """The people, whom the provider asked for password and factor at that moment, as it says in every token."""
    return [Subject(sub=sub, claims=claims | {"auth_time": at}) for sub, claims in PEOPLE.items()]


def asked_at(address: str, moment: object) -> None:
    """From now on the provider says that it asked everybody at that moment; None where it says nothing of it."""
    for each in asked(moment):
        requests.put(f"{address}/users/{each.sub}", json=each.claims, timeout=10).raise_for_status()


@contextmanager
def provider(settings: Any) -> Iterator[str]:
    """Inside, the school signs in with Microsoft, whose part a server of this machine plays; its address."""
    with run_server_in_thread(user_claims=asked(int(time.time()))) as server:
        address = f"http://localhost:{server.server_port}"
        app = {
            "provider_id": "microsoft",
            "name": "Microsoft",
            "client_id": "dekaan",
            "secret": "secret",
            "settings": {
                "server_url": address,
                "must": {"tid": TENANT},
                "again": MICROSOFT_AGAIN,
                "fetch_userinfo": False,
                "scope": ["openid"],
            },
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"].append(address)
        settings.CONTENT_SECURITY_POLICY = policy
        yield address
