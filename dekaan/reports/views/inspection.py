"""Inspection: the live records, a mock inspection, and sample pupils for whoever may see names."""

from django.http import HttpResponse
from django.shortcuts import render

from dekaan.access.door import LIST_OF_NEEDS_READ, SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.reports.queries.inspection import mock_inspection
from dekaan.reports.queries.questions import Look, records
from dekaan.reports.queries.stories import sample

LONGEST_DRAW = 4


@needs(Permission.REPORTS_SEE)
def inspection(request: SchoolRequest) -> HttpResponse:
    """What an inspector asks to see, and twenty questions with live answers, what is weak in them, and where to look."""
    found = mock_inspection(request.school, today())
    context = {
        "records": _opened(request, records()),
        "answers": [(each, _opened(request, each.question.look)) for each in found],
        "weak": sum(bool(each.weak) for each in found),
    }
    return render(request, "reports/inspection.html", context)


@needs(Permission.NAMES_SEE)
def inspection_pupils(request: SchoolRequest) -> HttpResponse:
    """Pupils drawn over year groups and groups, each leading to their whole record; nothing of it is copied."""
    asked = request.GET.get("draw", "")
    draw = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_DRAW else 1
    seed = f"{request.school.pk}-{today()}-{draw}"
    drawn, are_groups_told = sample(request.assignments, request.permissions, today(), seed)
    if are_groups_told:
        reads(request, LIST_OF_NEEDS_READ, subject="school", subject_id=request.school.pk)
    context = {"drawn": drawn, "draw": draw, "next": draw + 1}
    return render(request, "reports/inspection_pupils.html", context)


def _opened(request: SchoolRequest, looks: tuple[Look, ...]) -> list[tuple[str, str]]:
    """Words and address of those pages that the person may open."""
    return [(each.words, each.address(request.school.slug)) for each in looks if each.needs in request.permissions]
