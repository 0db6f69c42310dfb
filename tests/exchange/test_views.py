"""The screens of an import, one after another."""

import os
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dekaan.access.models import RoleAssignment, User
from dekaan.core.scope import working_in
from dekaan.exchange import changes, tasks
from dekaan.exchange.changes import import_file, keeping
from dekaan.exchange.models import ImportRun, Mapping
from dekaan.exchange.queries import without_sensitive
from dekaan.people.models import Pupil
from tests.exchange.lists import HEADINGS, as_csv, pupils


@pytest.fixture
def client(leader):
    client = Client()
    client.force_login(leader)
    return client


def upload(client, school, content, name="pupils.csv", **said):
    data = {"file": SimpleUploadedFile(name, content), "kind": "pupils", "coverage": "all"} | said
    return client.post(reverse("import-upload", args=[school.slug]), data)


def at(name, school, run):
    return reverse(name, args=[school.slug, run.pk])


def test_whoever_brings_a_file_of_leavers_is_not_asked_about_a_pupil_list(client, school):
    where = reverse("import-upload", args=[school.slug])
    for asked, is_asked in ((f"{where}?kind=destinations", False), (f"{where}?kind=nonsense", True), (where, True)):
        page = client.get(asked)
        assert ("A pupil list holds" in page.text) == is_asked
        assert ('value="destinations" selected' in page.text) != is_asked
    answer = client.post(
        where, {"file": SimpleUploadedFile("x.csv", b"Surname,Code\nQuill,230\n"), "kind": "destinations"}
    )
    assert answer.status_code == 302
    assert ImportRun.objects.get().kind == "destinations"


def test_a_pupil_list_goes_from_upload_to_receipt_and_back(client, school, leader):
    answer = client.get(reverse("import-list", args=[school.slug]))
    assert answer.status_code == 200
    answer = upload(client, school, as_csv(pupils(20)).encode())
    run = ImportRun.objects.get()
    assert answer["Location"] == at("import-progress", school, run)
    answer = client.get(answer["Location"])
    assert answer["Refresh"]
    tasks.read_import.call(school.pk, run.pk)
    answer = client.get(at("import-progress", school, run), follow=True)
    assert "Sensitive columns stay out" in answer.text
    form = answer.context["form"]
    said = {field.html_name: field.initial or "" for field in form if not field.html_name.startswith("let_in")}
    answer = client.post(at("import-columns", school, run), said)
    assert answer.status_code == 302
    tasks.compare_import.call(school.pk, run.pk)
    answer = client.get(at("import-preview", school, run))
    assert "Confirm 20 changes" in answer.text
    client.post(at("import-confirm", school, run))
    tasks.record_import.call(school.pk, run.pk, leader.pk)
    answer = client.get(at("import-progress", school, run), follow=True)
    assert "Recorded on" in answer.text
    assert Pupil.objects.count() == 20
    answer = client.post(at("import-undo", school, run), follow=True)
    assert "Undone on" in answer.text
    assert Pupil.objects.count() == 0


def test_the_second_file_with_the_same_headings_goes_straight_to_the_preview(client, school, leader, file):
    import_file(file(as_csv(pupils(20))), kind="pupils", by=leader)
    upload(client, school, as_csv(pupils(21)).encode())
    run = ImportRun.objects.first()
    tasks.read_import.call(school.pk, run.pk)
    run.refresh_from_db()
    assert run.state == "preview"
    assert run.counts == {"unchanged": 20, "joins": 1}


PLAIN = [heading for heading in HEADINGS if heading not in {"SEN Status", "Pupil Premium"}]
NEW_YEAR_7 = [{**row, "Year": "Year 7", "Reg Group": "7A"} for row in pupils(60)[40:]]


def previewed(client, school, content, **said):
    """The preview of a file that was handed over and read."""
    upload(client, school, content, coverage="", **said)
    run = ImportRun.objects.first()
    tasks.read_import.call(school.pk, run.pk)
    run.refresh_from_db()
    return run, client.get(at("import-progress", school, run), follow=True)


