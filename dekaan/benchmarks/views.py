"""The picture, one criterion, the names behind it, and how figures are worked out."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import LIST_OF_NEEDS_READ, SchoolRequest, needs, reads
from dekaan.access.exporting import export_asked, names_taken
from dekaan.access.permissions import Permission
from dekaan.benchmarks import changes, drawing, forms
from dekaan.benchmarks.queries.closing import GAPS, Gap, by_group, closing, suggested
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
from dekaan.destinations.queries import HowKept, how_kept
from dekaan.frameworks.queries import Criterion, activity_types, criterion, framework, frameworks
from dekaan.library.queries import beside
from dekaan.measures.queries import STATES, Part, applying_to
from dekaan.people.queries import pupils_visible_to
from dekaan.programme.changes import AlreadyRecorded, SessionCancelled, also_invite
from dekaan.programme.queries import Inclusion, inclusion_before, invitings_to_undo, sessions_visible_to
from dekaan.schools.queries import years_on_record

GAP_STATES = [("", "All that is missing"), ("missed", "Judged this year"), ("not-yet", "Judged in a later year")]


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
            "kept": _kept(request, criterion_id),
            "shelf": beside(criterion_id) if Permission.PROGRAMME_SEE in request.permissions else None,
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


def _kept(request: SchoolRequest, criterion_id: str) -> list[HowKept]:
    """What the ledger of destinations shows of it today, for whoever may count there."""
    if Permission.DESTINATIONS_COUNT not in request.permissions:
        return []
    return how_kept(request.school.pk, today(), criterion_id)


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
    asked = export_asked(request, page.total)
    return asked | {
        "tells": page.asked.part.breakdown in TELLS,
        "parts": parts_of(page, request.school.export_limit) if asked["is_too_many"] else [],
    }


@needs(Permission.EXPORT_NAMED)
@require_POST
def criterion_missing_export(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """The same names as a file; who took it and what for is kept, and a second person is told."""
    page = names_page(request.school.pk, _asked(request, criterion_id), request.assignments)
    asked, said = page.asked, page.asked.criterion.id
    return names_taken(
        request,
        [row for group in page.groups for row in group.rows],
        file=f"{said.lower()}-{page.state}-{asked.academic_year}",
        detail={"criterion": said, "year": asked.academic_year, "state": page.state, "by": asked.part.breakdown},
        tells=asked.part.breakdown in TELLS,
        back_to=f"{reverse('criterion-missing', args=[request.school.slug, said])}?{page.query}",
        if_too_many="Take them in parts.",
    )


@needs(Permission.PROGRAMME_CHANGE)
def criterion_plan(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """Plans an activity for those on a list of names; everyone is ticked until somebody unticks them."""
    page = _names(request, criterion_id)
    asked = page.asked.criterion
    # Only kinds that count towards the criterion by themselves: an assembly is never a guidance meeting.
    kinds = [kind for kind in activity_types().values() if asked.id in kind.criteria]
    form = forms.Plan(request.POST or None, kinds=kinds, groups=page.groups)
    if _is_sent(request) and form.is_valid():
        return _planned(request, (asked,), form, is_of_all=_is_of_all(page.asked.part, is_narrowed=page.is_narrowed))
    context = {"page": page, "criterion": asked, "form": form, "inclusion": _inclusion(request, form)}
    return render(request, "benchmarks/criterion_plan.html", context)


def _is_sent(request: SchoolRequest) -> bool:
    return request.method == "POST" and "look" not in request.POST


def _inclusion(request: SchoolRequest, form: forms.Plan) -> Inclusion | None:
    """How those who are ticked stand against their year groups, before anything is planned."""
    if "look" in request.POST:
        form.only_looking()
    return inclusion_before(form.ids(), form.on(), request.permissions, pupils_visible_to(request.assignments))


def _is_of_all(part: Part, *, is_narrowed: bool) -> bool:
    """Whether a list is of all of the school, or of a year group, who need it: not of chosen ones."""
    return part.breakdown in {"all", "year-group"} and not is_narrowed


def _planned(
    request: SchoolRequest, towards: Sequence[Criterion], form: forms.Plan, *, is_of_all: bool
) -> HttpResponse:
    """It is planned for those ticked, all of those who need it or not; back to where it stands."""
    planned: dict[str, Any] = dict(form.cleaned_data)
    planned["are_all"] = is_of_all and len(planned["pupils"]) == sum(len(group.rows) for group in form.groups)
    planned["pupils"] = list(pupils_visible_to(request.assignments).filter(pk__in=planned["pupils"]))
    session = changes.plan_for_missing(towards, by=request.user, **planned)
    messages.success(request, f"Planned for {_pupils(len(planned['pupils']))}.")
    return redirect("session-detail", school_slug=request.school.slug, session_id=session.pk)


def _pupils(number: int) -> str:
    return f"{number} pupil{'' if number == 1 else 's'}"


@needs(Permission.PROGRAMME_CHANGE)
def gap_detail(request: SchoolRequest) -> HttpResponse:
    """What would close a gap: what is planned for it, and the fewest sessions that would do the rest."""
    page = closing(request.school.pk, _gap(request), request.assignments)
    return render(
        request,
        "benchmarks/gap_detail.html",
        {
            "page": page,
            "gap": page.gap,
            "presses": invitings_to_undo([each.session for each in page.planned]),
            "thing": "it" if page.gap.is_of_one else "something",
            "query": page.gap.query(),
            "names_query": Asked(page.gap.criteria[0], page.gap.academic_year, page.gap.part).query,
            "states": [(name, page.gap.query(state=state), state == page.gap.state) for state, name in GAP_STATES],
            "year_label": year_label(page.gap.academic_year),
        },
    )


@needs(Permission.PROGRAMME_CHANGE)
def gap_plan(request: SchoolRequest) -> HttpResponse:
    """Plans what was suggested for those for whom it would count; back to the gap where it is not suggested any more."""
    page = closing(request.school.pk, _gap(request), request.assignments)
    chosen = suggested(page, request.GET.get("kind", ""), request.GET.get("group", ""))
    if chosen is None:
        messages.info(request, "That is not among what is suggested any more. This is what would close it now.")
        return redirect(f"{reverse('gap-detail', args=[request.school.slug])}?{page.gap.query()}")
    if page.gap.part.breakdown in TELLS:
        reads(request, LIST_OF_NEEDS_READ, subject="gap", by=page.gap.part.breakdown)
    form = forms.Plan(
        request.POST or None,
        kinds=chosen.kinds,
        groups=by_group(chosen.pupils, page.gap.academic_year),
        initial={"activity_type": request.GET["kind"]},
    )
    if _is_sent(request) and form.is_valid():
        return _planned(
            request, page.gap.criteria, form, is_of_all=_is_of_all(page.gap.part, is_narrowed=page.is_narrowed)
        )
    query = page.gap.query(kind=request.GET["kind"], group=str(chosen.year_group))
    context = {"page": page, "chosen": chosen, "form": form, "query": query, "inclusion": _inclusion(request, form)}
    return render(request, "benchmarks/gap_plan.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def gap_invite(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Invites to a session that is planned everybody of its year groups for whom it would count besides."""
    session = get_object_or_404(sessions_visible_to(request.user, request.assignments), pk=session_id)
    page = closing(request.school.pk, _gap(request), request.assignments)
    line = next((each for each in page.planned if each.session == session), None)
    if line is None:
        messages.error(request, "That session would not count for anybody here any more. Look through the list again.")
    else:
        pupils = pupils_visible_to(request.assignments).filter(pk__in=line.besides)
        try:
            number = also_invite(line.session, pupils=pupils, by=request.user)
            messages.success(request, f"{_pupils(number)} invited besides to {line.session.title}.")
        except (SessionCancelled, AlreadyRecorded):
            messages.error(request, f"{line.session.title} is off or recorded by now, so nobody is invited to it.")
    return redirect(f"{reverse('gap-detail', args=[request.school.slug])}?{page.gap.query()}")


