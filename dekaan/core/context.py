"""What every page knows: the school, the year, the places to go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from dekaan.core.academic_year import academic_year_of, today, year_label

# At most nine places, by nouns that a teacher says: name, address, permission, and what its addresses begin with.
PLACES = (
    ("Home", "home", "home.see", ""),
    ("Pupils", "pupil-list", "pupils.see", "pupils"),
    ("Staff", "staff-list", "staff.change", "staff"),
    ("Programme", "programme-calendar", "programme.see", "programme"),
    ("Benchmarks", "benchmark-picture", "benchmarks.see", "benchmarks"),
    ("Reports", "report-list", "reports.see", "reports"),
    ("Imports", "import-list", "import.make", "imports"),
    ("Settings", "school-settings", "settings.change", "settings"),
    # For those who have no settings to change, from where the others reach it.
    ("People and roles", "role-list", "roles.see", "settings"),
)


@dataclass(frozen=True)
class Place:
    """One entry of the list on the left."""

    name: str
    address: str
    is_here: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The school of the address (None outside one), the day, the year, and where this person may go."""
    permissions: frozenset[Any] = getattr(request, "permissions", frozenset())
    return {
        "school": getattr(request, "school", None),
        "may": {permission.name.lower(): True for permission in permissions} | {"search": "names.see" in permissions},
        "works_elsewhere": getattr(request, "works_elsewhere", False),
        "today": today(),
        "academic_year_label": year_label(academic_year_of(today())),
        "places": _places(request, permissions),
    }


def _places(request: HttpRequest, permissions: Any) -> list[Place]:
    school = getattr(request, "school", None)
    if school is None:
        return []
    here = request.path.removeprefix(f"/{school.slug}/").split("/")[0]
    found, led_to = [], set()
    for name, url_name, permission, begins in PLACES:
        if permission not in permissions or begins in led_to:
            continue
        try:
            address = reverse(url_name, args=[school.slug])
        except NoReverseMatch:  # an area that is not there yet has no place
            continue
        led_to.add(begins)
        found.append(Place(name, address, begins == here))
    return found
