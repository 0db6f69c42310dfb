"""Governors without an account: a link for each, the one paper that it opens, and what they say of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access import by_link
from dekaan.access.door import SchoolRequest, needs, open_to_all
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.reports import changes
from dekaan.reports.forms import Answer, LinkAsked
from dekaan.reports.models import ApprovalLink, Report
from dekaan.reports.queries.issued import file_name
from dekaan.reports.queries.log import opened_by
from dekaan.reports.queries.picture import drawn, labelled
from dekaan.schools.models import School

KIND, NOTHING = "report link", "reports/paper_said.html"


@needs(Permission.REPORTS_ISSUE)
def report_link_new(request: SchoolRequest, report_id: int) -> HttpResponse:
    """Make a link by which one governor reads the paper and says what they think of it."""
    report = get_object_or_404(Report.objects.defer(*Report.HEAVY), pk=report_id, withdrawn_at=None)
    form = LinkAsked(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            link = changes.make_link(report, **form.cleaned_data, by=request.user)
        except changes.AlreadyWithdrawn:
            messages.error(request, "The paper has been withdrawn meanwhile: no link was made.")
        else:
            messages.success(request, f"There is a link for {link.said_by}. Copy it below and send it to them.")
        return redirect("report-detail", request.school.slug, report.pk)
    return render(request, "reports/report_link_new.html", {"form": form, "report": report})


@needs(Permission.REPORTS_ISSUE)
@require_POST
def report_link_end(request: SchoolRequest, approval_link_id: int) -> HttpResponse:
    """The link opens nothing any more."""
    link = get_object_or_404(ApprovalLink, pk=approval_link_id)
    changes.end_link(link, by=request.user)
    messages.success(request, "Ended. The link opens nothing any more; what was said by it stands.")
    return redirect("report-detail", request.school.slug, link.report_id)


@open_to_all
def paper_open(request: HttpRequest, at_slug: str, paper_key: str) -> HttpResponse:
    """The one paper of the link, and what its governor says of it. Nothing of a withdrawn one but that it is."""

    def answer(school: School) -> HttpResponse | None:
        link = opened_by(paper_key)
        return _opened(request, school, link, paper_key) if link else None

    return by_link.opened(request, at_slug, answer, kind=KIND, nothing=NOTHING)


def _opened(request: HttpRequest, school: School, link: ApprovalLink, key: str) -> HttpResponse:
    report = Report.objects.defer("pdf", "word", "slides").get(pk=link.report_id)
    form = Answer(request.POST if request.method == "POST" else None, link=link)
    if request.method == "POST" and not report.is_withdrawn and form.is_valid():
        try:
            changes.say_by_link(link, **form.cleaned_data, on=today())
        except (changes.SaidAlready, changes.AlreadyWithdrawn):
            return redirect("paper-open", school.slug, key)  # the page says how it stands
        return redirect("paper-said")
    context = {
        "form": form,
        "link": link,
        "report": report,
        "of": school,
        "key": key,
        "content": labelled(report.content),
        "picture": drawn(report.content),
        "is_for_leaders": report.kind == Report.Kind.LEADERS,
    }
    return render(request, "reports/paper_open.html", context)


@open_to_all
def paper_open_pdf(request: HttpRequest, at_slug: str, paper_key: str) -> HttpResponse:
    """The same paper as PDF; of a withdrawn one nothing."""

    def answer(school: School) -> HttpResponse | None:
        link = opened_by(paper_key)
        papers = Report.objects.defer("word", "slides", "content").filter(withdrawn_at=None)
        report = papers.filter(pk=link.report_id).first() if link else None
        if report is None:
            return None
        response = HttpResponse(bytes(report.pdf), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{file_name(school, report, "pdf")}"'
        return response

    return by_link.opened(request, at_slug, answer, kind=KIND, nothing=NOTHING)


@open_to_all
def paper_said(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "reports/paper_said.html")
