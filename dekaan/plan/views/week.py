"""Screens of a person's own: tasks, my week with its mail, my time; and the tasks of the team."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.core.numbers import row_number
from dekaan.plan import changes, forms, queries
from dekaan.plan.models import Decision, Task, TimeSpent
from dekaan.plan.queries.hours import hours

LATELY = timedelta(days=60)


@needs(Permission.PLAN_SEE)
def task_list(request: SchoolRequest) -> HttpResponse:
    """What everybody is to do, by its day, and what ended lately."""
    listed = queries.open_tasks()
    return render(
        request,
        "plan/task_list.html",
        {"tasks": listed, "ended": queries.ended_tasks(today() - LATELY)[:30]},
    )


@needs(Permission.PLAN_CHANGE)
def task_new(request: SchoolRequest) -> HttpResponse:
    """Give somebody a task; the address may say from which decision it follows."""
    number = row_number(request.GET.get("decision", "")) if "decision" in request.GET else None
    decision = get_object_or_404(Decision.objects.select_related("meeting"), pk=number) if number else None
    form = forms.NewTask(request.POST or None)
    if request.method == "POST" and form.is_valid():
        task = changes.give_task(decision=decision, by=request.user, **form.cleaned_data)
        messages.success(request, f"{task.who or 'Nobody yet'}, by {task.due_on:%-d %B %Y}: {task.title}.")
        if decision:
            return redirect("meeting-detail", request.school.slug, decision.meeting_id)
        return redirect("task-list", request.school.slug)
    return render(request, "plan/task_change.html", {"form": form, "task": None, "decision": decision})


@needs(Permission.PLAN_CHANGE)
def task_change(request: SchoolRequest, task_id: int) -> HttpResponse:
    """Correct a task."""
    task = get_object_or_404(Task.objects.select_related("decision"), pk=task_id)
    hold(request, task)
    form = forms.ChangedTask(request.POST if request.method == "POST" else None, task=task)
    if request.method == "POST" and form.is_valid():
        changes.change_task(task, by=request.user, **form.cleaned_data)
        messages.success(request, "The task is changed.")
        return redirect("task-list", request.school.slug)
    return render(request, "plan/task_change.html", {"form": form, "task": task, "decision": task.decision})


@needs(Permission.HOME_SEE)
def task_end(request: SchoolRequest, task_id: int) -> HttpResponse:
    """One's own task is done or dropped; whoever gives tasks ends those of others too."""
    task = get_object_or_404(queries.tasks_visible_to(request.user, request.permissions), pk=task_id)
    form = forms.EndTask(request.POST or None, task=task)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            changes.end_task(task, ending=said["ending"], outcome=said["outcome"], by=request.user)
        except changes.EndedAlready:
            messages.error(request, f"It has ended already: {task.title}.")
        else:
            messages.success(request, f"{'Done' if said['ending'] == 'done' else 'Dropped'}: {task.title}.")
        return redirect("my-week", request.school.slug)
    return render(request, "plan/task_end.html", {"form": form, "task": task})


@needs(Permission.HOME_SEE)
@require_POST
def task_reopen(request: SchoolRequest, task_id: int) -> HttpResponse:
    """A task is to be done after all."""
    task = get_object_or_404(queries.tasks_visible_to(request.user, request.permissions), pk=task_id)
    changes.reopen_task(task, by=request.user)
    messages.success(request, f"To be done after all: {task.title}.")
    return redirect("my-week", request.school.slug)


@needs(Permission.HOME_SEE)
def my_week(request: SchoolRequest) -> HttpResponse:
    """What is this person's to do and to be at, over all schools where they hold a role; no pupil is named."""
    week = queries.week_of(request.user, today())
    return render(
        request,
        "plan/my_week.html",
        {
            "week": week,
            "parts": [
                (name, [(each, reverse(each.to, args=[each.school.slug, *each.args])) for each in entries])
                for name, entries in week.parts
            ],
            "wants_mail": queries.wants_mail(request.user),
        },
    )


@needs(Permission.HOME_SEE)
def my_week_mail(request: SchoolRequest) -> HttpResponse:
    """What Monday's mail would say today, and whether the person gets it."""
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "yes"
        changes.want_weekly_mail(wanted=wanted, by=request.user)
        said = "You get it on Mondays on which something is to do." if wanted else "You do not get it any more."
        messages.success(request, said)
        return redirect("my-week-mail", request.school.slug)
    week = queries.week_of(request.user, today())
    return render(
        request,
        "plan/my_week_mail.html",
        {
            "mail": queries.mail_words(week) if week.is_pressing else "",
            "wants_mail": queries.wants_mail(request.user),
            "address": request.user.email,
        },
    )


@needs(Permission.HOME_SEE)
def my_time(request: SchoolRequest) -> HttpResponse:
    """The hours that a person noted, and a line more."""
    year = year_asked(request.GET.get("year", ""))
    form = forms.Hours(request.POST or None, initial={"spent_on": today()})
    if request.method == "POST" and form.is_valid():
        changes.note_time(by=request.user, **form.said())
        messages.success(request, "Noted. Nobody else sees it.")
        return redirect("my-time", request.school.slug)
    now = academic_year_of(today())
    return render(
        request,
        "plan/my_time.html",
        {
            "form": form,
            "rows": [(each, hours(each.minutes)) for each in queries.own_time(request.user, year)],
            "kinds": queries.work_kinds(),
            "totals": queries.own_totals(request.user, year),
            "shared": queries.shared_since(request.user),
            "year": year,
            "years": [(each, year_label(each)) for each in (now, now - 1)],
            "year_label": year_label(year),
        },
    )


@needs(Permission.HOME_SEE)
@require_POST
def my_time_remove(request: SchoolRequest, time_spent_id: int) -> HttpResponse:
    """A line of one's own hours is gone."""
    spent = get_object_or_404(TimeSpent.objects.filter(user=request.user), pk=time_spent_id)
    changes.remove_time(spent, by=request.user)
    messages.success(request, "Removed.")
    return redirect("my-time", request.school.slug)


@needs(Permission.HOME_SEE)
@require_POST
def my_time_share(request: SchoolRequest) -> HttpResponse:
    """The totals can be read by the senior line manager, or no longer."""
    if request.POST.get("share") == "yes":
        changes.share_time(by=request.user)
        messages.success(request, "Your totals can be read by the senior line manager and the headteacher.")
    else:
        changes.keep_time_to_oneself(by=request.user)
        messages.success(request, "Your totals are yours alone again.")
    return redirect("my-time", request.school.slug)


@needs(Permission.PLAN_APPROVE)
def time_shared(request: SchoolRequest) -> HttpResponse:
    """The totals of those who share them."""
    year = academic_year_of(today())
    return render(
        request,
        "plan/time_shared.html",
        {"shared": queries.shared_totals(request.school.pk, year), "year_label": year_label(year)},
    )
