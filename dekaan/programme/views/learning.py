"""What activities teach, and what is taught to whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import year_asked, year_label
from dekaan.core.editing import hold
from dekaan.programme import changes
from dekaan.programme.forms import ActivityLearning, ChangedOutcome, OutcomeWords
from dekaan.programme.models import Activity, LearningOutcome
from dekaan.programme.queries import (
    activities_visible_to,
    coverage_of_learning,
    outcome_rows,
    sessions_visible_to,
    tagged_to_repealed,
    taught_by,
)
from dekaan.schools.queries import years_on_record


@needs(Permission.PROGRAMME_SEE)
def learning_coverage(request: SchoolRequest) -> HttpResponse:
    """Learning areas and the school's own outcomes by year group, with the gaps; a cell opens to its activities."""
    year = year_asked(request.GET.get("year", ""))
    found = coverage_of_learning(year, sessions_visible_to(request.user, request.assignments))
    visible = activities_visible_to(request.user, request.assignments)
    key, _, year_group = request.GET.get("show", "").partition(" ")
    shown = next((row for row in (*found.areas, *found.outcomes) if row.key == key), None)
    behind = next((ids for (of, to), ids in found.behind.items() if (of, str(to)) == (key, year_group)), frozenset())
    context = {
        "coverage": found,
        "year": year,
        "year_label": year_label(year),
        "years": [(each, year_label(each)) for each in reversed(years_on_record(request.school))],
        "shown": shown,
        "shown_to": year_group,
        "activities": visible.filter(pk__in=behind) if shown else [],
        "repealed": tagged_to_repealed(visible),
    }
    return render(request, "programme/learning_coverage.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def activity_learning_change(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Say what an activity teaches."""
    activity = get_object_or_404(Activity, pk=activity_id)
    hold(request, activity)
    form = ActivityLearning(request.POST if request.method == "POST" else None, activity=activity)
    if request.method == "POST" and form.is_valid():
        changes.tag_learning(activity, by=request.user, **form.learning())
        messages.success(request, f"What {activity.title} teaches is changed.")
        return redirect("activity-detail", request.school.slug, activity.pk)
    context = {"form": form, "activity": activity, "taught": taught_by(activity)}
    return render(request, "programme/activity_learning_change.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def outcome_list(request: SchoolRequest) -> HttpResponse:
    """The school's own outcomes: add one, change one, retire one."""
    form = OutcomeWords(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = changes.add_outcome(by=request.user, **form.outcome())
        messages.success(request, f"Added: {outcome.words} ({outcome.years}).")
        return redirect("outcome-list", request.school.slug)
    return render(request, "programme/outcome_list.html", {"form": form, "rows": outcome_rows()})


@needs(Permission.PROGRAMME_CHANGE)
def outcome_change(request: SchoolRequest, learning_outcome_id: int) -> HttpResponse:
    """Change an outcome's words or for whom it is."""
    outcome = get_object_or_404(LearningOutcome, pk=learning_outcome_id)
    hold(request, outcome)
    form = ChangedOutcome(request.POST if request.method == "POST" else None, outcome=outcome)
    if request.method == "POST" and form.is_valid():
        changes.change_outcome(outcome, by=request.user, **form.outcome())
        messages.success(request, f"Changed: {outcome.words} ({outcome.years}).")
        return redirect("outcome-list", request.school.slug)
    return render(request, "programme/outcome_change.html", {"form": form, "outcome": outcome})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def outcome_retire(request: SchoolRequest, learning_outcome_id: int) -> HttpResponse:
    """Offer an outcome no more; one that was never used is gone."""
    outcome = get_object_or_404(LearningOutcome, pk=learning_outcome_id)
    if changes.retire_outcome(outcome, by=request.user):
        messages.success(request, f"Retired: {outcome.words}. It stays where it was used.")
    else:
        messages.success(request, f"Gone: {outcome.words}. It was used nowhere.")
    return redirect("outcome-list", request.school.slug)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def outcome_bring_back(request: SchoolRequest, learning_outcome_id: int) -> HttpResponse:
    """Offer a retired outcome again."""
    outcome = get_object_or_404(LearningOutcome, pk=learning_outcome_id)
    changes.bring_back_outcome(outcome, by=request.user)
    messages.success(request, f"On the list again: {outcome.words}.")
    return redirect("outcome-list", request.school.slug)
