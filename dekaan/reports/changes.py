"""Issuing a paper, and taking a wrong one back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import year_label
from dekaan.reports.models import FrozenFigure, Report
from dekaan.reports.paper import governors_paper
from dekaan.reports.queries.again import source_of
from dekaan.reports.queries.paper import gather, title_of
from dekaan.reports.queries.terms import TermOfYear, term_asked, why_none
from dekaan.schools.models import School

BOXES = ("summary", "concerns", "asks")


class NothingToReport(Exception):
    """Of that term there is nothing to report; the exception says why in a sentence."""


class AlreadyWithdrawn(Exception):
    """Somebody has taken the paper back before."""


@transaction.atomic
def issue_report(
    school: School,
    *,
    on: date,
    by: User | None,
    term: TermOfYear | None = None,
    summary: str = "",
    concerns: str = "",
    asks: str = "",
) -> Report:
    """The paper about that term (the one that runs, unless said) is frozen as it is that day.

    Its words, its figures and its PDF never change again. Raises NothingToReport.
    """
    term = term or term_asked("", on)
    if why := why_none(school, term, on):
        raise NothingToReport(why)
    boxes = {"summary": summary, "concerns": concerns, "asks": asks}
    gathered = gather(school, term, on=on, boxes=boxes)
    report = Report.objects.create(
        title=title_of(term),
        academic_year=term.academic_year,
        term=term.term,
        figures_on=on,
        content=gathered.content,
        pdf=governors_paper(gathered.content),
        issued_at=timezone.now(),
        issued_by=by,
        **boxes,
    )
    FrozenFigure.objects.bulk_create(
        [
            FrozenFigure(
                report=report,
                framework=figure.framework,
                criterion=figure.criterion,
                academic_year=figure.academic_year,
                breakdown=figure.breakdown,
                value=figure.value,
                met=figure.met,
                of=figure.of,
                unknown=figure.unknown,
                assumed=figure.assumed,
                on=on,
                source=source_of(figure),
            )
            for figure in gathered.figures
        ],
        batch_size=500,
    )
    detail = {"year": year_label(term.academic_year), "term": term.name}
    record(action="report issued", by=by, subject="report", subject_id=report.pk, detail=detail)
    return report


@transaction.atomic
def withdraw_report(report: Report, *, because: str, by: User | None) -> None:
    """The paper is taken back, for a reason: it stays in the list and says so, and its PDF is what it was.

    Raises AlreadyWithdrawn.
    """
    report = Report.objects.select_for_update(of=("self",)).defer(*Report.HEAVY).get(pk=report.pk)
    if report.is_withdrawn:
        raise AlreadyWithdrawn
    report.withdrawn_at = timezone.now()
    report.withdrawn_by = by
    report.withdrawn_because = because
    report.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record(action="report withdrawn", by=by, subject="report", subject_id=report.pk)


def governors_report_pdf(school: School, *, on: date) -> bytes:
    """The paper of that day about the term that runs, as PDF, without freezing anything."""
    return governors_paper(gather(school, term_asked("", on), on=on, boxes=dict.fromkeys(BOXES, "")).content)
