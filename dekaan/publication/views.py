"""The room of the public pages, their approval, what is pasted into the school's own website; and the pages themselves."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, open_to_all
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.core.scope import working_in
from dekaan.library.queries import numbers_that_open
from dekaan.provider_requests.queries import access_rules
from dekaan.publication import changes, forms, queries
from dekaan.publication.linked_data import as_script, linked_data
from dekaan.publication.models import CareersInformation, Page, PublishedVersion
from dekaan.publication.queries import information
from dekaan.publication.sections import public_page
from dekaan.schools.models import School
from dekaan.schools.queries import school_by_slug

DECIDED = "Somebody has decided on it meanwhile. See below how it stands."
KEPT_FOR = 300  # seconds for which a browser may keep a public page


@needs(Permission.PROGRAMME_SEE)
def public_pages(request: SchoolRequest) -> HttpResponse:
    """Both pages: what the public sees, what waits, what is lacking, and what has changed since."""
    context = {
        "standings": [
            (each, public_page(each.page), _address(request, each.page)) for each in queries.standings(request.school)
        ],
        "facts": queries.facts_now(request.school),
    }
    return render(request, "publication/public_pages.html", context)


@needs(Permission.PUBLICATION_CHANGE)
def publication_facts(request: SchoolRequest) -> HttpResponse:
    """Say whom the public asks, and the dates."""
    said = _held(request)
    shown = queries.facts_now(request.school, said)
    form = forms.FactsSaid(request.POST or None, said=said, shown=shown)
    if request.method == "POST" and form.is_valid():
        changes.say_facts(by=request.user, **form.cleaned_data)
        _saved(request)
        return redirect("public-pages", request.school.slug)
    return render(request, "publication/publication_facts.html", {"form": form})


@needs(Permission.PUBLICATION_CHANGE)
def publication_words_change(request: SchoolRequest, page_key: str) -> HttpResponse:
    """Say it in the school's own words, section by section."""
    page, said = _page_or_404(page_key), _held(request)
    shown = queries.facts_now(request.school, said)
    form = forms.WordsSaid(request.POST or None, page=page, said=said, school=request.school, shown=shown)
    if request.method == "POST" and form.is_valid():
        changes.say_words(form.own_words(), by=request.user)
        _saved(request)
        return redirect("public-pages", request.school.slug)
    context = {"form": form, "of": public_page(page), "is_statement": page == Page.STATEMENT}
    return render(request, "publication/publication_words_change.html", context)


@needs(Permission.PUBLICATION_CHANGE)
def publication_others_named(request: SchoolRequest) -> HttpResponse:
    """Say who it is that shares a pupil's name, so that the pages may name them."""
    said = _held(request)
    named = [each for page in Page for each in queries.names_in(queries.draft(request.school, page))]
    waiting = [each for each in (queries.waiting(page) for page in Page) if each]
    named += [each for version in waiting for each in queries.names_in(version.content)]
    form = forms.OthersNamed(request.POST or None, said=said, named=named)
    if request.method == "POST" and form.is_valid():
        changes.say_others_named(form.others(), by=request.user)
        messages.success(request, "Saved. Whoever approves a version sees whom you said it to be.")
        return redirect("public-pages", request.school.slug)
    return render(request, "publication/publication_others_named.html", {"form": form})


def _saved(request: SchoolRequest) -> None:
    """The words are kept; whom they name is told at once, and no version with them can be made until that is settled."""
    named = {each for page in Page for each in queries.named_in(queries.draft(request.school, page))}
    if named:
        said = "; ".join(f"{name} in “{where}”" for name, where in sorted(named))
        kept = "Saved, and kept as a draft that cannot be published yet."
        messages.warning(
            request, f"{kept} It names a pupil: {said}. Change the words; or is it somebody else? Say who.", "open"
        )
    else:
        messages.success(request, "Saved. The public sees it once a version with it is approved.")


def _held(request: SchoolRequest) -> CareersInformation:
    said = information()
    if said.pk:
        hold(request, said)
    return said


@needs(Permission.PROGRAMME_SEE)
def publication_preview(request: SchoolRequest, page_key: str) -> HttpResponse:
    """The page as it would read now, for nobody but colleagues."""
    page = _page_or_404(page_key)
    content = queries.left_out(queries.draft(request.school, page))
    above = "A preview: the public does not see this."
    return _shown(request, request.school, page, content, asks_by_form=access_rules().is_open, above=above)


