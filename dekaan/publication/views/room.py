"""The room of the public pages: what the school says, a preview, and what is pasted into its own website."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today, year_label
from dekaan.core.editing import hold
from dekaan.destinations.queries import years_to_publish
from dekaan.plan.queries import policy_lines, withdrawn
from dekaan.provider_requests.queries import rules_said
from dekaan.publication import changes, forms, queries
from dekaan.publication.models import CareersInformation, Page, PublishedVersion
from dekaan.publication.queries import information
from dekaan.publication.sections import public_page
from dekaan.publication.views.seen import address_of, body, in_words, page_or_404, shown


@needs(Permission.PROGRAMME_SEE)
def public_pages(request: SchoolRequest) -> HttpResponse:
    """Both pages: what the public sees, what waits, what is lacking, and what has changed since."""
    context = {
        "standings": [
            (each, public_page(each.page), address_of(request, each.page)) for each in queries.standings(request.school)
        ],
        "facts": queries.facts_now(request.school, said := information()),
        "leavers_of": year_label(said.leavers_of) if said.leavers_of else "",
    }
    return render(request, "publication/public_pages.html", context)


@needs(Permission.PLAN_SEE)
def policy_list(request: SchoolRequest) -> HttpResponse:
    """The register of policies: the school's own, and what is published from here."""
    lines = [*queries.kept_policies(today()), *policy_lines(today())]
    context = {"lines": sorted(lines, key=lambda each: each.title), "withdrawn": withdrawn()}
    return render(request, "publication/policy_list.html", context)


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
def publication_leavers_change(request: SchoolRequest) -> HttpResponse:
    """Say whose leavers the careers page tells of, and see how it would read."""
    said, years = _held(request), years_to_publish()
    form = forms.LeaversShown(request.POST or None, said=said, years=years)
    if request.method == "POST" and form.is_valid():
        changes.say_facts(by=request.user, **form.cleaned_data)
        messages.success(request, "Saved. The public sees it once a version with it is approved.")
        return redirect("publication-leavers-change", request.school.slug)
    year = said.leavers_of or next(iter(years), None)
    told = queries.leavers_told(request.school, year) if year else None
    context = {
        "form": form,
        "section": (told.content if told else {}) | {"key": queries.SECTION},
        "is_kept": told is not None and told.is_kept,
        "is_chosen": said.leavers_of is not None,
        "year_label": year_label(year) if year else "",
    }
    return render(request, "publication/publication_leavers_change.html", context)


@needs(Permission.PUBLICATION_CHANGE)
def publication_words_change(request: SchoolRequest, page_key: str) -> HttpResponse:
    """Say it in the school's own words, section by section."""
    page, said = page_or_404(page_key), _held(request)
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
    page = page_or_404(page_key)
    content = queries.left_out(queries.draft(request.school, page))
    above = "A preview: the public does not see this."
    approved = in_words(queries.approval_of_words(content)) if page == Page.STATEMENT else None
    asks = rules_said().is_open
    return shown(request, request.school, page, content, asks_by_form=asks, above=above, approved=approved)


@needs(Permission.PROGRAMME_SEE)
def publication_embed(request: SchoolRequest) -> HttpResponse:
    """What to paste into the school's own website: a frame that follows by itself, or the words as they stand."""
    seen = queries.published(Page.CAREERS)
    framed = request.build_absolute_uri(reverse("careers-embed", args=[request.school.slug]))
    context = {
        "version": seen,
        "own_page": information().own_page,
        "frame": f'<iframe src="{framed}" title="Careers at {request.school.name}" width="100%" height="1200"></iframe>',
        "fragment": body(
            request.school,
            Page.CAREERS,
            queries.as_it_stands(seen.content),
            asks_by_form=rules_said().is_open,
            request=request,
        )
        if seen
        else "",
        "leavers": _leavers(seen),
    }
    return render(request, "publication/publication_embed.html", context)


def _leavers(seen: PublishedVersion | None) -> str:
    """Where leavers went as it was approved, to stand by itself; empty where the page does not tell it."""
    sections = seen.content["sections"] if seen else []
    for each in sections:
        if each.get("figures") or each.get("beside"):
            heading = format_html('<h2 id="{}">{}</h2>', each["key"], each["heading"])
            return heading + render_to_string("publication/leavers.html", {"section": each})
    return ""
