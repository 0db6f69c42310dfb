"""Screens of the reports."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.evidence.changes import add_evidence
from dekaan.reports import changes
from dekaan.reports.forms import Boxes, Withdrawal
from dekaan.reports.models import Report
from dekaan.reports.queries.issued import reports
from dekaan.reports.queries.paper import gather
from dekaan.reports.queries.picture import drawn
from dekaan.reports.queries.terms import TermOfYear, choosable_terms, term_asked, term_named, why_none


@needs(Permission.REPORTS_SEE)
def report_list(request: SchoolRequest) -> HttpResponse:
    """The papers issued, the withdrawn ones struck through, and the button to write one."""
    return render(request, "reports/report_list.html", {"reports": reports()})


@needs(Permission.REPORTS_ISSUE)
def report_governors(request: SchoolRequest) -> HttpResponse:
    """The term, three boxes, and the paper as it stands; freezing makes the PDF."""
    term = term_asked(request.GET.get("term", ""), today())
    named = term_named(request.GET.get("term", "")) or term
    if why := why_none(request.school, named, today()):
        return _no_term(request, named, why)
    form = Boxes(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = changes.issue_report(request.school, term=term, on=today(), by=request.user, **form.cleaned_data)
        messages.success(request, "Frozen. Later changes to the records will not change this paper.")
        return redirect("report-detail", request.school.slug, report.pk)
    content = gather(request.school, term, on=today(), boxes=dict.fromkeys(changes.BOXES, "")).content
    return render(
        request,
        "reports/report_governors.html",
        {
            "form": form,
            "content": content,
            "picture": drawn(content),
            "term": term,
            "terms": choosable_terms(today()),
        },
    )


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
    report = get_object_or_404(papers, pk=report_id)
    picture = drawn(report.content)
    return render(
        request, "reports/report_detail.html", {"report": report, "content": report.content, "picture": picture}
    )


@needs(Permission.REPORTS_SEE)
def report_download(request: SchoolRequest, report_id: int) -> HttpResponse:
    """An issued paper as PDF, the same bytes for ever; the name of the file says where it was withdrawn."""
    report = get_object_or_404(Report, pk=report_id)
    name = f"{request.school.slug}-governors-{report.figures_on}{'-withdrawn' if report.is_withdrawn else ''}.pdf"
    response = HttpResponse(bytes(report.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
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
