"""Uploads of these tests lie in a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
