"""A backup that is made while somebody writes restores on an empty machine to what the school was at that moment.

DEKAAN_DRILLS says how many times in a row; `make drill` says ten.
"""

import json
import os

import pytest

from tests.backups.installation import LEADER, Installation
from tests.databases import ON_POSTGRES

TIMES = int(os.environ.get("DEKAAN_DRILLS", "1"))


@pytest.mark.parametrize("number", range(1, TIMES + 1))
def test_a_backup_under_writes_restores_to_the_same_meaning(ashdown, elsewhere, tmp_path, number):
    ashdown.write_on()
    try:
        ashdown.wait_for(5)
        before = ashdown.written()
        made = ashdown.run("backup", "-o", tmp_path, "--json").json
        after = ashdown.written()
        ashdown.wait_for(1)
    finally:
        ashdown.stop_writing()
    assert after > before, "the backup held up the writer"
    said = elsewhere.run("restore", made["file"], "--key", ashdown.key, "--json").json
    assert said["checksums_compared"]
    assert elsewhere.meaning() == made["schools"]["ashdown"]["sha256"]
    assert ashdown.meaning() != elsewhere.meaning()
    there = elsewhere.pupils_written()
    assert there == list(range(len(there))), "a pupil is missing between others"
    assert before <= len(there) <= after + 1
    assert (elsewhere.data / "uploads" / "imports" / "list").read_bytes() == b"Adno,Surname\n1,Canarybird\n"
    assert (elsewhere.data / "secret-key").read_bytes() == (ashdown.data / "secret-key").read_bytes()
    for words in (("measures", "verify"), ("audit", "verify")):
        assert elsewhere.run(*words).code == 0, words
    print(f"\ndrill {number}: {made['rows']} rows while {after - before} pupils were added; equal")


def test_the_restored_place_goes_on_counting_where_the_backup_was(ashdown, elsewhere, tmp_path):
    """New rows get numbers that nobody had: the audit knows rows by them."""
    made = ashdown.run("backup", "-o", tmp_path, "--json").json
    elsewhere.run("restore", made["file"], "--key", ashdown.key)
    there = len(elsewhere.pupils_written())
    elsewhere.write_on()
    elsewhere.wait_for(3)
    elsewhere.stop_writing()
    assert len(elsewhere.pupils_written()) >= there + 3
    assert elsewhere.run("backup", "key").code == 0
    assert elsewhere.run("backup", "--drill", "--json").json["drilled"]


COUNTED = """
import django; django.setup()
import json
from django.db import connection
from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from dekaan.schools.models import School
with working_in(School.objects.get()), connection.cursor() as cursor:
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'people_pupil'::regclass")
    print(json.dumps([int(cursor.fetchone()[0]), Pupil.objects.count()]))
"""


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite plans without counts")
def test_a_restored_database_plans_with_the_rows_that_it_has(ashdown, elsewhere, tmp_path):
    """One that was never counted took half a minute over figures that take a second."""
    made = ashdown.run("backup", "-o", tmp_path, "--json").json
    assert elsewhere.run("restore", made["file"], "--key", ashdown.key).code == 0
    planned_for, there = elsewhere.start("-c", COUNTED, DJANGO_SETTINGS_MODULE="dekaan.settings").json
    assert planned_for == there > 0


def changed(at: Installation) -> str:
    """One more pupil, so that it is not what it was."""
    at.write_on()
    at.wait_for(1)
    at.stop_writing()
    return at.meaning()


TOLD = """
import django; django.setup()
import json
from dekaan.access.models import User
from dekaan.audit.models import Event
from dekaan.core.scope import working_in
from dekaan.schools.models import School
with working_in(School.objects.get()):
    lines = Event.objects.filter(subject="backup", actor_id__isnull=False).order_by("pk").values_list("action", "actor_id")
    print(json.dumps([[action, User.objects.get(pk=who).email] for action, who in lines]))
"""


def told(at: Installation) -> list[tuple[str, str]]:
    """What the audit trail says that people agreed to."""
    return [tuple(each) for each in at.start("-c", TOLD, DJANGO_SETTINGS_MODULE="dekaan.settings").json]


