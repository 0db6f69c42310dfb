"""The one-month clock of a request, with its lawful pauses.

One calendar month from the day of receipt: the same date of the next month, or its last day where there is none; on a
Saturday or Sunday the Monday after (the Information Commissioner's guidance on the right of access). The clock stands
still while the school waits for proof of identity or for what is wanted (UK GDPR Article 12A, from 5 February 2026). Two
further months where a request is complex. A complaint is acknowledged within 30 days (Data Protection Act 2018, section
164A). Bank holidays are not known here: an answer is never late for their sake.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from dekaan.core.academic_year import months_after
from dekaan.privacy.models import Case, CasePause

ACKNOWLEDGE = timedelta(days=30)
MONTHS, EXTENDED_MONTHS = 1, 3


def due_on(case: Case, pauses: Iterable[CasePause], today: date) -> date:
    """The last day on which the answer is in time, were the clock to run from today on."""
    if case.kind == Case.Kind.COMPLAINT:
        return case.received_on + ACKNOWLEDGE
    day = months_after(case.received_on, EXTENDED_MONTHS if case.extended_because else MONTHS)
    day += timedelta(days=_days_paused(pauses, today))
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _days_paused(pauses: Iterable[CasePause], today: date) -> int:
    """Days on which the clock stood still, a day counted once."""
    still: set[date] = set()
    for pause in pauses:
        days = ((pause.ends_on or today) - pause.starts_on).days
        still |= {pause.starts_on + timedelta(days=number) for number in range(days)}
    return len(still)


def clock_in_words(case: Case, pauses: list[CasePause], today: date) -> str:
    """What the clock says, in one sentence."""
    if case.closed_on:
        return f"Closed on {case.closed_on.day} {case.closed_on:%B %Y}."
    due = due_on(case, pauses, today)
    said = f"{due.day} {due:%B %Y}"
    if case.kind == Case.Kind.COMPLAINT:
        if case.acknowledged_on:
            return (
                f"Acknowledged on {case.acknowledged_on.day} {case.acknowledged_on:%B %Y}; answer without undue delay."
            )
        left = (due - today).days
        return f"To be acknowledged by {said}: {_days(left)}."
    standing = next((pause for pause in pauses if pause.ends_on is None), None)
    if standing:
        return f"The clock stands still, {standing.get_reason_display()}; were it to run from today, due by {said}."
    return f"Due by {said}: {_days((due - today).days)}."


def _days(left: int) -> str:
    if left < 0:
        return f"{-left} day{'s' if left < -1 else ''} late"
    return "today" if left == 0 else f"{left} day{'s' if left > 1 else ''} left"
