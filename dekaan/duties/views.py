"""The duty board, and what changed in the rules."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, day_asked, today
from dekaan.duties import changes, queries
from dekaan.people.queries import year_groups


@needs(Permission.BENCHMARKS_SEE)
def duty_board(request: SchoolRequest) -> HttpResponse:
    """How the school stands to every duty, today or on a day that has been."""
    asked = request.GET.get("on", "").strip()
    day = day_asked(asked) if asked else None
    if asked and (day is None or day > today()):
        return render(request, "duties/no_such_day.html", {"asked": asked, "is_to_come": day is not None}, status=400)
    board = queries.duty_board(request.school, day or today(), exact=Permission.FIGURES_EXACT in request.permissions)
    groups = [(force, [(line, _behind(request, line)) for line in lines]) for force, lines in board.groups]
    context = {
        "board": board,
        "groups": groups,
        "sections": _sections(groups),
        "is_today": board.on == today(),
        "numbers": [
            (words, board.number(state, of_law=True), board.number(state, of_law=False))
            for words, state in (
                ("Broken in law, or not met", queries.BROKEN),
                ("At risk", queries.AT_RISK),
                ("Unknown", queries.UNKNOWN),
                ("Met", queries.MET),
            )
        ],
    }
    return render(request, "duties/duty_board.html", context)


Rows = list[tuple[queries.Line, list[tuple[str, str]]]]


def _sections(groups: list[tuple[str, Rows]]) -> list[dict[str, Any]]:
    """What needs somebody first and in sight; what is unknown, then met, folded."""
    asked = (
        ("Broken or at risk", {queries.BROKEN, queries.AT_RISK}, True),
        ("Unknown", {queries.UNKNOWN}, False),
        ("Met", {queries.MET}, False),
    )
    found = []
    for title, states, is_open in asked:
        of_it = [(force, [row for row in rows if row[0].judgement.state in states]) for force, rows in groups]
        groups_of_it = [(force, rows) for force, rows in of_it if rows]
        number = sum(len(rows) for _, rows in groups_of_it)
        found.append({"title": title, "groups": groups_of_it, "number": number, "is_open": is_open})
    return found


def _behind(request: SchoolRequest, line: queries.Line) -> list[tuple[str, str]]:
    links = queries.opened(line.judgement.evidence, request.permissions)
    return [(each.words, each.address(request.school.slug)) for each in links]


@needs(Permission.BENCHMARKS_SEE)
def rule_changes(request: SchoolRequest) -> HttpResponse:
    """Every change in the rules, newest first, with what it means for this school."""
    known = queries.read_by(request.user, request.school)
    on_roll = year_groups(academic_year_of(today()))
    new = {each.key for each in queries.news(request.school, today(), on_roll)} - known
    context = {
        "changes": [(each, each.key in new) for each in queries.changes_here(request.school, today(), on_roll)],
        "new": len(new),
    }
    return render(request, "duties/rule_changes.html", context)


@needs(Permission.BENCHMARKS_SEE)
@require_POST
def rule_changes_read(request: SchoolRequest) -> HttpResponse:
    """The person has read what is new."""
    keys = [each.key for each in queries.news(request.school, today())]
    changes.read_changes(keys, by=request.user)
    messages.success(request, "Home tells you of these no more.")
    return redirect("rule-changes", request.school.slug)
