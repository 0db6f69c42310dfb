"""Service agreements, their renewal, and the days of an adviser."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.budget import changes, forms, queries
from dekaan.budget.models import AdviserDay, Agreement
from dekaan.budget.money import Money
from dekaan.budget.views.budgets import may_see_rows, undone
from dekaan.budget.views.refusals import NOT_STANDING, TOO_LATE, of_days, tried
from dekaan.core.academic_year import months_after, today
from dekaan.core.charts import bar
from dekaan.core.editing import hold
from dekaan.core.undo import UNDO_FOR

RENEWED = "It was renewed already: this is the agreement that followed."
NOT_AFTER = "It follows the one before: give a day after {0}."
DAYS_OUTSIDE = "Days were entered that would be outside its time. Give it these days, or correct them first."
NOT_UNDONE = {
    changes.NotStanding: "This agreement renews none.",
    changes.TooLate: TOO_LATE,
    changes.BuiltUpon: "Days, money or a further renewal were entered on it since. Take those back first.",
}


@needs(Permission.BUDGET_SEE)
def agreement_list(request: SchoolRequest) -> HttpResponse:
    """What is in force and to come, what is due, and what is over."""
    found, on = list(queries.every_agreement()), today()
    now = [each for each in found if each.until >= on]
    over = [each for each in found if each.until < on]
    context = {
        "now": now,
        "over": over,
        "due": queries.due_of(found, on),
        "worth": queries.worth_of(now),
        "lists": may_see_rows(request),
    }
    return render(request, "budget/agreement_list.html", context)


def _agreement_or_404(agreement_id: int) -> Agreement:
    shown = queries.every_agreement().select_related(
        "organisation__merged_into", "owner", "adviser", "renewed_by", "contact", "checks_seen_by", "renews"
    )
    return get_object_or_404(shown, pk=agreement_id)


@needs(Permission.BUDGET_SEE)
def agreement_detail(request: SchoolRequest, agreement_id: int) -> HttpResponse:
    """One agreement: what it covers, what is due, and how its days went."""
    agreement = _agreement_or_404(agreement_id)
    meter = queries.meter(agreement)
    used, lost, whole = meter.quarters
    renewed = queries.renewal_of(agreement)
    undo_until = agreement.added_on + timedelta(days=UNDO_FOR.days)
    context = {
        "agreement": agreement,
        "meter": meter,
        "picture": bar(met=used, unknown=lost, of=whole, says=meter.words),
        "due": queries.due_of([agreement], today()),
        "renewed": renewed,
        "may_renew": renewed is None,
        "undo_until": undo_until if agreement.renews_id and undo_until >= today() else None,
        "cost": Money(agreement.cost) if agreement.cost is not None else None,
        "in_kind": Money(agreement.value_in_kind) if agreement.value_in_kind is not None else None,
        "lists": may_see_rows(request),
    }
    return render(request, "budget/agreement_detail.html", context)


@needs(Permission.BUDGET_CHANGE)
def agreement_new(request: SchoolRequest) -> HttpResponse:
    """Add an agreement."""
    form = forms.AgreementSaid(request.POST or None, initial={"partner": request.GET.get("partner", "")[:200]})
    if request.method == "POST" and form.is_valid():
        agreement = changes.add_agreement(by=request.user, **form.said())
        messages.success(request, f"Added: {agreement}.")
        return redirect("agreement-detail", request.school.slug, agreement.pk)
    return render(request, "budget/agreement_form.html", {"form": form, "agreement": None})


@needs(Permission.BUDGET_CHANGE)
def agreement_change(request: SchoolRequest, agreement_id: int) -> HttpResponse:
    """Change an agreement, say what its review came to, or that it ended."""
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    hold(request, agreement)
    form = forms.ChangedAgreement.of(agreement, request.POST or None)
    if request.method == "POST" and form.is_valid():
        refused: dict[type[Exception], tuple[str | None, str]] = {changes.OutsideTheYear: ("renewal_on", DAYS_OUTSIDE)}
        said = form.said()
        if tried(form, refused, lambda: changes.change_agreement(agreement, by=request.user, **said) or True):
            messages.success(request, f"Saved: {agreement}.")
            return redirect("agreement-detail", request.school.slug, agreement.pk)
    return render(request, "budget/agreement_form.html", {"form": form, "agreement": agreement})


@needs(Permission.BUDGET_CHANGE)
def agreement_renew(request: SchoolRequest, agreement_id: int) -> HttpResponse:
    """Renew it: the same again for a new time, with what is new."""
    agreement = _agreement_or_404(agreement_id)
    if renewed := queries.renewal_of(agreement):
        messages.info(request, RENEWED)
        return redirect("agreement-detail", request.school.slug, renewed.pk)
    form = forms.Renewal(request.POST or None, initial=_next_time(agreement))
    if request.method == "POST" and form.is_valid():
        refused: dict[type[Exception], tuple[str | None, str]] = {
            changes.RenewedAlready: (None, RENEWED),
            changes.OutsideTheYear: ("starts_on", NOT_AFTER.format(f"{agreement.starts_on:%-d %B %Y}")),
        }
        fresh = tried(form, refused, lambda: changes.renew(agreement, by=request.user, **form.cleaned_data))
        if fresh:
            messages.success(request, f"Renewed until {fresh.renewal_on:%-d %B %Y}. See the safeguarding checks again.")
            return redirect("agreement-detail", request.school.slug, fresh.pk)
    return render(request, "budget/agreement_renew.html", {"form": form, "agreement": agreement})


def _next_time(agreement: Agreement) -> dict[str, Any]:
    """As long again, from the day after."""
    begins = agreement.until + timedelta(days=1)
    months = max(1, round((agreement.renewal_on - agreement.starts_on).days / 30.4))
    ends = months_after(begins, months) - timedelta(days=1)
    before = agreement.renewal_on - agreement.notice_on if agreement.notice_on else None
    return {
        "starts_on": begins,
        "renewal_on": ends,
        "notice_on": ends - before if before is not None else None,
        "cost": agreement.cost,
        "days_bought": agreement.days_bought,
    }


@needs(Permission.BUDGET_CHANGE)
@require_POST
def agreement_renewal_undo(request: SchoolRequest, agreement_id: int) -> HttpResponse:
    """A renewal is taken back while nothing rests on it."""
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    try:
        before = changes.undo_renewal(agreement, by=request.user)
    except tuple(NOT_UNDONE) as refusal:
        messages.error(request, NOT_UNDONE[type(refusal)])
        return redirect("agreement-detail", request.school.slug, agreement.pk)
    messages.success(request, "The renewal is taken back. This is the agreement as it was.")
    return redirect("agreement-detail", request.school.slug, before.pk)


@needs(Permission.BUDGET_CHANGE)
def adviser_day_new(request: SchoolRequest, agreement_id: int) -> HttpResponse:
    """Enter a day that was used or lost."""
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    usual = {
        "on": max(agreement.starts_on, min(today(), agreement.until)),
        "days": 1,
        "kind": request.GET.get("kind", ""),
    }
    form = forms.DaySaid(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(form, of_days(agreement), lambda: changes.enter_day(agreement, by=request.user, **said))
        if made:
            messages.success(request, f"Entered: {made.get_kind_display().lower()}, {made.on:%-d %B %Y}.")
            return redirect("agreement-detail", request.school.slug, agreement.pk)
    return render(request, "budget/adviser_day_form.html", {"form": form, "agreement": agreement, "adviser_day": None})


@needs(Permission.BUDGET_CHANGE)
def adviser_day_correct(request: SchoolRequest, adviser_day_id: int) -> HttpResponse:
    """A day was otherwise: another row takes its place."""
    entered = get_object_or_404(AdviserDay.objects.select_related("agreement"), pk=adviser_day_id)
    agreement = entered.agreement
    if not entered.stands:
        messages.info(request, NOT_STANDING)
        return redirect("agreement-detail", request.school.slug, agreement.pk)
    names = forms.DaySaid.base_fields
    form = forms.DaySaid(request.POST or None, initial={name: getattr(entered, name) for name in names})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if tried(form, of_days(agreement), lambda: changes.correct(entered, by=request.user, **said)):
            messages.success(request, "Corrected. The line before is kept.")
            return redirect("agreement-detail", request.school.slug, agreement.pk)
    context = {"form": form, "agreement": agreement, "adviser_day": entered}
    return render(request, "budget/adviser_day_form.html", context)


@needs(Permission.BUDGET_CHANGE)
@require_POST
def adviser_day_undo(request: SchoolRequest, adviser_day_id: int) -> HttpResponse:
    """A day that was entered is taken back."""
    entered = get_object_or_404(AdviserDay, pk=adviser_day_id)
    undone(request, entered)
    return redirect("agreement-detail", request.school.slug, entered.agreement_id)
