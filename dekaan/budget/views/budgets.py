"""A budget and its figures, what is allocated, its lines, its export; what closing a gap would cost."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.benchmarks.queries.closing import GAPS, Gap, closing
from dekaan.benchmarks.queries.picture import default_framework
from dekaan.budget import changes, forms, queries
from dekaan.budget.models import Allocation, Budget, BudgetLine
from dekaan.budget.views.refusals import NOT_STANDING, NOT_TAKEN_BACK, OF_A_BUDGET, UNDONE, tried
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_end, year_label, year_start
from dekaan.core.cells import table_file
from dekaan.core.charts import bar
from dekaan.core.editing import hold
from dekaan.frameworks.queries import criterion, framework
from dekaan.people.queries import pupils_named

TOTALS = "You see what the budget comes to. The single lines, with whom it was paid, are for the careers team and senior leaders."
LEFT_OUT = "(left out: it may name a pupil)"


@needs(Permission.BUDGET_SEE)
def budget_list(request: SchoolRequest) -> HttpResponse:
    """The budget of today, and every other."""
    found = queries.budgets()
    return _budget_page(request, found, queries.current(found))


@needs(Permission.BUDGET_SEE)
def budget_detail(request: SchoolRequest, budget_id: int) -> HttpResponse:
    """One budget: what it comes to, and where that went."""
    return _budget_page(request, queries.budgets(), get_object_or_404(Budget, pk=budget_id))


def _budget_page(request: SchoolRequest, found: list[Budget], budget: Budget | None) -> HttpResponse:
    made = queries.figures(budget, exactly=Permission.FIGURES_EXACT in request.permissions) if budget else None
    context: dict[str, Any] = {"budgets": found, "budget": budget, "figures": made, "lists": may_see_rows(request)}
    if made:
        spent, committed, whole = made.bars
        says = f"{made.spent} spent, {made.committed} committed, {made.left} left of {made.allocated}"
        context["picture"] = bar(met=spent, unknown=committed, of=whole, says=says)
    return render(request, "budget/budget_detail.html", context)


def may_see_rows(request: SchoolRequest) -> bool:
    """Whether the person sees single lines, with whom they were paid to: governors see totals."""
    return Permission.PARTNERS_SEE in request.permissions


@needs(Permission.BUDGET_CHANGE)
def budget_new(request: SchoolRequest) -> HttpResponse:
    """Open a budget, with what is allocated to begin with."""
    year = academic_year_of(today())
    usual = {"kind": Budget.Kind.ACADEMIC, "starts_on": year_start(year), "ends_on": year_end(year)}
    form = forms.NewBudget(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid() and (budget := _opened(request, form)):
        messages.success(request, f"Opened: {budget}. Give it lines, so that it is seen what it is for.")
        return redirect("budget-detail", request.school.slug, budget.pk)
    return render(request, "budget/budget_new.html", {"form": form})


def _opened(request: SchoolRequest, form: forms.NewBudget) -> Budget | None:
    def both() -> Budget:
        with transaction.atomic():
            budget = changes.open_budget(by=request.user, **form.year())
            changes.allocate(budget, by=request.user, **form.allocation())
        return budget

    found: Budget | None = tried(form, OF_A_BUDGET, both)
    return found


@needs(Permission.BUDGET_CHANGE)
def budget_change(request: SchoolRequest, budget_id: int) -> HttpResponse:
    """Put right of which year a budget is."""
    budget = get_object_or_404(Budget, pk=budget_id)
    hold(request, budget)
    form = forms.ChangedBudget.of(budget, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if tried(form, OF_A_BUDGET, lambda: changes.change_budget(budget, by=request.user, **said) or True):
            messages.success(request, f"Saved: {budget}.")
            return redirect("budget-detail", request.school.slug, budget.pk)
    context = {"form": form, "title": f"Change {budget}", "budget": budget}
    return render(request, "budget/budget_form.html", context)


@needs(Permission.BUDGET_CHANGE)
def allocation_new(request: SchoolRequest, budget_id: int) -> HttpResponse:
    """A further sum is given to a budget."""
    budget = get_object_or_404(Budget, pk=budget_id)
    form = forms.AllocationSaid(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = changes.allocate(budget, by=request.user, **form.cleaned_data)
        messages.success(request, f"Allocated: {made.money}.")
        return redirect("budget-detail", request.school.slug, budget.pk)
    return render(request, "budget/budget_form.html", {"form": form, "title": "Allocate money", "budget": budget})


@needs(Permission.BUDGET_CHANGE)
def allocation_correct(request: SchoolRequest, allocation_id: int) -> HttpResponse:
    """A sum was otherwise: another row takes its place."""
    allocation = get_object_or_404(Allocation.objects.select_related("budget"), pk=allocation_id)
    budget = allocation.budget
    if not allocation.stands:
        messages.info(request, NOT_STANDING)
        return redirect("budget-detail", request.school.slug, budget.pk)
    names = forms.AllocationSaid.base_fields
    form = forms.AllocationSaid(request.POST or None, initial={name: getattr(allocation, name) for name in names})
    if request.method == "POST" and form.is_valid():
        refused: dict[type[Exception], tuple[str | None, str]] = {changes.NotStanding: (None, NOT_STANDING)}
        if tried(form, refused, lambda: changes.correct(allocation, by=request.user, **form.cleaned_data)):
            messages.success(request, "Corrected. The line before is kept.")
            return redirect("budget-detail", request.school.slug, budget.pk)
    context = {
        "form": form,
        "title": f"Correct {allocation}",
        "budget": budget,
        "to_undo": allocation,
        "undo": "allocation-undo",
    }
    return render(request, "budget/budget_form.html", context)


@needs(Permission.BUDGET_CHANGE)
@require_POST
def allocation_undo(request: SchoolRequest, allocation_id: int) -> HttpResponse:
    """A sum that was entered is taken back."""
    allocation = get_object_or_404(Allocation, pk=allocation_id)
    undone(request, allocation)
    return redirect("budget-detail", request.school.slug, allocation.budget_id)


def undone(request: SchoolRequest, row: Any) -> None:
    """The row is taken back, or it is said why not."""
    try:
        changes.undo(row, by=request.user)
        messages.success(request, UNDONE)
    except tuple(NOT_TAKEN_BACK) as refusal:
        messages.error(request, NOT_TAKEN_BACK[type(refusal)])


@needs(Permission.BUDGET_CHANGE)
def budget_line_new(request: SchoolRequest, budget_id: int) -> HttpResponse:
    """Add a line."""
    budget = get_object_or_404(Budget, pk=budget_id)
    form = forms.LineSaid(request.POST or None)
    if request.method == "POST" and form.is_valid():
        line = changes.add_line(budget, by=request.user, **form.cleaned_data)
        messages.success(request, f"Added: {line.title}.")
        return redirect("budget-detail", request.school.slug, budget.pk)
    return render(request, "budget/budget_form.html", {"form": form, "title": "Add a line", "budget": budget})


@needs(Permission.BUDGET_CHANGE)
def budget_line_change(request: SchoolRequest, budget_line_id: int) -> HttpResponse:
    """Change what a line is for, and how much is planned."""
    line = get_object_or_404(BudgetLine.objects.select_related("budget"), pk=budget_line_id)
    hold(request, line)
    form = forms.ChangedLine.of(line, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.change_line(line, by=request.user, **form.cleaned_data)
        messages.success(request, f"Saved: {line.title}.")
        return redirect("budget-detail", request.school.slug, line.budget_id)
    return render(
        request, "budget/budget_form.html", {"form": form, "title": f"Change {line.title}", "budget": line.budget}
    )


COLUMNS = ("On", "Line", "For", "What", "State", "Pounds", "Paid to", "Kind of activity", "Benchmarks")


@needs(Permission.BUDGET_SEE)
def budget_export(request: SchoolRequest, budget_id: int) -> HttpResponse:
    """The budget's rows as a table: whatever may name a pupil is left out."""
    budget = get_object_or_404(Budget, pk=budget_id)
    if not may_see_rows(request):
        messages.info(request, TOTALS)
        return redirect("budget-detail", request.school.slug, budget.pk)
    rows = queries.rows_of(budget)
    typed = [[each.spend.line.title, each.spend.what, each.spend.paid_to] for each in rows]
    naming = {place for place, _ in pupils_named([text for texts in typed for text in texts])}
    shown = [
        [LEFT_OUT if 3 * number + at in naming else text for at, text in enumerate(texts)]
        for number, texts in enumerate(typed)
    ]
    reads(request, "budget exported", subject="budget", year=budget.starts_on.year)
    lines = [_cells(row, *texts) for row, texts in zip(rows, shown, strict=True)]
    return table_file(f"budget-{budget.starts_on}", [COLUMNS, *lines])


