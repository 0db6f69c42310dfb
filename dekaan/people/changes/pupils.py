"""What happens to pupils. Every change rings the counting room in its own transaction."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.measures.changes import recount, turn_to
from dekaan.people.models import (
    Enrolment,
    FormerIdentifier,
    Group,
    Membership,
    Pupil,
    YearRecord,
)
from dekaan.people.queries import not_ended, tutor_group_of
from dekaan.people.roll import RollEntry, RollWriting, Trace, put_back, why_not_undone
from dekaan.schools.changes import begin_year, reopen_year, take_back_year
from dekaan.schools.models import School

# A stay or a record reaches into years on either side of its own, so people are counted again in every year.
EVERY_YEAR = (0,)
LONG_AGO = date(2000, 1, 1)  # before any pupil of today was at a secondary school


class AlreadyOnRoll(Exception):
    """The pupil has an enrolment that has not ended."""


class NotOnRoll(Exception):
    """The pupil has no enrolment to end."""


class LeftBeforeJoining(Exception):
    """The day of leaving is before a stay that it would end has begun."""


class HasNotLeft(Exception):
    """The pupil's latest stay on the roll has no end to take back."""


@transaction.atomic
def begin_academic_year(academic_year: int) -> None:
    """The school has that academic year, this one or one to come, and whoever is on the roll in it is counted.

    Years gone by are there as far back as the school's records begin.
    """
    if academic_year >= academic_year_of(today()) and begin_year(academic_year):
        here = Enrolment.objects.filter(not_ended(year_start(academic_year)))
        recount(here.order_by().values_list("pupil_id", flat=True), [academic_year])


@transaction.atomic
def take_back_academic_year(academic_year: int, *, by: User | None) -> None:
    """The year before it is open again; the year itself, where it has not begun and nobody is in it, is gone."""
    reopen_year(academic_year - 1, by=by)
    if not YearRecord.objects.filter(academic_year=academic_year).exists():
        pupils = list(Enrolment.objects.order_by().values_list("pupil_id", flat=True).distinct())
        take_back_year(academic_year)
        recount(pupils, [academic_year])


@transaction.atomic
def turn_to_day(school: School, on: date) -> None:
    """The school in scope lives on that day: its academic year has begun, and who joins or leaves is counted.

    Days that were missed, while nothing ran, are made up. Turned to twice, it is one effect.
    """
    since = school.turned_on or LONG_AGO
    if since >= on:
        return
    begin_academic_year(academic_year_of(on))
    turn_to(on, since=since)
    School.objects.filter(pk=school.pk).update(turned_on=on)


@transaction.atomic
def join_school(
    *,
    surname: str,
    forename: str,
    year_group: int,
    starts_on: date,
    by: User | None,
    tutor_group: str = "",
    status: str = Enrolment.Status.CURRENT,
    details: dict[str, Any] | None = None,
    characteristics: dict[str, Any] | None = None,
) -> Pupil:
    """The pupil is on the roll from `starts_on`, in that year group and tutor group.

    `details` are further fields of Pupil, `characteristics` of YearRecord.
    """
    academic_year = academic_year_of(starts_on)
    begin_academic_year(academic_year)
    pupil = Pupil.objects.create(surname=surname, forename=forename, **(details or {}))
    Enrolment.objects.create(pupil=pupil, starts_on=starts_on, status=status)
    YearRecord.objects.create(
        pupil=pupil, academic_year=academic_year, year_group=year_group, **(characteristics or {})
    )
    if tutor_group:
        _place(pupil, tutor_group, academic_year, year_group, starts_on)
    record(action="pupil joined", by=by, subject="pupil", subject_id=pupil.pk)
    recount([pupil.pk], EVERY_YEAR)
    return pupil


@transaction.atomic
def return_to_school(
    pupil: Pupil,
    *,
    year_group: int,
    starts_on: date,
    by: User | None,
    tutor_group: str = "",
    status: str = Enrolment.Status.CURRENT,
) -> None:
    """A pupil who left is on the roll again, with the record they had. Raises AlreadyOnRoll."""
    if pupil.enrolments.filter(not_ended(starts_on)).exists():
        raise AlreadyOnRoll
    academic_year = academic_year_of(starts_on)
    begin_academic_year(academic_year)
    Enrolment.objects.create(pupil=pupil, starts_on=starts_on, status=status)
    YearRecord.objects.update_or_create(
        pupil=pupil, academic_year=academic_year, defaults={"year_group": year_group, "tutor_group": None}
    )
    if tutor_group:
        _place(pupil, tutor_group, academic_year, year_group, starts_on)
    record(action="pupil returned", by=by, subject="pupil", subject_id=pupil.pk)
    recount([pupil.pk], EVERY_YEAR)


