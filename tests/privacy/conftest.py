"""A data folder of the test's own, since the key and the list of erasures lie there."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir(mode=0o700)
    settings.MEDIA_ROOT = settings.DATA / "uploads"
    return settings.DATA
