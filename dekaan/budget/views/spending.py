"""Money on the lines of a budget: listed, entered, corrected, paid, cancelled, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.budget import changes, forms, queries
from dekaan.budget.models import STANDING, Budget, Spend
from dekaan.budget.queries import NOT_SAID
from dekaan.budget.views.budgets import TOTALS, may_see_rows, undone
from dekaan.budget.views.refusals import NOT_STANDING, of_spend, tried
from dekaan.core.academic_year import today
from dekaan.core.numbers import row_number
from dekaan.core.undo import UNDO_FOR
from dekaan.frameworks.queries import frameworks

NO_LINES = "Give the budget a line first: money is entered on a line."


@needs(Permission.BUDGET_SEE)
def spend_list(request: SchoolRequest, budget_id: int) -> HttpResponse:
    """The rows behind a figure: all of the budget, or of a line, a state or a benchmark."""
    budget = get_object_or_404(Budget, pk=budget_id)
    if not may_see_rows(request):
        messages.info(request, TOTALS)
        return redirect("budget-detail", request.school.slug, budget.pk)
    asked = queries.Asked(*(request.GET.get(name, "")[:40] for name in ("line", "state", "benchmark")))
    rows = [each for each in queries.rows_of(budget) if asked.fits(each)]
    context = {"budget": budget, "rows": rows, "total": queries.total(rows), "of": _in_words(budget, asked)}
    return render(request, "budget/spend_list.html", context)


def _in_words(budget: Budget, asked: queries.Asked) -> list[str]:
    """By what the list is narrowed."""
    said = [each.title for each in queries.lines_of(budget) if str(each.pk) == asked.line] if asked.line else []
    said += [name for key, name in (("spent", "Paid"), ("committed", "Committed")) if key == asked.state]
    if asked.benchmark == NOT_SAID:
        said.append("Not said for which benchmark")
    said += [
        f"{version.short}: {part.number}. {part.title}"
        for version in frameworks()
        for part in version.benchmarks
        if asked.benchmark == f"{version.key}.{part.number}"
    ]
    return said


@needs(Permission.BUDGET_CHANGE)
def spend_new(request: SchoolRequest, budget_id: int) -> HttpResponse:
    """Enter money that was promised, paid or came back."""
    budget = get_object_or_404(Budget, pk=budget_id)
    if not budget.lines.exists():
        messages.info(request, NO_LINES)
        return redirect("budget-line-new", request.school.slug, budget.pk)
    usual: dict[str, Any] = {"kind": Spend.Kind.SPEND, "state": Spend.State.PAID, "on": min(today(), budget.ends_on)}
    asked = {name: row_number(request.GET.get(name, "")) for name in ("session", "activity", "line", "agreement")}
    form = forms.SpendSaid(request.POST or None, budget=budget, initial=usual | {n: v for n, v in asked.items() if v})
    if request.method == "POST" and form.is_valid():
        line = form.cleaned_data["line"]
        spend = tried(form, of_spend(budget), lambda: changes.enter_spend(line, by=request.user, **form.said()))
        if spend:
            messages.success(request, _entered(spend))
            return redirect("budget-detail", request.school.slug, budget.pk)
    return render(request, "budget/spend_form.html", {"form": form, "title": "Enter spend", "budget": budget})


def _entered(spend: Spend) -> str:
    """What was entered, and where it is more than there was."""
    line = next(each for each in queries.figures(spend.line.budget).lines if each.line.pk == spend.line_id)
    over = f" {spend.line.title} is now overspent: {line.left} of its plan." if line.left.is_below_nothing else ""
    return f"Entered: {spend.said.lower()}, {spend.money}.{over}"


def _spend_or_404(spend_id: int) -> Spend:
    shown = Spend.objects.select_related(
        "line__budget", "session__activity", "activity", "organisation__merged_into", "agreement", "recorded_by"
    )
    return get_object_or_404(shown, pk=spend_id)


@needs(Permission.BUDGET_SEE)
def spend_detail(request: SchoolRequest, spend_id: int) -> HttpResponse:
    """One row: what it was for, whom it went to, and what stood before it."""
    spend = _spend_or_404(spend_id)
    if not may_see_rows(request):
        messages.info(request, TOTALS)
        return redirect("budget-detail", request.school.slug, spend.line.budget_id)
    return _detail(request, spend, forms.PaidOn(initial={"on": today()}))


def _detail(request: SchoolRequest, spend: Spend, form: forms.PaidOn) -> HttpResponse:
    context = {
        "spend": spend,
        "row": queries.Row(spend),
        "history": queries.history_of(spend),
        "form": form,
        "undo_until": (spend.recorded_at + UNDO_FOR).date(),
        "is_committed": spend.stands and spend.state == Spend.State.COMMITTED,
    }
    return render(request, "budget/spend_detail.html", context, status=400 if form.errors else 200)


@needs(Permission.BUDGET_CHANGE)
def spend_correct(request: SchoolRequest, spend_id: int) -> HttpResponse:
    """It was otherwise: another row takes its place, and this one is kept."""
    spend = _spend_or_404(spend_id)
    if not spend.stands:
        messages.info(request, NOT_STANDING)
        return redirect("spend-detail", request.school.slug, spend.pk)
    budget, initial = spend.line.budget, forms.SpendSaid.initial_of(spend)
    form = forms.SpendSaid(request.POST or None, budget=budget, held=spend, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.said() | {"line": form.cleaned_data["line"]}
        fresh = tried(form, of_spend(budget), lambda: changes.correct(spend, by=request.user, **said))
        if fresh:
            messages.success(request, "Corrected. The line before is kept.")
            return redirect("spend-detail", request.school.slug, fresh.pk)
    context = {"form": form, "title": f"Correct {spend}", "budget": budget, "spend": spend}
    return render(request, "budget/spend_form.html", context)


@needs(Permission.BUDGET_CHANGE)
@require_POST
def spend_paid(request: SchoolRequest, spend_id: int) -> HttpResponse:
    """What was committed is paid."""
    spend = _spend_or_404(spend_id)
    form = forms.PaidOn(request.POST)
    if form.is_valid():
        refused = of_spend(spend.line.budget) | {changes.NotCommitted: (None, NOT_STANDING)}
        fresh = tried(form, refused, lambda: changes.pay(spend, on=form.cleaned_data["on"], by=request.user))
        if fresh:
            messages.success(request, f"Paid: {fresh.money}.")
            return redirect("spend-detail", request.school.slug, fresh.pk)
    return _detail(request, spend, form)


@needs(Permission.BUDGET_CHANGE)
@require_POST
def spend_cancel(request: SchoolRequest, spend_id: int) -> HttpResponse:
    """What was committed is not paid after all."""
    spend = _spend_or_404(spend_id)
    try:
        fresh = changes.cancel(spend, by=request.user)
    except (changes.NotStanding, changes.NotCommitted):
        messages.error(request, NOT_STANDING)
        return redirect("spend-detail", request.school.slug, spend.pk)
    messages.success(request, "Cancelled: it is not counted any more, and is kept.")
    return redirect("spend-detail", request.school.slug, fresh.pk)


@needs(Permission.BUDGET_CHANGE)
@require_POST
def spend_undo(request: SchoolRequest, spend_id: int) -> HttpResponse:
    """A row is taken back; the one before it stands again."""
    spend = _spend_or_404(spend_id)
    before = Spend.objects.filter(superseded_by=spend).first()
    undone(request, spend)
    if before is not None and Spend.objects.filter(STANDING, pk=before.pk).exists():
        return redirect("spend-detail", request.school.slug, before.pk)
    return redirect("budget-detail", request.school.slug, spend.line.budget_id)
