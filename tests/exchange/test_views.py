"""The screens of an import, one after another."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dekaan.core.scope import working_in
from dekaan.exchange import tasks
from dekaan.exchange.models import ImportRun
from dekaan.people.models import Pupil
from tests.exchange.lists import as_csv, pupils


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
    from dekaan.exchange.changes import import_file

    import_file(file(as_csv(pupils(20))), kind="pupils", by=leader)
    upload(client, school, as_csv(pupils(21)).encode())
    run = ImportRun.objects.first()
    tasks.read_import.call(school.pk, run.pk)
    run.refresh_from_db()
    assert run.state == "preview"
    assert run.counts == {"unchanged": 20, "joins": 1}


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
    from dekaan.access.models import RoleAssignment
    from dekaan.exchange.changes import import_file

    import_file(file(as_csv(pupils(20))), kind="pupils", by=leader)
    run = ImportRun.objects.get(pk=import_file(file(as_csv(pupils(10))), kind="pupils", by=leader).run_id)
    RoleAssignment.objects.update(role="careers-administrator")
    answer = client.get(at("import-preview", school, run))
    assert "A Careers Leader has to look" in answer.text
    answer = client.post(at("import-confirm", school, run), {"looked": "on"}, follow=True)
    assert "Nothing was recorded" in answer.text
    client.post(at("import-only-some", school, run))
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
    for name in ("import-undo", "import-confirm", "import-abandon", "import-only-some"):
        assert client.post(at(name, school, run)).status_code == 404
