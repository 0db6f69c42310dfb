"""Schemes, their lessons, and planning one into the programme."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.programme.models import Session
from dekaan.programme.queries import Colleague, sessions_visible_to, visible_among
from dekaan.schemes import changes, forms, queries
from dekaan.schemes.models import Scheme, SchemeLesson


@needs(Permission.PROGRAMME_SEE)
def scheme_list(request: SchoolRequest) -> HttpResponse:
    """The schemes, whose each is, and where its lessons stand this year."""
    year = academic_year_of(today())
    lines = queries.scheme_lines(year, _told_of(request))
    context = {
        "lines": lines,
        "year_label": year_label(year),
        "is_own_only": _sees_own_only(request),
    }
    return render(request, "schemes/scheme_list.html", context)


def _told_of(request: SchoolRequest) -> QuerySet[Session]:
    """The sessions of which a scheme tells this person; of one that they own, all."""
    visible = sessions_visible_to(request.user, request.assignments)
    return queries.sessions_told_of(request.user, request.permissions, visible) if _sees_own_only(request) else visible


def _sees_own_only(request: SchoolRequest) -> bool:
    """Whether the sessions that the person sees are those that they lead."""
    return all(role.sees == "own-sessions" for role in Colleague(request.user, request.assignments).roles)


@needs(Permission.PROGRAMME_SEE)
def scheme_detail(request: SchoolRequest, scheme_id: int) -> HttpResponse:
    """A scheme: its lessons, and when each is planned or was taught to whom."""
    scheme = get_object_or_404(queries.schemes(), pk=scheme_id)
    year = year_asked(request.GET.get("year", ""))
    lines = queries.lesson_lines(queries.lessons_of(scheme), year, _told_of(request))
    listed = [each.session for line in lines for each in line.occasions]
    may_change = queries.schemes_changed_by(request.user, request.permissions).filter(pk=scheme.pk).exists()
    context = {
        "scheme": scheme,
        "lines": lines,
        "may_open": {each.pk for each in visible_among(listed, request.user, request.assignments)},
        "may_change": may_change,
        "year": year,
        "year_label": year_label(year),
        "years": [(each, year_label(each)) for each in (academic_year_of(today()) - 1, academic_year_of(today()))],
        "is_this_year": year == academic_year_of(today()),
        "is_own_only": _sees_own_only(request) and not may_change,
    }
    return render(request, "schemes/scheme_detail.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def scheme_new(request: SchoolRequest) -> HttpResponse:
    """Begin a scheme."""
    form = forms.SchemeDetails(request.POST or None, says_owners=True)
    if request.method == "POST" and form.is_valid():
        scheme = changes.add_scheme(by=request.user, **form.details())
        messages.success(request, f"Begun: {scheme.title}. Now add its first lesson.")
        return redirect("scheme-detail", request.school.slug, scheme.pk)
    return render(request, "schemes/scheme_change.html", {"form": form, "scheme": None})


@needs(Permission.SCHEMES_CHANGE)
def scheme_change(request: SchoolRequest, scheme_id: int) -> HttpResponse:
    """Change a scheme or give it up; the careers team also says whose it is."""
    scheme = _scheme_to_change(request, scheme_id)
    hold(request, scheme)
    says_owners = Permission.PROGRAMME_CHANGE in request.permissions
    form = forms.SchemeDetails(request.POST or None, scheme=scheme, says_owners=says_owners)
    if request.method == "POST" and form.is_valid():
        changes.change_scheme(scheme, by=request.user, **form.details())
        messages.success(request, f"Saved: {scheme.title}.")
        return redirect("scheme-detail", request.school.slug, scheme.pk)
    return render(request, "schemes/scheme_change.html", {"form": form, "scheme": scheme})


def _scheme_to_change(request: SchoolRequest, scheme_id: int) -> Scheme:
    """One that the person may change; whoever neither runs the programme nor owns it finds nothing to change."""
    return get_object_or_404(queries.schemes_changed_by(request.user, request.permissions), pk=scheme_id)


def _lesson_to_change(request: SchoolRequest, scheme_lesson_id: int) -> SchemeLesson:
    theirs = queries.schemes_changed_by(request.user, request.permissions)
    among = SchemeLesson.objects.filter(scheme__in=theirs.values("pk")).select_related("scheme")
    return get_object_or_404(among, pk=scheme_lesson_id)


@needs(Permission.SCHEMES_CHANGE)
def scheme_lesson_new(request: SchoolRequest, scheme_id: int) -> HttpResponse:
    """Add a lesson after the others."""
    scheme = _scheme_to_change(request, scheme_id)
    form = forms.LessonDetails(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lesson = changes.add_lesson(scheme, by=request.user, **form.details())
        messages.success(request, f"Added: {lesson.title}.")
        return redirect("scheme-detail", request.school.slug, scheme.pk)
    return render(request, "schemes/scheme_lesson_change.html", {"form": form, "scheme": scheme, "lesson": None})


@needs(Permission.SCHEMES_CHANGE)
def scheme_lesson_change(request: SchoolRequest, scheme_lesson_id: int) -> HttpResponse:
    """Change a lesson; what was planned from it stays."""
    lesson = _lesson_to_change(request, scheme_lesson_id)
    scheme = lesson.scheme
    hold(request, lesson)
    form = forms.LessonDetails(request.POST or None, lesson=lesson)
    if request.method == "POST" and form.is_valid():
        changes.change_lesson(lesson, by=request.user, **form.details())
        messages.success(request, f"Saved: {lesson.title}. What was planned from it stays as it is.")
        return redirect("scheme-detail", request.school.slug, scheme.pk)
    return render(request, "schemes/scheme_lesson_change.html", {"form": form, "scheme": scheme, "lesson": lesson})


@needs(Permission.SCHEMES_CHANGE)
@require_POST
def scheme_lesson_up(request: SchoolRequest, scheme_lesson_id: int) -> HttpResponse:
    """The lesson comes one place earlier."""
    lesson = _lesson_to_change(request, scheme_lesson_id)
    changes.move_lesson_up(lesson, by=request.user)
    return redirect("scheme-detail", request.school.slug, lesson.scheme_id)


@needs(Permission.SCHEMES_CHANGE)
@require_POST
def scheme_lesson_remove(request: SchoolRequest, scheme_lesson_id: int) -> HttpResponse:
    """The scheme has the lesson no more."""
    lesson = _lesson_to_change(request, scheme_lesson_id)
    title, scheme_id = lesson.title, lesson.scheme_id
    changes.remove_lesson(lesson, by=request.user)
    messages.success(request, f"Removed: {title}. What was planned from it stays in the programme.")
    return redirect("scheme-detail", request.school.slug, scheme_id)


@needs(Permission.PROGRAMME_CHANGE)
def scheme_lesson_plan(request: SchoolRequest, scheme_lesson_id: int) -> HttpResponse:
    """Plan a lesson: an activity with a session for each year group, filled in."""
    lesson = get_object_or_404(SchemeLesson.objects.select_related("scheme"), pk=scheme_lesson_id)
    visible = sessions_visible_to(request.user, request.assignments)
    (line,) = queries.lesson_lines([lesson], academic_year_of(today()), visible)
    form = forms.LessonPlanned(request.POST or None, line=line)
    if request.method == "POST" and form.is_valid():
        data, days = form.cleaned_data, form.days()
        changes.plan_lesson(
            lesson, days=days, by=request.user, activity_type=data["activity_type"], led_by=data["led_by"]
        )
        when = ", ".join(f"Year {year} on {day:%-d %B}" for year, day in days.items())
        messages.success(request, f"Planned: {lesson.title}, {when}.")
        return redirect("scheme-detail", request.school.slug, lesson.scheme_id)
    return render(request, "schemes/scheme_lesson_plan.html", {"form": form, "line": line})