@pytest.mark.once
def test_over_a_living_school_only_when_told_and_agreed_and_one_can_go_back(ashdown, elsewhere, tmp_path):
    first = ashdown.run("backup", "-o", tmp_path, "--json").json
    old = first["schools"]["ashdown"]["sha256"]
    assert elsewhere.run("restore", first["file"], "--key", ashdown.key).code == 0
    (elsewhere.data / "uploads" / "imports" / "list").write_text("newer")
    (elsewhere.data / "secret-key").write_text("another")
    now = changed(elsewhere)
    assert now != old
    before = told(elsewhere)  # what the living school, of which others have made backups, was told already
    restore = ("restore", first["file"], "--key", ashdown.key)
    for words in (
        (),
        ("--over",),
        ("--over", "--agreed-by", "nobody@ashdown.example"),
        ("--over", "--agreed-by", "sam@ashdown.example"),
    ):
        said = elsewhere.run(*restore, *words)
        assert (said.code, said.out) == (1, ""), words
        assert elsewhere.meaning() == now
    done = elsewhere.run(*restore, "--over", "--agreed-by", LEADER, "--json").json
    assert done["kept_aside"]
    assert elsewhere.meaning() == old
    assert (elsewhere.data / "uploads" / "imports" / "list").read_text().startswith("Adno")
    assert elsewhere.run("audit", "verify").code == 0
    for words in ((), ("--agreed-by", "nobody@ashdown.example"), ("--agreed-by", "sam@ashdown.example")):
        said = elsewhere.run("restore", "--go-back", *words)
        assert (said.code, said.out) == (1, ""), words
        assert said.err.startswith("Live data is replaced only when a Careers Leader or headteacher agrees"), words
    assert elsewhere.meaning() == old
    go_back = ("restore", "--go-back", "--agreed-by", LEADER)
    assert elsewhere.run(*go_back).code == 0
    assert elsewhere.meaning() == now
    assert elsewhere.run("audit", "verify").code == 0
    assert told(elsewhere) == [*before, ("state of before a restore put back", LEADER)]
    assert (elsewhere.data / "uploads" / "imports" / "list").read_text() == "newer"
    assert (elsewhere.data / "secret-key").read_text() == "another"
    assert elsewhere.run(*go_back).code == 0
    assert elsewhere.meaning() == old
    assert told(elsewhere) == [
        *before,
        ("backup restored", LEADER),
        ("state of before a restore put back", LEADER),
    ]
    assert elsewhere.run("restore", "--forget", "--json").json["forgotten"] != []
    assert elsewhere.run(*go_back).code == 1
    assert elsewhere.meaning() == old
    assert not list(elsewhere.data.glob("before-restore-*"))
    assert not (elsewhere.data / "restore-under-way").exists()


def test_a_drill_with_the_key_touches_nothing_and_says_so(ashdown, tmp_path):
    made = ashdown.run("backup", "--json").json
    before = ashdown.meaning()
    said = ashdown.run("drill", "--key", ashdown.key, "--json").json
    assert (said["file"], said["schools"], said["checksums_compared"]) == (made["file"], ["ashdown"], True)
    assert ashdown.meaning() == before
    assert sorted(each.name for each in ashdown.data.glob(".backup*")) == [".backup-lock"]


def test_a_folder_that_is_not_there_is_refused_and_no_backup_is_written_over(ashdown, tmp_path):
    """A share that is not mounted is no folder: a file of its name would be written over each night."""
    missing, file = tmp_path / "share", tmp_path / "one.dekaan.age"
    file.write_text("mine")
    for out, words in (
        (missing, f"There is no folder {missing}. Make it, or mount what it stands for."),
        (missing / "one.dekaan.age", f"There is no folder {missing}. Make it, or mount what it stands for."),
        (file, f"There is a file {file} already, and no backup is written over. Name a folder."),
    ):
        said = ashdown.run("backup", "-o", out, "--keep", "14")
        assert (said.code, said.out, said.err.strip()) == (1, "", words)
    assert (sorted(tmp_path.iterdir()), file.read_text()) == ([file], "mine")


