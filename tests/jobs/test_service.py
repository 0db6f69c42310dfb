"""What whoever keeps the service running sees of jobs and mail, and can do about it; never a pupil's name."""

from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dekaan.access import tasks
from dekaan.access.changes import give_role, open_account
from dekaan.access.models import RoleAssignment
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.exchange.tasks import read_import
from dekaan.jobs.changes import TRIES, begin_work, end_work, fail_job
from dekaan.jobs.models import Mail
from dekaan.jobs.queries import OF_A_PERSON, OF_A_RESET, OF_A_SCHOOL

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
State = Mail.State


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_URL = "dekaan.jobs.outbox.Outbox", "mail.ashdown.example"


@pytest.fixture
def at_beckford(stock):
    """Kit keeps the service for Beckford too."""
    give_role(user=stock.kit, role="technician", school=stock.beckford, by=None)


@pytest.fixture
def worker():
    return begin_work()


def stopped(to: str, state: str, subject: str = "Choose a new password") -> Mail:
    send_mail(subject, "Open http://testserver/a-secret-link/", None, [to])
    mail = Mail.objects.latest("pk")
    Mail.objects.filter(pk=mail.pk).update(state=state, why="refused 550", tries=1)
    return mail


def given_up(task, *args) -> DBTaskResult:
    task.enqueue(*args)
    job = DBTaskResult.objects.latest("enqueued_at")
    job.worker_ids = ["a worker"] * TRIES
    job.save()
    fail_job(job, ValueError("Lovell, Ada"))
    return job


def page(client, who, name="service", school="ashdown") -> str:
    client.force_login(who, backend=BACKEND)
    answer = client.get(reverse(name, args=[school]))
    assert answer.status_code == 200
    return answer.content.decode()


def press(client, who, which, what) -> str:
    client.force_login(who, backend=BACKEND)
    return client.post(
        reverse("service", args=["ashdown"]), {"which": which, "what": what}, follow=True
    ).content.decode()


def actions() -> list[str]:
    return list(Event.objects.filter(action__regex="^(mail|job) ").order_by("pk").values_list("action", flat=True))


def test_all_is_well_and_home_says_nothing(stock, client, worker):
    assert "all mail has gone out" in page(client, stock.kit)
    assert "need" not in page(client, stock.kit, "home")


def test_where_no_mail_server_is_named_nobody_is_told_that_mail_goes_out(stock, client, worker, settings):
    settings.EMAIL_URL = ""
    shown = page(client, stock.kit)
    assert "No mail server is named" in shown
    assert "all mail has gone out" not in shown


def test_a_worker_of_whom_nothing_is_heard_is_missed(stock, client, worker):
    type(worker).objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert "No worker is running" in page(client, stock.kit, "home")
    assert "No worker has been seen since" in page(client, stock.kit)


def test_a_worker_that_has_just_ended_alarms_nobody(stock, client, worker):
    end_work(worker.pk)
    assert "No worker is running" not in page(client, stock.kit, "home")


@pytest.mark.parametrize("state", [State.IN_DOUBT, State.UNSENDABLE, State.GIVEN_UP])
def test_a_mail_that_stopped_is_told_without_its_words_and_sent_again(stock, client, worker, state):
    mail = stopped(stock.tom.email, state)
    assert "1 mail or job stopped and needs you." in page(client, stock.kit, "home")
    shown = page(client, stock.kit)
    assert "Choose a new password" in shown
    assert "Tom Okafor" in shown
    assert "secret-link" not in shown
    assert "sent again within a minute" in press(client, stock.kit, f"mail {mail.pk}", "again")
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.why) == (State.WAITING, 0, "")
    assert "secret-link" in mail.words.decode()
    assert actions() == ["mail sent again"]
    assert "Nothing was changed" in press(client, stock.kit, f"mail {mail.pk}", "leave")


def test_a_mail_that_is_left_is_never_sent_and_its_words_are_gone(stock, client, worker):
    mail = stopped(stock.tom.email, State.UNSENDABLE)
    assert "its words are gone" in press(client, stock.kit, f"mail {mail.pk}", "leave")
    mail.refresh_from_db()
    assert (mail.state, mail.sealed) == (State.GIVEN_UP, "")
    assert "all mail has gone out" in page(client, stock.kit)
    assert actions() == ["mail left unsent"]


def test_mail_that_the_server_does_not_take_is_told_and_goes_on_by_itself(stock, client, worker):
    mail = stopped(stock.tom.email, State.WAITING)
    assert "all mail has gone out" in page(client, stock.kit)
    Mail.objects.update(tries=3)
    assert "Mail waits, since the mail server does not take it." in page(client, stock.kit, "home")
    assert "It was tried 3 times" in page(client, stock.kit)
    assert "Nothing was changed" in press(client, stock.kit, f"mail {mail.pk}", "leave")


