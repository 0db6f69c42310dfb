"""Links are looked at by real askings of servers of our own: broken only where that is sure, and nothing inside a network."""

import socket
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dekaan.audit.models import Event
from dekaan.cli.morning import go_round
from dekaan.core.academic_year import today
from dekaan.core.fetching import asking
from dekaan.core.scope import working_in
from dekaan.jobs.changes import Doer, begin_work
from dekaan.library import changes, queries
from dekaan.library.models import LinkRound, Resource
from tests.library.shelf import resource
from tests.stock import in_ashdown, stock
from tests.website.served import PUBLIC, Local

__all__ = ["in_ashdown", "stock"]
pytestmark = pytest.mark.django_db
HOST = "http://www.careers.example"


def look(stock) -> LinkRound:
    """Asked for by Priya and done by the worker."""
    made = changes.ask_for_look(by=stock.priya, then=lambda _: None)
    changes.look_at_links(stock.ashdown.pk, made.pk)
    made.refresh_from_db()
    return made


def states() -> dict[str, tuple[str, str]]:
    return {each.title: (each.link_state, each.link_reason) for each in Resource.objects.all()}


def test_each_answer_has_its_word(in_ashdown, served):
    served(
        {
            "/there": "x", "/gone": (410, {}, ""), "/shut": (403, {}, ""), "/ill": (503, {}, ""),
            "/moved": (301, {"Location": "http://other.example/there"}, ""),
            "/round": (302, {"Location": "/round"}, ""),
            "/inside": (302, {"Location": "http://inside.example/"}, ""), "/number": (302, {"Location": "http://169.254.169.254/"}, ""),
            "/odd": (406, {}, ""),
        },
        inside_example=[["10.0.0.7"]],
    )  # fmt: skip
    for path in ("there", "gone", "shut", "ill", "moved", "round", "inside", "number", "odd", "nowhere"):
        resource(path, address=f"{HOST}/{path}")
    resource("shelf", address="", kept_at="Shelf 2")
    made = look(in_ashdown)
    assert states() == {
        "there": ("fine", ""), "moved": ("fine", ""), "gone": ("broken", "not-found"), "nowhere": ("broken", "not-found"),
        "round": ("broken", "redirects"), "shut": ("unread", "blocked"), "ill": ("unread", "server-error"),
        "inside": ("unread", "not-public"), "number": ("unread", "elsewhere"), "odd": ("unread", "odd-answer"), "shelf": ("", ""),
    }  # fmt: skip
    assert (made.looked_at, made.broken, made.unread, made.finished_at is not None) == (10, 3, 5, True)
    assert Event.objects.get(action="links checked").detail == {"links": 10, "broken": 3}


def test_a_server_that_refuses_heads_is_asked_for_the_page_and_nothing_of_it_is_read(in_ashdown, served):
    seen = []

    def tell(request):
        seen.append((request.command, request.path, request.headers["User-Agent"]))
        is_head = request.command == "HEAD"
        request.send_response(404 if request.path == "/robots.txt" else 405 if is_head else 200)
        request.send_header("Content-Length", "0" if is_head else str(50 * 1024 * 1024))
        request.end_headers()

    wire = served(tell)
    resource(address=f"{HOST}/there")
    look(in_ashdown)
    assert states() == {"Job profiles": ("fine", "")}
    assert [each[:2] for each in seen if each[1] != "/robots.txt"] == [("HEAD", "/there"), ("GET", "/there")]
    assert {each[2] for each in seen} == {"Dekaan link check (Ashdown School)"}
    assert wire.paused == [1.0, 1.0]  # a website is asked once a second


def test_robots_are_kept_to_and_that_is_not_broken(in_ashdown, served):
    asked = []

    def tell(request):
        asked.append(request.path)
        request.send_response(200)
        body = b"User-agent: *\nDisallow: /private" if request.path == "/robots.txt" else b"x"
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)

    served(tell)
    resource("private", address=f"{HOST}/private/list")
    resource("open", address=f"{HOST}/open")
    look(in_ashdown)
    assert states() == {"private": ("unread", "robots"), "open": ("fine", "")}
    assert sorted(asked) == ["/open", "/robots.txt"]


class Lost(Local):
    """Some names lead nowhere."""

    def resolve(self, host, port):
        if host.startswith("lost"):
            raise socket.gaierror(-2, "Name or service not known")
        return super().resolve(host, port)


