"""A sign-in in a new browser is told to the owner, by a mail that says nothing of anybody, and on the page."""

from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from dekaan.access import tasks
from dekaan.access.models import Device
from dekaan.demo.people import PASSWORD

WINDOWS = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"}
IPHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"}


def sign_in(client: Client):
    return client.post("/sign-in/", {"login": "priya@ashdown.example", "password": PASSWORD}, follow=True)


def sent() -> list[str]:
    """What the worker would send, subject by subject."""
    for job in DBTaskResult.objects.filter(task_path="dekaan.access.tasks.deliver").order_by("enqueued_at"):
        tasks.deliver.func(*job.args_kwargs["args"])
        job.delete()
    found, mail.outbox[:] = [each.subject for each in mail.outbox], []
    return found


def test_the_first_browser_is_no_news_and_the_next_is(stock):
    desk, telephone = Client(headers={"User-Agent": WINDOWS["HTTP_USER_AGENT"]}), Client()
    telephone.defaults |= IPHONE
    sign_in(desk)
    assert sent() == []
    desk.post("/sign-out/")
    sign_in(desk)
    assert sent() == []
    sign_in(telephone)
    assert sent() == ["A sign-in to Dekaan on a new device"]
    assert sorted(Device.objects.values_list("name", flat=True)) == ["Chrome on Windows", "Safari on iPhone"]


def test_the_owner_is_told_on_the_page_too_once(stock):
    desk, telephone = Client(headers={"User-Agent": WINDOWS["HTTP_USER_AGENT"]}), Client()
    telephone.defaults |= IPHONE
    sign_in(desk)
    sign_in(telephone)
    for is_told in (True, False):
        desk.post("/sign-out/")
        assert ("somebody signed in as you with Safari on iPhone" in sign_in(desk).content.decode()) == is_told


def test_no_mail_says_who_or_where(stock):
    for _ in range(2):
        client = Client(REMOTE_ADDR="10.1.2.3")
        client.defaults |= IPHONE
        sign_in(client)
    client.post(
        "/sign-in/password/", {"oldpassword": PASSWORD, "password1": "twelve chars", "password2": "twelve chars"}
    )
    jobs = DBTaskResult.objects.filter(task_path="dekaan.access.tasks.deliver")
    words = [job.args_kwargs["args"][:2] for job in jobs]
    assert len(words) == 2
    for secret in ("Priya", "Raman", "ashdown", "10.1.2.3", "iPhone", "twelve"):
        assert secret not in str(words)


def test_the_cookie_is_kept_as_a_hash(stock):
    client = Client()
    sign_in(client)
    assert client.cookies["dekaan-device"].value not in str(Device.objects.values())
