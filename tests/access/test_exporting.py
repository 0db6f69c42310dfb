"""An export of names is told to a second person: on their home page, and by a mail without names."""

import pytest
from django.core import mail
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.access.exporting import let_out, told_of_exports
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from tests.stock import pupil

SECRET = "Kanarivogel"


def export(client, stock, by):
    client.force_login(by)
    address = reverse("criterion-missing-export", args=["ashdown", "GB24.5.1"])
    assert client.post(address, {"purpose": "event"})["Content-Type"] == "text/csv; charset=utf-8"


def home(client, who):
    client.force_login(who)
    return client.get(reverse("home", args=["ashdown"]))


@pytest.fixture
def exported(client, stock):
    """The Careers Leader has exported the one pupil who met no employer."""
    with working_in(stock.ashdown):
        pupil("Ada", SECRET)
    export(client, stock, stock.priya)
    return stock


def test_the_leaders_export_is_told_to_officer_and_headteacher_until_they_have_seen_it(client, exported):
    told = {
        who.name: len(home(client, who).context["queue"].exports)
        for who in (exported.priya, exported.david, exported.olive, exported.tom, exported.joan, exported.kit)
    }
    assert told == {
        "Priya Raman": 0, "David Ansah": 1, "Olive Tan": 1, "Tom Okafor": 0, "Joan Petrov": 0, "Kit Barnes": 0,
    }  # fmt: skip
    page = home(client, exported.david)
    assert "1 name, for a visit, a trip or an event" in page.text
    assert SECRET not in page.text
    assert client.post(reverse("exports-seen", args=["ashdown"]))["Location"] == reverse("home", args=["ashdown"])
    assert [len(home(client, who).context["queue"].exports) for who in (exported.david, exported.olive)] == [0, 1]
    with working_in(exported.ashdown):
        assert list(Event.objects.filter(action="exports seen").values_list("actor_id", flat=True)) == [
            exported.david.pk
        ]


def test_the_mail_says_that_and_not_who(exported):
    assert {each.to[0] for each in mail.outbox} == {"david@ashdown.example", "olive@weirbrook.example"}
    for each in mail.outbox:
        assert each.subject == "Names were exported at Ashdown School"
        assert not {SECRET, "Ada", "Priya", "event"} & {*each.body.replace(".", " ").replace(",", " ").split()}


def test_somebody_elses_export_is_told_to_the_leader(client, stock):
    with working_in(stock.ashdown):
        pupil("Ada", SECRET)
        give_role(user=stock.femi, role="careers-leader", school=stock.ashdown, by=None, starts_on=today())
        assert told_of_exports(stock.ashdown, stock.priya) == [stock.femi]
        assert told_of_exports(stock.ashdown, stock.femi) == [stock.priya]
    export(client, stock, stock.priya)
    assert [len(home(client, who).context["queue"].exports) for who in (stock.femi, stock.olive)] == [1, 0]


def test_an_export_of_one_school_is_not_told_at_another(client, exported):
    give_role(user=exported.olive, role="data-protection-officer", school=exported.beckford, by=None, starts_on=today())
    client.force_login(exported.olive)
    assert client.get(reverse("home", args=["beckford"])).context["queue"].exports == []
    assert len(client.get(reverse("home", args=["ashdown"])).context["queue"].exports) == 1


def test_the_mark_is_one_line_whatever_a_name_holds(in_ashdown):
    in_ashdown.priya.name = "Priya\r\nRaman"
    said = let_out(in_ashdown.ashdown, by=in_ashdown.priya, names=1, purpose="law")
    assert said.splitlines() == [said]
    assert "1 name, for the council" in said
    assert [each.subject for each in mail.outbox] == ["Names were exported at Ashdown School"] * 2
