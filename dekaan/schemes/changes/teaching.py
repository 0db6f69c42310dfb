"""Schemes are written, changed and given up; their lessons are put in order, and planned into the programme."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.frameworks.queries import benchmarks_in_force, ids_of, mask_of
from dekaan.people.models import StaffMember
from dekaan.programme.changes import Invited, plan_activity, plan_session, tag_learning
from dekaan.programme.models import Activity, LearningOutcome
from dekaan.programme.queries import tagged_anew
from dekaan.schemes.models import LessonOutcome, LessonPlan, Scheme, SchemeLesson, SchemeOwner


class NobodyToTeach(Exception):
    """A lesson is planned for one year group at least."""


@transaction.atomic
def add_scheme(*, by: User | None, owners: Iterable[StaffMember] = (), **fields: Any) -> Scheme:
    """There is a scheme without lessons, of those owners. `fields` are of Scheme."""
    scheme = Scheme.objects.create(**fields)
    _own(scheme, owners)
    record(action="scheme added", by=by, subject="scheme", subject_id=scheme.pk)
    return scheme


@transaction.atomic
def change_scheme(
    scheme: Scheme, *, by: User | None, owners: Iterable[StaffMember] | None = None, **fields: Any
) -> None:
    """The scheme is as given, its owners exactly those where any are given; what was planned from it stays."""
    changed = sorted(name for name, value in fields.items() if getattr(scheme, name) != value)
    for name in changed:
        setattr(scheme, name, fields[name])
    scheme.save()
    if owners is not None and _own(scheme, owners):
        changed.append("owners")
    record(action="scheme changed", by=by, subject="scheme", subject_id=scheme.pk, detail={"fields": changed})


def _own(scheme: Scheme, owners: Iterable[StaffMember]) -> bool:
    """The scheme is of exactly these; answers whether that is anything new."""
    wanted = {each.pk for each in owners}
    held = set(scheme.owners.values_list("staff_id", flat=True))
    scheme.owners.filter(staff_id__in=held - wanted).delete()
    SchemeOwner.objects.bulk_create(SchemeOwner(scheme=scheme, staff_id=each) for each in sorted(wanted - held))
    return wanted != held


@transaction.atomic
def add_lesson(
    scheme: Scheme,
    *,
    by: User | None,
    criteria: Iterable[str] = (),
    outcomes: Collection[LearningOutcome] = (),
    **fields: Any,
) -> SchemeLesson:
    """The scheme has the lesson, after its others. `fields` are further ones of SchemeLesson."""
    _one_at_a_time(scheme)
    last = scheme.lessons.aggregate(last=Max("place"))["last"] or 0
    lesson = SchemeLesson.objects.create(scheme=scheme, place=last + 1, criteria=mask_of(criteria), **fields)
    _reach(lesson, outcomes)
    record(action="scheme's lesson added", by=by, subject="scheme lesson", subject_id=lesson.pk)
    return lesson


@transaction.atomic
def change_lesson(
    lesson: SchemeLesson,
    *,
    by: User | None,
    criteria: Iterable[str],
    outcomes: Collection[LearningOutcome],
    **fields: Any,
) -> None:
    """The lesson is as given; what was planned from it stays as it was planned."""
    for name, value in fields.items():
        setattr(lesson, name, value)
    lesson.criteria = mask_of(criteria)
    lesson.save()
    _reach(lesson, outcomes)
    record(action="scheme's lesson changed", by=by, subject="scheme lesson", subject_id=lesson.pk)


def _reach(lesson: SchemeLesson, outcomes: Iterable[LearningOutcome]) -> None:
    wanted = {each.pk for each in outcomes}
    held = set(lesson.outcomes.values_list("outcome_id", flat=True))
    lesson.outcomes.filter(outcome_id__in=held - wanted).delete()
    LessonOutcome.objects.bulk_create(LessonOutcome(lesson=lesson, outcome_id=each) for each in sorted(wanted - held))


@transaction.atomic
def move_lesson_up(lesson: SchemeLesson, *, by: User | None) -> None:
    """The lesson stands before the one that stood before it; the first stays where it is."""
    _one_at_a_time(lesson.scheme)
    order = list(lesson.scheme.lessons.all())
    at = [each.pk for each in order].index(lesson.pk)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for place, each in enumerate(order, start=1):
        each.place = place
    SchemeLesson.objects.bulk_update(order, ["place"])
    record(action="scheme's lesson moved", by=by, subject="scheme lesson", subject_id=lesson.pk)


@transaction.atomic
def remove_lesson(lesson: SchemeLesson, *, by: User | None) -> None:
    """The scheme has the lesson no more; what was planned from it stays in the programme, and observations in words."""
    record(action="scheme's lesson removed", by=by, subject="scheme lesson", subject_id=lesson.pk)
    SchemeLesson.objects.filter(pk=lesson.pk).delete()


def _one_at_a_time(scheme: Scheme) -> None:
    """Two who add or move lessons of one scheme follow one another."""
    list(Scheme.objects.select_for_update(of=("self",), no_key=True).filter(pk=scheme.pk))


@transaction.atomic
def plan_lesson(
    lesson: SchemeLesson,
    *,
    days: Mapping[int, date],
    by: User | None,
    activity_type: str = SchemeLesson.activity_type,
    led_by: StaffMember | None = None,
) -> Activity:
    """The programme has the lesson as an activity, with a session for each year group on its day and what it teaches.

    It counts towards what the lesson does; where that was of benchmarks that are no longer in force, as its kind usually
    does. Raises NobodyToTeach.
    """
    if not days:
        raise NobodyToTeach
    anew = tagged_anew(lesson, benchmarks_in_force(today()), today())
    activity = plan_activity(
        title=lesson.title,
        activity_type=activity_type,
        description="\n\n".join(each for each in (lesson.taught, lesson.resources) if each),
        criteria=ids_of(lesson.criteria if anew is None else anew),
        by=by,
    )
    outcomes = [each.outcome for each in lesson.outcomes.select_related("outcome")]
    if lesson.learning_areas or outcomes:
        tag_learning(activity, by=by, areas=lesson.learning_areas, outcomes=outcomes)
    for year_group, day in sorted(days.items()):
        plan_session(
            activity,
            held_on=day,
            invited=Invited(year_groups=(year_group,)),
            minutes=lesson.minutes,
            led_by=led_by,
            by=by,
        )
    LessonPlan.objects.create(lesson=lesson, activity=activity)
    return activity
