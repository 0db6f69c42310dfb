"""The report log: what was handed to whom, when and in which form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.reports import changes
from dekaan.reports.forms import Handing, Minuted
from dekaan.reports.models import Handed, Report
from dekaan.reports.queries.log import log


@needs(Permission.REPORTS_SEE)
def report_log(request: SchoolRequest) -> HttpResponse:
    """Every line, the newest first."""
    return render(request, "reports/report_log.html", {"lines": log()})


@needs(Permission.REPORTS_ISSUE)
def report_handed_new(request: SchoolRequest, report_id: int) -> HttpResponse:
    """Note that a paper was handed to somebody."""
    report = get_object_or_404(Report.objects.defer("pdf", "content"), pk=report_id, withdrawn_at=None)
    form = Handing(request.POST if request.method == "POST" else None, report=report)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        whom, named, sent = said["whom"], said["named"], said["form"]
        try:
            handed = changes.hand_over(report, whom=whom, named=named, form=sent, on=said["handed_on"], by=request.user)
        except changes.AlreadyWithdrawn:
            messages.error(request, "The paper has been withdrawn meanwhile: nothing was noted.")
        else:
            got = handed.get_whom_display().lower()
            messages.success(request, f"Noted: handed to {got} on {handed.handed_on:%-d %B %Y}.")
        return redirect("report-detail", request.school.slug, report.pk)
    return render(request, "reports/report_handed_new.html", {"form": form, "report": report})


@needs(Permission.REPORTS_ISSUE)
@require_POST
def report_handed_back(request: SchoolRequest, handed_id: int) -> HttpResponse:
    """A line of the log was wrong."""
    handed = get_object_or_404(Handed, pk=handed_id)
    changes.take_handing_back(handed, by=request.user)
    messages.success(request, "Taken back. The line stays, and says so.")
    return redirect("report-detail", request.school.slug, handed.report_id)


@needs(Permission.PLAN_APPROVE)
def report_approval_new(request: SchoolRequest, report_id: int) -> HttpResponse:
    """Record from the minutes that governors approved the paper; whoever issued it does not."""
    report = get_object_or_404(Report.objects.defer(*Report.HEAVY), pk=report_id, withdrawn_at=None)
    form = Minuted(request.POST if request.method == "POST" else None, report=report)
    if request.method == "POST" and form.is_valid():
        try:
            approval = changes.record_approval(report, by=request.user, **form.cleaned_data)
        except changes.IssuedItYourself:
            form.add_error(None, "You issued this paper. Somebody else records that governors approved it.")
        except changes.ApprovedAlready:
            form.add_error(None, "That approval is recorded already.")
        except changes.AlreadyWithdrawn:
            messages.error(request, "The paper has been withdrawn meanwhile: nothing was recorded.")
            return redirect("report-detail", request.school.slug, report.pk)
        else:
            messages.success(request, f"Recorded: approved by {approval}.")
            return redirect("report-detail", request.school.slug, report.pk)
    return render(request, "reports/report_approval_new.html", {"form": form, "report": report})
