"""A form is done once, however often it is sent: walked over every form of every screen."""

import re
import threading
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dekaan.access.changes import forget_presses, give_role, open_account
from dekaan.access.door import LIST_OF_NEEDS_READ, NEEDS_READ
from dekaan.access.models import Press
from dekaan.access.pressing import AGAIN
from dekaan.audit.models import Event
from dekaan.backups.queries import canonical_lines
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.models import ImportRun
from dekaan.people.changes import add_carer, add_staff_member
from dekaan.people.models import CarerOf
from dekaan.programme.models import Activity
from tests.databases import ON_POSTGRES
from tests.exchange.lists import as_csv
from tests.exchange.lists import pupils as listed
from tests.factories.schools import Place, person, place, pupils, talk
from tests.house.test_other_school import OF_A_SCHOOL, arguments_of, model_of
from tests.house.test_views import addresses

# Forms that cannot be filled from what stands in them, and what is typed there.
TYPED = {"day": str(today()), "email": "new@kestrel.example", "number": "10", "time": "09:00", "text": "Wren"}
TYPED["url"] = "https://www.kestrel.example/"
LEFT_BLANK = {"urn", "ukprn", "laestab", "predecessor_urn", "owner_name", "chair_name", "cost"}
FIRST_OF = {"year_groups"}
# Must be among those that were pressed with effect: a walk that presses nothing would prove nothing.
AT_LEAST = {
    "activity-new",
    "activity-change",
    "session-new",
    "session-change",
    "session-register",
    "session-happened",
    "session-cancel",
    "session-undo",
    "catch-up-new",
    "pupil-change",
    "pupil-leave",
    "carer-new",
    "carer-change",
    "staff-new",
    "staff-change",
    "role-new",
    "school-settings",
    "task-new",
    "task-end",
    "meeting-new",
    "action-new",
}


