"""Screens of plans: the list, one plan with how far it is, its words, its approvals, and the first plan from the gaps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.core.editing import hold
from dekaan.plan import changes, forms, queries
from dekaan.plan.models import Action, Objective, Plan

# What the figures above a plan open.
SHOWN = {
    "done": "Done",
    "open": "Under way",
    "overdue": "Overdue",
    "dropped": "Dropped",
    "moved": "Moved on",
    "measured": "With a target that the records tell of",
    "reached": "Target reached, as the records say",
}
REFUSED: dict[type[changes.CannotApprove], tuple[str | None, str]] = {
    changes.NothingToApprove: (None, "There is no objective in it yet, so there is nothing to approve."),
    changes.NotYet: ("approved_on", "That day has not come yet. Enter the approval when it was given."),
    changes.ByWhoeverWroteIt: (
        None,
        "You wrote this plan, so the headteacher or a senior leader who did not write it enters its approval.",
    ),
    changes.SaidAlready: (None, "That approval of just these words is kept already."),
}


@needs(Permission.PLAN_SEE)
def plan_list(request: SchoolRequest) -> HttpResponse:
    """Strategies and plans, the newest first, with how this year's plan is going."""
    now = today()
    return render(
        request,
        "plan/plan_list.html",
        {
            "plans": queries.plan_lines(),
            "progress": queries.progress(request.school, academic_year_of(now), request.permissions, on=now),
            "year_label": year_label(academic_year_of(now)),
        },
    )


@needs(Permission.PLAN_SEE)
def plan_detail(request: SchoolRequest, plan_id: int) -> HttpResponse:
    """One plan: whether it is approved, its objectives with criteria, activities and outcomes, and how far each is."""
    plan = get_object_or_404(queries.plans(), pk=plan_id)
    found = queries.progress_of(plan, request.permissions)
    show = request.GET.get("show", "")
    shown = queries.only_those(found, show) if show in SHOWN else found.objectives
    return render(
        request,
        "plan/plan_detail.html",
        {
            "plan": plan,
            "progress": found,
            "objectives": shown,
            "show": SHOWN.get(show, ""),
            "found": sum(len(each.actions) for each in shown),
            "year_plans": queries.plans_of_strategy(plan),
        },
    )


@needs(Permission.PLAN_SEE)
def plan_on_a_page(request: SchoolRequest, plan_id: int) -> HttpResponse:
    """From objective to activity to what is different for pupils, on one sheet."""
    plan = get_object_or_404(queries.plans(), pk=plan_id)
    found = queries.progress_of(plan, request.permissions)
    return render(request, "plan/plan_on_a_page.html", {"plan": plan, "progress": found})


@needs(Permission.PLAN_CHANGE)
def plan_new(request: SchoolRequest) -> HttpResponse:
    """Write a strategy or a development plan from an empty page."""
    now = today()
    begins = {"kind": Plan.Kind.DEVELOPMENT, "first_year": str(academic_year_of(now)), "written_on": now}
    begins["title"] = f"Careers development plan {year_label(academic_year_of(now))}"
    form = forms.NewPlan(request.POST or None, initial=begins)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        years = forms.STRATEGY_YEARS if said["kind"] == Plan.Kind.STRATEGY else 1
        try:
            plan = changes.write_plan(**{**said, "first_year": int(said["first_year"])}, years=years, by=request.user)
        except changes.PlanThere:
            form.add_error("first_year", "There is one of that kind from that year. Open it, or choose another year.")
        else:
            messages.success(request, f"Begun: {plan.title}. Add what you want to be true.")
            return redirect("plan-detail", request.school.slug, plan.pk)
    return render(request, "plan/plan_change.html", {"form": form, "plan": None})


