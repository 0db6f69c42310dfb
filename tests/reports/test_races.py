"""A paper is taken back in the moment in which a governor answers, or somebody notes that it was handed over."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.reports import changes
from dekaan.reports.models import ApprovalLink, Handed, Report, Whom
from tests.databases import ON_POSTGRES
from tests.factories.schools import place, pupils, talk
from tests.two_connections import meanwhile

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time"),
]


@pytest.fixture
def kestrel(settings):
    settings.TODAY = "2026-11-24"
    at = place("kestrel")
    pupils(at, 1)
    talk(at)
    with working_in(at.school):
        at.report = changes.issue_report(at.school, on=today(), by=None)
        open_until = today() + timedelta(days=7)
        at.link = changes.make_link(at.report, name="A. Teasdale", capacity="Chair", open_until=open_until, by=None)
    return at


def withdrawn(at):
    changes.withdraw_report(at.report, because="A wrong figure", by=None)


def test_no_governor_approves_what_is_withdrawn_meanwhile(kestrel):
    with pytest.raises(changes.AlreadyWithdrawn):
        meanwhile(
            kestrel.school,
            lambda: withdrawn(kestrel),
            lambda: changes.say_by_link(kestrel.link, said=ApprovalLink.Said.APPROVED, comment="", on=today()),
            before='UPDATE "reports_report"',
        )
    with working_in(kestrel.school):
        assert (ApprovalLink.objects.get().said, Handed.objects.count()) == ("", 0)
        assert Report.objects.defer(*Report.HEAVY).get().is_withdrawn


def test_what_is_withdrawn_meanwhile_is_not_noted_as_handed_over(kestrel):
    with pytest.raises(changes.AlreadyWithdrawn):
        meanwhile(
            kestrel.school,
            lambda: withdrawn(kestrel),
            lambda: changes.hand_over(kestrel.report, whom=Whom.GOVERNORS, form=Handed.Form.PDF, on=today(), by=None),
            before='UPDATE "reports_report"',
        )
    with working_in(kestrel.school):
        assert not Handed.objects.exists()
