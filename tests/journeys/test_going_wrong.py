"""The pages of what went wrong, in a browser: axe finds nothing, nothing scrolls sideways."""

import pytest

from tests.core.going_wrong import STATUSES
from tests.journeys.visit import NARROW, WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_page_of_what_went_wrong_is_accessible_and_fits(visit, settings, width):
    settings.ROOT_URLCONF = "tests.core.going_wrong"
    person, wrong = visit(width=width), []
    for status in STATUSES:
        person.open(f"/wrong/{status}/")
        wrong += [(status, each) for each in person.violations()]
        if person.is_too_wide():
            wrong.append((status, "scrolls sideways"))
    assert wrong == []
