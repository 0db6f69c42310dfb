"""One school that is built once, and copies of it through backup and restore."""

from collections.abc import Iterator

import pytest

from tests.backups.installation import Installation


@pytest.fixture(scope="session")
def ashdown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The living school. Tests may add to it; none may break it."""
    made = Installation(tmp_path_factory.mktemp("living") / "data")
    made.build()
    yield made
    made.stop_writing()


@pytest.fixture
def elsewhere(tmp_path) -> Iterator[Installation]:
    """Another machine: nothing on it."""
    made = Installation(tmp_path / "elsewhere")
    yield made
    made.stop_writing()
