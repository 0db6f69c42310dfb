"""Each test has heads of its own."""

import pytest


@pytest.fixture(autouse=True)
def _heads(settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "audit-heads"