def test_headings_never_seen_before_that_are_unmistakable_need_no_page_of_columns(client, school, leader, file):
    import_file(file(as_csv(pupils(40))), kind="pupils", by=leader)
    Mapping.objects.all().delete()
    run, answer = previewed(client, school, as_csv(NEW_YEAR_7, PLAIN).encode())
    assert (run.state, run.counts, run.held, run.whole_roll) == ("preview", {"joins": 20}, [], False)
    assert "Taken as a list of new pupils, since it names nobody on the roll: nobody leaves." in answer.text
    assert "Legal Surname" in answer.text
    assert at("import-columns", school, run) in answer.text


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (HEADINGS, [{}]),  # sensitive columns that nobody was asked about
        ([heading for heading in PLAIN if heading != "Year"], [{}]),  # nothing says the year group
        ([heading for heading in PLAIN if "Forename" not in heading], [{}]),  # nor the forename
        ([*PLAIN, "Form"], [{"Form": "9X"}]),  # two columns vie for the tutor group
        (PLAIN, [{"DOB": "03/04/2014"}]),  # day or month
    ],
)
def test_where_something_is_to_be_asked_the_page_of_columns_asks(client, school, headings, rows):
    said = [{**pupils(1)[0], **row} for row in rows]
    run, _ = previewed(client, school, as_csv(said, headings).encode())
    assert run.state == "columns"


def test_sensitive_columns_are_asked_about_once_and_stay_out_with_the_reason(client, school, leader, file):
    everyone = pupils(30)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    run, answer = previewed(client, school, as_csv(everyone, [*HEADINGS[::-1], "House"]).encode())
    assert (run.state, run.counts) == ("preview", {"unchanged": 30})
    assert "<strong>SEN Status</strong> stays out, not read and not kept. Needed only to show gaps" in answer.text
    answer = client.get(at("import-columns", school, run))
    assert [switch.name for switch in answer.context["form"].switches()] == ["let_in_sen", "let_in_pupil_premium"]


def test_whoever_sees_no_needs_and_flags_reads_none_in_what_becomes_of_a_list(client, school, leader, file):
    """Neither a value that was changed, nor which field was, nor one that could not be read."""
    child = pupils(1)[0] | {"SEN Status": "N", "Pupil Premium": "N", "In care": "N"}
    headings = [*HEADINGS, "In care"]
    let_in = {"kind": "pupils", "by": leader, "switched_on": ["sen", "pupil_premium", "looked_after"]}
    import_file(file(as_csv([child], headings)), **let_in)
    child |= {"SEN Status": "QCANARY", "Pupil Premium": "MAYBECANARY", "In care": "Y", "Reg Group": "9CANARY"}
    report = import_file(file(as_csv([child], headings)), preview_only=True, **let_in)
    run = ImportRun.objects.get(pk=report.run_id)
    assert "Looked after:" in client.get(at("import-preview", school, run)).text  # or it could not leak
    tom = User.objects.create_user(email="tom@example.org", name="Tom", password=os.urandom(8).hex())
    RoleAssignment.objects.create(user=tom, school=school, role="careers-administrator", starts_on="2020-01-01")
    client.force_login(tom)
    shown = client.get(at("import-preview", school, run)).text
    assert "9CANARY" in shown
    assert "kept from view" in shown
    assert "SEN Status left out: it is none of the values that we know" in shown
    for word in ("QCANARY", "MAYBECANARY", "Looked after:"):
        assert word not in shown, word
    kept = without_sensitive(report, "pupils").lines[0]
    assert [each["field"] for each in kept["changes"]] == ["tutor_group"]


def test_a_switch_stands_only_for_a_column_that_the_file_has(client, school):
    run, _ = previewed(client, school, as_csv(pupils(3), [*PLAIN, "SEN Status"]).encode())
    form = client.get(at("import-columns", school, run)).context["form"]
    assert [switch.name for switch in form.switches()] == ["let_in_sen"]


def test_a_column_that_is_made_sensitive_by_hand_stays_out_and_the_preview_says_so(client, school):
    run, _ = previewed(client, school, as_csv([{**pupils(1)[0], "Plan": "K"}], [*PLAIN, "Plan"]).encode())
    form = client.get(at("import-columns", school, run)).context["form"]
    said = {field.html_name: field.initial or "" for field in form} | {"column_8": "sen"}
    client.post(at("import-columns", school, run), said)
    tasks.compare_import.call(school.pk, run.pk)
    answer = client.get(at("import-preview", school, run))
    assert "<strong>Plan</strong> stays out" in answer.text
    assert "switch a sensitive one on" in answer.text
    assert [each.name for each in client.get(at("import-columns", school, run)).context["form"].switches()] == [
        "let_in_sen"
    ]


def test_what_was_said_of_columns_that_a_file_lacks_is_remembered(client, school, leader, file):
    everyone = pupils(30)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader, switched_on=["sen"])
    import_file(file(as_csv(everyone, PLAIN)), kind="pupils", by=leader)
    kept = Mapping.objects.get()
    assert (kept.switched_on, kept.meanings["senstatus"]) == (["sen"], "sen")


