"""The pages as anybody reads them, without signing in."""

import hashlib
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from dekaan.access.door import open_to_all
from dekaan.core.scope import working_in
from dekaan.library.queries import numbers_that_open
from dekaan.provider_requests.queries import rules_said
from dekaan.publication import queries
from dekaan.publication.dates import calendar_of_dates
from dekaan.publication.linked_data import as_script, linked_data
from dekaan.publication.models import Page, PublishedVersion, VersionApproval
from dekaan.publication.queries import information
from dekaan.publication.sections import public_page
from dekaan.schools.models import School
from dekaan.schools.queries import school_by_slug

KEPT_FOR = 300  # seconds for which a browser may keep a public page


@open_to_all
def careers_page(request: HttpRequest, at_slug: str) -> HttpResponse:
    """What the school says of its careers programme to anybody."""
    return _public(request, at_slug, Page.CAREERS)


@open_to_all
def provider_access_page(request: HttpRequest, at_slug: str) -> HttpResponse:
    """The school's provider access policy statement."""
    return _public(request, at_slug, Page.STATEMENT)


@open_to_all
def careers_embed(request: HttpRequest, at_slug: str) -> HttpResponse:
    """The careers page within the school's own website, and within no other."""
    return _public(request, at_slug, Page.CAREERS, is_framed=True)


@open_to_all
@require_safe
def careers_calendar(request: HttpRequest, at_slug: str) -> HttpResponse:
    """The dates of the careers page for a calendar to subscribe to: those that were approved and still stand."""
    school, version, content = school_by_slug(at_slug), None, {}
    if school is not None:
        with working_in(school):
            version = queries.published(Page.CAREERS)
            content = queries.as_it_stands(version.content) if version else {}
    if school is None or version is None or version.decided_at is None:
        raise Http404
    dates = calendar_of_dates(
        content,
        address=request.build_absolute_uri(reverse("careers-page", args=[school.slug])),
        host=request.get_host().partition(":")[0],
        approved_at=version.decided_at,
    )
    answer = HttpResponse(dates, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="careers-dates.ics"'
    answer["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    return answer


def _public(request: HttpRequest, at_slug: str, page: Page, *, is_framed: bool = False) -> HttpResponse:
    school = school_by_slug(at_slug)
    version, statement, asks_by_form, content, own_page, approved = None, None, False, {}, "", None
    if school is not None:
        with working_in(school):
            version = queries.published(page)
            statement = version if page == Page.STATEMENT else queries.published(Page.STATEMENT)
            asks_by_form = rules_said().is_open
            if version is not None:
                content = queries.as_it_stands(version.content)
            if version is not None and page == Page.STATEMENT:
                approved = queries.approved(version)
            if version is not None and is_framed and information().own_page:  # taken out, it ends at once
                own_page = str(version.facts.get("own_page", ""))
    if school is None or version is None:  # a school that there is not, and one that has published nothing, alike
        raise Http404
    answer = shown(
        request,
        school,
        page,
        content,
        version=version,
        has_statement=statement is not None,
        asks_by_form=asks_by_form,
        is_framed=is_framed,
        approved=approved,
    )
    answer["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    if not is_framed:
        answer["X-Robots-Tag"] = "all"  # the public is to find it
    else:
        _let_be_framed(answer, own_page)
    return answer


def _let_be_framed(answer: HttpResponse, own_page: str) -> None:
    """By the school's own website, where it has said which that is."""
    parts = urlsplit(own_page)
    allowed = f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else "'none'"
    answer._csp_replace = {"frame-ancestors": [allowed]}  # type: ignore[attr-defined]  # noqa: SLF001 as its own decorator
    answer.xframe_options_exempt = allowed != "'none'"  # type: ignore[attr-defined]


def shown(
    request: HttpRequest,
    school: School,
    page: Page,
    content: dict[str, Any],
    *,
    version: PublishedVersion | None = None,
    has_statement: bool = True,
    asks_by_form: bool,
    is_framed: bool = False,
    above: str = "",
    approved: queries.Approved | None = None,
) -> HttpResponse:
    """The page with that content as anybody reads it; `above` it stands what only colleagues read."""
    context = {
        "at": school,
        "of": public_page(page),
        "content": content,
        "version": version,
        "body": body(school, page, content, has_statement=has_statement, asks_by_form=asks_by_form, approved=approved),
        "above": above,
        "is_framed": is_framed,
        "data": as_script(linked_data(content, request.build_absolute_uri(request.path))),
    }
    return render(request, "publication/public_page.html", context)


def body(
    school: School,
    page: Page,
    content: dict[str, Any],
    *,
    has_statement: bool = True,
    asks_by_form: bool,
    request: HttpRequest | None = None,
    approved: queries.Approved | None = None,
) -> str:
    """The words of the page as HTML, which also stand by themselves; with `request`, its links lead here from anywhere."""
    statement, facts = reverse("provider-access-page", args=[school.slug]), content["facts"]
    form, dates_at = (reverse(name, args=[school.slug]) for name in ("provider-request-new", "careers-calendar"))
    dated = {"review": "next_review_on", "statement_review": "statement_review_on"}
    dates = {name: date.fromisoformat(facts[of]) if facts.get(of) else None for name, of in dated.items()}
    # A link that is known to lead nowhere, or is not public any more, is left out without another version.
    opens = _numbers_that_open(school) if content.get("resources") else set()
    resources = {
        audience: [
            each | {"address": _resource(school, each["number"], request)} for each in lines if each["number"] in opens
        ]
        for audience, lines in content.get("resources", {}).items()
    }
    calendar = [each | {"day": date.fromisoformat(each["on"])} for each in content.get("calendar", [])]
    context = {
        "content": content | dates | {"calendar": calendar, "resources": resources},
        "is_careers": page == Page.CAREERS,
        "approved": approved,
        "dates_at": request.build_absolute_uri(dates_at) if request else dates_at,
        "form_follows": "employers" if page == Page.CAREERS else "requests",
        "form": (request.build_absolute_uri(form) if request else form) if asks_by_form else "",
        "statement": (request.build_absolute_uri(statement) if request else statement) if has_statement else "",
    }
    return render_to_string("publication/body.html", context)


def _numbers_that_open(school: School) -> set[int]:
    with working_in(school):
        return set(numbers_that_open())


def _resource(school: School, number: int, request: HttpRequest | None) -> str:
    """The public link of that resource of the library."""
    address = reverse("resource-go", args=[school.slug, number])
    return request.build_absolute_uri(address) if request else address


def address_of(request: HttpRequest, page: Page) -> str:
    """Where anybody reads the page."""
    name = "careers-page" if page == Page.CAREERS else "provider-access-page"
    return request.build_absolute_uri(reverse(name, args=[request.school.slug]))  # type: ignore[attr-defined]


def page_or_404(page_key: str) -> Page:
    """The page of that key."""
    if page_key not in Page.values:
        raise Http404
    return Page(page_key)


def in_words(approval: VersionApproval | None) -> queries.Approved | None:
    """An approval as a page says it."""
    return queries.Approved(approval.signed_by, approval.signed_on) if approval else None
