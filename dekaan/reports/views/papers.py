"""The papers: writing, reading, taking back."""

from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.evidence.changes import add_evidence
from dekaan.reports import changes
from dekaan.reports.forms import Boxes, LeadersBoxes, Withdrawal
from dekaan.reports.models import ApprovalLink, Report
from dekaan.reports.queries.issued import file_name, reports
from dekaan.reports.queries.log import approvals_of, handed_of, links_of
from dekaan.reports.queries.paper import gather
from dekaan.reports.queries.picture import drawn, labelled
from dekaan.reports.queries.terms import TermOfYear, choosable_terms, term_asked, term_named, why_none

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pptx": f"{OFFICE}.presentationml.presentation",
}


@needs(Permission.REPORTS_SEE)
def report_list(request: SchoolRequest) -> HttpResponse:
    """The papers issued, the withdrawn ones struck through, and the button to write one."""
    return render(request, "reports/report_list.html", {"reports": reports()})


@needs(Permission.REPORTS_ISSUE)
def report_governors(request: SchoolRequest) -> HttpResponse:
    """The term, three boxes, and the paper as it stands; freezing makes PDF, Word and slides."""
    return _write(request, Report.Kind.GOVERNORS, Boxes, "reports/report_governors.html")


@needs(Permission.REPORTS_ISSUE)
def report_leaders(request: SchoolRequest) -> HttpResponse:
    """The same for senior leaders: two boxes, one page."""
    return _write(request, Report.Kind.LEADERS, LeadersBoxes, "reports/report_leaders.html")


def _write(request: SchoolRequest, kind: Report.Kind, boxes: type[Boxes | LeadersBoxes], template: str) -> HttpResponse:
    terms = choosable_terms(today())
    term = term_asked(request.GET.get("term", ""), today(), terms)
    named = term_named(request.GET.get("term", "")) or term
    if why := why_none(request.school, named, today(), terms):
        return _no_term(request, named, why)
    form = boxes(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        report = changes.issue_report(request.school, kind=kind, term=term, on=today(), by=request.user, **said)
        messages.success(request, "Frozen. Later changes to the records will not change this paper.")
        return redirect("report-detail", request.school.slug, report.pk)
    content = gather(request.school, term, on=today(), boxes=dict.fromkeys(changes.BOXES, ""), kind=kind).content
    context = {
        "form": form,
        "content": labelled(content),
        "picture": drawn(content),
        "term": term,
        "terms": terms,
    }
    return render(request, template, context)


def _no_term(request: SchoolRequest, term: TermOfYear, why: str) -> HttpResponse:
    context = {
        "term": term,
        "why": why,
        "terms": [each for each in choosable_terms(today()) if not why_none(request.school, each, today())],
        "address": request.path,
    }
    return render(request, "reports/report_no_term.html", context)


@needs(Permission.REPORTS_SEE)
def report_detail(request: SchoolRequest, report_id: int) -> HttpResponse:
    """An issued paper on the screen, its PDF one press away."""
    papers = Report.objects.defer("pdf", "word", "slides").select_related("issued_by", "withdrawn_by")
    # A paper of before there were three forms has the PDF alone, and so has one for senior leaders.
    forms_of_it = ExpressionWrapper(~Q(word=b""), BooleanField())
    report = get_object_or_404(papers.annotate(has_three_forms=forms_of_it), pk=report_id)
    links = links_of(report)
    context = {
        "report": report,
        "content": labelled(report.content),
        "picture": drawn(report.content),
        "is_for_leaders": report.kind == Report.Kind.LEADERS,
        "handed": handed_of(report),
        "approvals": approvals_of(report),
        "links": [(each, _address_of(request, each)) for each in links],
    }
    return render(request, "reports/report_detail.html", context)


def _address_of(request: SchoolRequest, link: ApprovalLink) -> str:
    """The whole address, to whoever makes links; nothing where it opens nothing any more."""
    key = link.key_to_show if link.is_open and Permission.REPORTS_ISSUE in request.permissions else None
    return request.build_absolute_uri(reverse("paper-open", args=[request.school.slug, key])) if key else ""


@needs(Permission.REPORTS_SEE)
def report_download(request: SchoolRequest, report_id: int) -> HttpResponse:
    """An issued paper as PDF, the same bytes for ever; the name of the file says where it was withdrawn."""
    report = get_object_or_404(Report.objects.defer("word", "slides", "content"), pk=report_id)
    return _file(request, report, bytes(report.pdf), "pdf")


@needs(Permission.REPORTS_SEE)
def report_word(request: SchoolRequest, report_id: int) -> HttpResponse:
    """The same as a document for Word, as it was made when the paper was issued."""
    report = get_object_or_404(Report.objects.defer("pdf", "slides", "content").exclude(word=b""), pk=report_id)
    return _file(request, report, bytes(report.word), "docx")


@needs(Permission.REPORTS_SEE)
def report_slides(request: SchoolRequest, report_id: int) -> HttpResponse:
    """The same as slides, as they were made when the paper was issued."""
    report = get_object_or_404(Report.objects.defer("pdf", "word", "content").exclude(slides=b""), pk=report_id)
    return _file(request, report, bytes(report.slides), "pptx")


def _file(request: SchoolRequest, report: Report, held: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(held, content_type=KINDS[kind])
    name = file_name(request.school, report, kind)
    response["Content-Disposition"] = f'{"inline" if kind == "pdf" else "attachment"}; filename="{name}"'
    reads(request, "report downloaded", subject="report", subject_id=report.pk)
    return response


@needs(Permission.REPORTS_ISSUE)
def report_withdraw(request: SchoolRequest, report_id: int) -> HttpResponse:
    """Take a wrong paper back, and say why."""
    report = get_object_or_404(Report.objects.defer(*Report.HEAVY), pk=report_id)
    form = Withdrawal(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changes.withdraw_report(report, because=form.cleaned_data["because"], by=request.user)
        except changes.AlreadyWithdrawn:
            messages.info(request, "It had been withdrawn already.")
        else:
            messages.success(request, "Withdrawn. It stays in the list, and says so.")
        return redirect("report-detail", request.school.slug, report.pk)
    return render(request, "reports/report_withdraw.html", {"form": form, "report": report})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def report_evidence(request: SchoolRequest, report_id: int) -> HttpResponse:
    """The paper is a piece of evidence; what it shows is said next."""
    report = get_object_or_404(Report.objects.defer(*Report.HEAVY), pk=report_id, withdrawn_at=None)
    piece = add_evidence(
        title=report.title,
        kind="record",
        report_id=report.pk,
        dated_on=timezone.localtime(report.issued_at).date(),
        may_name_pupils=False,  # it holds totals, small numbers hidden
        by=request.user,
    )
    messages.success(request, "It is in the cabinet. Say what it shows.")
    return redirect("evidence-change", request.school.slug, piece.pk)