@needs(Permission.PLAN_CHANGE)
def plan_change(request: SchoolRequest, plan_id: int) -> HttpResponse:
    """Correct what is said of a plan as a whole."""
    plan = get_object_or_404(Plan, pk=plan_id)
    hold(request, plan)
    form = forms.ChangedPlan(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            changes.change_plan(plan, by=request.user, **form.cleaned_data)
        except changes.WrittenAfterApproval as refusal:
            form.add_error(
                "written_on",
                f"It was approved on {refusal.args[0]:%-d %B %Y}, so it was written by then. Give that day or an earlier one.",
            )
        else:
            messages.success(request, f"{plan.title} is changed.")
            return redirect("plan-detail", request.school.slug, plan.pk)
    return render(request, "plan/plan_change.html", {"form": form, "plan": plan})


@needs(Permission.PLAN_CHANGE)
@require_POST
def plan_remove(request: SchoolRequest, plan_id: int) -> HttpResponse:
    """A plan that nobody approved is gone with all that is in it."""
    plan = get_object_or_404(Plan, pk=plan_id)
    try:
        back = changes.remove_plan(plan, by=request.user)
    except changes.ApprovedOnce:
        messages.error(request, "It was approved, so it stays on record. Drop the actions that will not be done.")
        return redirect("plan-detail", request.school.slug, plan_id)
    are = "action that had gone on in it is" if back == 1 else "actions that had gone on in it are"
    messages.success(
        request, f"Removed: {plan.title}." + (f" {back} {are} open again where they were." if back else "")
    )
    return redirect("plan-list", request.school.slug)


@needs(Permission.PLAN_CHANGE)
def plan_first(request: SchoolRequest) -> HttpResponse:
    """A first plan of this year from the gaps: ticked and changed on one page, written by one press."""
    now = today()
    year = academic_year_of(now)
    if there := queries.plan_of_year(year):
        messages.info(request, f"There is a plan of {year_label(year)} already: this is it.")
        return redirect("plan-detail", request.school.slug, there.pk)
    offered = queries.proposals(request.school, now, request.permissions)
    begins = {"title": f"Careers development plan {year_label(year)}"}
    form = forms.FirstPlan(request.POST if request.method == "POST" else None, proposals=offered, initial=begins)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        plan = changes.write_first_plan(
            title=said["title"], vision=said["vision"], taken=form.taken(), on=now, by=request.user
        )
        messages.success(
            request, f"Written: {plan.title}. It stands as not approved until the headteacher or governors approve it."
        )
        return redirect("plan-detail", request.school.slug, plan.pk)
    judged = any(each.share for each in offered)
    return render(
        request,
        "plan/plan_first.html",
        {"form": form, "year_label": year_label(year), "is_judged": judged, "offered": offered},
    )


@needs(Permission.PLAN_APPROVE)
def plan_approve(request: SchoolRequest, plan_id: int) -> HttpResponse:
    """Keep that the plan's words, as they read now, were approved."""
    plan = get_object_or_404(queries.plans(), pk=plan_id)
    form = forms.Approving(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            approval = changes.approve_plan(plan, by=request.user, **form.cleaned_data)
        except changes.CannotApprove as refusal:
            form.add_error(*_why_not(refusal, plan))
        else:
            messages.success(request, f"Kept: {plan.title} was approved as it reads now. {approval}.")
            return redirect("plan-detail", request.school.slug, plan.pk)
    progress = queries.progress_of(plan, request.permissions)
    return render(request, "plan/plan_approve.html", {"form": form, "plan": plan, "progress": progress})


def _why_not(refusal: changes.CannotApprove, plan: Plan) -> tuple[str | None, str]:
    if isinstance(refusal, changes.BeforeWritten):
        return "approved_on", (
            f"The plan was written on {plan.written_on:%-d %B %Y}, so nobody approved it before. If it was written "
            "earlier, change that day first."
        )
    if isinstance(refusal, changes.AfterItEnded):
        return "approved_on", (
            f"The plan ended on {plan.ends_on:%-d %B %Y}. A plan is approved while it runs: move what is open to the "
            "next plan, and have that approved."
        )
    return REFUSED[type(refusal)]


@needs(Permission.PLAN_CHANGE)
def objective_new(request: SchoolRequest, plan_id: int) -> HttpResponse:
    """Add an objective to a plan."""
    plan = get_object_or_404(Plan, pk=plan_id)
    form = forms.NewObjective(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        objective = changes.add_objective(plan, by=request.user, **form.cleaned_data)
        messages.success(request, f"Added: {objective.title}. Now say what is to be done for it.")
        return redirect("action-new", request.school.slug, objective.pk)
    return render(request, "plan/objective_change.html", {"form": form, "plan": plan, "objective": None})


@needs(Permission.PLAN_CHANGE)
def objective_change(request: SchoolRequest, objective_id: int) -> HttpResponse:
    """Correct an objective."""
    objective = get_object_or_404(Objective.objects.select_related("plan"), pk=objective_id)
    hold(request, objective)
    form = forms.ChangedObjective(request.POST if request.method == "POST" else None, objective=objective)
    if request.method == "POST" and form.is_valid():
        changes.change_objective(objective, by=request.user, **form.cleaned_data)
        messages.success(request, "The objective is changed.")
        return redirect("plan-detail", request.school.slug, objective.plan_id)
    context = {"form": form, "plan": objective.plan, "objective": objective}
    return render(request, "plan/objective_change.html", context)


@needs(Permission.PLAN_CHANGE)
@require_POST
def objective_remove(request: SchoolRequest, objective_id: int) -> HttpResponse:
    """An objective for which nothing is to be done is gone."""
    objective = get_object_or_404(Objective, pk=objective_id)
    try:
        changes.remove_objective(objective, by=request.user)
    except changes.HasActions:
        messages.error(request, "There are actions for it. Drop or move them: what was planned stays on record.")
    else:
        messages.success(request, f"Removed: {objective.title}.")
    return redirect("plan-detail", request.school.slug, objective.plan_id)


@needs(Permission.PLAN_CHANGE)
def action_new(request: SchoolRequest, objective_id: int) -> HttpResponse:
    """Say what is to be done for an objective."""
    objective = get_object_or_404(Objective.objects.select_related("plan"), pk=objective_id)
    form = forms.NewAction(request.POST or None, plan=objective.plan, permissions=request.permissions)
    if request.method == "POST" and form.is_valid():
        action = changes.add_action(objective, by=request.user, **form.said())
        messages.success(request, f"Added: {action.title}.")
        return redirect("plan-detail", request.school.slug, objective.plan_id)
    context = {"form": form, "objective": objective, "action": None}
    return render(request, "plan/action_change.html", context)


@needs(Permission.PLAN_CHANGE)
def action_change(request: SchoolRequest, action_id: int) -> HttpResponse:
    """Correct an action."""
    action = get_object_or_404(Action.objects.select_related("objective__plan", "owner"), pk=action_id)
    hold(request, action)
    data = request.POST if request.method == "POST" else None
    form = forms.ChangedAction(data, action=action, permissions=request.permissions)
    if request.method == "POST" and form.is_valid():
        changes.change_action(action, by=request.user, **form.said())
        messages.success(request, "The action is changed.")
        return redirect("plan-detail", request.school.slug, action.objective.plan_id)
    context = {"form": form, "objective": action.objective, "action": action}
    return render(request, "plan/action_change.html", context)


@needs(Permission.PLAN_CHANGE)
def action_end(request: SchoolRequest, action_id: int) -> HttpResponse:
    """An action is done with what came of it, dropped for a reason, or goes on in a later plan."""
    action = get_object_or_404(Action.objects.select_related("objective__plan", "owner"), pk=action_id)
    form = forms.EndAction(request.POST or None, later=list(queries.later_plans(action.objective.plan)))
    if request.method == "POST" and form.is_valid():
        said, to = form.cleaned_data, form.goes_to()
        try:
            if to is not None:
                changes.move_action(action, to, by=request.user)
            else:
                changes.end_action(action, ending=said["ending"], outcome=said["outcome"], by=request.user)
        except changes.EndedAlready:
            messages.error(request, "Somebody has ended it meanwhile: it stands below as it is now.")
        else:
            messages.success(request, f"It goes on in {to.title}." if to else f"Kept: {action.title}.")
        return redirect("plan-detail", request.school.slug, action.objective.plan_id)
    return render(request, "plan/action_end.html", {"form": form, "action": action})


@needs(Permission.PLAN_CHANGE)
@require_POST
def action_reopen(request: SchoolRequest, action_id: int) -> HttpResponse:
    """An action is to be done after all."""
    action = get_object_or_404(Action.objects.select_related("objective"), pk=action_id)
    changes.reopen_action(action, by=request.user)
    messages.success(request, f"To be done after all: {action.title}.")
    return redirect("plan-detail", request.school.slug, action.objective.plan_id)
