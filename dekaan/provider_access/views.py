"""The duty at this school: the three phases, the year's encounters by the law's tests, and the names behind a number."""

from functools import partial
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dekaan.access.data_classes import DataClass
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.core.numbers import row_number
from dekaan.frameworks.queries import ACCESS, access_duty_of, access_tests, framework
from dekaan.measures.queries import released_count
from dekaan.people.models import Pupil
from dekaan.people.queries import listed, narrowed_to, outside_agreed_cohort, rows_of
from dekaan.programme.queries import visible_among
from dekaan.provider_access import queries

OF = {"attended": "have had", "offered": "have been offered"}


@needs(Permission.BENCHMARKS_SEE)
def provider_access(request: SchoolRequest) -> HttpResponse:
    """Whom the duty binds, who has had what, each encounter with its tests, who is to catch up, and what would close it."""
    year = year_asked(request.GET.get("year", ""))
    exactly = Permission.FIGURES_EXACT in request.permissions
    of = queries.year_of_access(request.school, year)
    seen = partial(visible_among, user=request.user, assignments=request.assignments)
    law = framework(ACCESS)
    assert law is not None
    outside = outside_agreed_cohort(today())
    context = {
        "duty": access_duty_of(request.school.establishment_type),
        "law": law,
        "is_before": year < academic_year_of(law.in_force_from),
        "pages": queries.phase_pages(request.school, of, exactly=exactly),
        "encounters": queries.encounters(of, seen(of.sessions), exactly=exactly),
        "might_count": queries.might_count(seen(of.others)),
        "tests": access_tests(),
        "outside": outside if exactly else released_count(outside),
        "year": year,
        "year_label": year_label(year),
        "years": [(each, year_label(each)) for each in (academic_year_of(today()) - 1, academic_year_of(today()))],
    }
    return render(request, "provider_access/provider_access.html", context)


@needs(Permission.NAMES_SEE)
def provider_access_pupils(request: SchoolRequest, phase_key: int) -> HttpResponse:
    """The names behind a number of a phase, as far as this person may see them."""
    phase = queries.phase(phase_key)
    had, of = request.GET.get("had", "none"), request.GET.get("of", "attended")
    year = year_asked(request.GET.get("year", ""))
    if phase is None or had not in queries.HAD or of not in OF or (of == "offered" and not phase.is_optional):
        raise Http404
    year_group = row_number(request.GET.get("year_group", ""))
    count = queries.offered if of == "offered" else queries.attended
    found = count(request.school.pk, year, phase.criterion)
    narrowed = narrowed_to(request.assignments, DataClass.E)
    seen = Pupil.objects.all() if narrowed is None else narrowed
    rows = rows_of(listed(seen.filter(pk__in=queries.pupils_who(found, had, year_group)), year))
    said = {"year": year, "of": of} | ({"year_group": year_group} if year_group else {})
    context = {
        "phase": phase,
        "year_group": year_group,
        "had": had,
        "words": OF[of],
        "tabs": [(words, urlencode(said | {"had": key}), key == had) for key, words in queries.HAD.items()],
        "groups": [(name, list(each)) for name, each in groupby(rows, key=lambda row: row.tutor_group)],
        "total": len(rows),
        "is_narrowed": narrowed is not None,
        "year": year,
        "year_label": year_label(year),
    }
    return render(request, "provider_access/provider_access_pupils.html", context)
