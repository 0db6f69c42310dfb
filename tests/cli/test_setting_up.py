"""Schools and accounts from the command line: what is true afterwards, and every refusal."""

import json
from datetime import timedelta

import pytest
from django.core import mail

from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import permissions_in
from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.core.academic_year import today, year_start
from dekaan.core.scope import working_in
from dekaan.schools.models import AcademicYear, School, Trust
from tests.databases import ON_POSTGRES
from tests.stock import THIS_YEAR


def test_schools_are_listed_as_objects_of_slug_name_and_urn(run, stock):
    assert run("school", "list", "--json").json == [
        {"slug": "ashdown", "name": "Ashdown School", "urn": "999001"},
        {"slug": "beckford", "name": "Beckford Academy", "urn": "999002"},
        {"slug": "farfield", "name": "Farfield High", "urn": ""},
    ]


def test_schools_are_listed_for_people_too(run, stock):
    lines = run("school", "list").out.splitlines()
    assert [line.split() for line in lines] == [
        ["ashdown", "999001", "Ashdown", "School"],
        ["beckford", "999002", "Beckford", "Academy"],
        ["farfield", "Farfield", "High"],
    ]


def test_no_schools_are_an_empty_list(run, db):
    assert (run("school", "list", "--json").json, run("school", "list").out) == ([], "")


def test_a_school_is_added_with_all_that_was_said(run, db):
    said = run(
        *("school", "add", "--name", "St Anne's, Hill Top", "--urn", "123456", "--laestab", "815/4001"),
        *("--high-age", 18, "--sixth-form", "--predecessor-urn", "654321", "--trust", "Hill Trust"),
        *("--records-begin", year_start(THIS_YEAR - 1)),
    )
    assert said.out == "St Anne's, Hill Top is at /st-anne-s-hill-top/\n"
    made = School.objects.get()
    assert (made.slug, made.urn, made.laestab, made.predecessor_urn) == (
        "st-anne-s-hill-top",
        "123456",
        "8154001",
        "654321",
    )
    assert (made.low_age, made.high_age, made.has_sixth_form, made.trust.name) == (11, 18, True, "Hill Trust")
    with working_in(made):
        assert list(AcademicYear.objects.values_list("start_year", flat=True)) == [THIS_YEAR - 1, THIS_YEAR]


def test_a_trust_is_added_once(run, db):
    for name in ("One", "Two"):
        run("school", "add", "--name", name, "--trust", "Hill Trust")
    assert [(trust.name, trust.schools.count()) for trust in Trust.objects.all()] == [("Hill Trust", 2)]


