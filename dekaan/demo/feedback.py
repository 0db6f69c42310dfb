"""Three years of feedback that slowly gets better, two evaluations, and what was done about them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from django.db.models import Count

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of
from dekaan.demo.calendar import school_day
from dekaan.people.models import StaffMember, YearRecord
from dekaan.programme.models import Session
from dekaan.quality.changes import finish_improvement, open_collection, plan_improvement, write_evaluation
from dekaan.quality.models import Answer, Collection, Improvement, Line, Mark
from dekaan.quality.queries import CHOICE, LINE, Question, questionnaires, wording_of

# Activities after which pupils are asked, and how they like them.
LIKED = {"Careers fair": 0.58, "Mock interviews": 0.7, "College taster day": 0.66, "Work experience week": 0.78}
WEEK = timedelta(days=7)
WRITTEN = {
    "pupils": ("More time to talk to people", "Tell us before what it is for", "It was good", "Visits, not slides"),
    "staff": ("A list of what each year group does", "Time to plan it in our subject", "More notice"),
    "carers": ("Write to us earlier", "The evening was helpful", "More about apprenticeships"),
    "employers": ("Smaller groups", "Send the plan a week before", "Happy to come again"),
    "advisers": ("A room with a door", "Earlier lists of who needs a meeting"),
    "governors": ("Figures beside those of last year",),
}
SOME_WRITE = 0.08


@dataclass(frozen=True)
class Round:
    """Something that is asked every year: when, of how many, how many of them answer, and how well they think of it."""

    key: str
    month: int
    day: int
    asked: int | None = None  # None where nobody knows
    answers: int = 0
    liked: float = 0.6
    moment: str = ""
    year_group: int | None = None


ROUNDS = (
    Round("employers", 11, 12, 24, 15, 0.72),
    Round("carers", 1, 20, None, 64, 0.52),
    Round("staff", 2, 9, 60, 38, 0.5),
    Round("governors", 3, 16, 11, 7, 0.55),
    Round("advisers", 6, 18, 2, 2, 0.6),
    Round("pupils-year", 6, 8, liked=0.55),
    Round("pulse-7", 9, 17, liked=0.38, year_group=7),
    Round("pulse-9", 10, 6, liked=0.42, moment="before", year_group=9),
    Round("pulse-9", 3, 9, liked=0.6, moment="after", year_group=9),
    Round("pulse-11", 9, 24, liked=0.5, moment="before", year_group=11),
    Round("pulse-11", 4, 22, liked=0.68, moment="after", year_group=11),
)


def write_feedback(rng: Random, *, staff: Sequence[StaffMember], by: User, years: Sequence[int], today: date) -> None:
    """Every year's collections and answers are in the database, and two evaluations with what came of them."""
    given: list[tuple[Collection, int | None, float]] = []
    for better, year in enumerate(years):
        sizes = _sizes(year)
        for each in ROUNDS:
            on = school_day(year, each.month, each.day)
            if on <= today and (each.year_group is None or each.year_group in sizes):
                given += _round(rng, each, on, sizes, better, by)
        given += _after_activities(rng, year, better, by, today)
    given += _open_today(by, today)
    _answers(rng, given, today)
    for year in years[:-1][-2:]:
        _evaluation(rng, year, staff, by, today)


def _sizes(year: int) -> dict[int, int]:
    """How many pupils each year group has."""
    found = YearRecord.objects.filter(academic_year=year).order_by().values_list("year_group")
    return dict(found.annotate(number=Count("pk")).order_by("year_group"))


def _round(
    rng: Random, each: Round, on: date, sizes: Mapping[int, int], better: int, by: User
) -> Iterator[tuple[Collection, int | None, float]]:
    """The collection of a round, once for each who answers: their year group, and how well they think of it."""
    groups = {each.year_group: sizes[each.year_group]} if each.year_group else dict(sizes)
    asked = each.asked if each.answers else sum(groups.values())
    collection = open_collection(
        questionnaires()[each.key],
        closes_on=on + 2 * WEEK,
        opened_on=on,
        by=by,
        invited=asked,
        moment=each.moment,
        year_group=each.year_group,
    )
    liked = each.liked + 0.06 * better
    if each.answers:
        yield from ((collection, None, liked) for _ in range(each.answers + rng.randint(0, 3 * better)))
    for year_group, size in groups.items() if not each.answers else ():
        yield from ((collection, year_group, liked) for _ in range(round(size * rng.uniform(0.3, 0.5))))