def _gap(request: SchoolRequest) -> Gap:
    """The gap that the address names: of a criterion, or of all of a framework (of the benchmarks in force, unasked)."""
    state = request.GET.get("state", "")
    if "criterion" in request.GET:
        asked = _asked(request, request.GET["criterion"])
        return Gap((asked.criterion,), asked.academic_year, asked.part, state if state in GAPS else "")
    year = year_asked(request.GET.get("year", ""))
    version = framework(request.GET.get("framework", "")) or default_framework(year)
    return Gap(version.counted, year, _part(request), state if state in GAPS else "")


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
    """Which names the address asks for; 404 where there are none such."""
    state = request.GET.get("state", "")
    return Asked(
        _counted(criterion_id),
        year_asked(request.GET.get("year", "")),
        _part(request),
        state if state in STATES else "",
    )


def _part(request: SchoolRequest) -> Part:
    """The part of the school that the address names.

    404 where there is none such; 403 for a characteristic that the person may not see of anybody.
    """
    part = Part(request.GET.get("by", "all"), request.GET.get("value", "")[:40])
    needed = NAMED_BY.get(part.breakdown)
    try:
        part.condition  # noqa: B018 whether there is such a part
    except ValueError:
        raise Http404 from None
    if needed not in request.permissions:
        raise PermissionDenied
    return part
