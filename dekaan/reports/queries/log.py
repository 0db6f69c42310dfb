"""The report log: what was handed to whom, when, in which form; and what governors said by a link."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dekaan.core.link_keys import hash_of
from dekaan.reports.models import ApprovalLink, Handed, Report, ReportApproval
from dekaan.schools.models import School


@dataclass(frozen=True)
class Told:
    """Somebody was told by a paper on a day: which paper, in which form, who says so."""

    on: date
    whom: str
    named: str
    form: str
    title: str
    report_id: int
    noted_by: str


def told(school: School, whom: Collection[str], since: date) -> list[Told]:
    """What those were told by papers from that day on, the newest first; neither withdrawn papers nor lines taken back."""
    rows = Handed.objects.filter(
        school=school, whom__in=whom, handed_on__gte=since, taken_back_at=None, report__withdrawn_at=None
    ).select_related("report", "noted_by")
    rows = rows.defer(*(f"report__{name}" for name in Report.HEAVY))
    return [
        Told(
            each.handed_on,
            each.get_whom_display(),
            each.named,
            each.get_form_display(),
            each.report.title,
            each.report_id,
            str(each.noted_by or ""),
        )
        for each in rows
    ]


def log() -> list[Handed]:
    """Every line of the log, the newest first; those taken back too."""
    rows = Handed.objects.select_related("report", "noted_by", "taken_back_by")
    return list(rows.defer(*(f"report__{name}" for name in Report.HEAVY)))


def handed_of(report: Report) -> list[Handed]:
    """The lines of the log about that paper."""
    return list(Handed.objects.filter(report=report).select_related("noted_by", "taken_back_by"))


def links_of(report: Report) -> list[ApprovalLink]:
    """The links that open that paper, and what was said by them."""
    return list(ApprovalLink.objects.filter(report=report).select_related("made_by", "ended_by"))


def opened_by(key: str) -> ApprovalLink | None:
    """The open link of the school in scope that the key opens."""
    found = ApprovalLink.objects.filter(link_hash=hash_of(key)).first()
    return found if found and found.is_open else None


def approvals_of(report: Report) -> list[ReportApproval]:
    """What was recorded of that paper from the minutes of meetings, the newest first."""
    return list(ReportApproval.objects.filter(report=report).select_related("recorded_by"))
