"""The picture, one criterion, the names behind it, and how figures are worked out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import LIST_OF_NEEDS_READ, SchoolRequest, needs, reads
from dekaan.access.exporting import NOBODY_TO_TELL, NobodyToTell, Purpose, TooMany, let_out, told_of_exports
from dekaan.access.permissions import Permission
from dekaan.benchmarks import changes, drawing, forms
from dekaan.benchmarks.queries.criterion import criterion_page
from dekaan.benchmarks.queries.explained import explanations
from dekaan.benchmarks.queries.names import (
    NAMED_BY,
    TELLS,
    Asked,
    NamesPage,
    benchmark_of_year_group,
    names_page,
    parts_of,
)
from dekaan.benchmarks.queries.picture import choosable_years, default_framework, this_year
from dekaan.benchmarks.queries.picture import picture as draw_picture
from dekaan.core.academic_year import today, year_asked, year_label
from dekaan.core.cells import table_file
from dekaan.frameworks.queries import Criterion, criterion, framework, frameworks
from dekaan.measures.queries import STATES, Part, applying_to
from dekaan.people.queries import pupils_visible_to
from dekaan.schools.queries import years_on_record


@needs(Permission.BENCHMARKS_SEE)
def benchmark_picture(request: SchoolRequest) -> HttpResponse:
    """A heat map of year group and benchmark, and a bar for each criterion."""
    year = year_asked(request.GET.get("year", ""))
    of = framework(request.GET.get("framework", "")) or default_framework(year)
    picture = draw_picture(request.school.pk, year, of, exact=Permission.FIGURES_EXACT in request.permissions)
    years = choosable_years({*years_on_record(request.school), year})
    place, opens = reverse("benchmark-picture", args=[request.school.slug]), Permission.NAMES_SEE in request.permissions
    before, is_this_year = year_label(year - 1), year == this_year()
    return render(
        request,
        "benchmarks/benchmark_picture.html",
        {
            "form": forms.Choice({"framework": of.key, "year": year}, years=years),
            "picture": picture,
            "heat": drawing.heat_map(picture, place, opens=opens),
            "benchmarks": [
                (
                    benchmark,
                    drawing.criteria(bars, place, year=year, this_year=is_this_year, before=before, opens=opens),
                )
                for benchmark, bars in picture.bars
            ],
            "year_label": year_label(year),
            "last_year_label": before,
        },
    )


@needs(Permission.BENCHMARKS_SEE)
def criterion_detail(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """One criterion: its words in both versions, its figure, and its figure by group."""
    asked = _criterion(criterion_id)
    year = year_asked(request.GET.get("year", ""))
    page = criterion_page(request.school.pk, year, asked, request.permissions)
    return render(
        request,
        "benchmarks/criterion_detail.html",
        {
            "page": page,
            "names_of_year": f"missing/?year={year}&",  # from this page's own address
            "nameable": {
                breakdown
                for breakdown, needed in NAMED_BY.items()
                if {Permission.NAMES_SEE, needed} <= request.permissions
            },
            "year_label": year_label(year),
            "year_asked": "" if year == this_year() else f"?year={year}",
        },
    )


@needs(Permission.NAMES_SEE)
def benchmark_year_group(request: SchoolRequest, framework_id: str, benchmark_id: str, year_group: int) -> HttpResponse:
    """One square of the heat map: the criteria that it is made of, each opening to its names."""
    version = framework(framework_id)
    benchmark = next((each for each in version.benchmarks if each.number == benchmark_id), None) if version else None
    if benchmark is None or not applying_to(year_group):
        raise Http404
    year = year_asked(request.GET.get("year", ""))
    applied = benchmark_of_year_group(request.school.pk, year, benchmark, year_group, request.assignments)
    return render(
        request,
        "benchmarks/benchmark_year_group.html",
        {
            "benchmark": benchmark,
            "framework": version,
            "year_group": year_group,
            "applied": applied,
            "year": year,
            "year_label": year_label(year),
        },
    )


def _names(request: SchoolRequest, criterion_id: str) -> NamesPage:
    """The names; where they are those of pupils with a need or flag, that they were read is kept."""
    page = names_page(request.school.pk, _asked(request, criterion_id), request.assignments)
    breakdown = page.asked.part.breakdown
    if breakdown in TELLS:
        reads(request, LIST_OF_NEEDS_READ, subject="criterion", criterion=page.asked.criterion.id, by=breakdown)
    return page


@needs(Permission.NAMES_SEE)
def criterion_missing(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """The names behind a figure, by tutor group: only pupils whom the person may see."""
    page = _names(request, criterion_id)
    records = reverse("pupil-list", args=[request.school.slug])
    on_paper = f"{page.asked.criterion.title}: {page.words} · {request.school.name} · {today():%-d %B %Y}"
    return render(
        request,
        "benchmarks/criterion_missing.html",
        {
            "page": page,
            "criterion": page.asked.criterion,
            "names": drawing.names(page.groups, records, on_paper=on_paper),
            "year_label": year_label(page.asked.academic_year),
            "export": _export(request, page) if Permission.EXPORT_NAMED in request.permissions else None,
        },
    )


def _export(request: SchoolRequest, page: NamesPage) -> dict[str, Any]:
    """Whether the names may leave as one file, and who is told; else the parts in which they may."""
    is_too_many = page.total > request.school.export_limit
    return {
        "tells": page.asked.part.breakdown in TELLS,
        "form": Purpose(),
        "told": told_of_exports(request.school, request.user),
        "is_too_many": is_too_many,
        "parts": parts_of(page, request.school.export_limit) if is_too_many else [],
    }


@needs(Permission.EXPORT_NAMED)
@require_POST
def criterion_missing_export(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """The same names as a file; who took it and what for is kept, and a second person is told."""
    page = names_page(request.school.pk, _asked(request, criterion_id), request.assignments)
    asked, form = page.asked, Purpose(request.POST)
    if asked.part.breakdown in TELLS:  # it would say of each name what the matrix lets nobody take away
        raise PermissionDenied
    if not form.is_valid():
        return _back(request, page, "Choose what the file is for, then press Export as CSV.")
    said = {"criterion": asked.criterion.id, "year": asked.academic_year, "state": page.state}
    try:
        mark = let_out(
            request.school,
            by=request.user,
            names=page.total,
            purpose=form.cleaned_data["purpose"],
            detail=said | {"by": asked.part.breakdown},
        )
    except NobodyToTell:
        return _back(request, page, NOBODY_TO_TELL)
    except TooMany:
        return _back(
            request, page, f"At most {request.school.export_limit} names leave in one file. Take them in parts."
        )
    name = f"{asked.criterion.id.lower()}-{page.state}-{asked.academic_year}"
    names = ([row.name, row.year_group, row.tutor_group] for group in page.groups for row in group.rows)
    return table_file(name, [[mark], ["Name", "Year group", "Tutor group"], *names])


def _back(request: SchoolRequest, page: NamesPage, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect(f"{reverse('criterion-missing', args=[request.school.slug, page.asked.criterion.id])}?{page.query}")


@needs(Permission.PROGRAMME_CHANGE)
def criterion_plan(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """Plans an activity for those on a list of names; everyone is ticked until somebody unticks them."""
    page = _names(request, criterion_id)
    criterion_asked = page.asked.criterion
    form = forms.Plan(request.POST or None, criterion=criterion_asked, groups=page.groups)
    if request.method == "POST" and form.is_valid():
        planned: dict[str, Any] = dict(form.cleaned_data)
        planned["pupils"] = list(pupils_visible_to(request.assignments).filter(pk__in=planned["pupils"]))
        session = changes.plan_for_missing(criterion_asked, by=request.user, **planned)
        number = len(planned["pupils"])
        messages.success(request, f"Planned for {number} pupil{'' if number == 1 else 's'}.")
        return redirect("session-detail", school_slug=request.school.slug, session_id=session.pk)
    return render(request, "benchmarks/criterion_plan.html", {"page": page, "criterion": criterion_asked, "form": form})


@needs(Permission.BENCHMARKS_SEE)
def figures_explained(request: SchoolRequest) -> HttpResponse:
    """How each figure is worked out: the specification that the tests run, word for word."""
    return render(request, "benchmarks/figures_explained.html", {"pages": explanations()})


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


def _asked(request: SchoolRequest, criterion_id: str) -> Asked:
    """Which names the address asks for.

    404 where there are none such; 403 for a characteristic that the person may not see of anybody.
    """
    part = Part(request.GET.get("by", "all"), request.GET.get("value", "")[:40])
    needed = NAMED_BY.get(part.breakdown)
    try:
        part.condition  # noqa: B018 whether there is such a part
    except ValueError:
        raise Http404 from None
    if needed not in request.permissions:
        raise PermissionDenied
    state = request.GET.get("state", "")
    return Asked(
        _counted(criterion_id), year_asked(request.GET.get("year", "")), part, state if state in STATES else ""
    )
