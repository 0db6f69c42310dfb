"""From home to an encounter with a provider of which everything is said, counted."""

import pytest

from dekaan.access.models import User
from dekaan.core.scope import working_in
from dekaan.demo.build import build
from dekaan.programme.models import Session
from dekaan.programme.queries import sessions_by_law
from dekaan.schools.models import School
from tests.journeys.visit import NARROW, WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def law(title: str) -> dict[str, str]:
    """What each test says of the session of that title."""
    with working_in(School.objects.get()):
        session = Session.objects.select_related("activity").get(activity__title=title, recorded_at__isnull=False)
        return {each.test.key: each.state for each in sessions_by_law([session])[session.pk]}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_time_and_a_providers_offer_are_said_in_a_few_clicks(visit, settings, width):
    settings.TODAY = "2026-11-24"
    build(pupils=60, years=1, schools=1)
    person = visit(User.objects.get(email="priya@ashdown.example"), width=width)
    person.open("/ashdown/")
    person.press("Benchmarks", role="link")
    person.press("Provider access", role="link")
    assert person.violations() == []
    assert not person.is_too_wide()
    assert law("Technical courses: a live lesson")["day"] == "unknown"
    person.press("Say when it began and how long it took of Technical courses: a live lesson", role="link")
    person.page.get_by_label("Time", exact=True).fill("10:00")
    person.press("Save", role="button")
    assert person.clicks == 4
    assert law("Technical courses: a live lesson")["day"] == "passed"

    person.open("/ashdown/provider-access/")
    assert law("Degree apprenticeships at the university")["provider"] == "unknown"
    person.press(
        "Say whether this provider offers technical qualifications or apprenticeships "
        "of Degree apprenticeships at the university",
        role="link",
    )
    asked = person.page.get_by_role("group", name="Does this provider offer approved technical qualifications")
    asked.get_by_label("Yes").check()
    person.press("Save", role="button")
    assert law("Degree apprenticeships at the university")["provider"] == "passed"
    assert person.failures == []