def _after_activities(
    rng: Random, year: int, better: int, by: User, today: date
) -> Iterator[tuple[Collection, int | None, float]]:
    sessions = Session.objects.filter(activity__title__in=LIKED, recorded_at__isnull=False, catches_up=None)
    asked: set[str] = set()
    for session in sessions.select_related("activity").prefetch_related("invitations").order_by("held_on", "pk"):
        title = session.activity.title
        if academic_year_of(session.held_on) != year or session.held_on > today or title in asked:
            continue
        asked.add(title)
        collection = open_collection(
            questionnaires()["pupils-activity"],
            session=session,
            closes_on=session.held_on + WEEK,
            opened_on=session.held_on,
            by=by,
        )
        years = sorted({each.year_group for each in session.invitations.all() if each.year_group})
        for _ in range(round((collection.invited or 0) * rng.uniform(0.35, 0.6))):
            yield collection, rng.choice(years) if years else None, LIKED[title] + 0.05 * better


def _open_today(by: User, today: date) -> Iterator[tuple[Collection, int | None, float]]:
    """What is on today is asked about already; answers are in once it has happened, and not before."""
    for session in Session.objects.filter(held_on=today).select_related("activity").order_by("pk")[:1]:
        collection = open_collection(
            questionnaires()["pupils-activity"], session=session, closes_on=today + WEEK, opened_on=today, by=by
        )
        if session.has_happened:
            yield from ((collection, 10, 0.7) for _ in range(min(14, (collection.invited or 0) // 3)))


def _answers(rng: Random, given: Iterable[tuple[Collection, int | None, float]], today: date) -> None:
    rows = [
        (
            Answer(
                collection=collection,
                came_by=Answer.CameBy.LINK,
                year_group=year_group,
                given_on=min(today, collection.opened_on + timedelta(days=rng.randint(0, 6))),
            ),
            liked,
        )
        for collection, year_group, liked in given
    ]
    Answer.objects.bulk_create((row for row, _ in rows), batch_size=5000)
    marks, lines = list[Mark](), list[Line]()
    for row, liked in rows:
        for question in wording_of(row.collection).questions:
            if question.kind == LINE:
                if rng.random() < SOME_WRITE:
                    words = rng.choice(WRITTEN[row.collection.audience])
                    lines.append(Line(collection=row.collection, answer=row, question=question.key, words=words))
            elif rng.random() < 0.97 or question.fixed:
                marks.append(Mark(answer=row, question=question.key, value=_value(rng, question, liked)))
    Mark.objects.bulk_create(marks, batch_size=5000)
    Line.objects.bulk_create(lines)


def _value(rng: Random, question: Question, liked: float) -> int:
    """A step, liked the better the higher; or a choice, the first ones more often."""
    number = len(question.choices)
    if question.kind == CHOICE:
        return min(int(number * rng.random() ** 1.4), number - 1) + 1
    if rng.random() < liked:
        return 4 if rng.random() < 0.4 else 3
    return 1 if rng.random() < 0.3 else 2


def _evaluation(rng: Random, year: int, staff: Sequence[StaffMember], by: User, today: date) -> None:
    found = list(islice(Collection.objects.filter(academic_year=year, moment="").order_by("opened_on", "pk"), 4))
    on = min(school_day(year, 7, 6), today)
    evaluation = write_evaluation(
        academic_year=year,
        span="year",
        on=on,
        learnt="Pupils say that they meet employers, and less often that they know beforehand what it is for. "
        "Parents and carers hear of it too late to talk about it at home.",
        also_looked_at="The heat map of the year, and a talk with the link governor.",
        collections=found,
        by=by,
    )
    for days, what, is_done in (
        (70, "Each activity begins with two minutes on what it is for", True),
        (90, "A letter home three weeks before each evening", True),
        (110, "Departments get the year's plan in July", False),
    ):
        due = on + timedelta(days=days)
        plan = plan_improvement(evaluation, what=what, who=rng.choice(staff), due_on=due, by=by)
        if is_done and due <= today:
            finish_improvement(plan, by=by)
            Improvement.objects.filter(pk=plan.pk).update(done_on=due - timedelta(days=5))
