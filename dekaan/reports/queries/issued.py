"""The papers that were issued."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dekaan.reports.models import FrozenFigure, Report
from dekaan.schools.models import School

Key = tuple[str, str, int, str, str]  # framework, criterion, academic year, breakdown, value
Told = tuple[int | None, int | None, int | None]  # met, of, unknown; None where it was hidden


@dataclass(frozen=True)
class LastPaper:
    """What the last paper of a kind said, and of which day its figures were; nothing where there is none."""

    figures_on: date | None = None
    told: Mapping[Key, Told] = field(default_factory=dict)


def reports() -> list[Report]:
    """Every report of the school in scope, newest first, without its paper; the withdrawn ones too."""
    return list(Report.objects.defer(*Report.HEAVY).select_related("issued_by", "withdrawn_by"))


def last_paper(kind: str) -> LastPaper:
    """The newest paper of that kind that nobody has withdrawn."""
    last = Report.objects.filter(kind=kind, withdrawn_at=None).defer(*Report.HEAVY).first()
    return LastPaper() if last is None else LastPaper(last.figures_on, frozen(last))


def frozen(report: Report) -> dict[Key, Told]:
    """Every figure that the paper froze."""
    rows = FrozenFigure.objects.filter(report=report).order_by()
    found = rows.values_list("framework", "criterion", "academic_year", "breakdown", "value", "met", "of", "unknown")
    return {tuple(row[:5]): tuple(row[5:]) for row in found}


def file_name(school: School, report: Report, kind: str) -> str:
    """ "ashdown-governors-2026-11-24.pdf"; it says where the paper was withdrawn."""
    withdrawn = "-withdrawn" if report.is_withdrawn else ""
    return f"{school.slug}-{report.kind}-{report.figures_on}{withdrawn}.{kind}"
