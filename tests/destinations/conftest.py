"""What the tests of destinations begin with."""

from collections.abc import Iterator

import pytest

from dekaan.core.scope import working_in
from tests.destinations.given import Left, make_left
from tests.kept import once_made


@pytest.fixture
def left(db: None) -> Iterator[Left]:
    """Ada and Ben, who left two summers ago; working in Ashdown School."""
    made = once_made(make_left)
    with working_in(made.stock.ashdown):
        yield made
