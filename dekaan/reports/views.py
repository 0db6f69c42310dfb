"""Screens of the reports."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.reports import changes
from dekaan.reports.forms import Boxes
from dekaan.reports.models import Report
from dekaan.reports.queries import gather, reports


@needs(Permission.REPORTS_SEE)
def report_list(request: SchoolRequest) -> HttpResponse:
    """The papers issued, and the button to make one."""
    return render(request, "reports/report_list.html", {"reports": reports()})


@needs(Permission.REPORTS_ISSUE)
def report_governors(request: SchoolRequest) -> HttpResponse:
    """Three boxes and the figures as they stand; freezing makes the paper."""
    form = Boxes(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = changes.issue_report(request.school, on=today(), by=request.user, **form.cleaned_data)
        messages.success(request, "Frozen. Later changes to the records will not change this paper.")
        return redirect("report-detail", request.school.slug, report.pk)
    boxes = dict.fromkeys(changes.BOXES, "")
    content = gather(request.school, on=today(), boxes=boxes, title="Report to governors").content
    return render(request, "reports/report_governors.html", {"form": form, "content": content})


@needs(Permission.REPORTS_SEE)
def report_detail(request: SchoolRequest, report_id: int) -> HttpResponse:
    """An issued paper on the screen."""
    report = get_object_or_404(Report.objects.defer("pdf"), pk=report_id)
    return render(request, "reports/report_detail.html", {"report": report, "content": report.content})


@needs(Permission.REPORTS_SEE)
def report_download(request: SchoolRequest, report_id: int) -> HttpResponse:
    """An issued paper as PDF."""
    report = get_object_or_404(Report, pk=report_id)
    response = HttpResponse(bytes(report.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{request.school.slug}-governors-{report.figures_on}.pdf"'
    return response
