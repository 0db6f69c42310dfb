"""Which backups still hold whoever was erased, and when the last of them goes, as far as that can be known."""

import html
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from dekaan.backups.models import BackupRun
from dekaan.backups.queries import Remaining, backups_from_before
from dekaan.core.academic_year import today
from dekaan.privacy.changes import agree_to_case, open_case
from dekaan.privacy.models import Case
from tests.stock import pupil

pytestmark = pytest.mark.django_db
ERASED_AT = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


def night(day: int, *, keep: int | None = 4, **how) -> None:
    ended = datetime(2026, 11, day, 2, 30, tzinfo=UTC)
    BackupRun.objects.create(
        **{"kind": "backup", "ended_at": ended, "is_good": True, "seconds": 60, "keep": keep} | how
    )


def november(day: int) -> date:
    return date(2026, 11, day)


def test_each_goes_when_as_many_newer_ones_are_made_as_are_kept():
    for day in (7, 8, 9, 10, 11):
        night(day)
    left = [(november(10), november(14)), (november(9), november(13)), (november(8), november(12))]
    assert backups_from_before(ERASED_AT) == Remaining(4, left)
    assert Remaining(4, left).last_goes == november(14)


def test_once_enough_were_made_since_none_is_left():
    for day in (10, 11, 12, 13, 14):
        night(day)
    assert backups_from_before(ERASED_AT) == Remaining(4, [])


def test_failed_ones_and_drills_are_no_backups():
    night(9)
    night(10, is_good=False)
    night(11, kind="drill")
    assert backups_from_before(ERASED_AT) == Remaining(4, [(november(9), None)])


def test_one_that_was_being_made_at_that_moment_may_hold_them():
    night(10, ended_at=ERASED_AT + timedelta(seconds=59))
    night(11, ended_at=ERASED_AT + timedelta(seconds=60))
    assert backups_from_before(ERASED_AT).backups == [(november(10), november(10))]


def test_where_nothing_deletes_them_no_day_is_made_up():
    for day in (8, 9, 12):
        night(day, keep=None)
    assert backups_from_before(ERASED_AT) == Remaining(None, [(november(9), None), (november(8), None)])
    assert backups_from_before(ERASED_AT).last_goes is None


def page_of(client, who, case):
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(reverse("case-backups", args=["ashdown", case.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.fixture
def erased(in_ashdown):
    """An erasure that was done on the morning of 10 November."""
    with time_machine.travel(ERASED_AT):
        case = open_case(
            kind="erasure", asked_by="pupil", proof="known", received_on=today(), pupil=pupil(), by=in_ashdown.priya
        )
        agree_to_case(case, by=in_ashdown.priya)
        agree_to_case(case, by=in_ashdown.olive)
        yield Case.objects.get()


def test_the_page_says_the_day_or_that_nobody_can_know_it(erased, in_ashdown, client):
    olive = in_ashdown.olive
    assert "None that Dekaan knows of" in page_of(client, olive, erased)
    night(8)
    assert "1 still holds the pupil" in page_of(client, olive, erased)
    night(9)
    page = page_of(client, olive, erased)
    assert "None is left after about 13 November 2026" in page
    assert "Copies that were taken off this machine" in page
    night(10, keep=None)
    page = page_of(client, olive, erased)
    assert "Nothing deletes them" in page
    assert "None is left" not in page


def test_before_the_erasure_every_backup_holds_the_pupil(in_ashdown, client):
    case = open_case(
        kind="erasure", asked_by="pupil", proof="known", received_on=today(), pupil=pupil(), by=in_ashdown.priya
    )
    night(1)
    night(2)
    page = page_of(client, in_ashdown.priya, case)
    assert "Ada Lovell" in page
    assert '<th scope="row">2 November 2026</th>' in page
