"""Screens of meetings and decisions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_end, year_label, year_start
from dekaan.core.editing import hold
from dekaan.plan import changes, forms, queries
from dekaan.plan.models import Decision, Meeting

HELD_BEFORE = "That day is still to come, and this meeting was held. Give the day on which it was; the next meeting is one of its own."
NOT_DECIDED = "The meeting was called off, so nothing was decided in it. Put it back first if it took place after all."


@needs(Permission.PLAN_SEE)
def meeting_list(request: SchoolRequest) -> HttpResponse:
    """The meetings of a year, and what changed because of decisions in it."""
    year = year_asked(request.GET.get("year", ""))
    found = queries.meetings_of_year(year)
    now = academic_year_of(today())
    return render(
        request,
        "plan/meeting_list.html",
        {
            "to_come": sorted((each for each in found if each.state == "planned"), key=lambda one: one.held_on),
            "over": [each for each in found if each.state != "planned"],
            "came_of_it": queries.decisions_since(year_start(year), year_end(year)),
            "kinds": Meeting.Kind.choices,
            "year": year,
            "years": [(each, year_label(each)) for each in range(now, now - 3, -1)],
            "year_label": year_label(year),
        },
    )


@needs(Permission.PLAN_SEE)
def meeting_detail(request: SchoolRequest, meeting_id: int) -> HttpResponse:
    """One meeting: its agenda from what is open, what came of earlier decisions, notes, decisions and their tasks."""
    meeting = get_object_or_404(queries.meetings(), pk=meeting_id)
    lines = [] if meeting.state == "held" else queries.agenda(request.school, today(), request.permissions)
    asked = queries.questions_for(lines) if meeting.kind == Meeting.Kind.GOVERNOR and lines else []
    return render(
        request,
        "plan/meeting_detail.html",
        {
            "meeting": meeting,
            "members": meeting.members.all(),
            "there": [each for each in meeting.members.all() if each.came],
            "away": [each for each in meeting.members.all() if each.came is False],
            "own_lines": queries.own_lines(meeting),
            "lines": [
                (each.says, reverse(each.to, args=[request.school.slug, *each.args]) + each.query) for each in lines
            ],
            "questions": asked,
            "came_of_it": queries.changed_before(meeting),
            "decisions": queries.decisions_of(meeting),
            "has_come": meeting.held_on <= today(),
        },
    )


@needs(Permission.PLAN_CHANGE)
def meeting_new(request: SchoolRequest) -> HttpResponse:
    """Put a meeting in the diary; of a kind that there was before, it begins with those who belonged to the last."""
    kind = request.GET.get("kind", "")
    last = queries.last_of_kind(kind) if kind in Meeting.Kind else None
    begins = {"kind": kind if kind in Meeting.Kind else None} | (forms.members_of(last) if last else {})
    form = forms.NewMeeting(request.POST or None, meeting=last, initial=begins)
    if request.method == "POST" and form.is_valid():
        meeting = changes.plan_meeting(by=request.user, **form.said())
        messages.success(request, f"In the diary: {meeting}, {meeting.held_on:%-d %B %Y}. Its agenda stands below.")
        return redirect("meeting-detail", request.school.slug, meeting.pk)
    return render(request, "plan/meeting_change.html", {"form": form, "meeting": None})


@needs(Permission.PLAN_CHANGE)
def meeting_change(request: SchoolRequest, meeting_id: int) -> HttpResponse:
    """Correct a meeting."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    hold(request, meeting)
    form = forms.ChangedMeeting(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            changes.change_meeting(meeting, by=request.user, **form.said())
        except changes.HeldBefore:
            form.add_error("held_on", HELD_BEFORE)
        else:
            messages.success(request, "The meeting is changed.")
            return redirect("meeting-detail", request.school.slug, meeting.pk)
    return render(request, "plan/meeting_change.html", {"form": form, "meeting": meeting})


@needs(Permission.PLAN_CHANGE)
def meeting_held(request: SchoolRequest, meeting_id: int) -> HttpResponse:
    """Keep that a meeting was held, its notes and who was there; or correct them."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    hold(request, meeting)
    form = forms.HeldMeeting(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            changes.hold_meeting(meeting, request.school, by=request.user, **form.said())
        except changes.NotHeldYet:
            form.add_error(None, f"It is on {meeting.held_on:%-d %B %Y}. Change the day first if it was held earlier.")
        except changes.WasCalledOff:
            form.add_error(None, "It was called off. Put it back first if it took place after all.")
        else:
            messages.success(request, "Kept. Now say what was decided, so that it becomes somebody’s task.")
            return redirect("meeting-detail", request.school.slug, meeting.pk)
    return render(request, "plan/meeting_held.html", {"form": form, "meeting": meeting})


@needs(Permission.PLAN_CHANGE)
def meeting_call_off(request: SchoolRequest, meeting_id: int) -> HttpResponse:
    """A meeting does not take place, for a reason."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    form = forms.CallOff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changes.call_meeting_off(meeting, because=form.cleaned_data["because"], by=request.user)
        except changes.WasHeld:
            form.add_error(None, "It was held, so it cannot be called off.")
        else:
            messages.success(request, f"Called off: {meeting}.")
            return redirect("meeting-detail", request.school.slug, meeting.pk)
    return render(request, "plan/meeting_call_off.html", {"form": form, "meeting": meeting})


@needs(Permission.PLAN_CHANGE)
@require_POST
def meeting_put_back(request: SchoolRequest, meeting_id: int) -> HttpResponse:
    """A meeting that was called off takes place after all."""
    meeting = get_object_or_404(Meeting, pk=meeting_id, state=Meeting.State.CALLED_OFF)
    changes.put_meeting_back(meeting, by=request.user)
    messages.success(request, f"Back in the diary: {meeting}.")
    return redirect("meeting-detail", request.school.slug, meeting.pk)


@needs(Permission.PLAN_CHANGE)
def decision_new(request: SchoolRequest, meeting_id: int) -> HttpResponse:
    """Keep what was decided, and give somebody the task that follows."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    form = forms.NewDecision(request.POST or None)
    if request.method == "POST" and form.is_valid():
        task = form.task()
        try:
            decision = changes.decide(meeting, words=form.cleaned_data["decided"], task=task, by=request.user)
        except changes.WasCalledOff:
            form.add_error(None, NOT_DECIDED)
        else:
            gets = f" It is a task for {task['owner'] or task['owner_name'] or 'nobody yet'}." if task else ""
            messages.success(request, f"Kept: {decision.words}.{gets}")
            return redirect("meeting-detail", request.school.slug, meeting.pk)
    return render(request, "plan/decision_change.html", {"form": form, "meeting": meeting, "decision": None})


@needs(Permission.PLAN_CHANGE)
def decision_change(request: SchoolRequest, decision_id: int) -> HttpResponse:
    """Correct what was decided."""
    decision = get_object_or_404(Decision.objects.select_related("meeting"), pk=decision_id)
    hold(request, decision)
    form = forms.ChangedDecision(request.POST if request.method == "POST" else None, decision=decision)
    if request.method == "POST" and form.is_valid():
        changes.change_decision(decision, words=form.cleaned_data["decided"], by=request.user)
        messages.success(request, "The decision is changed.")
        return redirect("meeting-detail", request.school.slug, decision.meeting_id)
    context = {"form": form, "meeting": decision.meeting, "decision": decision}
    return render(request, "plan/decision_change.html", context)
