"""What every page knows: the school, the year, the places to go."""

from typing import Any

from django.http import HttpRequest

from dekaan.core.academic_year import academic_year_of, today, year_label


def page(request: HttpRequest) -> dict[str, Any]:
    """The school of the address (None outside one), today and the academic year."""
    return {
        "school": getattr(request, "school", None),
        "permissions": getattr(request, "permissions", frozenset()),
        "today": today(),
        "academic_year_label": year_label(academic_year_of(today())),
    }
