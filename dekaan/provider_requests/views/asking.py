"""Asking without an account: a request proposes, and is matched to nothing and nobody."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dekaan.access import by_link, throttle
from dekaan.access.door import open_to_all
from dekaan.provider_requests import changes, forms, robots
from dekaan.provider_requests.models import AccessRules, FormRefusals
from dekaan.provider_requests.queries import access_rules
from dekaan.schools.models import School

KIND = "provider request"
NOTHING = "provider_requests/provider_request_received.html"
FULL = "So many requests wait to be answered that no more are taken just now. Please telephone."


@open_to_all
def provider_request_new(request: HttpRequest, at_slug: str) -> HttpResponse:
    """Ask to meet pupils of the school: one page, no account, no script."""

    def answer(school: School) -> HttpResponse | None:
        rules = access_rules()
        return _asked(request, school, rules) if rules.is_open else None

    return by_link.opened(request, at_slug, answer, kind=KIND, nothing=NOTHING)


def _asked(request: HttpRequest, school: School, rules: AccessRules) -> HttpResponse:
    form, refused, status = forms.Asking(request.POST if request.method == "POST" else None), "", 200
    page = request.POST.get("page", "")
    if request.method == "POST" and form.is_valid():  # what a person typed wrongly is said first and alone
        refused, status = _refused(request, school, form, page)
        if not refused:
            try:
                received, is_first = changes.receive(school, page=page, **form.said())
            except changes.TooManyWaiting:
                refused = FULL
            else:
                throttle.note_wrong(_counted(request, school))
                where = reverse("provider-request-received", args=[school.slug, received.reference])
                return redirect(where if is_first else f"{where}?again=yes")
    context: dict[str, Any] = {
        "asked_of": school,
        "form": form,
        "rules": rules,
        "page": page if robots.opened_at(page) is not None else robots.new_page(),
        "refused": refused,
    }
    return render(request, "provider_requests/provider_request_new.html", context, status=status)


def _counted(request: HttpRequest, school: School) -> list[throttle.Counter]:
    """By sender's address and school, by address, and last by school: every request counts that is taken."""
    return throttle.at_a_form(KIND, school.slug, address=throttle.address_of(request))


def _refused(request: HttpRequest, school: School, form: forms.Asking, page: str) -> tuple[str, int]:
    """Why it is not looked at, in a sentence that a person can act on, and the status; empty where it is."""
    counted = _counted(request, school)
    if wait := throttle.seconds_to_wait(counted):
        changes.note_refusal(FormRefusals.Why.TOO_OFTEN)
        when = f"{wait} seconds" if wait < 100 else f"{-(-wait // 60)} minutes"
        return (
            (
                "Many requests came from your network, or to this school, in a short time. What you typed stands below: wait "
                f"{when} and press Send again, or telephone."
            ),
            429,
        )
    why = robots.why_refused(page, trap=request.POST.get("fax", ""), texts=form.texts())
    if not why:
        return "", 200
    changes.note_refusal(why)
    throttle.note_wrong(counted[:-1])  # robots shut out themselves, and nobody else from the school
    return robots.SENTENCES[FormRefusals.Why(why)], 200


@open_to_all
def provider_request_received(request: HttpRequest, at_slug: str, reference_key: str) -> HttpResponse:
    """That it has arrived, and under which reference. Nothing is looked up by it, so nothing is told of it."""
    if not re.fullmatch(r"PA-[A-Z2-7]{5}", reference_key):
        raise Http404

    def answer(school: School) -> HttpResponse | None:
        rules = access_rules()
        if not rules.is_open:
            return None
        said = {"reference": reference_key, "is_again": request.GET.get("again") == "yes"}
        return render(request, NOTHING, {"asked_of": school, "rules": rules, **said})

    return by_link.opened(request, at_slug, answer, kind=KIND, nothing=NOTHING)
