"""A real OpenID provider on this machine, with people of the school, of another tenant, and one who claims an address."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from oidc_provider_mock import User as Subject
from oidc_provider_mock import run_server_in_thread

TENANT = "11111111-2222-3333-4444-555555555555"
PEOPLE = [
    Subject(sub="subject-of-priya", claims={"tid": TENANT}),
    Subject(sub="subject-of-mallory", claims={"tid": TENANT, "email": "priya@ashdown.example", "email_verified": True}),
    Subject(sub="subject-elsewhere", claims={"tid": "99999999-2222-3333-4444-555555555555"}),
    Subject(sub="subject-without-tenant"),
]


@contextmanager
def provider(settings: Any) -> Iterator[str]:
    """Inside, the school signs in with Microsoft, whose part a server of this machine plays; its address."""
    with run_server_in_thread(user_claims=PEOPLE) as server:
        address = f"http://localhost:{server.server_port}"
        app = {
            "provider_id": "microsoft",
            "name": "Microsoft",
            "client_id": "dekaan",
            "secret": "secret",
            "settings": {
                "server_url": address,
                "must": {"tid": TENANT},
                "fetch_userinfo": False,
                "scope": ["openid"],
            },
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"].append(address)
        settings.CONTENT_SECURITY_POLICY = policy
        yield address
