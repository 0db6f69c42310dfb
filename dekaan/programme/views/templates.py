"""Templates: the list, planning from one, keeping an activity as one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.frameworks.queries import activity_types, ids_of
from dekaan.programme import changes
from dekaan.programme.forms import WHEN, Meaning, NewActivity, TemplateDetails
from dekaan.programme.models import Activity, ActivityTemplate
from dekaan.programme.queries import (
    Starter,
    counting_of,
    criteria_now,
    meter,
    meter_of_template,
    starters,
    templates,
    usual_day,
)


@needs(Permission.PROGRAMME_CHANGE)
def template_list(request: SchoolRequest) -> HttpResponse:
    """The school's own templates, and the starting set."""
    own = templates()
    kept = {each.title.casefold() for each in own}
    kinds = activity_types()
    context = {
        "own": [(each, kinds[each.activity_type]) for each in own],
        "starters": [
            (each, kinds[each.activity_type]) for each in starters().values() if each.title.casefold() not in kept
        ],
    }
    return render(request, "programme/template_list.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def template_plan(request: SchoolRequest, activity_template_id: int) -> HttpResponse:
    """Plan an activity from one of the school's templates."""
    return _plan(request, get_object_or_404(ActivityTemplate, pk=activity_template_id))


@needs(Permission.PROGRAMME_CHANGE)
def starter_plan(request: SchoolRequest, starter_key: str) -> HttpResponse:
    """Plan an activity from one of the starting set."""
    starter = starters().get(starter_key)
    if starter is None:
        raise Http404
    return _plan(request, starter)


def _plan(request: SchoolRequest, template: ActivityTemplate | Starter) -> HttpResponse:
    """The form of a new activity, filled in; where the kind is changed, it counts as that kind usually does."""
    criteria, is_anew = criteria_now(template)
    usual = {name: getattr(template, name) for name in ("mode", "flags_yes", "flags_no")}
    initial = {name: getattr(template, name) for name in ("title", "activity_type", "partner_kind", "minutes")} | {
        "year_groups": [str(each) for each in template.year_groups],
        "held_on": usual_day(template.half_term, template.year_groups),
    }
    form = NewActivity(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        is_same_kind = data["activity_type"] == template.activity_type
        activity = changes.plan_activity(
            title=data["title"],
            activity_type=data["activity_type"],
            partner_name=data["partner_name"],
            partner_kind=data["partner_kind"],
            organisation=data["organisation"],
            description=template.description,
            criteria=ids_of(criteria) if is_same_kind and data["partner_kind"] == template.partner_kind else None,
            by=request.user,
            **(usual if is_same_kind else {}),
        )
        session = changes.plan_session(
            activity, invited=form.invited(), by=request.user, **{name: data[name] for name in WHEN}
        )
        messages.success(
            request, f"Planned: {activity.title} on {session.held_on:%-d %B %Y}. {counting_of(session).words}."
        )
        return redirect("session-detail", request.school.slug, session.pk)
    context = {"form": form, "template": template, "is_tagged_anew": is_anew, "meter": meter_of_template(template)}
    return render(request, "programme/template_plan.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def template_keep(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Keep an activity as a template."""
    activity = get_object_or_404(Activity, pk=activity_id)
    template = changes.keep_as_template(activity, by=request.user)
    messages.success(request, f"{template.title} is kept as a template. Change what is different in other years.")
    return redirect("template-change", request.school.slug, template.pk)


@needs(Permission.PROGRAMME_CHANGE)
def template_change(request: SchoolRequest, activity_template_id: int) -> HttpResponse:
    """Change a template."""
    template = get_object_or_404(ActivityTemplate, pk=activity_template_id)
    hold(request, template)
    form = TemplateDetails(request.POST if request.method == "POST" else None, template=template)
    if request.method == "POST" and form.is_valid():
        changes.change_template(template, by=request.user, **form.cleaned_data)
        messages.success(request, f"The template {template.title} is changed. What was planned from it stays as it is.")
        return redirect("template-list", request.school.slug)
    context = {"form": form, "template": template, "meter": meter_of_template(template)}
    return render(request, "programme/template_change.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def template_meaning(request: SchoolRequest, activity_template_id: int) -> HttpResponse:
    """Say what makes meaningful whatever is planned from a template."""
    template = get_object_or_404(ActivityTemplate, pk=activity_template_id)
    hold(request, template)
    form = Meaning(request.POST if request.method == "POST" else None, of=template)
    if request.method == "POST" and form.is_valid():
        changes.say_of_template(template, form.answers(), by=request.user)
        messages.success(request, f"Saved. What is planned from {template.title} from now on is as you say here.")
        return redirect("template-change", request.school.slug, template.pk)
    context = {"form": form, "template": template, "meter": meter(template.criteria, form.held)}
    return render(request, "programme/template_meaning.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def template_remove(request: SchoolRequest, activity_template_id: int) -> HttpResponse:
    """Remove a template."""
    template = get_object_or_404(ActivityTemplate, pk=activity_template_id)
    changes.remove_template(template, by=request.user)
    messages.success(request, f"The template {template.title} is removed. What was planned from it stays.")
    return redirect("template-list", request.school.slug)