class Forms(HTMLParser):
    """The forms of a page that change something: where each goes, and what it sends when its button is pressed."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address, self.found, self.open, self.select, self.text = address, [], None, "", None
        self.has_button = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form" and has.get("method") == "post":
            self.open, self.has_button = {}, False
            self.found.append((has.get("action") or self.address, self.open))
        elif self.open is None:
            return
        elif tag == "input" and "name" in has:
            kind = "number" if has.get("inputmode") == "decimal" else has.get("type", "text")
            if kind == "radio" or has["name"] in FIRST_OF:  # the first of them, where none is chosen
                if has["name"] not in self.open or "checked" in has:
                    self.open[has["name"]] = [has["value"]]
                return
            if kind == "file" or (kind == "checkbox" and "checked" not in has):
                return
            value = (
                has.get("value", "")
                if has["name"] in LEFT_BLANK
                else has.get("value") or TYPED.get({"date": "day"}.get(kind, kind), "" if kind == "hidden" else "Wren")
            )
            self.open.setdefault(has["name"], []).append(value)
        elif tag == "textarea":
            self.text = self.open.setdefault(has["name"], [""])
        elif tag == "select":
            self.select = has["name"]
        elif tag == "option" and self.select and has.get("value"):
            if self.select not in self.open or "selected" in has:
                self.open[self.select] = [has["value"]]
        elif tag == "button" and not self.has_button:  # the first is the one that Enter presses
            self.has_button = True
            if "name" in has:
                self.open.setdefault(has["name"], [has.get("value", "")])

    def handle_data(self, data):
        if self.text is not None:
            self.text[-1] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text[-1], self.text = self.text[-1].removeprefix("\n").removeprefix("\r\n"), None
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


@pytest.fixture
def kestrel(db) -> Place:
    at = place("kestrel")
    person(at, "careers-leader")
    here = pupils(at, 3)
    talk(at, invited=here[:2], absent=here[:1])
    talk(at, title="To come", invited=here, happened=False)
    with working_in(at.school):
        add_carer(surname="Quill", forename="Rose", pupils=here[:1], by=None)
        add_staff_member(surname="Marsh", forename="Ivo", by=None, starts_on=today() - timedelta(days=400))
    return at


def signed_in(at: Place) -> Client:
    client = Client()
    client.force_login(at.people["careers-leader"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def meaning(at: Place) -> tuple:
    with working_in(at.school):
        # That somebody read is kept as well, and changes nothing.
        done = Event.objects.exclude(action__in=[NEEDS_READ, LIST_OF_NEEDS_READ]).count()
        return list(canonical_lines(at.school)), ImportRun.objects.count(), done


def pages(at: Place):
    """Every screen, of each row that there is to see."""
    for entry in OF_A_SCHOOL:
        named = [name for name in entry.pattern.converters if name.endswith("_id") and name not in SAID]
        with working_in(at.school):
            rows = list(model_of(named[0]).objects.all()) if len(named) == 1 and named[0] != "assignment_id" else []
        for row in rows or [None]:
            given = {named[0]: row.pk} if row else arguments_of(entry, at.school)
            yield entry.name, reverse(entry.name, kwargs={"school_slug": at.slug, **given})


ALL = list(addresses())
SAID = {"criterion_id", "framework_id", "benchmark_id"}


def test_every_form_that_is_sent_twice_is_done_once(kestrel):
    client, names = signed_in(kestrel), {reverse_name(each): each.name for each in OF_A_SCHOOL}
    done, twice = set(), []
    for _, address in pages(kestrel):
        page = client.get(address)
        if page.status_code != 200 or page.streaming or "text/html" not in page["Content-Type"]:
            continue
        for where, sent in Forms(page.content.decode(), address).found:
            if "/kestrel/" not in where:
                continue
            with transaction.atomic():
                before = meaning(kestrel)
                first = client.post(where, sent)
                after = meaning(kestrel)
                if first.status_code == 302 and after != before:
                    done.add(name_of(where, names))
                    second = client.post(where, sent)
                    if (second.status_code, second.url) != (302, first.url) or meaning(kestrel) != after:
                        twice.append(where)
                transaction.set_rollback(True)
    assert twice == []
    assert AT_LEAST - done == set()


def reverse_name(entry) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"(?P<\1>[^/]+)", "".join(path for path, each in ALL if each is entry))


def name_of(where: str, names: dict[str, str]) -> str:
    path = where.partition("?")[0].removeprefix("/")
    return next(name for pattern, name in names.items() if re.fullmatch(pattern, path))


def test_the_second_press_leads_where_the_first_did_and_says_so(kestrel):
    client = signed_in(kestrel)
    with working_in(kestrel.school):
        activity = Activity.objects.get(title="To come")
    ((_, sent),) = [
        each
        for each in Forms(
            client.get(f"/kestrel/programme/activities/{activity.pk}/session/").content.decode(), ""
        ).found
        if "held_on" in each[1]
    ]
    sent["year_groups"] = ["10"]
    address = f"/kestrel/programme/activities/{activity.pk}/session/"
    first, second = client.post(address, sent), client.post(address, sent, follow=True)
    assert first.status_code == 302
    assert second.redirect_chain == [(first.url, 302)]
    assert AGAIN in second.content.decode()
    with working_in(kestrel.school):
        assert activity.sessions.count() == 2
    other = client.post(address, sent | {"place": ["Hall"]})
    assert other.status_code == 302
    with working_in(kestrel.school):
        assert activity.sessions.count() == 3


def test_what_is_to_be_put_right_may_be_sent_again(kestrel):
    client, wrong = signed_in(kestrel), {"title": [""], "csrfmiddlewaretoken": ["x" * 64]}
    answers = [client.post("/kestrel/programme/activities/new/", wrong) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    with working_in(kestrel.school):
        assert not Press.objects.exists()


def test_a_press_is_one_persons_own(kestrel):
    other = open_account(email="second@kestrel.example", name="Una Marsh", password=None)
    give_role(user=other, role="careers-leader", school=kestrel.school, by=None)
    with working_in(kestrel.school):
        activity = Activity.objects.get(title="To come")
    second = Client()
    second.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = {"held_on": str(today()), "year_groups": "10", "csrfmiddlewaretoken": "x" * 64}
    answers = [
        each.post(f"/kestrel/programme/activities/{activity.pk}/session/", sent)
        for each in (signed_in(kestrel), second)
    ]
    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0].url != answers[1].url


def test_a_file_that_is_sent_twice_comes_in_once(kestrel, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client, content = signed_in(kestrel), as_csv(listed(5)).encode()
    answers = [
        client.post(
            "/kestrel/imports/upload/",
            {"kind": "pupils", "file": SimpleUploadedFile("p.csv", content), "csrfmiddlewaretoken": "x" * 64},
        )
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    with working_in(kestrel.school):
        assert ImportRun.objects.count() == 1


def test_a_corrected_file_of_the_same_name_and_length_is_another(kestrel, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client, content = signed_in(kestrel), as_csv(listed(5))
    files = [content.encode(), content.replace(listed(1)[0]["Adno"], "9" * len(listed(1)[0]["Adno"])).encode()]
    assert len(files[0]) == len(files[1])
    answers = [
        client.post(
            "/kestrel/imports/upload/",
            {"kind": "pupils", "file": SimpleUploadedFile("p.csv", file), "csrfmiddlewaretoken": "x" * 64},
        )
        for file in files
    ]
    assert answers[0].url != answers[1].url
    with working_in(kestrel.school):
        kept = [(tmp_path / run.stored_as).read_bytes() for run in ImportRun.objects.order_by("pk")]
    assert kept == files


def test_presses_are_forgotten_after_a_day(kestrel):
    client = signed_in(kestrel)
    with working_in(kestrel.school):
        link = CarerOf.objects.get()
        client.post(f"{reverse('carer-remove', args=['kestrel', link.pk])}", {"csrfmiddlewaretoken": "x" * 64})
        (press,) = Press.objects.all()
        forget_presses()
        assert Press.objects.count() == 1
        Press.objects.filter(pk=press.pk).update(at=timezone.now() - timedelta(days=1, minutes=1))
        forget_presses()
        assert Press.objects.count() == 0


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer; its tests share one connection")
@pytest.mark.django_db(transaction=True)
def test_five_presses_at_once_are_one(kestrel):
    with working_in(kestrel.school):
        activity = Activity.objects.get(title="To come")
    address = f"/kestrel/programme/activities/{activity.pk}/session/"
    sent = {"held_on": str(today()), "year_groups": "10", "csrfmiddlewaretoken": "x" * 64}
    clients, answers, together = [signed_in(kestrel) for _ in range(5)], [], threading.Barrier(5)

    def press(client):
        try:
            together.wait()
            answers.append(client.post(address, sent))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.status_code for each in answers} == {302}
    assert len({each.url for each in answers}) == 1
    with working_in(kestrel.school):
        assert activity.sessions.count() == 2
    connection.close()
