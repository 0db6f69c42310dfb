"""What the programme means for each, who has read it, and the job description."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.fingerprint import digest_of
from dekaan.core.numbers import row_number
from dekaan.people.models import StaffMember
from dekaan.team import changes, forms, paper, queries

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs(Permission.TEAM_SEE)
def meaning_list(request: SchoolRequest) -> HttpResponse:
    """The page of every role and subject, and who has not read theirs yet."""
    found = queries.pages(today())
    mine = {each.pk for each in StaffMember.objects.filter(user=request.user)}
    own = [each for each in found if any(reader.staff.pk in mine for reader in each.readers)]
    return render(request, "team/meaning_list.html", {"pages": found, "own": own})


@needs(Permission.TEAM_SEE)
def meaning_page(request: SchoolRequest, meaning_key: str) -> HttpResponse:
    """What the programme means for one role or subject."""
    page = queries.page_for(meaning_key, today())
    if page is None:
        raise Http404
    me = next((each for each in page.readers if each.staff.user_id == request.user.pk), None)
    return render(request, "team/meaning_page.html", {"page": page, "me": me})


@needs(Permission.TEAM_SEE)
@require_POST
def meaning_acknowledge(request: SchoolRequest, meaning_key: str) -> HttpResponse:
    """A colleague has read the page: they say so, or somebody who may change the team says so of them."""
    page = queries.page_for(meaning_key, today())
    if page is None:
        raise Http404
    staff = _reader(request, page)
    try:
        changes.acknowledge(page, staff=staff, digest=request.POST.get("digest", ""), by=request.user)
    except changes.OtherWordsNow:
        messages.error(request, "The page has changed since you opened it. Please read it as it is now.")
    else:
        messages.success(request, f"Recorded: {staff} has read “{page.title}”.")
    return redirect("meaning-page", request.school.slug, page.key)


def _reader(request: SchoolRequest, page: queries.Page) -> StaffMember:
    wanted = row_number(request.POST.get("staff", ""))
    for each in page.readers:
        is_me = each.staff.user_id == request.user.pk
        if each.staff.pk == wanted and (is_me or Permission.TEAM_CHANGE in request.permissions):
            return each.staff
    raise Http404


@needs(Permission.TEAM_SEE)
def job_description(request: SchoolRequest) -> HttpResponse:
    """The Careers Leader's job description as the records have it today, and whether it is agreed."""
    return render(request, "team/job_description.html", _description(request))


def _description(request: SchoolRequest) -> dict[str, Any]:
    content = queries.job_description(request.school, today())
    digest, rows = digest_of(content), queries.agreed_descriptions()
    return {
        "content": content,
        "agreed": queries.agreement(rows, digest),
        "rows": rows,
        "form": forms.Agreed(initial={"digest": digest, "agreed_on": today()}),
    }


@needs(Permission.TEAM_CHANGE)
@require_POST
def job_description_agree(request: SchoolRequest) -> HttpResponse:
    """The job description is agreed in the words that it has."""
    form = forms.Agreed(request.POST)
    if form.is_valid():
        try:
            changes.agree_description(request.school, by=request.user, **form.cleaned_data)
        except changes.OtherWordsNow:
            form.add_error(None, "The job description has changed since you opened it. Please look at it as it is now.")
        else:
            messages.success(request, "The agreement is recorded.")
            return redirect("job-description", request.school.slug)
    return render(request, "team/job_description.html", _description(request) | {"form": form})


@needs(Permission.TEAM_SEE)
def job_description_word(request: SchoolRequest) -> HttpResponse:
    """The job description for Word."""
    said = _description(request)
    return _file(request, paper.description_word(said["content"], said["agreed"]), WORD, "docx")


@needs(Permission.TEAM_SEE)
def job_description_pdf(request: SchoolRequest) -> HttpResponse:
    """The job description as PDF."""
    said = _description(request)
    return _file(request, paper.description_pdf(said["content"], said["agreed"]), "application/pdf", "pdf")


def _file(request: SchoolRequest, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"job-description-{slugify(request.school.name)}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
