"""Collections and answers for tests."""

from datetime import timedelta

from dekaan.core.academic_year import today
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.programme.models import Session
from dekaan.quality import changes
from dekaan.quality.changes import Given
from dekaan.quality.models import Collection
from dekaan.quality.queries import questionnaires

CAREERS_FAIR = {"purpose": 4, "new": 3, "me": 2, "part": 4, "next": 1}


def fair(stock, *, year_groups=(10,)) -> Session:
    """A careers fair yesterday for Year 10, or for the year groups given."""
    activity = plan_activity(title="Careers fair", activity_type="FAIR", by=stock.priya)
    return plan_session(
        activity, held_on=today() - timedelta(days=1), invited=Invited(year_groups=year_groups), by=stock.priya
    )


def opened(stock, key: str = "carers", **otherwise) -> Collection:
    """A collection that Priya opened, until in a week."""
    given = {"closes_on": today() + timedelta(days=7), "by": stock.priya} | otherwise
    return changes.open_collection(questionnaires()[key], **given)


def answered(
    collection: Collection, *, times: int = 1, year_group: int | None = None, group: str = "", **marks
) -> None:
    """So many people answered it alike, by the link."""
    before = collection.answers.count()
    for number in range(times):
        lines = {"line": marks["line"]} if "line" in marks else {}
        steps = {key: value for key, value in marks.items() if key != "line"}
        given = Given(steps, lines, year_group=year_group, group=group)
        changes.answer(collection, given, page=f"page {before + number}")