def test_mail_under_another_secret_key_can_only_be_left(stock, client, worker, settings):
    mail = stopped(stock.tom.email, State.GIVEN_UP)
    settings.SECRET_KEY = "another" * 10
    shown = page(client, stock.kit)
    assert "cannot be read any more" in shown
    assert "Send again" not in shown
    assert "Nothing was changed" in press(client, stock.kit, f"mail {mail.pk}", "again")


def test_mail_to_colleagues_of_another_school_is_not_told_here(stock, client, worker, at_beckford):
    mail = stopped(stock.bea.email, State.UNSENDABLE)  # she works at Beckford alone
    assert "Bea" not in page(client, stock.kit)
    assert "Nothing was changed" in press(client, stock.kit, f"mail {mail.pk}", "leave")
    assert "Bea Lindqvist" in page(client, stock.kit, school="beckford")


def test_whoever_works_elsewhere_and_has_not_opened_this_school_is_not_told_of_here(stock, client, worker):
    """Giving somebody a role by their address must not open what mail they have."""
    given = give_role(user=stock.bea, role="tutor", school=stock.ashdown, by=None, known_as="B. Typed")
    stopped(stock.bea.email, State.UNSENDABLE)
    shown = page(client, stock.kit)
    assert "Choose a new password" not in shown
    RoleAssignment.objects.filter(pk=given.pk).update(known_as="")
    assert "Bea Lindqvist" in page(client, stock.kit)


def test_whoever_has_left_for_another_school_is_not_told_of_here(stock, client, worker):
    ages = today() - timedelta(days=800)
    give_role(user=stock.bea, role="tutor", school=stock.ashdown, by=None, starts_on=ages, ends_on=ages)
    mail = stopped(stock.bea.email, State.UNSENDABLE, "Your second factor may be reset")
    assert "second factor" not in page(client, stock.kit)
    assert "Nothing was changed" in press(client, stock.kit, f"mail {mail.pk}", "leave")


def test_an_invitation_that_could_not_be_sent_is_told_by_the_name_that_was_typed(stock, client, worker):
    new = open_account(email="newcomer@ashdown.example", name="Newcomer", password=None, by=None)
    give_role(user=new, role="tutor", school=stock.ashdown, by=None, known_as="N. Typed")
    stopped(new.email, State.UNSENDABLE, "Your invitation to Dekaan")
    assert "N. Typed" in page(client, stock.kit)


def test_mail_to_an_account_without_a_role_is_told_without_its_address(stock, client, worker):
    open_account(email="newcomer@nowhere.example", name="Newcomer", password=None, by=None)
    stopped("newcomer@nowhere.example", State.UNSENDABLE, "Your invitation to Dekaan")
    shown = page(client, stock.kit)
    assert "Somebody who holds no role" in shown
    assert "newcomer" not in shown.casefold()


def test_a_job_that_was_given_up_is_tried_again_or_left(stock, client, worker):
    job = given_up(read_import, stock.ashdown.pk, 1)
    shown = page(client, stock.kit)
    assert "Reading a list that was brought in" in shown
    assert "ValueError, tried 5 times" in shown
    assert "Lovell" not in shown
    assert "tried again within a minute" in press(client, stock.kit, f"job {job.pk}", "again")
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == ("READY", [])
    again = given_up(read_import, stock.ashdown.pk, 2)
    assert "left undone" in press(client, stock.kit, f"job {again.pk}", "leave")
    assert not DBTaskResult.objects.filter(pk=again.pk).exists()
    assert actions() == ["job tried again", "job left undone"]


def test_a_job_of_another_school_is_not_told_here(stock, client, worker, at_beckford):
    given_up(read_import, stock.beckford.pk, 1)
    given_up(tasks.send_invitation, stock.bea.pk, None, "http://testserver")
    assert "no job was given up" in page(client, stock.kit)
    assert "Reading a list" in page(client, stock.kit, school="beckford")
    assert "Writing an invitation" in page(client, stock.kit, school="beckford")


def test_every_job_there_is_has_words():
    assert set(OF_A_PERSON) | set(OF_A_RESET) == {
        name for name in dir(tasks) if name.startswith("send_") and hasattr(getattr(tasks, name), "enqueue")
    }
    from dekaan.exchange import tasks as lists
    from dekaan.library import tasks as looks
    from dekaan.website import tasks as visits

    of_schools = {
        name for each in (lists, looks, visits) for name in dir(each) if hasattr(getattr(each, name), "enqueue")
    }
    assert set(OF_A_SCHOOL) == of_schools
