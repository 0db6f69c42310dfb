"""The map, a subject, links and what waits, the code; and proposing a link without an account."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access import by_link
from dekaan.access.door import SchoolRequest, needs, open_to_all
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.core.codes import code_to_scan
from dekaan.core.editing import hold
from dekaan.core.numbers import row_number
from dekaan.curriculum import changes, forms, queries
from dekaan.curriculum.models import CurriculumLink, Subject
from dekaan.schools.models import School

FULL = "So many links wait to be looked at that no more are taken just now. Tell the Careers Leader."
SUBJECT_NAMED = "There is a subject of that name already."


@needs(Permission.PROGRAMME_SEE)
def curriculum_map(request: SchoolRequest) -> HttpResponse:
    """Subject by year group: what is linked, where nothing is, what that comes to for pupils, and what waits."""
    year = year_asked(request.GET.get("year", ""))
    found = queries.curriculum_map(year)
    exactly = Permission.FIGURES_EXACT in request.permissions
    waiting = queries.waiting() if Permission.PROGRAMME_CHANGE in request.permissions else []
    context = {
        "map": found,
        "benchmark_4": found.benchmark_4(exactly=exactly),
        "uptake": found.uptake(request.permissions),
        "lines": queries.lines_shown(found.lines, exactly=exactly),
        "year": year,
        "year_label": year_label(year),
        "years": [(each, year_label(each)) for each in (academic_year_of(today()) - 1, academic_year_of(today()))],
        "waiting": [(each, found.is_taken(each)) for each in waiting],
        "exactly": exactly,
    }
    return render(request, "curriculum/curriculum_map.html", context)


@needs(Permission.PROGRAMME_SEE)
def subject_detail(request: SchoolRequest, subject_id: int) -> HttpResponse:
    """A subject: what it links in each year group, whom pupils met, and who takes it."""
    subject = get_object_or_404(Subject.objects.select_related("representative"), pk=subject_id)
    year = year_asked(request.GET.get("year", ""))
    links = [each for each in queries.accepted(year) if each.subject_id == subject.pk]
    context = {
        "subject": subject,
        "links": links,
        "role_models": queries.role_models(links),
        "waiting": _waiting_of(request, subject),
        "uptake": queries.uptake(subject, _taken(subject, year), year, request.permissions),
        "year": year,
        "year_label": year_label(year),
    }
    return render(request, "curriculum/subject_detail.html", context)


def _taken(subject: Subject, year: int) -> queries.Taken:
    """Who takes what that year, of the subjects on its map and this one."""
    return queries.taken(year, {each.pk: each for each in [*queries.subjects_of(year), subject]}.values())


def _waiting_of(request: SchoolRequest, subject: Subject) -> list[CurriculumLink]:
    """What was proposed of the subject and waits, for whoever may propose."""
    if Permission.LINKS_PROPOSE not in request.permissions:
        return []
    return [each for each in queries.waiting() if each.subject_id == subject.pk]


@needs(Permission.PROGRAMME_CHANGE)
def subject_new(request: SchoolRequest) -> HttpResponse:
    """Put a subject on the map."""
    form = forms.SubjectDetails(request.POST or None, name=request.GET.get("name", "")[:60])
    return _subject_page(request, form, None)


@needs(Permission.PROGRAMME_CHANGE)
def subject_change(request: SchoolRequest, subject_id: int) -> HttpResponse:
    """Change a subject, or say that it is not taught any more."""
    subject = get_object_or_404(Subject, pk=subject_id)
    hold(request, subject)
    return _subject_page(request, forms.SubjectDetails(request.POST or None, subject=subject), subject)


def _subject_page(request: SchoolRequest, form: forms.SubjectDetails, subject: Subject | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            if subject is None:
                subject = changes.add_subject(by=request.user, **form.details())
            else:
                changes.change_subject(subject, by=request.user, **form.details())
        except changes.NamedAlready:
            form.add_error("name", SUBJECT_NAMED)
        else:
            messages.success(request, f"Saved: {subject.name}.")
            return redirect("subject-detail", request.school.slug, subject.pk)
    return render(request, "curriculum/subject_change.html", {"form": form, "subject": subject})


@needs(Permission.LINKS_PROPOSE)
def curriculum_link_new(request: SchoolRequest) -> HttpResponse:
    """Enter what a subject links to careers; the careers team's counts at once, a subject lead's waits for them."""
    asked = {name: request.GET.get(name, "") for name in ("subject", "year_group")}
    if Permission.PROGRAMME_CHANGE not in request.permissions:
        return _proposed_here(request, {n: v for n, v in asked.items() if row_number(v)})
    form = forms.LinkDetails(request.POST or None, initial={n: v for n, v in asked.items() if row_number(v)})
    if request.method == "POST" and form.is_valid():
        link = changes.add_link(by=request.user, academic_year=academic_year_of(today()), **form.said())
        messages.success(request, f"On the map: {link.subject_name}, Year {link.year_group}.")
        return redirect("subject-detail", request.school.slug, link.subject_id)
    return render(request, "curriculum/curriculum_link_change.html", {"form": form, "link": None})


def _proposed_here(request: SchoolRequest, asked: dict[str, str]) -> HttpResponse:
    form = forms.LinkProposedHere(request.POST or None, user=request.user, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            link = changes.propose_here(by=request.user, academic_year=academic_year_of(today()), **form.said())
        except changes.TooManyWaiting:
            form.add_error(None, FULL)
        else:
            said = f"Sent: {link.subject_name}, Year {link.year_group}. It counts once the careers team accepts it."
            messages.success(request, said)
            return redirect("subject-detail", request.school.slug, link.subject_id)
    return render(request, "curriculum/curriculum_link_change.html", {"form": form, "link": None, "is_proposed": True})


@needs(Permission.PROGRAMME_CHANGE)
def curriculum_link_change(request: SchoolRequest, curriculum_link_id: int) -> HttpResponse:
    """Change a link, give it a subject of ours, say that it was taught; and refuse it, with a reason."""
    link = _link_or_404(curriculum_link_id)
    hold(request, link)
    form = forms.LinkDetails(request.POST or None, link=link)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changes.change_link(link, by=request.user, **form.said())
                if "accept" in request.POST:
                    changes.accept_link(link, by=request.user)
        except changes.DecidedMeanwhile:
            return _decided_meanwhile(request, link)
        if "accept" in request.POST:
            _warn(request, link)
        messages.success(request, f"Saved: {link.subject_name}, Year {link.year_group}.")
        return redirect("curriculum-map", request.school.slug)
    return _link_page(request, link, form, forms.Refusal())


def _link_page(
    request: SchoolRequest, link: CurriculumLink, form: forms.LinkDetails, refusal: forms.Refusal
) -> HttpResponse:
    context = {"form": form, "link": link, "refusal": refusal}
    return render(request, "curriculum/curriculum_link_change.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def curriculum_link_accept(request: SchoolRequest, curriculum_link_id: int) -> HttpResponse:
    """The link counts."""
    link = _link_or_404(curriculum_link_id)
    try:
        changes.accept_link(link, by=request.user)
    except changes.NoSubjectOfOurs:
        messages.error(request, f"“{link.subject_said}” is no subject of yours. Choose one of yours, then accept it.")
        return redirect("curriculum-link-change", request.school.slug, link.pk)
    except changes.DecidedMeanwhile:
        return _decided_meanwhile(request, link)
    messages.success(request, f"It counts: {link.subject_name}, Year {link.year_group}.")
    _warn(request, link)
    return redirect("curriculum-map", request.school.slug)


def _warn(request: SchoolRequest, link: CurriculumLink) -> None:
    """Where nobody is known to take the subject in that year group, the link counts for nobody."""
    if why := queries.nobody_takes(link):
        said = (
            f"It counts for nobody so far: {why}. Was another year group meant? Open it to change it or to undo this."
        )
        messages.warning(request, said, "open")


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def curriculum_link_refuse(request: SchoolRequest, curriculum_link_id: int) -> HttpResponse:
    """The link does not count, for a reason."""
    link, refusal = _link_or_404(curriculum_link_id), forms.Refusal(request.POST)
    if not refusal.is_valid():
        return _link_page(request, link, forms.LinkDetails(link=link), refusal)
    try:
        changes.refuse_link(link, because=refusal.cleaned_data["because"], by=request.user)
    except changes.DecidedMeanwhile:
        return _decided_meanwhile(request, link)
    messages.success(request, f"It does not count: {link.subject_name}, Year {link.year_group}.")
    return redirect("curriculum-link-change", request.school.slug, link.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def curriculum_link_put_back(request: SchoolRequest, curriculum_link_id: int) -> HttpResponse:
    """The link waits again."""
    link = _link_or_404(curriculum_link_id)
    try:
        changes.put_back_link(link, seen=request.POST.get("seen", ""), by=request.user)
    except changes.DecidedMeanwhile:
        return _decided_meanwhile(request, link)
    messages.success(request, "It waits to be decided on again.")
    return redirect("curriculum-link-change", request.school.slug, link.pk)


def _decided_meanwhile(request: SchoolRequest, link: CurriculumLink) -> HttpResponse:
    """What was decided since the page was opened stands, and is told."""
    now = _link_or_404(link.pk)
    who, because = now.decided_by or "Somebody", f": {now.because}" if now.because else ""
    said = {
        CurriculumLink.State.ACCEPTED: f"{who} has accepted it meanwhile",
        CurriculumLink.State.REFUSED: f"{who} has refused it meanwhile{because}",
    }.get(CurriculumLink.State(now.state), "That decision was taken back meanwhile: it waits")
    messages.error(request, f"{said}. Nothing is changed by you; decide below if it should be otherwise.", "open")
    return redirect("curriculum-link-change", request.school.slug, now.pk)


def _link_or_404(curriculum_link_id: int) -> CurriculumLink:
    return get_object_or_404(
        CurriculumLink.objects.select_related("subject", "decided_by", "proposed_by"), pk=curriculum_link_id
    )


@needs(Permission.PROGRAMME_CHANGE)
def link_door(request: SchoolRequest) -> HttpResponse:
    """The code to hang up in the staff room; opened, renewed and closed here."""
    if request.method == "POST":
        door = queries.door()
        if request.POST.get("what") == "close":
            if door is not None:
                changes.close_door(door, by=request.user)
            messages.success(request, "The code opens nothing any more.")
        else:
            changes.open_door(by=request.user)
            messages.success(request, "There is a new code. One of before opens nothing any more.")
        return redirect("link-door", request.school.slug)
    door = queries.door()
    key = door.key_to_show if door and door.is_open else None
    link = request.build_absolute_uri(reverse("link-propose", args=[request.school.slug, key])) if key else ""
    context = {"door": door, "link": link, "code": code_to_scan(link) if link else ""}
    return render(request, "curriculum/link_door.html", context)


@open_to_all
def link_propose(request: HttpRequest, at_slug: str, link_key: str) -> HttpResponse:
    """Propose what a lesson links to careers, by the school's code: one page, no account."""

    def answer(school: School) -> HttpResponse | None:
        return _proposed(request, school) if queries.opens(link_key) else None

    return by_link.opened(request, at_slug, answer, kind="curriculum link", nothing="curriculum/link_proposed.html")


def _proposed(request: HttpRequest, school: School) -> HttpResponse:
    form, refused = forms.LinkProposed(request.POST if request.method == "POST" else None), ""
    page = by_link.page_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            changes.propose(page=page, academic_year=academic_year_of(today()), **form.said())
        except changes.TooManyWaiting:
            refused = FULL
        else:
            return redirect("link-proposed")
    context: dict[str, Any] = {"asked_by": school.name, "form": form, "page": page, "refused": refused}
    return render(request, "curriculum/link_propose.html", context)


@open_to_all
def link_proposed(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "curriculum/link_proposed.html")
