"""Whoever was invited from a list is no longer, when the press is undone; what was built on since stays."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.core.undo import UNDO_FOR
from dekaan.lists.changes import plan_for_found
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Activity, Invitation, Inviting, Session
from dekaan.programme.queries import invitings_to_undo
from tests.factories.schools import person, place, pupils
from tests.kept import once_made

pytestmark = pytest.mark.django_db


def make_northgate():
    at = place("northgate")
    pupils(at, 4)
    return at


@pytest.fixture
def northgate():
    return once_made(make_northgate)


def everybody(at) -> list:
    return list(at.pupils.values())


def planned(at, *, days: int = 3, **invited) -> Session:
    leader = person(at, "careers-leader")
    activity = changes.plan_activity(title="Factory trip", activity_type="WVISIT", by=leader)
    day = today() + timedelta(days=days)
    return changes.plan_session(activity, held_on=day, invited=Invited(**invited), by=leader)


def found(at) -> Session:
    leader = person(at, "careers-leader")
    return plan_for_found(
        title="Mock interviews", activity_type="TALK", held_on=today(), pupils=everybody(at), by=leader
    )


def names(session) -> list[str]:
    return [each.pupil.forename for each in session.invitations.select_related("pupil")]


def test_those_invited_besides_are_no_longer_and_the_others_still_are(northgate):
    with working_in(northgate.school):
        first, *others = everybody(northgate)
        session = planned(northgate, pupils=(first,))
        assert changes.also_invite(session, pupils=[first, *others], by=None) == 3
        press = Inviting.objects.get()
        assert [(each.pk, each.pupils, each.planned_it) for each in invitings_to_undo([session])] == [
            (press.pk, 3, False)
        ]
        assert changes.undo_inviting(press, by=None) == changes.InvitingUndone(3, is_gone=False)
        assert names(session) == [first.forename]
        assert invitings_to_undo([session]) == []
        with pytest.raises(changes.NothingToUndo):
            changes.undo_inviting(press, by=None)


def test_a_session_that_was_planned_for_a_list_is_gone_with_its_activity(northgate):
    with working_in(northgate.school):
        found(northgate)
        assert changes.undo_inviting(Inviting.objects.get(), by=None) == changes.InvitingUndone(4, is_gone=True)
        assert (Session.objects.count(), Activity.objects.count(), Invitation.objects.count()) == (0, 0, 0)


def test_whoever_was_invited_since_keeps_the_session(northgate):
    with working_in(northgate.school):
        session = found(northgate)
        press = Inviting.objects.get()
        changes.change_session(
            session, by=None, invited=Invited(year_groups=(11,), pupils=tuple(everybody(northgate)[:2]))
        )
        assert changes.undo_inviting(press, by=None) == changes.InvitingUndone(2, is_gone=False)
        assert [each.year_group for each in session.invitations.all()] == [11]


def moved(session: Session) -> None:
    changes.change_session(session, by=None, held_on=today() + timedelta(days=1))


@pytest.mark.parametrize(
    ("since", "refusal"),
    [
        (moved, changes.MoreRecordedSince),
        (lambda session: changes.cancel_session(session, because="postponed", by=None), changes.MoreRecordedSince),
        (lambda session: changes.it_happened(session, by=None), changes.AlreadyRecorded),
        (lambda _: Inviting.objects.update(at=timezone.now() - UNDO_FOR - timedelta(minutes=1)), changes.TooLateToUndo),
    ],
    ids=["moved", "off", "recorded", "long ago"],
)
def test_what_was_built_on_it_stays_and_nothing_is_half_undone(northgate, since, refusal):
    with working_in(northgate.school):
        session = found(northgate)
        since(session)
        with pytest.raises(refusal):
            changes.undo_inviting(Inviting.objects.get(), by=None)
        assert len(names(session)) == 4


def test_both_receipts_have_their_undo(client, northgate):
    leader = person(northgate, "careers-leader")
    client.force_login(leader)
    with working_in(northgate.school):
        new, existing = found(northgate), planned(northgate, year_groups=(11,))
        changes.also_invite(existing, pupils=everybody(northgate), by=leader)
        (first,), (second,) = invitings_to_undo([new]), invitings_to_undo([existing])
    page = client.get(reverse("session-detail", args=[northgate.slug, existing.pk])).content.decode()
    assert "4 pupils invited besides" in " ".join(page.split())
    page = client.post(reverse("inviting-undo", args=[northgate.slug, second.pk]), follow=True).content.decode()
    assert "Undone: 4 pupils are no longer invited to Factory trip." in page
    assert "4 pupils invited besides" not in " ".join(page.split())
    page = client.get(reverse("session-detail", args=[northgate.slug, new.pk])).content.decode()
    assert "Undo<span" in page
    page = client.post(reverse("inviting-undo", args=[northgate.slug, first.pk]), follow=True).content.decode()
    assert "is no longer planned." in page
    assert client.post(reverse("inviting-undo", args=[northgate.slug, first.pk])).status_code == 404


def test_only_whoever_plans_is_offered_it(client, northgate):
    with working_in(northgate.school):
        session = found(northgate)
        (press,) = invitings_to_undo([session])
    client.force_login(person(northgate, "headteacher"))
    assert "inviting" not in client.get(reverse("session-detail", args=[northgate.slug, session.pk])).content.decode()
    assert client.post(reverse("inviting-undo", args=[northgate.slug, press.pk])).status_code == 403
