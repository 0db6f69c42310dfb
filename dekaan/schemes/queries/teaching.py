"""Schemes, who may change them, and what of their lessons is planned and taught in a year: counted from the programme."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import year_end, year_start
from dekaan.frameworks.queries import Criterion, LearningArea, criterion, ids_of, learning_area
from dekaan.programme.models import Session
from dekaan.programme.queries import copies_of, sessions, year_groups_called
from dekaan.schemes.models import LessonPlan, Scheme, SchemeLesson, years_in_words


def schemes() -> QuerySet[Scheme]:
    """Every scheme with its owners, by title."""
    return Scheme.objects.prefetch_related("owners__staff")


def schemes_changed_by(user: User, permissions: frozenset[Permission]) -> QuerySet[Scheme]:
    """The schemes that this person may change: all for the careers team, else those that name them as an owner."""
    if Permission.PROGRAMME_CHANGE in permissions:
        return schemes()
    if Permission.SCHEMES_CHANGE not in permissions:
        return Scheme.objects.none()
    return schemes().filter(owners__staff__user=user)


def sessions_told_of(user: User, permissions: frozenset[Permission], visible: QuerySet[Session]) -> QuerySet[Session]:
    """The sessions that the person sees, and every one of the schemes that they own: those they may not open."""
    own = schemes_changed_by(user, permissions).order_by().values("pk")
    of_own = LessonPlan.objects.filter(lesson__scheme__in=own).order_by().values("activity_id")
    return sessions().filter(Q(pk__in=visible.order_by().values("pk")) | Q(activity__in=of_own))


@dataclass(frozen=True)
class Occasion:
    """A session that was planned from a lesson, and the year groups that it is for."""

    session: Session
    year_groups: tuple[int, ...]

    @property
    def years(self) -> str:
        """For whom it is, in words; whoever is invited by name has no year group here."""
        return years_in_words(list(self.year_groups)) or "some pupils"

    @property
    def is_taught(self) -> bool:
        """Whether it happened."""
        return self.session.has_happened


@dataclass(frozen=True)
class LessonLine:
    """A lesson of a scheme with what the programme says of it this year."""

    lesson: SchemeLesson
    occasions: tuple[Occasion, ...]
    to_plan: tuple[int, ...]  # year groups of the scheme for which it is not planned yet

    @property
    def state(self) -> str:
        """ "taught" to all whom the scheme is for, "planned" for all of them, or "open"."""
        if self.to_plan or not self.occasions:
            return "open"
        return "taught" if all(each.is_taught for each in self.occasions) else "planned"

    @property
    def left(self) -> str:
        """For whom it is not planned, in words, where it is planned for some."""
        return years_in_words(list(self.to_plan)) if self.occasions else ""

    @property
    def criteria(self) -> list[Criterion]:
        """What it counts towards."""
        return [each for one in ids_of(self.lesson.criteria) if (each := criterion(one))]

    @property
    def areas(self) -> list[LearningArea]:
        """The learning areas that it teaches."""
        return [each for key in self.lesson.learning_areas if (each := learning_area(key))]


@dataclass(frozen=True)
class SchemeLine:
    """A scheme in the list, with how many of its lessons are taught, planned and open this year."""

    scheme: Scheme
    lessons: int
    taught: int
    planned: int
    to_plan: int


def lessons_of(scheme: Scheme) -> list[SchemeLesson]:
    """The lessons of a scheme in their places, with the outcomes that they are to reach."""
    return list(scheme.lessons.select_related("scheme").prefetch_related("outcomes__outcome"))


def lesson_lines(lessons: Sequence[SchemeLesson], academic_year: int, visible: QuerySet[Session]) -> list[LessonLine]:
    """What those of the `visible` sessions say of the lessons in that year; their scheme is at hand.

    Cancelled sessions and catch-ups say nothing. A fixed number of statements, however many lessons there are.
    """
    planned = LessonPlan.objects.filter(lesson__in=[each.pk for each in lessons]).order_by()
    activities: dict[int, set[int]] = defaultdict(set)
    plans = list(planned.values_list("lesson_id", "activity_id"))
    copies = copies_of(activity_id for _, activity_id in plans)  # rolled forward, where it had to be tagged anew
    for lesson_id, activity_id in plans:
        activities[lesson_id] |= copies[activity_id]
    found = list(
        visible.filter(
            activity__in=set().union(*activities.values()),
            held_on__gte=year_start(academic_year),
            held_on__lte=year_end(academic_year),
            cancelled_at__isnull=True,
            catches_up__isnull=True,
        )
    )
    called = year_groups_called(found, academic_year)
    occasions = [Occasion(each, tuple(sorted(called[each.pk]))) for each in found]
    return [
        _line(each, [one for one in occasions if one.session.activity_id in activities[each.pk]]) for each in lessons
    ]


def _line(lesson: SchemeLesson, occasions: Iterable[Occasion]) -> LessonLine:
    found = tuple(occasions)
    reached = {year for each in found for year in each.year_groups}
    return LessonLine(lesson, found, tuple(sorted(set(lesson.scheme.year_groups) - reached)))


def scheme_lines(academic_year: int, visible: QuerySet[Session]) -> list[SchemeLine]:
    """Every scheme, those that are offered first, with where its lessons stand that year."""
    listed = list(schemes())
    by_scheme: dict[int, list[LessonLine]] = defaultdict(list)
    lessons = list(SchemeLesson.objects.select_related("scheme"))
    for line in lesson_lines(lessons, academic_year, visible):
        by_scheme[line.lesson.scheme_id].append(line)
    found = [_counted(each, by_scheme[each.pk]) for each in listed]
    return sorted(found, key=lambda each: each.scheme.given_up_on is not None)


def _counted(scheme: Scheme, lines: Sequence[LessonLine]) -> SchemeLine:
    taught, planned, to_plan = (sum(each.state == state for each in lines) for state in ("taught", "planned", "open"))
    return SchemeLine(scheme, len(lines), taught, planned, to_plan)
