"""What every page knows: the school, the year, the places to go."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from dekaan.core.academic_year import academic_year_of, today, year_label

# At most nine places, by nouns that a teacher says: name, address, permission, and what its addresses begin with.
PLACES = (
    ("Home", "home", "home.see", ""),
    ("Pupils", "pupil-list", "pupils.see", "pupils"),
    ("Leavers", "leaver-list", "destinations.see", "pupils"),  # for those who may not search for pupils
    ("Where they went", "destination-picture", "destinations.count", "pupils"),  # for those who see no names
    ("Programme", "programme-calendar", "programme.see", "programme"),
    ("Partners", "organisation-list", "programme.see", "partners"),
    ("Benchmarks", "benchmark-picture", "benchmarks.see", "benchmarks"),
    ("Team and plan", "plan-list", "plan.see", "team"),
    ("Team and plan", "team-page", "team.see", "team"),  # for those who may not see the plan
    ("My week", "my-week", "home.see", "team"),  # for those who see neither
    ("Reports", "report-list", "reports.see", "reports"),
    ("The trust", "trust-page", "trust.lead", "trust"),  # for the others a room of the benchmarks
    ("Imports", "import-list", "import.make", "imports"),
    # A room of the settings for those who have them (ROOM_WITH), and a place for everybody else.
    ("Data protection", "data-protection-page", "privacy.see", "data-protection"),
    ("Audit trail", "audit-trail", "trail.see", "data-protection"),  # for those who have no page above
    ("Restricted contacts", "restricted-list", "contacts.restrict", "restricted-contacts"),
    ("The service", "service", "service.keep", "service"),
    ("Settings", "school-settings", "settings.change", "settings"),
    ("Hand over", "hand-over-page", "handover.change", "hand-over"),  # likewise
    ("Staff", "staff-list", "staff.change", "settings"),  # a room of the settings, for those who have them
    # For those who have no settings to change, from where the others reach it.
    ("People and roles", "role-list", "roles.see", "settings"),
)

# The rooms of a place that has several, led to from the top of each: name, address, permission, what they begin with.
ROOMS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "programme": (
        ("The year", "programme-calendar", "programme.see", "programme"),
        ("Curriculum", "curriculum-map", "programme.see", "curriculum"),
        ("Schemes of work", "scheme-list", "programme.see", "schemes"),
        ("Library", "resource-list", "programme.see", "library"),
        ("Learning", "learning-coverage", "programme.see", "learning"),
        ("Observations", "observation-list", "reports.see", "observations"),
        ("Requests", "provider-request-list", "programme.see", "requests"),
        ("Clashes", "clash-list", "programme.change", "clashes"),
        ("Feedback", "feedback-list", "reports.see", "feedback"),
        ("Public pages", "public-pages", "programme.see", "public-pages"),
    ),
    "partners": (
        ("All partners", "organisation-list", "programme.see", "partners"),
        ("Links with providers", "partner-links", "programme.see", "provider-links"),
        ("Names to match", "partner-names", "partners.change", "partner-names"),
        ("Duplicates", "organisation-duplicates", "partners.change", "partner-duplicates"),
        ("From the trust", "trust-organisation-list", "programme.see", "trust-partners"),
    ),
    "team": (
        ("The plan", "plan-list", "plan.see", "plan"),
        ("My week", "my-week", "home.see", "my-week"),
        ("Tasks", "task-list", "plan.see", "tasks"),
        ("Meetings", "meeting-list", "plan.see", "meetings"),
        ("Team", "team-page", "team.see", "team"),
        ("Responsibilities", "responsibility-list", "team.see", "responsibilities"),
        ("Principles", "principle-list", "plan.see", "principles"),
        ("Policies", "policy-list", "plan.see", "policies"),
        ("Budget", "budget-list", "budget.see", "budget"),
        ("Agreements", "agreement-list", "budget.see", "agreements"),
        ("My time", "my-time", "home.see", "my-time"),
    ),
    "settings": (
        ("The school", "school-settings", "settings.change", "settings"),
        ("Staff", "staff-list", "staff.change", "staff"),
        ("Data protection", "data-protection-page", "privacy.see", "data-protection"),
        ("Hand over", "hand-over-page", "handover.change", "hand-over"),
    ),
    "benchmarks": (
        ("Where we stand", "benchmark-picture", "benchmarks.see", "benchmarks"),
        ("Provider access", "provider-access", "benchmarks.see", "provider-access"),
        ("Compass", "compass-review", "benchmarks.see", "compass"),
        ("Evidence", "evidence-list", "benchmarks.see", "evidence"),
        ("Duties", "duty-board", "benchmarks.see", "duties"),
        ("Website", "website", "benchmarks.see", "website"),
        ("The trust", "trust-page", "benchmarks.see", "trust"),
    ),
    "reports": (
        ("Papers", "report-list", "reports.see", "reports"),
        ("Report log", "report-log", "reports.see", "report-log"),
        ("Inspection", "inspection", "reports.see", "inspection"),
    ),
    "pupils": (
        ("All pupils", "pupil-list", "pupils.see", "pupils"),
        ("Lists", "sentence-list", "names.see", "lists"),
        ("Intentions", "intention-grid", "destinations.change", "intentions"),
        ("Leavers", "leaver-list", "destinations.see", "leavers"),
        ("Where they went", "destination-picture", "destinations.count", "where-they-went"),
    ),
}
PLACE_OF = {begins: place for place, rooms in ROOMS.items() for *_, begins in rooms}
# What is a room only for those who hold a permission, and a place of its own for the others.
ROOM_WITH = {"data-protection": "settings.change", "hand-over": "settings.change"}
# And the other way round: a place of its own for those who hold it, a room for the others.
PLACE_WITH = {"trust": "trust.lead"}

# What is of all schools of whoever works at several, in one press from wherever they are: name, address, permission.
ACROSS = (("My week", "my-week", "home.see"), ("The trust", "trust-page", "benchmarks.see"))


@dataclass(frozen=True)
class Place:
    """One entry of the list on the left, or of the rooms of a place."""

    name: str
    address: str
    is_here: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The school of the address (None outside one), the day, the year, and where this person may go."""
    permissions: frozenset[Any] = getattr(request, "permissions", frozenset())
    school = getattr(request, "school", None)
    here = request.path.removeprefix(f"/{school.slug}/").split("/")[0] if school else ""
    return {
        "school": school,
        "may": _may(permissions),
        "works_elsewhere": getattr(request, "works_elsewhere", False),
        "today": today(),
        "academic_year_label": year_label(academic_year_of(today())),
        "places": _places(school.slug, permissions, _place_of(here, permissions)) if school else (),
        "across": _beside(school, permissions) if getattr(request, "works_elsewhere", False) else (),
        "rooms": _rooms(school.slug, permissions, here) if school and here in PLACE_OF else (),
    }


