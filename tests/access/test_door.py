"""The one door: not yours and not there look the same, yours but not allowed is said, and GET cannot write."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from dekaan.access.door import WroteWhileReading, needs, read_only
from dekaan.access.permissions import Permission
from dekaan.access.queries import permissions_in
from dekaan.core.scope import schools_in_scope, working_in
from dekaan.people.models import Pupil
from dekaan.schools.models import School
from tests.stock import pupil

SCREENS = ("home", "pupil-list", "session-list", "benchmark-picture", "report-list", "import-list", "school-settings")


def everything(answer) -> tuple:
    """All that the asker is given, but for the identity of the answer."""
    return answer.status_code, sorted(answer.headers.items()), sorted(answer.cookies), answer.content


@pytest.mark.parametrize("method", ["get", "post", "head", "options", "put", "delete"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_strangers_answer_is_that_of_a_school_that_does_not_exist(stock, client, screen, method):
    client.force_login(stock.priya)
    theirs = getattr(client, method)(reverse(screen, args=["beckford"]))
    nobodys = getattr(client, method)(reverse(screen, args=["no-such-school"]))
    assert theirs.status_code == 404
    assert everything(theirs) == everything(nobodys)


def test_the_answer_would_differ_for_her_own_school(stock, client):
    client.force_login(stock.priya)
    assert client.get(reverse("home", args=["ashdown"])).status_code == 200


def test_a_row_of_another_school_and_a_row_of_none_look_the_same(in_ashdown, client):
    with working_in(in_ashdown.beckford):
        theirs = pupil("Bruno", "Canary")
    client.force_login(in_ashdown.priya)
    answers = [client.get(reverse("pupil-record", args=["ashdown", pk])) for pk in (theirs.pk, 987654321)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert everything(answers[0]) == everything(answers[1])


@pytest.mark.parametrize("name", ["factor-reset-stop", "role-end", "case-detail", "session-detail", "pupil-record"])
@pytest.mark.parametrize("number", [10**18 - 1, 10**18, 2**63, 10**30])
def test_a_number_that_no_row_can_have_is_that_of_nothing(stock, client, name, number):
    for who in (stock.priya, stock.olive):
        client.force_login(who)
        for answer in (
            client.get(reverse(name, args=["ashdown", number])),
            client.post(reverse(name, args=["ashdown", number])),
        ):
            assert answer.status_code in {403, 404, 405}


def test_yours_but_not_allowed_is_said(stock, client):
    client.force_login(stock.moira)
    answer = client.get(reverse("pupil-list", args=["ashdown"]))
    assert (answer.status_code, "Your role does not include this" in answer.content.decode()) == (403, True)


def test_nobody_comes_in_without_signing_in(stock, client):
    for slug in ("ashdown", "no-such-school"):
        address = reverse("home", args=[slug])
        assert client.get(address).headers["Location"] == f"/sign-in/?next={address}"


def knock(view, user, method: str = "GET", slug: str = "ashdown"):
    request = RequestFactory().generic(method, f"/{slug}/")
    request.user = user
    return view(request, school_slug=slug)


def test_behind_the_door_the_school_is_in_scope_and_the_request_knows_who_may_what(stock):
    seen = SimpleNamespace()

    @needs(Permission.HOME_SEE)
    def look(request) -> HttpResponse:
        seen.scope, seen.request = schools_in_scope(), request
        return HttpResponse("in")

    assert knock(look, stock.sam).content == b"in"
    assert seen.scope == {stock.ashdown.pk}
    assert (seen.request.school, seen.request.permissions) == (
        stock.ashdown,
        permissions_in(stock.sam, stock.ashdown),
    )
    assert [each.scope for each in seen.request.assignments] == [{"tutor_groups": ["10A"]}]


def test_the_door_asks_for_its_own_permission(stock):
    @needs(Permission.IMPORT_MAKE)
    def bring(request) -> HttpResponse:
        return HttpResponse("in")

    assert knock(bring, stock.tom).content == b"in"
    with pytest.raises(PermissionDenied):
        knock(bring, stock.moira)
    with pytest.raises(Http404):
        knock(bring, stock.bea)
    with pytest.raises(Http404):
        knock(bring, stock.tom, slug="no-such-school")


WRITES = {
    "create": lambda: Pupil.objects.create(surname="New", forename="N"),
    "save": lambda: Pupil.objects.get(surname="Lovell").save(),
    "update": lambda: Pupil.objects.update(surname="Struck"),
    "delete": lambda: Pupil.objects.all().delete(),
    "a shared table": lambda: School.objects.update(name="Struck"),
    "by hand": lambda: connection.cursor().execute("  update schools_school set name = 'Struck'"),
}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("how", WRITES)
def test_a_get_cannot_write(in_ashdown, how, method):
    pupil("Ada", "Lovell")

    @needs(Permission.HOME_SEE)
    def sly(request) -> HttpResponse:
        WRITES[how]()
        return HttpResponse("written")

    with pytest.raises(WroteWhileReading), transaction.atomic():
        knock(sly, in_ashdown.priya, method)
    assert [each.surname for each in Pupil.objects.all()] == ["Lovell"]
    assert School.objects.get(slug="ashdown").name == "Ashdown School"


def test_a_post_may_write_and_writes_all_or_nothing(in_ashdown):
    pupil("Ada", "Lovell")

    @needs(Permission.HOME_SEE)
    def change(request) -> HttpResponse:
        Pupil.objects.update(surname="Changed")
        if request.GET.get("fails"):
            raise ZeroDivisionError
        return HttpResponse("written")

    request = RequestFactory().post("/ashdown/?fails=1")
    request.user = in_ashdown.priya
    with pytest.raises(ZeroDivisionError):
        change(request, school_slug="ashdown")
    assert Pupil.objects.get().surname == "Lovell"
    assert knock(change, in_ashdown.priya, "POST").content == b"written"
    assert Pupil.objects.get().surname == "Changed"


def test_reading_is_allowed_while_reading_and_writing_again_afterwards(in_ashdown):
    pupil("Ada", "Lovell")
    with read_only():
        assert Pupil.objects.get().surname == "Lovell"
    assert Pupil.objects.update(surname="Changed") == 1
