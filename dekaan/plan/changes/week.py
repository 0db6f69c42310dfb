"""What a person says of their own: hours noted, totals shared or not, the mail of the week on or off."""

from datetime import date

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.plan.models import TimeShared, TimeSpent, WeeklyMail
from dekaan.plan.queries.week import mail_words, week_of, who_has_something
from dekaan.schools.models import School

MONDAY = 0


@transaction.atomic
def note_time(*, kind: str, spent_on: date, minutes: int, by: User) -> TimeSpent:
    """So many minutes of the person's day went into that kind of work."""
    spent = TimeSpent.objects.create(user=by, kind=kind, spent_on=spent_on, minutes=minutes)
    record(action="own time noted", by=by, subject="own time")
    return spent


@transaction.atomic
def remove_time(spent: TimeSpent, *, by: User) -> None:
    """The line is gone."""
    spent.delete()
    record(action="own time noted", by=by, subject="own time")


@transaction.atomic
def share_time(*, by: User) -> None:
    """The person's totals can be read by the senior line manager from now on; their lines cannot."""
    TimeShared.objects.get_or_create(user=by, defaults={"since": today()})
    record(action="own time shared", by=by, subject="own time")


@transaction.atomic
def keep_time_to_oneself(*, by: User) -> None:
    """Nobody else reads the person's totals any more."""
    for each in TimeShared.objects.filter(user=by):
        each.delete()
    record(action="own time no longer shared", by=by, subject="own time")


@transaction.atomic
def want_weekly_mail(*, wanted: bool, by: User) -> None:
    """The person gets the mail of their week, or does not."""
    WeeklyMail.objects.update_or_create(user=by, defaults={"is_off": not wanted})
    record(action="weekly mail chosen", by=by, subject="user", subject_id=by.pk, detail={"wanted": wanted})


def write_weekly_mails(on: date) -> int:
    """On a Monday everybody who has something to do in the seven days, and has not said no, has one mail; how many.

    One mail of all their schools, however often this is asked for on the day.
    """
    if on.weekday() != MONDAY:
        return 0
    return sum(_write(user, on) for user in _whom(on))


def _whom(on: date) -> list[User]:
    found: set[int] = set()
    for school in School.objects.order_by("pk"):
        with working_in(school):
            found |= who_has_something(on)
    return list(User.objects.filter(pk__in=found, is_active=True).exclude(email="").order_by("pk"))


@transaction.atomic
def _write(user: User, on: date) -> bool:
    row, _ = WeeklyMail.objects.select_for_update().get_or_create(user=user)
    if row.is_off or row.written_on == on:
        return False
    week = week_of(user, on)
    if not week.is_pressing:
        return False
    row.written_on = on
    row.save(update_fields=["written_on"])
    said = {"words": mail_words(week)}
    send_mail("Your week for careers", render_to_string("plan/email/week.txt", said), None, [user.email])
    return True