REFUSED = {
    "another school's address": (["--name", "Ashdown", "--trust", "New Trust"], "Another school has the address"),
    "letters in the URN": (["--name", "X", "--urn", "12345a"], "A URN is six digits"),
    "a short LAESTAB": (["--name", "X", "--laestab", "815/40"], "A LAESTAB is seven digits"),
    "a long predecessor": (["--name", "X", "--predecessor-urn", "1234567"], "Predecessor urn: "),
    "a name without letters": (["--name", "!!!"], "Slug: "),
    "no name": (["--name", "", "--slug", "x"], "Name: "),
    "an endless name": (["--name", "x" * 300, "--slug", "x"], "Name: "),
    "an address with spaces": (["--name", "X", "--slug", "a b/c"], "Slug: "),
    "an endless address": (["--name", "X", "--slug", "x" * 60], "Slug: "),
    "the address of the sign-in page": (["--name", "Sign in"], "one of Dekaan's own"),
    "the address of the pictures": (["--name", "Static"], "one of Dekaan's own"),
    "ages the wrong way round": (["--name", "X", "--low-age", "16", "--high-age", "11"], "cannot be older"),
    "records from the year 1": (["--name", "X", "--records-begin", "0001-01-01"], "Records begin between"),
    "records from next week": (
        ["--name", "X", "--records-begin", str(today() + timedelta(days=7))],
        "Records begin between",
    ),
    "a trust without letters": (["--name", "X", "--trust", "???"], "Slug: "),
    "a trust whose address is taken": (["--name", "X", "--trust", "Weirbrook"], "Slug: "),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_school_that_cannot_be_is_refused_in_words_and_leaves_nothing(run, stock, why):
    given, words = REFUSED[why]
    before = (list(School.objects.values()), list(Trust.objects.values()))
    said = run("school", "add", *given)
    assert (said.code, said.out, words in said.err) == (1, "", True), said
    assert (list(School.objects.values()), list(Trust.objects.values())) == before


if not ON_POSTGRES:

    def test_a_school_on_sqlite_in_earnest_stands_alone(run, stock, settings):
        settings.PRODUCTION = True
        said = run("school", "add", "--name", "Second")
        assert (said.code, "move to PostgreSQL" in said.err) == (1, True)


def test_an_account_is_opened_with_a_role_and_its_made_up_password_shown_once(run, stock):
    said = run(
        *("user", "add", "--email", "Nia@Ashdown.example", "--name", "Nia Bright", "--school", "ashdown"),
        *("--role", "careers-leader", "--agreed-by", "David@ashdown.example"),
    )
    first, second = said.out.splitlines()
    assert first == "nia@ashdown.example is Careers Leader at Ashdown School."
    nia = User.objects.get(email="nia@ashdown.example")
    assert nia.check_password(second.removeprefix("Password, shown once: "))
    assert permissions_in(nia, stock.ashdown) == ROLES["careers-leader"].may
    assert permissions_in(nia, stock.beckford) == frozenset()
    (told,) = mail.outbox
    assert (told.to, "Nia Bright (nia@ashdown.example) becomes Careers Leader" in told.body) == (
        ["david@ashdown.example"],
        True,
    )
    named = Event.objects.get(action="named as having agreed")
    assert (named.subject_id, named.school_id, named.detail) == (
        stock.david.pk,
        stock.ashdown.pk,
        {"role": "careers-leader"},
    )


@pytest.mark.parametrize(
    "agreed_by", [(), ("--agreed-by", "tom@ashdown.example"), ("--agreed-by", "nia@ashdown.example")]
)
def test_nobody_alone_makes_a_second_careers_leader(run, stock, agreed_by):
    """Whoever has the console could; they are stopped and told who may agree."""
    said = run(
        *("user", "add", "--email", "nia@ashdown.example", "--name", "Nia", "--school", "ashdown"),
        *("--role", "careers-leader", *agreed_by),
    )
    assert (said.code, "A second person agrees first" in said.err) == (1, True)
    assert "david@ashdown.example" in said.err
    assert not User.objects.filter(email="nia@ashdown.example").exists()


def test_the_role_is_named_where_somebody_holds_one(run, stock):
    said = run("user", "add", "--email", "nia@ashdown.example", "--name", "Nia", "--school", "ashdown")
    assert (said.code, said.err.startswith("Say which role: --role and one of")) == (1, True)


def test_a_password_that_was_given_is_not_shown(run, stock):
    words = "a long and winding road"
    said = run(
        *("user", "add", "--email", "nia@ashdown.example", "--name", "Nia", "--school", "ashdown"),
        *("--role", "tutor", "--password", words),
    )
    assert said.out == "nia@ashdown.example is Tutor or mentor at Ashdown School.\n"
    assert User.objects.get(email="nia@ashdown.example").check_password(words)


def test_a_person_with_an_account_gets_another_role_and_keeps_the_password(run, stock):
    before = stock.priya.password
    said = run(
        "user", "add", "--email", "priya@ashdown.example", "--name", "P", "--school", "beckford", "--role", "tutor"
    )
    assert said.out == "priya@ashdown.example is Tutor or mentor at Beckford Academy.\n"
    assert (User.objects.get(pk=stock.priya.pk).password, RoleAssignment.objects.filter(user=stock.priya).count()) == (
        before,
        2,
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"--school": "nowhere"}, "There is no school called “nowhere”. Schools here: ashdown, beckford, farfield."),
        ({"--email": "not an address"}, "Email: Enter a valid email address."),
        ({"--email": ""}, "Email: This field cannot be blank."),
        ({"--name": "x" * 200}, "Name: Ensure this value has at most 150 characters"),
        ({"--password": "short"}, "at least 12 characters"),
        ({"--password": ""}, "at least 12 characters"),
        ({"--password": "qwertyqwerty"}, "This password is too common."),
        ({"--password": "nia@ashdown.example"}, "too similar to the"),
        ({"--email": "priya@ashdown.example", "--password": "a long enough one"}, "has an account already"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_words_and_leaves_nothing(run, stock, given, words):
    typed = {"--email": "nia@ashdown.example", "--name": "Nia", "--school": "ashdown", "--role": "tutor"} | given
    before = (User.objects.count(), RoleAssignment.objects.count(), stock.priya.password)
    said = run("user", "add", *(word for pair in typed.items() for word in pair))
    assert (said.code, said.out, words in said.err) == (1, "", True), said
    assert (User.objects.count(), RoleAssignment.objects.count()) == before[:2]
    assert User.objects.get(pk=stock.priya.pk).password == before[2]


def test_names_from_everywhere_come_out_as_they_went_in(run, db):
    run("school", "add", "--name", "Ysgol Ŵyr مدرسة 🎓", "--slug", "ysgol")
    listed = run("school", "list", "--json")
    assert json.loads(listed.out)[0]["name"] == "Ysgol Ŵyr مدرسة 🎓"
    assert "🎓" in listed.out
