"""The inbox, a request's card, and the log."""

from collections.abc import Container
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import year_asked, year_label
from dekaan.core.cells import table_file
from dekaan.provider_requests import changes, forms, queries
from dekaan.provider_requests.models import AccessGround, ProviderRequest

State = ProviderRequest.State
COLUMNS = (
    "reference", "received", "organisation", "which they are", "year groups", "due", "state", "decided", "working days taken",
    "answered late", "ground", "session on",
)  # fmt: skip


@needs(Permission.PROGRAMME_SEE)
def provider_request_list(request: SchoolRequest) -> HttpResponse:
    """What waits, by when it is due, and all that was answered."""
    state = request.GET.get("state", "")
    rules = queries.access_rules()
    context = {
        "lines": queries.requests(state if state in State.values else ""),
        "state": state,
        "states": State.choices,
        "rules": rules,
        "form_address": request.build_absolute_uri(reverse("provider-request-new", args=[request.school.slug])),
    }
    return render(request, "provider_requests/provider_request_list.html", context)


@needs(Permission.PROGRAMME_SEE)
def provider_request_detail(request: SchoolRequest, provider_request_id: int) -> HttpResponse:
    """One request with the policy beside it, when they could come, what pupils lack; and the ways to answer."""
    return card(request, get_object_or_404(ProviderRequest, pk=provider_request_id))


def card(request: SchoolRequest, asked: ProviderRequest, tried: forms.Reply | None = None) -> HttpResponse:
    """The card; with the form that was tried and is to be put right, where there is one."""
    opens = queries.opens_contacts(request.assignments)
    context: dict[str, Any] = {
        "asked": asked,
        "line": queries.line_of(asked),
        "opens_contacts": opens,
        "sent": queries.replies_to(asked),
        "names": queries.pupils_in(asked) if opens and Permission.NAMES_SEE in request.permissions else [],
    }
    if Permission.PROGRAMME_CHANGE in request.permissions:
        rules = queries.access_rules()
        context |= {"rules": rules, "granting": queries.grounds(AccessGround.Kind.GRANT)}
        exactly = Permission.FIGURES_EXACT in request.permissions
        context["gaps"] = queries.phase_gaps(request.school, asked.year_groups, exactly=exactly)
        if rules.pk and not asked.forgotten_on:
            context |= _ways_to_answer(asked, context, tried)
    return render(request, "provider_requests/provider_request_detail.html", context)


def _ways_to_answer(asked: ProviderRequest, found: dict[str, Any], tried: forms.Reply | None) -> dict[str, Any]:
    free = queries.free_for(asked, found["rules"])
    offered = queries.slots_offered(asked)
    ways: dict[str, forms.Reply] = {
        "offer": forms.Offering(asked=asked, slots=free.slots),
        "ask": forms.Question(asked=asked),
        "decline": forms.Declining(asked=asked, grounds=queries.grounds(AccessGround.Kind.REFUSE)),
        "other": forms.OtherKind(asked=asked),
    }
    if offered and not asked.is_agreed:
        ways["agree"] = forms.Agreeing(asked=asked, slots=offered)
    for name, form in ways.items():
        if type(form) is type(tried) and tried is not None:
            ways[name] = tried
    opened = next((name for name, form in ways.items() if form is tried), _next_way(asked, ways))
    return {"free": free, "ways": ways, "replies_seen": len(found["sent"]), "opened": opened}


def _next_way(asked: ProviderRequest, ways: Container[str]) -> str:
    """What is to be done next with the request, which stands open on its page; nothing once it is over."""
    if asked.state == State.OFFERED and "agree" in ways:
        return "agree"
    return "offer" if asked.is_open else ""


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def provider_request_withdraw(request: SchoolRequest, provider_request_id: int) -> HttpResponse:
    """They have withdrawn it, or never answered."""
    asked = get_object_or_404(ProviderRequest, pk=provider_request_id)
    call_off = request.POST.get("call_off") == "yes" and asked.planned is not None
    changes.withdraw_request(asked, by=request.user, call_off=call_off)
    also = " The session that was planned for it is called off." if call_off else ""
    messages.success(request, f"It stands as withdrawn by them. No mail was sent.{also}")
    return redirect("provider-request-detail", request.school.slug, asked.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def provider_request_put_back(request: SchoolRequest, provider_request_id: int) -> HttpResponse:
    """It was not withdrawn."""
    asked = get_object_or_404(ProviderRequest, pk=provider_request_id)
    if asked.state == State.WITHDRAWN:
        changes.put_back_request(asked, by=request.user)
        messages.success(request, "It stands as it did before.")
    return redirect("provider-request-detail", request.school.slug, asked.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def provider_request_forget(request: SchoolRequest, provider_request_id: int) -> HttpResponse:
    """Who asked, and what they wrote, is taken out, such as at their own wish."""
    asked = get_object_or_404(ProviderRequest, pk=provider_request_id)
    changes.forget_contact(asked, by=request.user)
    messages.success(request, "Names, addresses and letters are taken out. The line in the log stays.")
    return redirect("provider-request-detail", request.school.slug, asked.pk)


@needs(Permission.PROGRAMME_SEE)
def provider_request_log(request: SchoolRequest) -> HttpResponse:
    """Every request of a year with what was decided, on which ground and how soon: for an inspector or a complaint."""
    year = year_asked(request.GET.get("year", ""))
    context = {
        "log": queries.log(year),
        "rules": queries.access_rules(),
        "year": year,
        "year_label": year_label(year),
        "years": [(each, year_label(each)) for each in queries.years_of_log()],
        "late": {each.pk for each in queries.log(year).requests if queries.was_late(each)},
    }
    return render(request, "provider_requests/provider_request_log.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def provider_request_export(request: SchoolRequest) -> HttpResponse:
    """The same as a table: it names organisations, and nobody."""
    year = year_asked(request.GET.get("year", ""))
    reads(request, "log of providers exported", subject="school", year=year)
    found = queries.log(year).requests
    return table_file(f"provider-requests-{year}", [COLUMNS, *(_row(each) for each in found)])


def _row(each: ProviderRequest) -> tuple[Any, ...]:
    return (
        each.reference,
        each.received_on,
        each.organisation,
        each.get_organisation_kind_display(),
        each.years,
        each.due_on,
        each.get_state_display(),
        each.decided_on,
        each.days_taken,
        queries.was_late(each),
        each.ground_words,
        each.session.held_on if each.session else None,
    )
