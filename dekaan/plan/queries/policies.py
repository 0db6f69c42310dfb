"""Reading the register of policies. What Dekaan publishes itself is added on the floor that publishes it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from dekaan.plan.models import Policy

SOON = timedelta(days=60)


@dataclass(frozen=True)
class PolicyLine:
    """A line of the register: a policy with its dates, and where it lives."""

    title: str
    who: str
    approved: str
    next_review_on: date | None
    state: str  # "in-date", "soon", "overdue", "no-date"
    policy: Policy | None = None  # None where Dekaan keeps it itself
    leads_to: str = ""  # the name of the page on which it lives
    args: tuple[Any, ...] = ()

    @property
    def words(self) -> str:
        """The state in words."""
        return {
            "in-date": "in date",
            "soon": "to be reviewed soon",
            "overdue": "review overdue",
            "no-date": "no review date",
        }[self.state]

    @property
    def mark(self) -> str:
        """How its tag is drawn."""
        return {"in-date": "met", "soon": "open", "overdue": "broken"}.get(self.state, "unknown")


def review_state(next_review_on: date | None, on: date) -> str:
    """How near the next review is."""
    if next_review_on is None:
        return "no-date"
    if next_review_on < on:
        return "overdue"
    return "soon" if next_review_on <= on + SOON else "in-date"


def policies() -> QuerySet[Policy]:
    """Those of the school's own that are in use."""
    return Policy.objects.filter(withdrawn_on=None).select_related("owner", "evidence")


def policy_lines(on: date) -> list[PolicyLine]:
    """The school's own policies as lines of the register."""
    return [
        PolicyLine(
            title=each.title,
            who=each.who,
            approved=f"{each.approved_by}, {each.approved_on:%-d %B %Y}" if each.approved_on else "",
            next_review_on=each.next_review_on,
            state=review_state(each.next_review_on, on),
            policy=each,
        )
        for each in policies()
    ]


def review_soon(until: date) -> QuerySet[Policy]:
    """Those whose review is due by that day."""
    return policies().filter(next_review_on__lte=until)


def withdrawn() -> QuerySet[Policy]:
    """Those that are no longer in use, the last withdrawn first."""
    return Policy.objects.exclude(withdrawn_on=None).order_by("-withdrawn_on", "pk")