def test_a_name_that_leads_nowhere_is_broken_only_where_another_website_answered(in_ashdown, served, monkeypatch):
    wire = served({"/there": "x"})
    monkeypatch.setattr(wire, "resolve", Lost(wire.ports).resolve)
    resource("lost", address="http://lost.example/")
    look(in_ashdown)
    assert states() == {"lost": ("unread", "no-name")}  # perhaps this server has no way out
    resource("there", address=f"{HOST}/there")
    look(in_ashdown)
    assert states() == {"lost": ("broken", "no-such-name"), "there": ("fine", "")}


def test_a_slow_website_could_not_be_read(in_ashdown, served, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.4)
    served(lambda _: time.sleep(1.0))
    resource(address=f"{HOST}/slow")
    look(in_ashdown)
    assert states() == {"Job profiles": ("unread", "too-slow")}


def test_nothing_inside_a_network_is_ever_connected_to(in_ashdown, served):
    wire = served({"/": "x"}, www_careers_example=[["192.168.1.4"]])
    resource(address=f"{HOST}/")
    look(in_ashdown)
    assert (states(), wire.connected) == ({"Job profiles": ("unread", "not-public")}, [])


def test_a_round_that_was_cut_off_goes_on_where_it_ended(in_ashdown, served):
    served({"/a": "x", "/b": "x"})
    first, second = resource("a", address=f"{HOST}/a"), resource("b", address=f"{HOST}/b")
    made = changes.ask_for_look(by=None, then=lambda _: None)
    Resource.objects.filter(pk=first.pk).update(
        link_checked_at=timezone.now(), link_state="unread", link_reason="blocked"
    )
    changes.look_at_links(in_ashdown.ashdown.pk, made.pk)
    assert states() == {"a": ("unread", "blocked"), "b": ("fine", "")}
    Resource.objects.filter(pk=second.pk).update(link_state="broken")
    changes.look_at_links(in_ashdown.ashdown.pk, made.pk)  # over: a second worker changes nothing
    assert states()["b"][0] == "broken"


def test_what_was_found_of_an_address_is_not_said_of_the_next(in_ashdown, served):
    made = resource(address=f"{HOST}/a")

    class Meanwhile(Local):
        """Priya changes the address while its website is asked."""

        def pause(self, seconds):
            with working_in(in_ashdown.ashdown):
                Resource.objects.filter(pk=made.pk).update(address=f"{HOST}/other")

    wire = served({})
    wire.pause = Meanwhile(wire.ports).pause
    look(in_ashdown)
    assert (Resource.objects.get().address, states()) == (f"{HOST}/other", {"Job profiles": ("", "")})


def test_one_look_at_a_time_and_one_that_stands_still_is_given_up(in_ashdown):
    resource()
    changes.ask_for_look(by=in_ashdown.priya, then=lambda _: None)
    with pytest.raises(changes.RoundUnderWay):
        changes.ask_for_look(by=in_ashdown.priya, then=lambda _: None)
    LinkRound.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    changes.ask_for_look(by=in_ashdown.priya, then=lambda _: None)
    assert LinkRound.objects.count() == 2


def test_each_week_by_itself_and_not_where_nothing_is_on_the_web(in_ashdown):
    handed = []
    assert changes.ask_weekly_look(handed.append) is None  # an empty library
    resource("shelf", address="", kept_at="Shelf 2")
    assert changes.ask_weekly_look(handed.append) is None
    resource()
    first = changes.ask_weekly_look(handed.append)
    LinkRound.objects.update(finished_at=timezone.now())
    assert (changes.ask_weekly_look(handed.append), [each.pk for each in handed]) == (None, [first.pk])
    LinkRound.objects.update(asked_at=timezone.now() - timedelta(days=7))
    assert changes.ask_weekly_look(handed.append) is not None
    LinkRound.objects.update(asked_at=timezone.now() - timedelta(days=400))
    changes.forget_old_rounds(today())
    assert not LinkRound.objects.exists()


def test_the_morning_hands_it_to_the_worker_who_looks(stock, served):
    wire = served({"/profiles": "x"})
    with working_in(stock.ashdown):
        resource()
    go_round(today())
    worker, job = begin_work(), DBTaskResult.objects.get()
    assert job.task_path.endswith("look_at_links")
    job.claim(worker.name)
    Doer(worker).run_task(job)
    with working_in(stock.ashdown):
        assert states() == {"Job profiles": ("fine", "")}
        assert queries.looked().last.is_weekly
    assert set(wire.connected) == {PUBLIC}
