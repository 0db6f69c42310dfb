"""Issuing a paper, taking a wrong one back, handing it over, and what governors say of it by a link."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import year_label
from dekaan.measures.queries import Figure
from dekaan.reports.models import ApprovalLink, FrozenFigure, Handed, Report, ReportApproval, Whom
from dekaan.reports.paper import governors_paper, leaders_paper
from dekaan.reports.queries.again import source_of
from dekaan.reports.queries.paper import gather, title_of
from dekaan.reports.queries.sections import LONGEST
from dekaan.reports.queries.terms import TermOfYear, term_asked, why_none
from dekaan.reports.slides import slides
from dekaan.reports.written import document
from dekaan.schools.models import School

BOXES = ("summary", "concerns", "asks")


class NothingToReport(Exception):
    """Of that term there is nothing to report; the exception says why in a sentence."""


class AlreadyWithdrawn(Exception):
    """Somebody has taken the paper back before."""


class ApprovedAlready(Exception):
    """That approval stands here already."""


class IssuedItYourself(Exception):
    """Whoever issued a paper does not record that it was approved."""


class SaidAlready(Exception):
    """The governor has said it for good, or the link opens the paper no more."""


@transaction.atomic
def issue_report(
    school: School,
    *,
    on: date,
    by: User | None,
    kind: Report.Kind = Report.Kind.GOVERNORS,
    term: TermOfYear | None = None,
    summary: str = "",
    concerns: str = "",
    asks: str = "",
) -> Report:
    """The paper about that term (the one that runs, unless said) is frozen as it is that day.

    Its words, its figures, its PDF, and of a governors' report Word and slides, never change again. Raises NothingToReport.
    """
    term = term or term_asked("", on)
    if why := why_none(school, term, on):
        raise NothingToReport(why)
    boxes = {"summary": summary, "concerns": concerns, "asks": asks}
    gathered = gather(school, term, on=on, boxes=boxes, kind=kind)
    is_for_governors = kind == Report.Kind.GOVERNORS
    report = Report.objects.create(
        kind=kind,
        title=title_of(term, kind),
        academic_year=term.academic_year,
        term=term.term,
        figures_on=on,
        content=gathered.content,
        pdf=governors_paper(gathered.content) if is_for_governors else leaders_paper(gathered.content),
        word=document(gathered.content) if is_for_governors else b"",
        slides=slides(gathered.content) if is_for_governors else b"",
        issued_at=timezone.now(),
        issued_by=by,
        **boxes,
    )
    FrozenFigure.objects.bulk_create([_frozen(report, each, on) for each in gathered.figures], batch_size=500)
    detail = {"year": year_label(term.academic_year), "term": term.name}
    record(action="report issued", by=by, subject="report", subject_id=report.pk, detail=detail)
    return report


def _frozen(report: Report, figure: Figure, on: date) -> FrozenFigure:
    return FrozenFigure(
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
        says=figure.band[:LONGEST],
        on=on,
        source=source_of(figure),
    )


@transaction.atomic
def withdraw_report(report: Report, *, because: str, by: User | None) -> None:
    """The paper is taken back, for a reason: it stays in the list and says so, and its PDF is what it was.

    Raises AlreadyWithdrawn.
    """
    report = _held(report.pk)
    if report.is_withdrawn:
        raise AlreadyWithdrawn
    report.withdrawn_at = timezone.now()
    report.withdrawn_by = by
    report.withdrawn_because = because
    report.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record(action="report withdrawn", by=by, subject="report", subject_id=report.pk)


def _held(number: int, *heavy: str) -> Report:
    """The paper as it is now: nobody takes it back until the transaction ends."""
    return Report.objects.select_for_update(of=("self",)).defer(*(heavy or Report.HEAVY)).get(pk=number)


def governors_report_pdf(school: School, *, on: date) -> bytes:
    """The paper of that day about the term that runs, as PDF, without freezing anything."""
    return governors_paper(gather(school, term_asked("", on), on=on, boxes=dict.fromkeys(BOXES, "")).content)


@transaction.atomic
def hand_over(report: Report, *, whom: str, form: str, on: date, by: User | None, named: str = "") -> Handed:
    """The log says to whom the paper was handed, in which form, on which day, and who says so. Raises AlreadyWithdrawn."""
    if _held(report.pk).is_withdrawn:
        raise AlreadyWithdrawn
    handed = Handed.objects.create(
        report=report, whom=whom, named=named, form=form, handed_on=on, noted_at=timezone.now(), noted_by=by
    )
    record(action="report handed over", by=by, subject="report", subject_id=report.pk, detail={"whom": whom})
    return handed


@transaction.atomic
def take_handing_back(handed: Handed, *, by: User | None) -> None:
    """The line of the log was wrong: it stays, and says so. Taken back before, nothing happens."""
    now = timezone.now()
    if Handed.objects.filter(pk=handed.pk, taken_back_at=None).update(taken_back_at=now, taken_back_by=by):
        record(action="report's handing over taken back", by=by, subject="report", subject_id=handed.report_id)


@transaction.atomic
def make_link(report: Report, *, name: str, capacity: str, open_until: date, by: User | None) -> ApprovalLink:
    """The governor of that name can read the paper by a link until that day.

    That nobody has sent it yet the log cannot know, so it is handed over when the governor first answers. Raises
    AlreadyWithdrawn.
    """
    held = _held(report.pk)
    if held.is_withdrawn:
        raise AlreadyWithdrawn
    link = ApprovalLink(report=held, said_by=name, capacity=capacity, open_until=open_until)
    link.made_at, link.made_by = timezone.now(), by
    link.save()  # its key is made of its number
    link.renew_key()
    link.save(update_fields=["link_hash", "link_round"])
    record(action="report's link made", by=by, subject="report", subject_id=report.pk)
    return link


@transaction.atomic
def end_link(link: ApprovalLink, *, by: User | None) -> None:
    """The link opens nothing any more; what was said by it stands. Ended before, nothing happens."""
    if ApprovalLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by):
        record(action="report's link ended", by=by, subject="report", subject_id=link.report_id)


@transaction.atomic
def say_by_link(link: ApprovalLink, *, said: str, comment: str, on: date) -> None:
    """What the governor says of the paper is kept, with the day and the paper's digest; so the paper was handed over.

    A receipt may be followed by an approval; an approval, or a refusal, stands. Raises SaidAlready, AlreadyWithdrawn.
    """
    link = ApprovalLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    report = _held(link.report_id, "word", "slides", "content")
    if not link.is_open or link.is_final:
        raise SaidAlready
    if report.is_withdrawn:
        raise AlreadyWithdrawn
    if not link.said:
        named = f"{link.said_by}, {link.capacity}"[:80]
        hand_over(report, whom=Whom.GOVERNORS, form=Handed.Form.LINK, on=on, by=None, named=named)
    link.said, link.said_on, link.comment, link.digest = said, on, comment, report.digest
    link.save(update_fields=["said", "said_on", "comment", "digest"])
    record(action="report answered by link", by=None, subject="report", subject_id=report.pk, detail={"said": said})


@transaction.atomic
def record_approval(
    report: Report, *, capacity: str, signed_by: str, signed_on: date, minute: str = "", by: User
) -> ReportApproval:
    """Governors approved that very paper at a meeting: who signed, for whom, on which day, where it is minuted.

    Raises AlreadyWithdrawn, IssuedItYourself, ApprovedAlready.
    """
    held = _held(report.pk, "word", "slides", "content")
    if held.is_withdrawn:
        raise AlreadyWithdrawn
    if held.issued_by_id == by.pk:
        raise IssuedItYourself
    said = {"capacity": capacity, "signed_by": signed_by, "signed_on": signed_on}
    if ReportApproval.objects.filter(report=held, **said).exists():
        raise ApprovedAlready
    approval = ReportApproval.objects.create(report=held, minute=minute, digest=held.digest, recorded_by=by, **said)
    record(action="report's approval recorded", by=by, subject="report", subject_id=held.pk, detail={"by": capacity})
    return approval


@transaction.atomic
def forget_governors(before: date) -> int:
    """What was handed over or said before that day stands without the name; of how many lines it was taken."""
    links = ApprovalLink.objects.filter(open_until__lt=before).exclude(said_by="").update(said_by="", comment="")
    handed = Handed.objects.filter(handed_on__lt=before).exclude(named="").update(named="")
    signed = ReportApproval.objects.filter(signed_on__lt=before).exclude(signed_by="").update(signed_by="")
    if links or handed or signed:
        detail = {"names": links + handed + signed}
        record(action="names of governors let go", by=None, subject="school", detail=detail)
    return links + handed + signed
