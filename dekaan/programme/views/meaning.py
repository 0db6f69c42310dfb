"""Whether an encounter was meaningful, as far as anybody has said."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.programme import changes
from dekaan.programme.forms import Meaning
from dekaan.programme.models import Activity, Session
from dekaan.programme.queries import meter
from dekaan.programme.views.sessions import session_or_404


@needs(Permission.PROGRAMME_CHANGE)
def activity_meaning(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Say for all occasions of an activity what made it meaningful."""
    activity = get_object_or_404(Activity, pk=activity_id)
    hold(request, activity)
    form = Meaning(request.POST if request.method == "POST" else None, of=activity)
    if request.method == "POST" and form.is_valid():
        changes.say_of_activity(activity, form.answers(), by=request.user)
        messages.success(request, f"Saved for every session of {activity.title}, and counted again.")
        return redirect("activity-detail", request.school.slug, activity.pk)
    context = {"form": form, "activity": activity, "meter": meter(activity.criteria, form.held)}
    return render(request, "programme/activity_meaning.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def session_meaning(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Say where one occasion was otherwise than its activity says."""
    session: Session = session_or_404(request, session_id)
    hold(request, session)
    form = Meaning(request.POST if request.method == "POST" else None, of=session)
    if request.method == "POST" and form.is_valid():
        changes.say_of_session(session, form.answers(), by=request.user)
        messages.success(request, "Saved for this session, and counted again.")
        return redirect("session-detail", request.school.slug, session.pk)
    context = {"form": form, "session": session, "meter": meter(session.activity.criteria, form.held)}
    return render(request, "programme/session_meaning.html", context)
