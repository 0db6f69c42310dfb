"""The picture, one criterion, the names behind it, and how figures are worked out."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.audit.changes import record
from dekaan.benchmarks import changes, forms, queries
from dekaan.core.academic_year import year_label
from dekaan.frameworks.queries import Criterion, criterion, framework, frameworks
from dekaan.measures.queries import specification
from dekaan.people.queries import pupils_visible_to
from dekaan.schools.queries import years_on_record


@needs(Permission.BENCHMARKS_SEE)
def benchmark_picture(request: SchoolRequest) -> HttpResponse:
    """A heat map of year group and benchmark, and a bar for each criterion."""
    years = years_on_record(request.school)
    form = forms.Choice(request.GET, years=queries.choosable_years(years))
    form.is_valid()
    year = form.cleaned_data.get("year") or queries.this_year()
    of = framework(form.cleaned_data.get("framework", "")) or queries.default_framework(year)
    picture = queries.picture(request.school.pk, year, of, exact=_exact(request))
    shown = forms.Choice({"framework": of.key, "year": year}, years=queries.choosable_years(years))
    return render(
        request,
        "benchmarks/benchmark_picture.html",
        {
            "form": shown,
            "picture": picture,
            "year_label": year_label(year),
            "last_year_label": year_label(year - 1),
            "year_asked": "" if year == queries.this_year() else f"?year={year}",
        },
    )


@needs(Permission.BENCHMARKS_SEE)
def criterion_detail(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """One criterion: its words in both versions, its figure, and its figure by group."""
    asked = _criterion(criterion_id)
    year = _year(request)
    page = queries.criterion_page(request.school.pk, year, asked, exact=_exact(request))
    return render(
        request,
        "benchmarks/criterion_detail.html",
        {
            "page": page,
            "year_label": year_label(year),
            "year_asked": "" if year == queries.this_year() else f"?year={year}",
        },
    )


@needs(Permission.NAMES_SEE)
def criterion_missing(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """Who misses it, by tutor group: only pupils whom the person may see."""
    asked, year, state = _counted(criterion_id), _year(request), _state(request)
    groups = queries.names_missing(request.school.pk, year, asked, request.assignments, state)
    return render(
        request,
        "benchmarks/criterion_missing.html",
        {
            "criterion": asked,
            "groups": groups,
            "total": sum(len(group.rows) for group in groups),
            # One address, not two hundred: a reversal a name costs more than the query.
            "records": reverse("pupil-list", args=[request.school.slug]),
            "state": state,
            "year_label": year_label(year),
            "asked": f"?year={year}&state={state}",
        },
    )


@needs(Permission.EXPORT_NAMED)
@require_POST
def criterion_missing_export(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """The same names as a file; who took it is kept."""
    asked, year, state = _counted(criterion_id), _year(request), _state(request)
    groups = queries.names_missing(request.school.pk, year, asked, request.assignments, state)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{asked.id.lower()}-{state}-{year}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(["Name", "Year group", "Tutor group"])
    for group in groups:
        writer.writerows([_harmless(row.name), row.year_group, _harmless(row.tutor_group)] for row in group.rows)
    record(action="names exported", by=request.user, subject="criterion", detail={"criterion": asked.id, "year": year})
    return answer


def _harmless(text: str) -> str:
    """A name that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


@needs(Permission.PROGRAMME_CHANGE)
def criterion_plan(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """Plans an activity for those who miss the criterion; everyone is ticked until somebody unticks them."""
    asked, year, state = _counted(criterion_id), _year(request), _state(request)
    pupils = queries.pupils_missing(request.school.pk, year, asked, request.assignments, state)
    choosable = pupils_visible_to(request.assignments).filter(pk__in=[pupil.pk for pupil in pupils])
    form = forms.Plan(
        request.POST or None,
        criterion=asked,
        pupils=choosable,
        initial={"pupils": [pupil.pk for pupil in pupils], "title": asked.title},
    )
    if request.method == "POST" and form.is_valid():
        planned: dict[str, Any] = {**form.cleaned_data, "pupils": list(form.cleaned_data["pupils"])}
        session = changes.plan_for_missing(asked, by=request.user, **planned)
        messages.success(request, f"Planned for {len(planned['pupils'])} pupils.")
        return redirect("session-detail", school_slug=request.school.slug, session_id=session.pk)
    return render(
        request,
        "benchmarks/criterion_plan.html",
        {"criterion": asked, "form": form, "number": len(pupils), "asked": f"?year={year}&state={state}"},
    )


@needs(Permission.BENCHMARKS_SEE)
def figures_explained(request: SchoolRequest) -> HttpResponse:
    """How each figure is worked out: the specification that the tests run, word for word."""
    return render(request, "benchmarks/figures_explained.html", {"pages": specification()})


@needs(Permission.BENCHMARKS_SEE)
def framework_detail(request: SchoolRequest, framework_id: str) -> HttpResponse:
    """A framework in its own order: what it asks, since when it is in force, and where it comes from."""
    found = framework(framework_id)
    if found is None:
        raise Http404
    return render(
        request,
        "benchmarks/framework_detail.html",
        {"framework": found, "frameworks": frameworks()},
    )


def _exact(request: SchoolRequest) -> bool:
    return Permission.FIGURES_EXACT in request.permissions


def _criterion(criterion_id: str) -> Criterion:
    found = criterion(criterion_id)
    if found is None:
        raise Http404
    return found


def _counted(criterion_id: str) -> Criterion:
    """A criterion that rests on what pupils did; 404 for the others, which have no names behind them."""
    found = _criterion(criterion_id)
    if not found.is_counted:
        raise Http404
    return found


def _year(request: SchoolRequest) -> int:
    """The academic year asked for; this one where none, or nonsense, is."""
    asked = request.GET.get("year", "")
    return int(asked) if len(asked) == 4 and asked.isascii() and asked.isdigit() else queries.this_year()


def _state(request: SchoolRequest) -> str:
    asked = request.GET.get("state", "")
    return asked if asked in queries.STATES else "missed"