def test_old_backups_are_tidied_and_nothing_else(ashdown, tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    files = [ashdown.run("backup", "-o", tmp_path, "--json").json["file"] for _ in range(2)]
    last = ashdown.run("backup", "-o", tmp_path, "--keep", "2", "--json").json
    assert last["tidied"] == [files[0]]
    assert sorted(str(each) for each in tmp_path.iterdir()) == sorted(
        [files[1], last["file"], str(tmp_path / "letter.txt")]
    )


ERASE = """
import django; django.setup()
from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from dekaan.privacy.changes import erase_pupil
from dekaan.schools.models import School
with working_in(School.objects.get()):
    pupil = Pupil.objects.exclude(surname="Writer").order_by("pk").first()
    print(pupil.surname, pupil.forename, sep=",", end="")
    erase_pupil(pupil, by=None)
"""


def pupils_of(place) -> set[tuple[str, str]]:
    """Surname and forename of every pupil there."""
    rows = [json.loads(line) for line in place.run("dump", "--canonical", "--school", "ashdown").out.splitlines()]
    found = {(row["surname"], row["forename"]) for row in rows if row["is"] == "people.pupil"}
    assert found
    return found


@pytest.mark.once
def test_whoever_was_erased_since_does_not_come_back_with_an_older_backup(ashdown, elsewhere, tmp_path):
    made = ashdown.run("backup", "-o", tmp_path, "--json").json
    restore = ("restore", made["file"], "--key", ashdown.key)
    assert elsewhere.run(*restore).code == 0
    erased = elsewhere.start("-c", ERASE, DJANGO_SETTINGS_MODULE="dekaan.settings")
    assert erased.code == 0
    surname, forename = erased.out.split(",")
    assert elsewhere.run(*restore, "--over", "--agreed-by", LEADER).code == 0
    assert (surname, forename) not in pupils_of(elsewhere)
    # The school that it was taken from is as it was: on PostgreSQL the erasing function looks where it stands.
    assert ashdown.meaning() == made["schools"]["ashdown"]["sha256"]
    assert elsewhere.run("audit", "verify").code == 0
    # Nor with the state that was kept aside before the erasure.
    assert elsewhere.run(*restore, "--over", "--agreed-by", LEADER).code == 0
    another = tuple(elsewhere.start("-c", ERASE, DJANGO_SETTINGS_MODULE="dekaan.settings").out.split(","))
    assert elsewhere.run("restore", "--go-back", "--agreed-by", LEADER).code == 0
    assert {(surname, forename), another}.isdisjoint(pupils_of(elsewhere))


WRITE_MAIL = """
import django
django.setup()
from django.core.mail import send_mail
send_mail("Choose a new password", "Open http://testserver/a-link/", None, ["tom@ashdown.example"])
"""
TELL_MAIL = """
import django
django.setup()
from dekaan.jobs.models import Mail
print([(mail.to, mail.state, mail.sealed) for mail in Mail.objects.all()])
"""


@pytest.mark.once
def test_mail_that_waited_in_a_backup_is_not_sent_by_who_restores_it(ashdown, elsewhere, tmp_path):
    settings = {"DJANGO_SETTINGS_MODULE": "dekaan.settings"}
    first = ashdown.run("backup", "-o", tmp_path, "--json").json
    assert elsewhere.run("restore", first["file"], "--key", ashdown.key).code == 0
    assert elsewhere.start("-c", WRITE_MAIL, **settings).code == 0
    assert "'waiting'" in elsewhere.start("-c", TELL_MAIL, **settings).out
    assert elsewhere.run("backup", "key").code == 0
    key = (elsewhere.data / "backup-private-key").rename(tmp_path / "key")
    made = elsewhere.run("backup", "-o", tmp_path / "later.dekaan.age", "--json").json
    assert elsewhere.run("restore", made["file"], "--key", key, "--over", "--agreed-by", LEADER).code == 0
    assert elsewhere.start("-c", TELL_MAIL, **settings).out.strip() == "[('tom@ashdown.example', 'given up', '')]"
