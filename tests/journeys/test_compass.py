"""From home to a printed sheet to transcribe, counted."""

import pytest

from dekaan.access.models import User
from dekaan.compass.models import SelfEvaluation
from dekaan.core.scope import working_in
from dekaan.demo.build import build
from dekaan.schools.models import School
from tests.journeys.visit import NARROW, WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST = 12  # clicks, by the paper of the product


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_from_home_to_the_printed_sheet_takes_four_clicks(visit, settings, tmp_path, width):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    build(pupils=60, years=2, schools=1)
    person = visit(User.objects.get(email="priya@ashdown.example"), width=width)
    person.open("/ashdown/")
    person.page.evaluate("window.print = () => { document.title = 'on paper' }")
    person.press("Benchmarks", role="link")
    person.press("Compass", role="link")
    assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Keep these answers and print the sheet")
    person.page.evaluate("window.print = () => { document.title = 'on paper' }")
    person.press("Print", role="button")
    assert person.page.title() == "on paper"
    assert person.clicks == 4 <= MOST
    assert person.violations() == []
    assert not person.is_too_wide()
    with working_in(School.objects.get()):
        kept = SelfEvaluation.objects.latest("pk")
    assert len(kept.answers) == person.page.get_by_text("☐").count()
    assert person.failures == []
