"""What was learnt and changed, and what is overdue."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dekaan.core.academic_year import today
from dekaan.quality.models import Collection, Evaluation, Improvement
from dekaan.quality.queries.figures import CollectionLine, Tally, collection_lines, collections
from dekaan.quality.queries.year import by_audience


@dataclass(frozen=True)
class SideBySide:
    """An audience's answers of two years."""

    name: str
    before: Tally | None
    now: Tally | None

    @property
    def difference(self) -> int | None:
        """In points of a hundred; None where either is hidden or missing."""
        shares = [each.share if each else None for each in (self.before, self.now)]
        return None if None in shares else shares[1] - shares[0]  # type: ignore[operator]

    @property
    def is_few(self) -> bool:
        """Whether either year has too few answers to say anything."""
        return any(each.is_few for each in (self.before, self.now) if each)


@dataclass(frozen=True)
class Waiting:
    """What feedback has waiting for somebody: collections that are open, changes whose day is over."""

    open: int
    overdue: int

    def __bool__(self) -> bool:
        return bool(self.open or self.overdue)


def evaluations() -> QuerySet[Evaluation]:
    """Every evaluation, the newest first, with its changes."""
    return Evaluation.objects.prefetch_related("improvements__who")


def improvements_of(academic_year: int) -> list[Improvement]:
    """What the evaluations of that year changed, by the day until when."""
    found = Improvement.objects.filter(evaluation__academic_year=academic_year)
    return list(found.select_related("who", "evaluation"))


def overdue(on: date | None = None) -> QuerySet[Improvement]:
    """Changes whose day is over and that are not done."""
    found = Improvement.objects.filter(done_on=None, due_on__lt=on or today())
    return found.select_related("who", "evaluation")


def looked_at(evaluation: Evaluation, *, exactly: bool) -> list[CollectionLine]:
    """The collections that the evaluation looked at, with their figures."""
    return collection_lines(
        collections().filter(pk__in=evaluation.looked_at.order_by().values("collection_id")), exactly=exactly
    )


def side_by_side(academic_year: int, *, exactly: bool) -> list[SideBySide]:
    """What each audience answered in the year before and in this one."""
    before = {each.name: each for each in by_audience(academic_year - 1, exactly=exactly)}
    now = {each.name: each for each in by_audience(academic_year, exactly=exactly)}
    names = [*before, *(name for name in now if name not in before)]
    return [SideBySide(name, before.get(name), now.get(name)) for name in names]


def feedback_waiting(on: date | None = None) -> Waiting:
    """What needs somebody, for the home page."""
    day = on or today()
    return Waiting(Collection.objects.filter(closes_on__gte=day).count(), overdue(day).count())
