"""Last term's papers: issued on its last days, handed over, and one approved by a governor without an account."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from dekaan.access.models import User
from dekaan.reports.changes import hand_over, issue_report, make_link, say_by_link
from dekaan.reports.models import ApprovalLink, Handed, Report, Term, Whom
from dekaan.reports.queries.terms import TermOfYear, choosable_terms, why_none
from dekaan.schools.models import School

SUMMER_HOLIDAY, OTHER_HOLIDAY = timedelta(days=50), timedelta(days=17)


def write_reports(school: School, *, by: User, today: date, with_approval: bool) -> None:
    """The governors' report of the term before is issued and handed over, and the summary for senior leaders."""
    terms = choosable_terms(today)
    term = terms[1] if len(terms) > 1 else None
    if term is None or why_none(school, term, today):
        return
    on = _last_days(term)
    report = issue_report(
        school,
        on=on,
        term=term,
        by=by,
        summary="Every year group met employers this year. Workplaces are what is still hardest to find.",
        concerns="Year 12 came back from a quiet autumn: few had been anywhere by Easter.",
        asks="Two days of cover in the autumn for visits to workplaces.",
    )
    leaders = issue_report(
        school,
        kind=Report.Kind.LEADERS,
        on=on,
        term=term,
        by=by,
        summary="Provider access was not met for all of Years 9 and 11 by 28 February. The rest is on its way.",
        asks="A place for careers on the agenda of heads of department.",
    )
    hand_over(report, whom=Whom.GOVERNORS, named="Clerk to governors", form=Handed.Form.PDF, on=on, by=by)
    hand_over(leaders, whom=Whom.LEADERS, form=Handed.Form.PAPER, on=on, by=by)
    if with_approval:
        open_until = today + timedelta(days=28)
        link = make_link(report, name="Ann Teasdale", capacity="Chair of governors", open_until=open_until, by=by)
        read_on = on + timedelta(days=4)
        say_by_link(link, said=ApprovalLink.Said.APPROVED, comment="Clear, and honest about Year 12.", on=read_on)
    at = timezone.make_aware(datetime.combine(on, time(15, 40)))
    Report.objects.update(issued_at=at)
    Handed.objects.update(noted_at=at)
    ApprovalLink.objects.update(made_at=at)


def _last_days(term: TermOfYear) -> date:
    """A Friday shortly before its holiday."""
    day = term.ends_on - (SUMMER_HOLIDAY if term.term == Term.SUMMER else OTHER_HOLIDAY)
    return day - timedelta(days=(day.weekday() - 4) % 7)