def test_a_file_is_the_whole_roll_or_some_as_it_names_them_and_the_other_is_one_press(client, school, leader, file):
    everyone = pupils(40)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    run, answer = previewed(client, school, as_csv(everyone[:38]).encode())
    assert (run.whole_roll, run.counts) == (True, {"unchanged": 38, "leaves": 2})
    assert "since it names 38 of the 40 pupils on the roll" in answer.text
    client.post(at("import-taken-as", school, run), {"coverage": "some"})
    run.refresh_from_db()
    assert (run.whole_roll, run.counts) == (False, {"unchanged": 38})
    run, answer = previewed(client, school, as_csv(everyone[:4]).encode())
    assert (run.whole_roll, run.counts) == (False, {"unchanged": 4})
    assert "since it names 4 of the 40 pupils on the roll: nobody leaves" in answer.text
    client.post(at("import-taken-as", school, run), {"coverage": "all"})
    run.refresh_from_db()
    assert (run.whole_roll, run.counts, len(run.held)) == (True, {"unchanged": 4, "leaves": 36}, 1)


def test_the_first_list_is_the_whole_roll(client, school):
    run, answer = previewed(client, school, as_csv(pupils(20), PLAIN).encode())
    assert (run.state, run.whole_roll, run.counts) == ("preview", True, {"joins": 20})
    assert "Nobody is on the roll yet" in answer.text


def test_leavers_are_shown_with_year_and_tutor_group(client, school, leader, file):
    everyone = pupils(40)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    _, answer = previewed(client, school, as_csv(everyone[:39]).encode())
    leaver = everyone[39]
    assert f'<span class="quiet">{leaver["Year"]} · {leaver["Reg Group"]}</span>' in answer.text


def test_where_nothing_is_to_change_one_button_says_done(client, school, leader, file):
    import_file(file(as_csv(pupils(20))), kind="pupils", by=leader)
    run, answer = previewed(client, school, as_csv(pupils(20)).encode())
    assert "Nothing to change." in answer.text
    assert re.findall(r'govuk-button[^>]*">([^<]+)<', answer.text) == ["Done"]
    client.post(at("import-confirm", school, run))
    tasks.record_import.call(school.pk, run.pk, leader.pk)
    answer = client.get(at("import-progress", school, run), follow=True)
    assert "Nothing to change. Recorded on" in answer.text
    assert ">Undo<" not in answer.text


def test_the_new_academic_year_is_the_careers_leaders(client, school, leader, file, settings):
    import_file(file(as_csv(pupils(28))), kind="pupils", by=leader)
    settings.TODAY = "2027-08-28"
    run = changes.plan_rollover(by=leader)
    RoleAssignment.objects.update(role="careers-administrator")
    answer = client.get(at("import-preview", school, run))
    assert "A Careers Leader confirms the new academic year." in answer.text
    assert "Confirm 28" not in answer.text
    assert client.post(at("import-confirm", school, run)).status_code == 403
    assert client.post(at("import-abandon", school, run)).status_code == 403
    changes.confirm(run, by=leader)
    changes.record_run(run, by=leader)
    assert ">Undo<" not in client.get(at("import-receipt", school, run)).text
    assert client.post(at("import-undo", school, run)).status_code == 403
    run.refresh_from_db()
    assert run.state == "done"
    RoleAssignment.objects.update(role="careers-leader")
    assert client.post(at("import-undo", school, run)).status_code == 302
    run.refresh_from_db()
    assert run.state == "undone"


def test_a_run_that_waits_for_a_worker_says_so(client, school):
    upload(client, school, as_csv(pupils(20)).encode())
    run = ImportRun.objects.get()
    assert "No worker has begun" not in client.get(at("import-progress", school, run)).text
    ImportRun.objects.update(moved_at=timezone.now() - timedelta(seconds=30))
    answer = client.get(at("import-progress", school, run))
    assert "No worker has begun yet" in answer.text
    assert "Try again" not in answer.text


