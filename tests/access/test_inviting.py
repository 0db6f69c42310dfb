"""A new colleague is invited by mail, with a link that works once: from the role to the school's home page."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from dekaan.access import tasks
from dekaan.access.changes import end_sessions
from dekaan.access.invitations import invite
from dekaan.access.models import Invitation, RoleAssignment, User
from dekaan.demo.people import PASSWORD

pytestmark = pytest.mark.django_db
NEW, THEIRS = "three words by heart", "four other words by heart"
ADA = {"name": "Ada Vance", "email": "ada@ashdown.example"}


def give(client: Client, stock, **told: str) -> RoleAssignment:
    client.force_login(stock.priya)
    client.post(reverse("role-new", args=["ashdown"]), ADA | told)
    return RoleAssignment.objects.latest("pk")


def sent() -> list[str]:
    """The invitations that the worker would send."""
    for job in DBTaskResult.objects.filter(task_path="dekaan.access.tasks.send_invitation"):
        tasks.send_invitation.func(*job.args_kwargs["args"])
        job.delete()
    found, mail.outbox[:] = [each.body for each in mail.outbox], []
    return found


def link_of(body: str) -> str:
    return re.search(r"http://testserver(/sign-in/invitation/\S+/)", body).group(1)


def test_from_the_role_to_the_second_factor(stock, client, settings):
    give(client, stock, role="link-governor")
    (body,) = sent()
    settings.SECOND_FACTOR = True
    ada = Client()
    page = ada.get(link_of(body), follow=True)
    assert page.request["PATH_INFO"] == "/sign-in/invitation/"
    code = page.context["form"]["code"].value()
    assert f'value="{code}"' in page.content.decode()
    assert ada.post("/sign-in/invitation/", {"code": code, "password": "short"}).status_code == 200
    assert ada.post("/sign-in/invitation/", {"code": code, "password": NEW}).url == "/sign-in/"
    ada.post("/sign-in/", {"login": ADA["email"], "password": NEW})
    assert ada.get("/ashdown/").url.startswith("/sign-in/yours/")


def test_the_mail_says_who_invites_and_for_which_school(stock, client):
    give(client, stock, role="link-governor")
    (body,) = sent()
    assert body.startswith("Priya Raman invites you to Dekaan, with which Ashdown School runs its careers programme.\n")


def test_the_link_works_once_and_looking_spends_nothing(stock, client):
    give(client, stock, role="link-governor")
    (body,) = sent()
    link, before = link_of(body), Invitation.objects.values().get()
    for _ in range(3):
        Client().get(link, follow=True)
        Client().head(link)
    assert Invitation.objects.values().get() == before
    chosen = []
    for password in (NEW, "another long password"):
        visitor = Client()
        code = visitor.get(link, follow=True).context["form"]["code"].value()
        visitor.post("/sign-in/invitation/", {"code": code, "password": password})
        chosen.append(User.objects.get(email=ADA["email"]).check_password(password))
    assert chosen == [True, False]


def test_a_wrong_link_looks_like_a_right_one(stock, client):
    give(client, stock, role="link-governor")
    (body,) = sent()
    answers = [Client().get(link) for link in (link_of(body), "/sign-in/invitation/aaaaa-bbbbb/")]
    assert len({(each.status_code, each.url, each["Cache-Control"], each["X-Robots-Tag"]) for each in answers}) == 1


def test_the_mail_says_nothing_of_whoever_is_invited_and_the_job_holds_no_code(stock, client):
    give(client, stock, role="link-governor")
    job = DBTaskResult.objects.get(task_path="dekaan.access.tasks.send_invitation")
    assert len(job.args_kwargs["args"]) == 3
    assert not Invitation.objects.exists()
    (body,) = sent()
    for word in ("Ada", "Vance", "ashdown.example", "governor"):
        assert word not in body


def test_a_role_that_waits_is_invited_to_once_it_is_confirmed(stock, client):
    asked = give(client, stock, role="senco")
    assert sent() == []
    client.force_login(stock.david)
    client.post(reverse("role-confirm", args=["ashdown", asked.pk]))
    assert len(sent()) == 1


def test_whoever_has_a_password_is_sent_no_link(stock, client):
    give(client, stock, role="link-governor", email=stock.tom.email)
    assert sent() == []
    assert User.objects.get(pk=stock.tom.pk).check_password(PASSWORD)


def test_undoing_the_role_makes_the_link_dead(stock, client):
    given = give(client, stock, role="link-governor")
    (body,) = sent()
    client.post(reverse("role-end", args=["ashdown", given.pk]))
    visitor = Client()
    code = visitor.get(link_of(body), follow=True).context["form"]["code"].value()
    page = visitor.post("/sign-in/invitation/", {"code": code, "password": NEW})
    assert "This code opens nothing" in page.content.decode()
    assert not User.objects.get(email=ADA["email"]).check_password(NEW)


def a_password_by_mail(ada: User) -> None:
    """Who did not wait for the invitation asked for a link at the sign-in page."""
    tasks.send_password_link.func(ada.pk, "http://testserver")
    link = re.search(r"http://testserver(/sign-in/forgotten/\S+/)", mail.outbox.pop().body).group(1)
    visitor = Client()
    visitor.post(visitor.get(link).url, {"password1": THEIRS, "password2": THEIRS})


def single_sign_on(ada: User) -> None:
    SocialAccount.objects.create(user=ada, provider="microsoft", uid="subject-of-ada")


def out_everywhere(ada: User) -> None:
    end_sessions(ada, by=ada)


def test_undoing_one_of_two_roles_leaves_the_link_to_the_other(stock, client):
    give(client, stock, role="link-governor")
    ends = give(client, stock, role="enterprise-adviser")
    link = link_of(sent()[-1])
    client.post(reverse("role-end", args=["ashdown", ends.pk]))
    assert Client().get(link, follow=True).context["form"]["code"].value()
    assert Invitation.objects.filter(used_at=None).exists()


@pytest.mark.parametrize("come_in", [a_password_by_mail, single_sign_on, out_everywhere])
def test_an_invitation_left_lying_about_is_no_key_to_somebody_who_has_come_in(stock, client, come_in):
    given = give(client, stock, role="link-governor")
    (body,) = sent()
    come_in(given.user)
    before = User.objects.values("password").get(email=ADA["email"])
    visitor = Client()
    code = visitor.get(link_of(body), follow=True).context["form"]["code"].value()
    page = visitor.post("/sign-in/invitation/", {"code": code, "password": NEW})
    assert "This code opens nothing" in page.content.decode()
    assert User.objects.values("password").get(email=ADA["email"]) == before


def test_whoever_chose_a_password_has_no_invitation_left(stock, client):
    a_password_by_mail(give(client, stock, role="link-governor").user)
    invite(User.objects.get(email=ADA["email"]), by=None)
    assert not User.objects.get(email=ADA["email"]).has_usable_password(), "it is the code or the password"
    a_password_by_mail(User.objects.get(email=ADA["email"]))
    assert not Invitation.objects.exists()


def test_sent_twice_the_later_link_opens(stock, client):
    given = give(client, stock, role="link-governor")
    links = []
    for _ in range(2):
        tasks.send_invitation.func(given.user_id, stock.priya.pk, "http://testserver")
        links.append(link_of(mail.outbox.pop().body))
    opened = []
    for link in links:
        visitor = Client()
        code = visitor.get(link, follow=True).context["form"]["code"].value()
        opened.append(visitor.post("/sign-in/invitation/", {"code": code, "password": NEW}).status_code == 302)
    assert opened == [False, True]
