"""The schools of the trust side by side: by their records, and by the real Compass results."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import benchmarks_in_force, framework, frameworks
from dekaan.trusts import drawing, queries
from dekaan.trusts.views.reach import keeps, schools_read

YEARS_BACK = 2


@needs(Permission.BENCHMARKS_SEE)
def trust_page(request: SchoolRequest) -> HttpResponse:
    """The schools side by side by one version of the benchmarks, everybody or one group of pupils, in one year."""
    now = today()
    asked = framework(request.GET.get("framework", ""))
    of = asked if asked and asked.is_benchmarks else benchmarks_in_force(now)
    groups = [each for each in queries.GROUPS if each.asks is None or each.asks in request.permissions]
    group = next((each for each in groups if each.key == request.GET.get("group")), groups[0])
    this_year = academic_year_of(now)
    years = range(this_year, this_year - YEARS_BACK - 1, -1)
    year = next((each for each in years if str(each) == request.GET.get("year")), this_year)
    schools = schools_read(request, *([group.asks] if group.asks else []))
    context = {"keeps": keeps(request), "schools": len(schools), "of": of, "group": group, "year": year}
    if schools and request.school.trust:
        with working_in(*schools):
            found = queries.side_by_side(schools, of, year, group)
        clusters = queries.clustered(request.school.trust, schools)
        context |= {
            "found": found,
            "rows": drawing.rows(found, clusters, year=year, this_year=this_year),
            "totals": drawing.totals(found),
            "columns": drawing.columns(found),
            "frameworks": [each for each in frameworks() if each.is_benchmarks],
            "groups": groups,
            "years": [(each, year_label(each)) for each in years],
        }
    return render(request, "trusts/trust_page.html", context)


@needs(Permission.BENCHMARKS_SEE)
def trust_in_place(request: SchoolRequest) -> HttpResponse:
    """What of each school is no figure: whether its statement is in date, its leader named, its plan on time."""
    schools = schools_read(request)
    context: dict[str, Any] = {"keeps": keeps(request)}
    if schools and request.school.trust:
        with working_in(*schools):
            known = queries.facts_of(schools, today())
        clusters = queries.clustered(request.school.trust, schools)
        context |= {"known": known, "facts": drawing.facts(clusters, known)}
    return render(request, "trusts/trust_in_place.html", context)


@needs(Permission.BENCHMARKS_SEE)
def trust_compass(request: SchoolRequest) -> HttpResponse:
    """The latest real Compass result of each school, a table for each set of questions."""
    schools = schools_read(request)
    context = {
        "keeps": keeps(request),
        "results": queries.latest_results(schools) if schools else None,
        "few": queries.LEAST,
    }
    return render(request, "trusts/trust_compass.html", context)
