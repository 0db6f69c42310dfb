"""Whether an encounter was meaningful, as far as anybody has said."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access import by_link
from dekaan.access.door import SchoolRequest, needs, open_to_all
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.codes import code_to_scan
from dekaan.core.editing import hold
from dekaan.programme import changes
from dekaan.programme.forms import A_YEAR, Meaning, MeaningAsked, MeaningSaid
from dekaan.programme.models import Activity, MeaningLink, Session
from dekaan.programme.queries import meaning_link_of, meter, opened_by, said_in_words
from dekaan.programme.views.sessions import session_or_404
from dekaan.schools.models import School

OPEN_FOR = timedelta(days=21)


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
    usual = min(max(today(), session.held_on), today() + A_YEAR - OPEN_FOR) + OPEN_FOR
    return _session_page(request, session, form, MeaningAsked(initial={"open_until": usual}))


def _session_page(request: SchoolRequest, session: Session, form: Meaning, asking: MeaningAsked) -> HttpResponse:
    link = meaning_link_of(session)
    key = link.key_to_show if link and link.is_open else None
    address = request.build_absolute_uri(reverse("meaning-say", args=[request.school.slug, key])) if key else ""
    context = {
        "form": form,
        "session": session,
        "meter": meter(session.activity.criteria, form.held),
        "asking": asking,
        "link": link,
        "address": address,
        "code": code_to_scan(address) if address else "",
        "said": said_in_words(link) if link and link.said_on else [],
    }
    return render(request, "programme/session_meaning.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def session_meaning_ask(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Make a link by which whoever was there says it; one of before opens nothing any more."""
    session, asking = session_or_404(request, session_id), MeaningAsked(request.POST)
    if not asking.is_valid():
        return _session_page(request, session, Meaning(of=session), asking)
    changes.ask_meaning(session, open_until=asking.cleaned_data["open_until"], by=request.user)
    messages.success(request, "There is a link. Send it to whoever was there: the provider, or the teacher.")
    return redirect("session-meaning", request.school.slug, session.pk)


@open_to_all
def meaning_say(request: HttpRequest, at_slug: str, meaning_key: str) -> HttpResponse:
    """Say of one session whether it was meaningful, by its link: one page, no account, once."""

    def answer(school: School) -> HttpResponse | None:
        link = opened_by(meaning_key)
        return _said(request, school, link) if link else None

    return by_link.opened(request, at_slug, answer, kind="meaning", nothing="programme/meaning_said.html")


def _said(request: HttpRequest, school: School, link: MeaningLink) -> HttpResponse:
    is_to_come = link.session.held_on > today()
    form = MeaningSaid(request.POST if request.method == "POST" else None, session=link.session)
    if request.method == "POST" and not is_to_come and form.is_valid():
        try:
            changes.say_by_link(link, form.answers(), said_by=form.cleaned_data["said_by"])
        except changes.SaidAlready:
            return render(request, "programme/meaning_said.html", {"opens_nothing": True}, status=404)
        return redirect("meaning-said")
    context = {"form": form, "session": link.session, "asked_by": school.name, "is_to_come": is_to_come}
    return render(request, "programme/meaning_say.html", context)


@open_to_all
def meaning_said(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "programme/meaning_said.html")