@transaction.atomic
def leave_school(pupil: Pupil, *, on: date, by: User | None) -> None:
    """The pupil is off the roll from `on`; the record stays. Raises NotOnRoll and LeftBeforeJoining."""
    ending = Enrolment.objects.filter(not_ended(on), pupil=pupil)
    if ending.filter(starts_on__gt=on).exists():
        raise LeftBeforeJoining
    if not ending.update(ends_on=on):
        raise NotOnRoll
    memberships = Membership.objects.filter(not_ended(on), pupil=pupil)
    memberships.filter(starts_on__gte=on).delete()
    memberships.update(ends_on=on)
    record(action="pupil left", by=by, subject="pupil", subject_id=pupil.pk)
    recount([pupil.pk], EVERY_YEAR)


@transaction.atomic
def take_back_leaving(pupil: Pupil, *, by: User | None) -> None:
    """The pupil did not leave after all: the stay is open, and so are the groups that ended with it. Raises HasNotLeft."""
    stay = Enrolment.objects.filter(pupil=pupil).order_by("-starts_on").first()
    if stay is None or stay.ends_on is None:
        raise HasNotLeft
    still_open = Membership.objects.filter(pupil=pupil, ends_on__isnull=True).values_list("group_id", flat=True)
    ended = Membership.objects.filter(pupil=pupil, ends_on=stay.ends_on)
    ended.exclude(group_id__in=list(still_open)).update(ends_on=None)
    Enrolment.objects.filter(pk=stay.pk).update(ends_on=None)
    record(action="pupil's leaving taken back", by=by, subject="pupil", subject_id=pupil.pk)
    recount([pupil.pk], EVERY_YEAR)


@transaction.atomic
def change_pupil(pupil: Pupil, *, by: User | None, **fields: Any) -> None:
    """The pupil's own fields are as given; a UPN or ULN that was there before is kept as a former one."""
    for kind in ("upn", "uln"):
        before = getattr(pupil, kind)
        if before and fields.get(kind, before) != before:
            FormerIdentifier.objects.get_or_create(pupil=pupil, kind=kind, value=before)
    for name, value in fields.items():
        setattr(pupil, name, value)
    pupil.save(update_fields=[*fields])
    record(action="pupil changed", by=by, subject="pupil", subject_id=pupil.pk, detail={"fields": sorted(fields)})
    if "benchmark_cohort" in fields:
        recount([pupil.pk], EVERY_YEAR)


@transaction.atomic
def change_year_record(pupil: Pupil, academic_year: int, *, by: User | None, **fields: Any) -> None:
    """The pupil's year group and characteristics of that year are as given; a year that was closed is open again."""
    begin_academic_year(academic_year)
    reopen_year(academic_year, by=by)
    YearRecord.objects.update_or_create(pupil=pupil, academic_year=academic_year, defaults=fields)
    record(
        action="pupil's year changed",
        by=by,
        subject="pupil",
        subject_id=pupil.pk,
        detail={"year": academic_year, "fields": sorted(fields)},
    )
    recount([pupil.pk], EVERY_YEAR)


@transaction.atomic
def correct_pupil(
    pupil: Pupil, *, by: User | None, year_group: int | None = None, tutor_group: str | None = None, **fields: Any
) -> None:
    """The pupil is as given by hand: own fields, and this year's year group and tutor group ("" is none).

    What is the same, or not said, is left alone.
    """
    now = today()
    changed = {name: value for name, value in fields.items() if getattr(pupil, name) != value}
    if changed:
        change_pupil(pupil, by=by, **changed)
    year = YearRecord.objects.filter(pupil=pupil, academic_year=academic_year_of(now)).first()
    if year_group is not None and (year is None or year.year_group != year_group):
        change_year_record(pupil, academic_year_of(now), by=by, year_group=year_group)
    group = tutor_group_of(pupil, now)
    if tutor_group and (group is None or group.name != tutor_group):
        place_in_tutor_group(pupil, tutor_group, on=now, by=by)
    elif tutor_group == "" and group is not None:
        leave_tutor_group(pupil, on=now, by=by)