@lru_cache(maxsize=512)
def _may(permissions: frozenset[Any]) -> dict[str, bool]:
    """What templates ask: may.register_take."""
    return {permission.name.lower(): True for permission in permissions} | {"search": "names.see" in permissions}


def _is_place(begins: str, permissions: frozenset[Any]) -> bool:
    """Whether it stands in the list on the left for this person, though it is a room for others."""
    if begins in PLACE_WITH:
        return PLACE_WITH[begins] in permissions
    return begins in ROOM_WITH and ROOM_WITH[begins] not in permissions


def _place_of(here: str, permissions: frozenset[Any]) -> str:
    """What the addresses of the place begin with, of which this is a room, or itself."""
    return here if _is_place(here, permissions) else PLACE_OF.get(here, here)


@lru_cache(maxsize=2048)
def _places(slug: str, permissions: frozenset[Any], here: str) -> tuple[Place, ...]:
    """The list on the left; the same for everybody of the same roles in the same place."""
    found, led_to = [], set()
    for name, url_name, permission, begins in PLACES:
        if permission not in permissions or begins in led_to:
            continue
        if begins in ROOM_WITH and not _is_place(begins, permissions):
            continue
        led_to.add(begins)
        found.append(Place(name, reverse(url_name, args=[slug]), begins == here))
    return tuple(found)


def across(school: Any, permissions: frozenset[Any]) -> tuple[Place, ...]:
    """What is of all schools, as it is reached from this one; the trust only where the school is of one."""
    return tuple(
        Place(name, reverse(url_name, args=[school.slug]), is_here=False)
        for name, url_name, permission in ACROSS
        if permission in permissions and (url_name != "trust-page" or school.trust_id is not None)
    )


def _beside(school: Any, permissions: frozenset[Any]) -> tuple[Place, ...]:
    """The same beside the places, but for what is one of them."""
    is_led = PLACE_WITH["trust"] in permissions
    return tuple(each for each in across(school, permissions) if not (is_led and each.name == "The trust"))


@lru_cache(maxsize=2048)
def _rooms(slug: str, permissions: frozenset[Any], here: str) -> tuple[Place, ...]:
    """The rooms of the place that this page is in, where this person may enter more than one."""
    if here in PLACE_WITH and _is_place(here, permissions):
        return ()
    found = tuple(
        Place(name, reverse(url_name, args=[slug]), begins == here)
        for name, url_name, permission, begins in ROOMS[PLACE_OF[here]]
        if permission in permissions and not (begins in PLACE_WITH and _is_place(begins, permissions))
    )
    return found if len(found) > 1 else ()
