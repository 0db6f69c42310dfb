"""Starting, editing and issuing a paper."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.reports.models import FrozenFigure, Report
from dekaan.reports.paper import governors_paper
from dekaan.reports.queries import gather
from dekaan.schools.models import School

BOXES = ("summary", "concerns", "asks")


@transaction.atomic
def issue_report(
    school: School, *, on: date, by: User | None, summary: str = "", concerns: str = "", asks: str = ""
) -> Report:
    """The governors' paper of that day is frozen: its words, its figures and its PDF never change again."""
    year = academic_year_of(on)
    title = f"Careers: report to governors, {on:%B %Y}"
    boxes = {"summary": summary, "concerns": concerns, "asks": asks}
    gathered = gather(school, on=on, boxes=boxes, title=title)
    report = Report.objects.create(
        title=title,
        academic_year=year,
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
                on=on,
            )
            for figure in gathered.figures
        ],
        batch_size=500,
    )
    record(action="report issued", by=by, subject="report", subject_id=report.pk, detail={"year": year_label(year)})
    return report


def governors_report_pdf(school: School, *, on: date) -> bytes:
    """The paper of that day as PDF, without freezing anything."""
    boxes = dict.fromkeys(BOXES, "")
    return governors_paper(
        gather(school, on=on, boxes=boxes, title=f"Careers: report to governors, {on:%B %Y}").content
    )