@transaction.atomic
def place_in_tutor_group(pupil: Pupil, name: str, *, on: date, by: User | None) -> None:
    """From `on` the pupil is in that tutor group and in no other."""
    academic_year = academic_year_of(on)
    year = YearRecord.objects.get(pupil=pupil, academic_year=academic_year)
    _place(pupil, name, academic_year, year.year_group, on)
    record(action="pupil placed in a tutor group", by=by, subject="pupil", subject_id=pupil.pk)
    recount([pupil.pk], EVERY_YEAR)


@transaction.atomic
def leave_tutor_group(pupil: Pupil, *, on: date, by: User | None) -> None:
    """From `on` the pupil is in no tutor group."""
    _leave_tutor_groups(pupil, on)
    YearRecord.objects.filter(pupil=pupil, academic_year=academic_year_of(on)).update(tutor_group=None)
    record(action="pupil left the tutor group", by=by, subject="pupil", subject_id=pupil.pk)
    recount([pupil.pk], EVERY_YEAR)


def _leave_tutor_groups(pupil: Pupil, on: date, *, but: Group | None = None) -> None:
    others = Membership.objects.filter(not_ended(on), pupil=pupil, group__kind=Group.Kind.TUTOR)
    if but is not None:
        others = others.exclude(group=but)
    others.filter(starts_on__gte=on).delete()
    others.update(ends_on=on)


def _place(pupil: Pupil, name: str, academic_year: int, year_group: int, on: date) -> None:
    """Membership is the truth by date; the year record keeps the latest, for counting."""
    group, _ = Group.objects.get_or_create(
        kind=Group.Kind.TUTOR, name=name, academic_year=academic_year, defaults={"year_group": year_group}
    )
    _leave_tutor_groups(pupil, on, but=group)
    Membership.objects.get_or_create(pupil=pupil, group=group, ends_on=None, defaults={"starts_on": on})
    YearRecord.objects.filter(pupil=pupil, academic_year=academic_year).update(tutor_group=group)


@transaction.atomic
def update_roll(
    entries: list[RollEntry], *, on: date, by: User | None, subject_id: int | None = None
) -> tuple[list[int], list[Trace]]:
    """The roll says what the entries say, all at once: joiners, returners, leavers and changed pupils of one list.

    Answers with each entry's pupil and a trace of every row written.
    """
    begin_academic_year(academic_year_of(on))
    if any(entry.year_fields for entry in entries):
        reopen_year(academic_year_of(on), by=by)
    writing = RollWriting(academic_year_of(on), on)
    pupil_ids = writing.pupils(entries)
    writing.enrolments(entries, pupil_ids)
    writing.tutor_groups_and_years(entries, pupil_ids)
    record(action="roll updated", by=by, subject="import", subject_id=subject_id, detail={"pupils": len(entries)})
    recount(pupil_ids, EVERY_YEAR)
    return pupil_ids, writing.traces


@transaction.atomic
def undo_roll(traces: list[Trace], *, by: User | None, subject_id: int | None = None) -> dict[int | None, str]:
    """The rows of a list are as they were before it, pupil by pupil.

    A pupil on whom something has been built since stays whole as they are; answers with those and why.
    """
    kept = why_not_undone(traces)
    going = [trace for trace in traces if trace.pupil_id not in kept or trace.pupil_id is None]
    pupil_ids = sorted({trace.pupil_id for trace in going if trace.pupil_id and trace.pupil_id > 0})
    put_back(going)
    record(action="roll put back", by=by, subject="import", subject_id=subject_id, detail={"pupils": len(pupil_ids)})
    recount(pupil_ids, EVERY_YEAR)
    return kept


@transaction.atomic
def place_in_teaching_groups(
    placed: list[tuple[int, str, str]], *, on: date, by: User | None, gone: Collection[tuple[int, str]] = ()
) -> list[Trace]:
    """Each pupil (id) is in the teaching group of that name and subject from the day on; other groups stay.

    Those who are `gone` (ids, each with a group's name) are in that group no longer.
    """
    writing = RollWriting(academic_year_of(on), on)
    writing.leave_teaching_groups(gone)
    writing.teaching_groups(placed)
    record(
        action="teaching groups filled",
        by=by,
        subject="group",
        detail={"memberships": len(placed), "ended": len(gone)},
    )
    return writing.traces
