"""Looking back: what was learnt, what is changed, what is overdue."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.quality import changes
from dekaan.quality.forms import ChangedEvaluation, ChangedImprovement, NewEvaluation, NewImprovement
from dekaan.quality.models import Evaluation, Improvement
from dekaan.quality.queries import evaluations, improvements_of, looked_at, overdue, side_by_side
from dekaan.quality.views.reading import exactly, years_of


def _evaluation(evaluation_id: int) -> Evaluation:
    return get_object_or_404(evaluations(), pk=evaluation_id)


@needs(Permission.REPORTS_SEE)
def evaluation_list(request: SchoolRequest) -> HttpResponse:
    """Evaluations, what is overdue, and last year's changes beside this year's answers."""
    year = year_asked(request.GET.get("year", ""))
    context = {
        "evaluations": evaluations(),
        "overdue": overdue(),
        "last_year_label": year_label(year - 1),
        "changed": improvements_of(year - 1),
        "beside": side_by_side(year, exactly=exactly(request)),
    }
    return render(request, "quality/evaluation_list.html", context | years_of(request, year))


@needs(Permission.REPORTS_SEE)
def evaluation_detail(request: SchoolRequest, evaluation_id: int) -> HttpResponse:
    """One evaluation: what was looked at, learnt, and changed."""
    evaluation = _evaluation(evaluation_id)
    context = {"evaluation": evaluation, "lines": looked_at(evaluation, exactly=exactly(request))}
    return render(request, "quality/evaluation_detail.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def evaluation_new(request: SchoolRequest) -> HttpResponse:
    """Write what was learnt."""
    form = NewEvaluation(
        request.POST if request.method == "POST" else None, initial={"academic_year": academic_year_of(today())}
    )
    if request.method == "POST" and form.is_valid():
        evaluation = changes.write_evaluation(by=request.user, **form.written())
        messages.success(request, "Kept. Now say what is done differently because of it.")
        return redirect("evaluation-detail", request.school.slug, evaluation.pk)
    return render(request, "quality/evaluation_new.html", {"form": form})


@needs(Permission.PROGRAMME_CHANGE)
def evaluation_change(request: SchoolRequest, evaluation_id: int) -> HttpResponse:
    """Correct what an evaluation says."""
    evaluation = _evaluation(evaluation_id)
    hold(request, evaluation)
    form = ChangedEvaluation(request.POST if request.method == "POST" else None, evaluation=evaluation)
    if request.method == "POST" and form.is_valid():
        changes.change_evaluation(evaluation, by=request.user, **form.written())
        messages.success(request, "Changed.")
        return redirect("evaluation-detail", request.school.slug, evaluation.pk)
    return render(request, "quality/evaluation_change.html", {"form": form, "evaluation": evaluation})


@needs(Permission.PROGRAMME_CHANGE)
def improvement_new(request: SchoolRequest, evaluation_id: int) -> HttpResponse:
    """Say what is done differently because of an evaluation."""
    evaluation = _evaluation(evaluation_id)
    form = NewImprovement(
        request.POST if request.method == "POST" else None, initial={"due_on": today() + timedelta(days=90)}
    )
    if request.method == "POST" and form.is_valid():
        changes.plan_improvement(evaluation, by=request.user, **form.cleaned_data)
        messages.success(request, "Planned. It stands on the list until it is done.")
        return redirect("evaluation-detail", request.school.slug, evaluation.pk)
    return render(request, "quality/improvement_new.html", {"form": form, "evaluation": evaluation})


@needs(Permission.PROGRAMME_CHANGE)
def improvement_change(request: SchoolRequest, improvement_id: int) -> HttpResponse:
    """Correct what is done differently, by whom, until when, or since when it is done."""
    improvement = get_object_or_404(Improvement.objects.select_related("evaluation"), pk=improvement_id)
    hold(request, improvement)
    form = ChangedImprovement(request.POST if request.method == "POST" else None, improvement=improvement)
    if request.method == "POST" and form.is_valid():
        changes.change_improvement(improvement, by=request.user, **form.cleaned_data)
        messages.success(request, "Changed.")
        return redirect("evaluation-detail", request.school.slug, improvement.evaluation_id)
    return render(request, "quality/improvement_change.html", {"form": form, "improvement": improvement})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def improvement_done(request: SchoolRequest, improvement_id: int) -> HttpResponse:
    """It is done."""
    improvement = get_object_or_404(Improvement, pk=improvement_id)
    changes.finish_improvement(improvement, by=request.user)
    messages.success(request, f"Done: {improvement.what}")
    return redirect("evaluation-detail", request.school.slug, improvement.evaluation_id)
