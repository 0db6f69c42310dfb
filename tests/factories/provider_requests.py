"""A policy, and a provider who asks, the way that people make them."""

from datetime import time
from itertools import count

from dekaan.provider_requests.changes import add_free_time, receive, say_rules
from dekaan.provider_requests.models import AccessRules, FreeTime, ProviderRequest
from dekaan.schools.models import School

ASKS = {
    "organisation": "North Tees College",
    "organisation_kind": "technical",
    "contact_name": "Jo Abara",
    "contact_email": "jo@northtees.example",
    "contact_telephone": "01632 960 111",
    "year_groups": [9, 10],
    "formats": ["assembly"],
    "mode": "in_school",
    "what": "Twenty minutes on T Levels in health and in building, with two learners",
    "contents": ["offer", "careers", "learning", "questions"],
    "when_said": "Any Tuesday in spring",
    "staff_number": 3,
    "needs": "A projector",
}
GROUNDS = ("It clashes with something else.", "No room is free at that time.")
pages = count(1)


def write_policy(**fields) -> AccessRules:
    """The school in scope has said what its policy says."""
    said = {
        "contact_name": "Priya Raman",
        "contact_email": "careers@ashdown.example",
        "contact_telephone": "01632 960 123",
        "weeks_notice": 6,
        "decision_days": 10,
        "offers": ["assembly", "lesson"],
        "premises": "The main hall with projector",
        "is_open": True,
    }
    return say_rules(granting=["In the school day"], refusing=GROUNDS, by=None, **{**said, **fields})


def free_time(**fields) -> FreeTime:
    """Tuesday's assembly of Years 9 and 10."""
    said = {"weekday": 2, "starts_at": time(9), "minutes": 40, "name": "Assembly", "place": "Main hall"}
    return add_free_time(by=None, **{**said, "year_groups": [9, 10], **fields})


def asked(school: School, **fields) -> ProviderRequest:
    """A provider has asked, by the form."""
    request, is_first = receive(school, page=f"page {next(pages)}", **{**ASKS, **fields})
    assert is_first
    return request