def _cells(row: queries.Row, line: str, what: str, paid_to: str) -> tuple[Any, ...]:
    spend = row.spend
    activity = spend.session.activity if spend.session else spend.activity
    return (
        f"{spend.on}",
        line,
        spend.line.get_what_for_display(),
        what,
        spend.said,
        f"{spend.pence // 100}.{spend.pence % 100:02d}",  # of a refund what came back, as its state says
        paid_to,
        activity.activity_type if activity else "",
        "; ".join(f"{each.framework.short} {each.benchmark.number}" for each in row.parts) or "not said",
    )


@needs(Permission.BUDGET_CHANGE)
def usual_costs_change(request: SchoolRequest) -> HttpResponse:
    """What a session of each kind of activity costs and takes here: the school's own figures."""
    hold(request, request.school)
    form = forms.UsualCosts(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.say_usual_costs(form.said(), by=request.user)
        messages.success(request, "Saved.")
        return redirect("budget-list", request.school.slug)
    return render(request, "budget/usual_costs_change.html", {"form": form})


DUE_NOW, LATER = "missed", "not-yet"  # of GAPS: judged this year, and in a year to come


@needs(Permission.BUDGET_CHANGE)
def gap_cost(request: SchoolRequest) -> HttpResponse:
    """What the fewest sessions that would close a gap would cost: money, lesson time and cover.

    Of what is due by the end of the year, unless what is due later is asked for: a budget is of a year.
    """
    gap = _gap(request)
    gap = replace(gap, state=gap.state or DUE_NOW)
    page = closing(request.school.pk, gap, request.assignments)
    context = {
        "gap": gap,
        "page": page,
        "cost": queries.cost_of(page),
        "year_label": year_label(gap.academic_year),
        "is_due_now": gap.state == DUE_NOW,
        "other": replace(gap, state=LATER if gap.state == DUE_NOW else DUE_NOW).query(),
    }
    return render(request, "budget/gap_cost.html", context)


def _gap(request: SchoolRequest) -> Gap:
    """The gap of all the school: of a criterion, or of a framework (of the benchmarks in force, unasked)."""
    year, state = year_asked(request.GET.get("year", "")), request.GET.get("state", "")
    state = state if state in GAPS else ""
    asked = criterion(request.GET.get("criterion", ""))
    if asked is not None and asked.is_counted:
        return Gap((asked,), year, state=state)
    version = framework(request.GET.get("framework", "")) or default_framework(year)
    return Gap(version.counted, year, state=state)
