"""Observations: what was seen, what it is evidence of, and what is done about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.core.numbers import row_number
from dekaan.frameworks.queries import criteria, framework, ids_of, themes
from dekaan.people.models import StaffMember
from dekaan.programme.models import Session
from dekaan.programme.queries import sessions_visible_to, year_groups_called
from dekaan.schemes import changes, forms, queries
from dekaan.schemes.models import Observation, SchemeLesson
from dekaan.schools.queries import years_on_record

NO_ACTION = "Nothing is to be done about it, so there is nothing to end. Change it to say what will be done."


@needs(Permission.REPORTS_SEE)
def observation_list(request: SchoolRequest) -> HttpResponse:
    """What was seen in a year, and what is to be done about it in any."""
    year = year_asked(request.GET.get("year", ""))
    context = {
        "observations": queries.year_of_observations(year),
        "to_follow": queries.to_follow(),
        "year": year,
        "year_label": year_label(year),
        "years": [(each, year_label(each)) for each in reversed(years_on_record(request.school))],
    }
    return render(request, "schemes/observation_list.html", context)


@needs(Permission.REPORTS_SEE)
def observation_detail(request: SchoolRequest, observation_id: int) -> HttpResponse:
    """One observation."""
    return _detail(request, observation_id, forms.Dropped())


def _detail(request: SchoolRequest, observation_id: int, form: forms.Dropped) -> HttpResponse:
    observation = get_object_or_404(queries.observations(), pk=observation_id)
    names = queries.theme_names()
    served = [criteria()[each] for each in observation.criteria if each in criteria()]
    context = {
        "observation": observation,
        "is_good": observation.valid_until >= today(),
        "criteria": [(each, framework(each.framework)) for each in served],
        "themes": [names[each] or each for each in observation.themes if each in names],
        "form": form,
    }
    return render(request, "schemes/observation_detail.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def observation_new(request: SchoolRequest) -> HttpResponse:
    """Record an observation; the address may say of which session or lesson, or for which criterion or theme."""
    session, begins = _asked(request)
    form = forms.NewObservation(request.POST or None, initial=begins, session=session)
    if request.method == "POST" and form.is_valid():
        observation = changes.record_observation(by=request.user, **form.said())
        messages.success(request, _kept(observation))
        return redirect("observation-detail", request.school.slug, observation.pk)
    return render(request, "schemes/observation_change.html", {"form": form, "observation": None})


def _kept(observation: Observation) -> str:
    if observation.criteria or observation.themes:
        return f"Recorded. It stands in the evidence cabinet until {observation.valid_until:%-d %B %Y}."
    return "Recorded. Say what it is evidence of, and it stands in the cabinet under that."


def _asked(request: SchoolRequest) -> tuple[Session | None, dict[str, Any]]:
    """The session or lesson that the address names, and what is known from it: for whom, and what it serves."""
    begins: dict[str, Any] = {
        "seen_on": today(),
        "seen_by": StaffMember.objects.filter(user=request.user).first(),
        "criteria": [each for each in request.GET.getlist("criterion") if each in criteria()],
        "themes": [each for each in request.GET.getlist("theme") if each in themes()],
    }
    if "session" in request.GET:
        visible = sessions_visible_to(request.user, request.assignments)
        session = _named(visible, request.GET["session"])
        called = year_groups_called([session], academic_year_of(session.held_on))[session.pk]
        return session, begins | {
            "of": f"session-{session.pk}",
            "kind": Observation.Kind.LESSON,
            "seen_on": min(session.held_on, today()),
            "year_groups": [str(each) for each in sorted(called)],
            "criteria": list(ids_of(session.activity.criteria)),
        }
    if "lesson" in request.GET:
        lesson = _named(SchemeLesson.objects.select_related("scheme"), request.GET["lesson"])
        return None, begins | {
            "of": f"lesson-{lesson.pk}",
            "kind": Observation.Kind.LESSON,
            "year_groups": [str(each) for each in lesson.scheme.year_groups],
            "criteria": list(ids_of(lesson.criteria)),
        }
    return None, begins


def _named(among: Any, said: str) -> Any:
    number = row_number(said)
    found = among.filter(pk=number).first() if number else None
    if found is None:
        raise Http404
    return found


@needs(Permission.PROGRAMME_CHANGE)
def observation_change(request: SchoolRequest, observation_id: int) -> HttpResponse:
    """Correct an observation, or say more of it."""
    observation = get_object_or_404(Observation, pk=observation_id)
    hold(request, observation)
    form = forms.ChangedObservation(request.POST or None, observation=observation)
    if request.method == "POST" and form.is_valid():
        changes.change_observation(observation, by=request.user, **form.said())
        messages.success(request, "Saved.")
        return redirect("observation-detail", request.school.slug, observation.pk)
    return render(request, "schemes/observation_change.html", {"form": form, "observation": observation})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def observation_done(request: SchoolRequest, observation_id: int) -> HttpResponse:
    """What was to be done is done."""
    observation = get_object_or_404(Observation, pk=observation_id)
    hold(request, observation)
    try:
        changes.finish_action(observation, by=request.user)
    except changes.NoAction:
        messages.error(request, NO_ACTION)
    else:
        messages.success(request, f"Done: {observation.action}")
    return redirect("observation-detail", request.school.slug, observation.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def observation_drop(request: SchoolRequest, observation_id: int) -> HttpResponse:
    """It will not be done, for a reason."""
    observation, form = get_object_or_404(Observation, pk=observation_id), forms.Dropped(request.POST)
    if not form.is_valid():
        return _detail(request, observation_id, form)
    hold(request, observation)
    try:
        changes.drop_action(observation, because=form.cleaned_data["because"], by=request.user)
    except changes.NoAction:
        messages.error(request, NO_ACTION)
    else:
        messages.success(request, f"Dropped: {observation.action}")
    return redirect("observation-detail", request.school.slug, observation.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def observation_follow(request: SchoolRequest, observation_id: int) -> HttpResponse:
    """It is to be done after all."""
    observation = get_object_or_404(Observation, pk=observation_id)
    hold(request, observation)
    try:
        changes.reopen_action(observation, by=request.user)
    except changes.NoAction:
        messages.error(request, NO_ACTION)
    else:
        messages.success(request, f"To be done: {observation.action}")
    return redirect("observation-detail", request.school.slug, observation.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def observation_remove(request: SchoolRequest, observation_id: int) -> HttpResponse:
    """The observation is gone for good."""
    observation = get_object_or_404(Observation, pk=observation_id)
    changes.remove_observation(observation, by=request.user)
    messages.success(request, "The observation is removed.")
    return redirect("observation-list", request.school.slug)
