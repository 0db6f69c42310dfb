"""A colleague who has lost telephone and recovery codes is let in again: by two people, never by one (T18)."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.db import connections
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from dekaan.access import tasks
from dekaan.access.changes import (
    AlreadyAsked,
    NothingToReset,
    NotTheirsToReset,
    OwnReset,
    agree_to_factor_reset,
    ask_for_factor_reset,
    end_role,
    reset_factor,
    stop_factor_reset,
)
from dekaan.access.models import Device, FactorReset, RoleAssignment, User
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.demo.people import PASSWORD
from tests.access.signing_in import code_of
from tests.databases import ON_POSTGRES
from tests.factories.schools import person, place

pytestmark = pytest.mark.django_db
NEW = "three words by heart"


def role_of(user: User, school) -> RoleAssignment:
    return RoleAssignment.objects.filter(user=user, school=school).first()


@pytest.fixture
def secret() -> str:
    return generate_totp_secret()


@pytest.fixture
def tom(stock, secret) -> User:
    """Tom has an app and recovery codes, and a browser that is known."""
    TOTP.activate(stock.tom, secret)
    RecoveryCodes.activate(stock.tom)
    Device.objects.create(
        user=stock.tom, cookie_hash="x", name="Chrome on Windows", first_at=timezone.now(), last_at=timezone.now()
    )
    return stock.tom


@pytest.fixture
def asked(stock, tom) -> FactorReset:
    """Kit, the technician, has asked that Tom be let in again."""
    return ask_for_factor_reset(role_of(tom, stock.ashdown), by=stock.kit)


def trail(user: User) -> list[tuple[str, int | None]]:
    events = Event.objects.filter(subject="user", subject_id=user.pk, action__contains="factor").order_by("pk")
    return list(events.values_list("action", "actor_id"))


def mails() -> list[tuple[str, str]]:
    """To whom the worker would send what, of all that waits and is due; done jobs are gone."""
    later = Q(run_after__gt=timezone.now()) & ~Q(run_after=get_date_max())
    for job in DBTaskResult.objects.exclude(later).order_by("enqueued_at"):
        name = job.task_path.rpartition(".")[2]
        getattr(tasks, name).func(*job.args_kwargs["args"])
        job.delete()
    found, mail.outbox[:] = [(each.to[0], each.body) for each in mail.outbox], []
    return found


def test_nobody_alone_resets_anything(stock, tom, asked):
    for by in (stock.kit, stock.sam, tom):
        with pytest.raises((NotTheirsToReset, OwnReset)):
            agree_to_factor_reset(asked, by=by, seen=True)
    assert reset_factor(asked.pk) is None
    assert Authenticator.objects.filter(user=tom).count() == 2
    assert trail(tom) == [("factor reset asked for", stock.kit.pk)]


def test_the_leader_who_asked_does_not_agree_as_well(stock, tom):
    reset = ask_for_factor_reset(role_of(tom, stock.ashdown), by=stock.priya)
    with pytest.raises(NotTheirsToReset):
        agree_to_factor_reset(reset, by=stock.priya, seen=True)
    agree_to_factor_reset(reset, by=stock.david, seen=True)
    assert reset_factor(reset.pk) == tom


def test_who_was_seen_is_reset_at_once(stock, tom, asked):
    agree_to_factor_reset(asked, by=stock.priya, seen=True)
    before = User.objects.get(pk=tom.pk)
    assert reset_factor(asked.pk) == tom
    after = User.objects.get(pk=tom.pk)
    assert not Authenticator.objects.filter(user=tom).exists()
    assert not Device.objects.filter(user=tom).exists()
    assert (after.has_usable_password(), after.session_round) == (False, before.session_round + 1)
    assert trail(tom) == [
        ("factor reset asked for", stock.kit.pk),
        ("factor reset agreed in person", stock.priya.pk),
        ("second factor forgotten", None),
        ("factor reset", None),
    ]


def test_who_was_not_seen_has_a_day_to_say_no(stock, tom, asked):
    now = timezone.now()
    agree_to_factor_reset(asked, by=stock.priya, seen=False)
    with time_machine.travel(now + timedelta(hours=23, minutes=55)):
        assert reset_factor(asked.pk) is None
    assert Authenticator.objects.filter(user=tom).count() == 2
    with time_machine.travel(now + timedelta(hours=24, minutes=5)):
        assert reset_factor(asked.pk) == tom
    assert not Authenticator.objects.filter(user=tom).exists()


def test_a_sign_in_with_a_factor_stops_it_and_says_so(stock, tom, asked, client, secret, settings):
    settings.SECOND_FACTOR = True
    agree_to_factor_reset(asked, by=stock.priya, seen=False)
    client.post("/sign-in/", {"login": tom.email, "password": PASSWORD})
    assert FactorReset.objects.get().stopped_at is None, "a password alone stops nothing"
    page = client.post("/sign-in/code/", {"code": code_of(secret)}, follow=True).content.decode()
    assert "Somebody had asked that your second factor be reset." in page
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert reset_factor(asked.pk) is None
    assert Authenticator.objects.filter(user=tom).count() == 2
    assert trail(tom)[-1] == ("factor reset stopped by signing in", tom.pk)


def test_a_second_person_stops_it_even_after_the_agreement(stock, tom, asked):
    agree_to_factor_reset(asked, by=stock.priya, seen=False)
    with pytest.raises(NotTheirsToReset):
        stop_factor_reset(asked, by=stock.kit)
    stop_factor_reset(asked, by=stock.david)
    for settle in (
        lambda: stop_factor_reset(asked, by=stock.david),
        lambda: agree_to_factor_reset(asked, by=stock.david, seen=True),
    ):
        with pytest.raises(NotTheirsToReset):
            settle()
    assert trail(tom)[-1] == ("factor reset stopped", stock.david.pk)


def test_it_is_asked_once_and_anew_when_nobody_agreed_within_a_week(stock, tom, asked):
    with pytest.raises(AlreadyAsked):
        ask_for_factor_reset(role_of(tom, stock.ashdown), by=stock.priya)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        with pytest.raises(NotTheirsToReset):
            agree_to_factor_reset(asked, by=stock.priya, seen=True)
        assert ask_for_factor_reset(role_of(tom, stock.ashdown), by=stock.priya).pk != asked.pk


def test_for_whom_nothing_is_asked(stock, tom):
    with pytest.raises(OwnReset):
        ask_for_factor_reset(role_of(tom, stock.ashdown), by=tom)
    with pytest.raises(NothingToReset):
        ask_for_factor_reset(role_of(stock.sam, stock.ashdown), by=stock.kit)
    elsewhere = person(place("kestrel"), "careers-leader")
    for by in (elsewhere, stock.sam):
        with pytest.raises(NotTheirsToReset):
            ask_for_factor_reset(role_of(tom, stock.ashdown), by=by)


def test_what_the_asker_may_not_ask_any_more_nobody_agrees_to(stock, tom):
    reset = ask_for_factor_reset(role_of(tom, stock.ashdown), by=stock.priya)
    RoleAssignment.objects.filter(user=stock.priya).delete()
    with pytest.raises(NotTheirsToReset):
        agree_to_factor_reset(reset, by=stock.david, seen=True)


def test_a_role_that_has_ended_meanwhile_is_let_in_to_nothing(stock, tom, asked):
    agree_to_factor_reset(asked, by=stock.priya, seen=True)
    for held in RoleAssignment.objects.filter(user=tom):
        end_role(held, on=today() - timedelta(days=1), by=None)
    assert reset_factor(asked.pk) is None


def test_from_the_technicians_press_to_the_colleagues_new_app(stock, tom, client, settings):
    """Kit asks, Priya agrees, Tom comes back in; nobody but Tom has seen a password, a code or a link."""
    role = role_of(tom, stock.ashdown)
    client.force_login(stock.kit)
    page = client.get(reverse("factor-reset", args=["ashdown", role.pk])).content.decode()
    assert ("Help Tom Okafor to sign in" in page, "Signed in as Kit Barnes" in page) == (True, True)
    client.post(reverse("factor-reset", args=["ashdown", role.pk]))
    told = mails()
    assert {to for to, _ in told} == {tom.email, stock.priya.email, stock.david.email, stock.olive.email}
    for word in ("Tom", "Kit", "Ashdown", PASSWORD):
        assert word not in "".join(body.replace("/ashdown/", "") for _, body in told)
    priya = Client()
    priya.force_login(stock.priya)
    assert "has lost their second factor" in priya.get("/ashdown/").content.decode()
    said = priya.post(reverse("factor-reset-agree", args=["ashdown", role.pk]), {"seen": "yes"}, follow=True)
    assert "Agreed. " in said.content.decode()
    assert not re.search("sign-in/invitation", said.content.decode() + str(list(DBTaskResult.objects.values())))
    ((to, body),) = mails()
    assert to == tom.email
    settings.SECOND_FACTOR = True
    comes = Client()
    assert comes.post("/sign-in/", {"login": tom.email, "password": PASSWORD}).status_code == 200, "the old password"
    link = re.search(r"http://testserver(/sign-in/invitation/\S+/)", body).group(1)
    code = comes.get(link, follow=True).context["form"]["code"].value()
    comes.post("/sign-in/invitation/", {"code": code, "password": NEW})
    comes.post("/sign-in/", {"login": tom.email, "password": NEW})
    assert comes.get("/ashdown/").url.startswith("/sign-in/yours/"), "a factor is set up before anything is seen"


def test_unseen_the_colleague_is_told_when_and_the_link_comes_a_day_later(stock, tom, client):
    role = role_of(tom, stock.ashdown)
    ask_for_factor_reset(role, by=stock.kit)
    client.force_login(stock.david)
    client.post(reverse("factor-reset-agree", args=["ashdown", role.pk]))
    ((to, body),) = mails()
    assert (to, "That stops it." in body, "sign-in/invitation" in body) == (tom.email, True, False)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        ((to, body),) = mails()
    assert (to, "sign-in/invitation" in body) == (tom.email, True)


def test_a_job_that_is_done_twice_sends_no_link_once_a_password_is_chosen(stock, tom, asked):
    agree_to_factor_reset(asked, by=stock.priya, seen=True)
    tasks.send_way_back.func(asked.pk, "http://testserver")
    tasks.send_way_back.func(asked.pk, "http://testserver")
    assert len(mail.outbox) == 2, "the worker may have died between the reset and the mail"
    tom.set_password(NEW)
    tom.save()
    tasks.send_way_back.func(asked.pk, "http://testserver")
    assert (len(mail.outbox), User.objects.get(pk=tom.pk).check_password(NEW)) == (2, True)


def test_a_new_password_by_mail_never_takes_the_factor_away(stock, tom, client, settings):
    settings.SECOND_FACTOR = True
    client.post("/sign-in/forgotten/", {"email": tom.email})
    ((_, body),) = mails()
    link = re.search(r"http://testserver(/sign-in/forgotten/\S+/)", body).group(1)
    client.post(client.get(link).url, {"password1": NEW, "password2": NEW})
    assert User.objects.get(pk=tom.pk).check_password(NEW)
    assert Authenticator.objects.filter(user=tom).count() == 2
    assert Client().post("/sign-in/", {"login": tom.email, "password": NEW}).url.startswith("/sign-in/code/")


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, so that no two agree at once")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_agree_and_stop_at_once_one_is_refused():
    at = place("kestrel")
    people = {role: person(at, role) for role in ("technician", "careers-leader", "headteacher", "tutor")}
    TOTP.activate(people["tutor"], generate_totp_secret())
    for _ in range(5):
        reset = ask_for_factor_reset(role_of(people["tutor"], at.school), by=people["technician"])
        outcomes, gate = [], threading.Barrier(2)

        def settle(act, gate=gate, outcomes=outcomes):
            gate.wait()
            try:
                act()
                outcomes.append("done")
            except NotTheirsToReset:
                outcomes.append("refused")
            finally:
                connections.close_all()

        mine, theirs = FactorReset.objects.get(pk=reset.pk), FactorReset.objects.get(pk=reset.pk)
        acts = [
            lambda mine=mine: agree_to_factor_reset(mine, by=people["careers-leader"], seen=False),
            lambda theirs=theirs: agree_to_factor_reset(theirs, by=people["headteacher"], seen=False),
        ]
        threads = [threading.Thread(target=settle, args=[act]) for act in acts]
        for each in threads:
            each.start()
        for each in threads:
            each.join(20)
        assert sorted(outcomes) == ["done", "refused"]
        stop_factor_reset(FactorReset.objects.get(pk=reset.pk), by=people["headteacher"])
