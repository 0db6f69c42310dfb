"""How a school stands to the six key principles, and which milestones it has reached."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dekaan.access.door import SchoolRequest, needs, open_address
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today
from dekaan.frameworks.queries import careers_leadership
from dekaan.plan.queries import plan_of_year
from dekaan.principles import queries

TERMS = 3  # so many terms before are shown beside today


@needs(Permission.PLAN_SEE)
def principle_list(request: SchoolRequest) -> HttpResponse:
    """The verdict on each principle with its reasons, what to do about it, and the verdicts of the terms before."""
    on = today()
    found = queries.standing(request.school, on, queries.terms_before(on, TERMS))
    verdicts = [(each, *_apart(request, each)) for each in found.now]
    context = {
        "on": on,
        "verdicts": verdicts,
        "before": found.before,
        "offers_plan": plan_of_year(academic_year_of(on)) is None,
        "in_place": sum(each.state == queries.IN_PLACE for each in found.now),
        "rows": [
            (verdict, [(term.term.name, term.verdicts[number]) for term in found.before])
            for number, verdict in enumerate(found.now)
        ],
    }
    return render(request, "principles/principle_list.html", context)


Line = tuple[queries.Looked, str]


def _apart(request: SchoolRequest, verdict: queries.Verdict) -> tuple[list[Line], list[Line]]:
    """What is needed and not shown, each with where it leads; and what else was looked at."""
    lines = [(each, _address(request, each.check.leads)) for each in verdict.looked]
    lacking = [each for each in lines if each[0].check.needed and each[0].found.state != queries.MET]
    return lacking, [each for each in lines if each not in lacking]


@needs(Permission.PLAN_SEE)
def milestone_list(request: SchoolRequest) -> HttpResponse:
    """Every milestone, and since when the records show it."""
    found = queries.milestones_reached(request.school, today())
    context = {
        "reached": [(each, _address(request, each.shown.leads)) for each in found],
        "number": sum(each.on is not None for each in found),
        "broken": sum(bool(each.broken) for each in found),
        "board": open_address(reverse("duty-board", args=[request.school.slug]), request.permissions),
        "about": careers_leadership()["milestones"],
    }
    return render(request, "principles/milestone_list.html", context)


def _address(request: SchoolRequest, name: str) -> str:
    """Where it leads at the school; nothing where the person may not enter."""
    return open_address(reverse(name, args=[request.school.slug]), request.permissions)