@pytest.mark.parametrize("state", ["waiting", "staging", "committing"])
def test_what_a_killed_worker_left_goes_on_by_a_press(client, school, leader, state):
    upload(client, school, as_csv(pupils(20), PLAIN).encode())
    run = ImportRun.objects.get()
    if state == "committing":
        tasks.read_import.call(school.pk, run.pk)
        client.post(at("import-confirm", school, run))
    elif state == "staging":  # killed while it kept the lines
        tasks.read_import.call(school.pk, run.pk)
        ImportRun.objects.update(state="staging")
    changes.take_up(run.pk, state)
    steps = {"waiting": tasks.read_import, "staging": tasks.compare_import}
    arguments = {"committing": (school.pk, run.pk, leader.pk)}.get(state, (school.pk, run.pk))
    step = steps.get(state, tasks.record_import)
    step.call(*arguments)
    assert ImportRun.objects.get().state == state, "another worker has it in hand"
    assert "Try again" not in client.get(at("import-progress", school, run)).text
    client.post(at("import-again", school, run))
    step.call(*arguments)
    assert ImportRun.objects.get().state == state, "nor does a press take it away"
    long_ago = timezone.now() - timedelta(minutes=2)
    ImportRun.objects.update(moved_at=long_ago, leased_until=long_ago)
    answer = client.get(at("import-progress", school, run))
    assert "Try again" in answer.text
    asked = DBTaskResult.objects.count()
    client.post(at("import-again", school, run))
    assert DBTaskResult.objects.count() == asked + 1
    step.call(*arguments)
    run.refresh_from_db()
    assert (run.state, run.lines.count()) == ("done" if state == "committing" else "preview", 20)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "This is a picture"),
        (b"Surname,Forename,UPN\r\n", "no rows under them"),
        (b"%PDF-1.7 xx", "This is a PDF"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><CTfile/>', "document type"),
        (b"<ATfile></ATfile>", "Admissions Transfer File"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"Date,Description,Amount\n01/02/2026,Payment,3.20\n", "could not find a row of headings"),
        (b'Surname,Forename,UPN\n"Smith,Ann,R201100018042\nJones,Bob,\n', "never closed"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_plain_sentence(client, school, content, words):
    upload(client, school, content)
    run = ImportRun.objects.get()
    tasks.read_import.call(school.pk, run.pk)
    answer = client.get(at("import-progress", school, run), follow=True)
    assert answer.status_code == 200
    assert words in answer.text
    assert "Nothing has changed" in answer.text


def test_no_file_is_said_beside_the_field(client, school):
    answer = client.post(reverse("import-upload", args=[school.slug]), {"kind": "pupils"})
    assert answer.status_code == 400
    assert "Choose a file." in answer.text


def test_a_careers_administrator_cannot_wave_leavers_through(client, school, leader, file):
    import_file(file(as_csv(pupils(20))), kind="pupils", by=leader)
    run = ImportRun.objects.get(pk=import_file(file(as_csv(pupils(10))), kind="pupils", by=leader).run_id)
    RoleAssignment.objects.update(role="careers-administrator")
    answer = client.get(at("import-preview", school, run))
    assert "A Careers Leader has to look" in answer.text
    answer = client.post(at("import-confirm", school, run), {"looked": "on"}, follow=True)
    assert "Nothing was recorded" in answer.text
    client.post(at("import-taken-as", school, run), {"coverage": "some"})
    run.refresh_from_db()
    assert run.counts == {"unchanged": 10}
    assert run.held == []


def test_another_schools_run_is_not_found(client, school, leader):
    from dekaan.schools.models import School

    other = School.objects.create(name="Vale School", slug="vale")
    with working_in(other):
        run = ImportRun.objects.create(kind="pupils", file_name="theirs.csv")
    for name in ("import-progress", "import-columns", "import-preview", "import-receipt"):
        assert client.get(at(name, school, run)).status_code == 404
    for name in ("import-undo", "import-confirm", "import-abandon", "import-taken-as", "import-again"):
        assert client.post(at(name, school, run)).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["absences-upload", "import-upload"])
def test_the_one_writer_is_free_while_a_file_is_read(client, school, address, monkeypatch):
    """SQLite has one writer for everybody. On PostgreSQL the scope is told within a transaction, which blocks nobody."""
    held = []

    def watched(*said):
        held.append(connection.in_atomic_block)
        return read(*said)

    if address == "absences-upload":
        read = keeping.read_file
        monkeypatch.setattr(keeping, "read_file", watched)
        content = b"Surname,Forename,Date,Mark\r\nLovell,Ada,24/11/2026,I\r\n"
    else:
        read = keeping._hashed  # not hashlib itself, which sessions and seals call in transactions of their own
        monkeypatch.setattr(keeping, "_hashed", watched)
        content = as_csv(pupils(3)).encode()
    answer = client.post(
        reverse(address, args=[school.slug]), {"file": SimpleUploadedFile("list.csv", content), "kind": "pupils"}
    )
    assert answer.status_code == 302
    assert {*held} == {connection.vendor == "postgresql"}
    assert ImportRun.objects.count() == 1