@needs(Permission.PUBLICATION_CHANGE)
@require_POST
def version_prepare(request: SchoolRequest, page_key: str) -> HttpResponse:
    """A version of the page waits for approval."""
    page = _page_or_404(page_key)
    try:
        version = changes.prepare_version(request.school, page, by=request.user)
    except changes.NamesPupils as found:
        messages.error(request, _named_in_words(found))
    except changes.ShortOfTheLaw as short:
        messages.error(request, f"The law asks that it also says: {'; '.join(short.what)}. Add that, then ask again.")
    except changes.WaitsAlready:
        messages.error(
            request, "A version waits for approval already. Take it back first if it should say something else."
        )
    except changes.SaysTheSame:
        messages.info(request, "The public sees just that already: nothing has changed since.")
    else:
        messages.success(request, "It waits for a senior leader’s approval. They find it on their home page.")
        return redirect("published-version", request.school.slug, version.pk)
    return redirect("public-pages", request.school.slug)


def _named_in_words(found: changes.NamesPupils) -> str:
    said = "; ".join(f"{name} in “{where}”" for name, where in found.named)
    return (
        f"It names a pupil: {said}. No pupil may be named in public. Change the words; or is it somebody else? Say who."
    )


@needs(Permission.PROGRAMME_SEE)
def published_version(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """One version as it was prepared, who prepared and decided on it; and the decision."""
    version = _version_or_404(published_version_id)
    return _version_page(request, version, forms.SentBack())


def _version_page(request: SchoolRequest, version: PublishedVersion, form: forms.SentBack) -> HttpResponse:
    page = Page(version.page)
    seen = queries.published(page)
    context = {
        "version": version,
        "of": public_page(page),
        "body": _body(request.school, page, version.content, asks_by_form=access_rules().is_open),
        "form": form,
        "named": queries.names_in(version.content) if version.state == "waiting" else [],
        "is_seen": seen is not None and seen.pk == version.pk,
        "address": _address(request, page),
        "changed": queries.changed_since(seen, version.content) if seen and version.state == "waiting" else [],
    }
    return render(request, "publication/published_version.html", context)


@needs(Permission.PUBLICATION_APPROVE)
@require_POST
def version_approve(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """The public sees it from now on."""
    version = _version_or_404(published_version_id)
    try:
        changes.approve_version(version, by=request.user)
    except changes.DecidedAlready:
        messages.error(request, DECIDED)
    except changes.NamesPupils as found:
        messages.error(request, _named_in_words(found))
    else:
        messages.success(request, f"Published: {version}. The public sees it now.")
    return redirect("published-version", request.school.slug, version.pk)


@needs(Permission.PUBLICATION_APPROVE)
@require_POST
def version_send_back(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """It is not published, for a reason."""
    version, form = _version_or_404(published_version_id), forms.SentBack(request.POST)
    if not form.is_valid():
        return _version_page(request, version, form)
    return _decided(
        request, version, lambda: changes.send_version_back(version, because=form.cleaned_data["because"], by=request.user),
        "Sent back with your reason. What the public sees stays as it was.",
    )  # fmt: skip


@needs(Permission.PUBLICATION_CHANGE)
@require_POST
def version_take_back(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """It does not wait any more."""
    version = _version_or_404(published_version_id)
    return _decided(
        request, version, lambda: changes.take_version_back(version, by=request.user),
        "Taken back: nobody is asked to approve it any more.",
    )  # fmt: skip


@needs(Permission.PUBLICATION_CHANGE)
@require_POST
def page_take_down(request: SchoolRequest, page_key: str) -> HttpResponse:
    """The public sees nothing of the page any more."""
    page, form = _page_or_404(page_key), forms.SentBack(request.POST)
    version = queries.published(page)
    if version is None:
        messages.info(request, "The public sees nothing of it as it is.")
        return redirect("public-pages", request.school.slug)
    if not form.is_valid():
        return _version_page(request, version, form)
    changes.take_page_down(page, because=form.cleaned_data["because"], by=request.user)
    messages.success(request, "Taken down: the public sees nothing of it until another version is approved.")
    return redirect("public-pages", request.school.slug)


def _decided(
    request: SchoolRequest, version: PublishedVersion, decide: Callable[[], object], said: str
) -> HttpResponse:
    try:
        decide()
    except changes.DecidedAlready:
        messages.error(request, DECIDED)
    else:
        messages.success(request, said)
    return redirect("published-version", request.school.slug, version.pk)


@needs(Permission.PROGRAMME_SEE)
def publication_embed(request: SchoolRequest) -> HttpResponse:
    """What to paste into the school's own website: a frame that follows by itself, or the words as they stand."""
    seen = queries.published(Page.CAREERS)
    framed = request.build_absolute_uri(reverse("careers-embed", args=[request.school.slug]))
    context = {
        "version": seen,
        "own_page": information().own_page,
        "frame": f'<iframe src="{framed}" title="Careers at {request.school.name}" width="100%" height="1200"></iframe>',
        "fragment": _body(
            request.school,
            Page.CAREERS,
            queries.as_it_stands(seen.content),
            asks_by_form=access_rules().is_open,
            request=request,
        )
        if seen
        else "",
    }
    return render(request, "publication/publication_embed.html", context)


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


def _public(request: HttpRequest, at_slug: str, page: Page, *, is_framed: bool = False) -> HttpResponse:
    school = school_by_slug(at_slug)
    version, statement, asks_by_form, content, own_page = None, None, False, {}, ""
    if school is not None:
        with working_in(school):
            version = queries.published(page)
            statement = version if page == Page.STATEMENT else queries.published(Page.STATEMENT)
            asks_by_form = access_rules().is_open
            if version is not None:
                content = queries.as_it_stands(version.content)
            if version is not None and is_framed and information().own_page:  # taken out, it ends at once
                own_page = str(version.facts.get("own_page", ""))
    if school is None or version is None:  # a school that there is not, and one that has published nothing, alike
        raise Http404
    answer = _shown(
        request,
        school,
        page,
        content,
        version=version,
        has_statement=statement is not None,
        asks_by_form=asks_by_form,
        is_framed=is_framed,
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


def _shown(
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
) -> HttpResponse:
    context = {
        "at": school,
        "of": public_page(page),
        "content": content,
        "version": version,
        "body": _body(school, page, content, has_statement=has_statement, asks_by_form=asks_by_form),
        "above": above,
        "is_framed": is_framed,
        "data": as_script(linked_data(content, request.build_absolute_uri(request.path))),
    }
    return render(request, "publication/public_page.html", context)


def _body(
    school: School,
    page: Page,
    content: dict[str, Any],
    *,
    has_statement: bool = True,
    asks_by_form: bool,
    request: HttpRequest | None = None,
) -> str:
    """The words of the page as HTML, which also stand by themselves; with `request`, its links lead here from anywhere."""
    statement, facts = reverse("provider-access-page", args=[school.slug]), content["facts"]
    form = reverse("provider-request-new", args=[school.slug])
    dated = {"review": "next_review_on", "approved": "statement_approved_on", "statement_review": "statement_review_on"}
    dates = {name: date.fromisoformat(facts[of]) if facts.get(of) else None for name, of in dated.items()}
    # A link that is known to lead nowhere, or is not public any more, is left out without another version.
    opens = numbers_that_open() if content.get("resources") else set()
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
        "form_follows": "employers" if page == Page.CAREERS else "requests",
        "form": (request.build_absolute_uri(form) if request else form) if asks_by_form else "",
        "statement": (request.build_absolute_uri(statement) if request else statement) if has_statement else "",
    }
    return render_to_string("publication/body.html", context)


def _resource(school: School, number: int, request: HttpRequest | None) -> str:
    """The public link of that resource of the library."""
    address = reverse("resource-go", args=[school.slug, number])
    return request.build_absolute_uri(address) if request else address


def _address(request: HttpRequest, page: Page) -> str:
    name = "careers-page" if page == Page.CAREERS else "provider-access-page"
    return request.build_absolute_uri(reverse(name, args=[request.school.slug]))  # type: ignore[attr-defined]


def _page_or_404(page_key: str) -> Page:
    if page_key not in Page.values:
        raise Http404
    return Page(page_key)


def _version_or_404(published_version_id: int) -> PublishedVersion:
    return get_object_or_404(
        PublishedVersion.objects.select_related("prepared_by", "decided_by", "taken_down_by"), pk=published_version_id
    )
