"""A mail is written down with what it tells of and sent once, whatever the mail server does meanwhile."""

import socket
from collections import Counter
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.mail import EmailMessage, send_mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dekaan.access import tasks
from dekaan.access.changes import agree_to_factor_reset, ask_for_factor_reset
from dekaan.access.models import Invitation, RoleAssignment, User
from dekaan.jobs.changes import Doer, begin_work, end_work, forget_old_mail, give_up_waiting_mail, send_due
from dekaan.jobs.models import Mail

pytestmark = pytest.mark.django_db
LINK = "http://testserver/sign-in/forgotten/a-secret-key/"
State = Mail.State


class Server:
    """A real mail server that does what it is told, and keeps what it took by Message-ID."""

    def __init__(self):
        self.took, self.says = Counter(), {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if said := self.says.get(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if said := self.says.get("the end"):
            return said
        self.took[message_from_bytes(envelope.content)["Message-ID"]] += 1
        if self.says.pop("cut", None):  # it has the mail, and nobody hears so
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = "dekaan.jobs.outbox.Outbox"
    settings.EMAIL_URL, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", "127.0.0.1", 5


@pytest.fixture
def server(outbox, settings):
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=_free())
    controller.start()
    settings.EMAIL_PORT = controller.port
    yield handler
    controller.stop()


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def worker():
    return begin_work()


def write(*to: str) -> None:
    for each in to:
        send_mail("Choose a new password", f"Open {LINK}\n.\n", "dekaan@ashdown.example", [each])


def states() -> dict[str, str]:
    return {mail.to: mail.state for mail in Mail.objects.all()}


def try_again_now(worker) -> None:
    Mail.objects.filter(state=State.WAITING).update(due_at=timezone.now())
    send_due(worker)


def test_one_row_for_each_recipient_and_no_link_in_clear(outbox):
    EmailMessage("Both", f"Open {LINK}", None, ["priya@ashdown.example"], ["tom@ashdown.example"]).send()
    assert states() == {"priya@ashdown.example": "waiting", "tom@ashdown.example": "waiting"}
    assert Mail.objects.values("message_id").distinct().count() == 2
    assert "secret-key" not in str(list(Mail.objects.values()))


def test_what_is_taken_back_is_never_sent(outbox):
    with transaction.atomic():
        write("priya@ashdown.example")
        transaction.set_rollback(True)
    assert states() == {}


def test_a_mail_is_sent_once_and_its_words_are_gone(server, worker):
    write("priya@ashdown.example", "tom@ashdown.example")
    send_due(worker)
    send_due(worker)
    assert server.took == {mail.message_id: 1 for mail in Mail.objects.all()}
    assert states() == {"priya@ashdown.example": "sent", "tom@ashdown.example": "sent"}
    assert set(Mail.objects.values_list("sealed", flat=True)) == {""}


def test_one_bad_address_holds_nobody_up(server, worker):
    server.says = {"nobody@ashdown.example": "550 no such person", "full@ashdown.example": "452 mailbox full"}
    write("nobody@ashdown.example", "full@ashdown.example", "tom@ashdown.example")
    send_due(worker)
    assert states() == {
        "nobody@ashdown.example": "unsendable", "full@ashdown.example": "waiting", "tom@ashdown.example": "sent",
    }  # fmt: skip
    server.says = {}
    try_again_now(worker)
    assert states()["full@ashdown.example"] == "sent"
    assert sorted(server.took.values()) == [1, 1]


def test_what_the_server_refuses_at_the_end_it_has_not(server, worker):
    server.says = {"the end": "451 try later"}
    write("tom@ashdown.example")
    send_due(worker)
    assert states() == {"tom@ashdown.example": "waiting"}
    server.says = {"the end": "554 looks like spam"}
    try_again_now(worker)
    assert states() == {"tom@ashdown.example": "unsendable"}
    assert server.took == {}


def test_a_server_that_is_down_is_tried_for_more_than_a_day_and_the_mail_then_given_up(outbox, worker, settings):
    settings.EMAIL_PORT = _free()
    write("tom@ashdown.example")
    waited = timezone.timedelta()
    while states() == {"tom@ashdown.example": "waiting"}:
        try_again_now(worker)
        mail = Mail.objects.get()
        waited += max(mail.due_at - timezone.now(), timezone.timedelta())
    assert (mail.state, mail.why) == ("given up", "ConnectionRefusedError")
    assert waited > timezone.timedelta(hours=24)


def test_a_server_that_comes_back_gets_the_mail_once(server, worker, settings):
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, _free()
    write("tom@ashdown.example")
    send_due(worker)
    settings.EMAIL_PORT = there
    send_due(worker)
    assert server.took == {}, "it waits"
    try_again_now(worker)
    assert list(server.took.values()) == [1]


def test_a_server_that_says_nothing_before_the_words_is_tried_again(outbox, worker, settings):
    settings.EMAIL_TIMEOUT = 0.2
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_PORT = silent.getsockname()[1]
        write("tom@ashdown.example")
        send_due(worker)
    assert (states(), Mail.objects.get().why) == ({"tom@ashdown.example": "waiting"}, "SMTPServerDisconnected")


def test_a_mail_whose_taking_nobody_heard_is_in_doubt_and_not_sent_again(server, worker):
    server.says = {"cut": True}
    write("tom@ashdown.example")
    send_due(worker)
    try_again_now(worker)
    assert states() == {"tom@ashdown.example": "in doubt"}
    assert list(server.took.values()) == [1], "it was taken"


@pytest.mark.parametrize(("state", "then", "sent"), [(State.TAKEN, "sent", [1]), (State.HANDING_OVER, "in doubt", [])])
def test_what_a_dead_worker_had_in_hand(server, worker, state, then, sent):
    write("tom@ashdown.example")
    dead = begin_work()
    Mail.objects.update(state=state, worker=dead.name, tries=1)
    send_due(worker)
    assert states() == {"tom@ashdown.example": state}, "it lives"
    end_work(dead.pk)
    send_due(worker)
    try_again_now(worker)
    assert (states(), list(server.took.values())) == ({"tom@ashdown.example": then}, sent)


def test_a_worker_that_was_taken_for_dead_meanwhile_hands_nothing_over(server, worker):
    write("tom@ashdown.example")
    taken_away = []

    def meanwhile(execute, sql, *asked):
        if sql.startswith("UPDATE") and asked[0][0] == State.HANDING_OVER and not taken_away:
            taken_away.append(Mail.objects.update(worker="another"))
        return execute(sql, *asked)

    with connection.execute_wrapper(meanwhile):
        send_due(worker)
    assert (taken_away, server.took, states()) == ([1], {}, {"tom@ashdown.example": "taken"})


def test_under_another_secret_key_no_mail_can_be_read_and_the_next_goes(server, worker, settings):
    write("tom@ashdown.example")
    settings.SECRET_KEY = "another key altogether"
    write("priya@ashdown.example")
    send_due(worker)
    assert states() == {"tom@ashdown.example": "given up", "priya@ashdown.example": "sent"}


def test_an_older_state_sends_nothing_that_waited_in_it(server, worker):
    write("tom@ashdown.example")
    give_up_waiting_mail()
    send_due(worker)
    assert (states(), server.took) == ({"tom@ashdown.example": "given up"}, {})
    assert Mail.objects.get().sealed == ""


def test_old_mail_goes_and_what_waits_stays(outbox):
    write("tom@ashdown.example", "priya@ashdown.example")
    Mail.objects.update(written_at=timezone.now() - timezone.timedelta(days=31))
    Mail.objects.filter(to="tom@ashdown.example").update(state=State.SENT)
    forget_old_mail()
    assert states() == {"priya@ashdown.example": "waiting"}


def way_back(stock) -> int:
    """Two people have agreed that Tom's second factor is reset."""
    TOTP.activate(stock.tom, generate_totp_secret())
    role = RoleAssignment.objects.filter(user=stock.tom, school=stock.ashdown).first()
    asked = ask_for_factor_reset(role, by=stock.kit)
    agree_to_factor_reset(asked, by=stock.priya, seen=True)
    return asked.pk


JOBS = {
    "password": lambda stock: tasks.send_password_link.enqueue(stock.tom.pk, "http://testserver"),
    "invitation": lambda stock: tasks.send_invitation.enqueue(new(stock).pk, stock.priya.pk, "http://testserver"),
    "way back": lambda stock: tasks.send_way_back.enqueue(way_back(stock), "http://testserver"),
}


def new(stock) -> User:
    return User.objects.create_user("ada@ashdown.example", "Ada Vance", None)


@pytest.mark.parametrize("job", JOBS)
def test_a_link_whose_worker_ends_just_before_the_job_does_is_mailed_once(stock, outbox, worker, job):
    JOBS[job](stock)
    before = (Mail.objects.count(), Invitation.objects.count())
    ends = []

    def just_then(execute, sql, params, *asked):
        if sql.startswith("UPDATE") and TaskResultStatus.SUCCESSFUL in (params or ()) and not ends:
            ends.append(Mail.objects.count())
            raise KeyboardInterrupt
        return execute(sql, params, *asked)

    with connection.execute_wrapper(just_then):
        do(worker)
    assert ends == [before[0] + 1], "it was written, and the job was not at its end"
    assert (Mail.objects.count(), Invitation.objects.count()) == before
    DBTaskResult.objects.update(status="READY", run_after=timezone.now())
    do(worker)
    do(worker)
    assert (Mail.objects.count(), DBTaskResult.objects.get().status) == (before[0] + 1, "SUCCESSFUL")


def test_a_job_that_is_in_other_hands_meanwhile_writes_no_mail(stock, outbox, worker):
    JOBS["password"](stock)
    job = DBTaskResult.objects.get()
    job.claim(worker.name)
    DBTaskResult.objects.get().claim("another")
    Doer(worker).run_task(job)
    assert (Mail.objects.count(), DBTaskResult.objects.get().status) == (0, "RUNNING")


def do(worker) -> None:
    """The jobs that wait are done."""
    for job in DBTaskResult.objects.ready():
        job.claim(worker.name)
        Doer(worker).run_task(job)
